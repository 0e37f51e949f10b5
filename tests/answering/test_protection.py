"""What protects a reader is said with every answer, once, and never instead of what a room says for itself."""

import base64
import hashlib
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from answering.protection import Protection, failed
from pages.shared.document import INDEX, document

INLINE = "window.ready = false"
SAID = "default-src 'none'; sandbox"


async def page(_request: Request) -> Response:
    return HTMLResponse("<p>read me</p>")


async def strict(_request: Request) -> Response:
    return HTMLResponse("<p>read me</p>", headers={"Content-Security-Policy": SAID})


async def rows(_request: Request) -> Response:
    return JSONResponse([1])


async def stream(_request: Request) -> Response:
    return StreamingResponse(iter([b"one", b"two"]), media_type="text/csv")


async def kept(_request: Request) -> Response:
    return Response(status_code=304, headers={"ETag": '"1"'})


async def failing(_request: Request) -> Response:
    raise ValueError("a secret")


async def talk(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("hello")
    await socket.close()


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    index = tmp_path / "index.html"
    index.write_text(f'<html><script>{INLINE}</script><script src="x.js"></script></html>', encoding="utf-8")
    site = Starlette(
        routes=[
            *(Route(f"/{answer.__name__}", answer) for answer in (page, strict, rows, stream, kept, failing)),
            WebSocketRoute("/talk", talk),
        ],
        middleware=[Middleware(Protection, index=index)],
        exception_handlers={Exception: failed},
    )
    return TestClient(site, raise_server_exceptions=False)


@pytest.mark.parametrize("path", ["/page", "/strict", "/rows", "/stream", "/failing", "/nowhere"])
def test_every_answer_is_taken_for_what_it_says_it_is_and_tells_no_other_site_its_page(
    client: TestClient, path: str
) -> None:
    told = client.get(path).headers
    assert told.get_list("x-content-type-options") == ["nosniff"]
    assert told.get_list("referrer-policy") == ["strict-origin-when-cross-origin"]
    assert told.get_list("cross-origin-resource-policy") == ["cross-origin"]
    assert len(told.get_list("content-security-policy")) == 1


def test_a_page_runs_the_scripts_of_the_site_and_the_one_written_in_it_by_its_digest(client: TestClient) -> None:
    digest = base64.b64encode(hashlib.sha256(INLINE.encode()).digest()).decode()
    told = client.get("/page").headers
    policy = dict(one.strip().split(" ", 1) for one in told["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == f"'self' 'wasm-unsafe-eval' 'sha256-{digest}'"
    assert (policy["connect-src"], policy["base-uri"], policy["form-action"]) == ("'self'", "'none'", "'none'")
    assert "frame-ancestors" not in policy, "anybody may frame a page"
    assert "camera=()" in told["permissions-policy"] and "clipboard-write" not in told["permissions-policy"]
    assert told["cross-origin-opener-policy"] == "same-origin"


def test_a_policy_that_a_room_says_is_kept_as_it_is(client: TestClient) -> None:
    assert client.get("/strict").headers.get_list("content-security-policy") == [SAID]


@pytest.mark.parametrize("path", ["/rows", "/stream", "/nowhere", "/failing"])
def test_what_is_no_page_may_run_nothing(client: TestClient, path: str) -> None:
    assert client.get(path).headers["content-security-policy"].endswith("sandbox")


def test_an_answer_that_the_browser_has_already_changes_none_of_its_headers(client: TestClient) -> None:
    answer = client.get("/kept")
    assert (answer.status_code, dict(answer.headers)) == (304, {"etag": '"1"'})


def test_bodies_and_sockets_pass(client: TestClient) -> None:
    assert client.get("/stream").text == "onetwo"
    with client.websocket_connect("/talk") as socket:
        assert socket.receive_text() == "hello"


def test_a_failure_says_so_in_both_languages_and_nothing_of_its_cause(client: TestClient) -> None:
    answer = client.get("/failing")
    assert (answer.status_code, answer.headers["cache-control"]) == (500, "no-store")
    assert "incident" in answer.text and "could not answer" in answer.text and "secret" not in answer.text


def test_streamlits_own_document_and_ours_have_the_same_scripts_within() -> None:
    theirs = INDEX.read_text(encoding="utf-8")
    assert theirs.count("<script>") == 1, "one script, without attributes: `INLINE` finds it"
    for lang in ("fr", "en"):
        ours = document(lang)
        assert theirs.split("<script>")[1].split("</script>")[0] in ours
        assert ours.count("<script") == theirs.count("<script")
