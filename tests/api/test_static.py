"""Streamlit's files, compressed: the same bytes once read, kept a year, and nothing outside of their folder."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from api import static
from app import STATIC

SCRIPT = "export const answer = 42;\n" * 100


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "static" / "js").mkdir(parents=True)
    (tmp_path / "static" / "js" / "index.a1b2.js").write_text(SCRIPT)
    (tmp_path / "static" / "js" / "tiny.js").write_text("1")
    (tmp_path / "static" / "js" / "font.woff2").write_bytes(b"x" * 5000)
    (tmp_path / "secret.js").write_text(SCRIPT)
    return tmp_path / "static"


@pytest.fixture
def client(folder: Path) -> Iterator[TestClient]:
    passed_on = Route("/{path:path}", lambda request: PlainTextResponse("passed on"), methods=["GET", "POST"])
    app = Starlette(routes=[passed_on], middleware=[Middleware(static.Static, folder=folder)])
    with TestClient(app) as client:
        yield client


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_a_script_is_the_same_once_read_and_is_kept_a_year(client: TestClient, encoding: str) -> None:
    answer = client.get("/static/js/index.a1b2.js", headers={"Accept-Encoding": encoding})
    assert answer.text == SCRIPT
    assert answer.headers["content-encoding"] == encoding
    assert int(answer.headers["content-length"]) < len(SCRIPT) / 10
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["vary"] == "Accept-Encoding"
    again = client.get(
        "/static/js/index.a1b2.js", headers={"Accept-Encoding": encoding, "If-None-Match": answer.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/static/js/index.a1b2.js", {"Accept-Encoding": "identity"}),
        ("/static/js/index.a1b2.js", {"Accept-Encoding": "br", "Range": "bytes=0-9"}),
        ("/static/js/tiny.js", {"Accept-Encoding": "br"}),
        ("/static/js/font.woff2", {"Accept-Encoding": "br"}),
        ("/static/js/none.js", {"Accept-Encoding": "br"}),
        ("/static/js", {"Accept-Encoding": "br"}),
        ("/static/%2e%2e/secret.js", {"Accept-Encoding": "br"}),
        ("/static/..%2fsecret.js", {"Accept-Encoding": "br"}),
        ("/static/js/index.a1b2.js%00", {"Accept-Encoding": "br"}),
        ("/js/index.a1b2.js", {"Accept-Encoding": "br"}),
    ],
)
def test_whatever_is_not_ours_goes_on(client: TestClient, path: str, headers: dict[str, str]) -> None:
    assert client.get(path, headers=headers).text == "passed on"


def test_the_whole_folder_is_compressed_before_it_is_asked_for(folder: Path) -> None:
    static.compress_all(folder).join(30)
    body = static.kept[(folder / "js" / "index.a1b2.js").resolve(), "br"]
    assert brotli.decompress(body).decode() == SCRIPT
    assert gzip.decompress(static.compressed(folder / "js" / "index.a1b2.js", "gzip")).decode() == SCRIPT


def test_streamlits_own_scripts_are_found(folder: Path) -> None:
    scripts = list((STATIC / "js").glob("index.*.js"))
    assert scripts
    app = Starlette(middleware=[Middleware(static.Static, folder=STATIC)])
    with TestClient(app) as client:
        answer = client.get(f"/static/js/{scripts[0].name}", headers={"Accept-Encoding": "br"})
    assert answer.content == scripts[0].read_bytes()
    assert int(answer.headers["content-length"]) < scripts[0].stat().st_size / 3
