"""How sheets are answered: HEAD, conditions, encodings, a new version, what does not exist, no data."""

import asyncio
import gzip
import shutil
from pathlib import Path
from xml.etree import ElementTree

import brotli
import pytest
from starlette.testclient import TestClient

from pages.shared.addresses import ADDRESSES
from queries import Database
from sheets import data
from sheets.addresses import read_path
from sheets.service import Sheets
from tests.sheets.conftest import HOST, Serve
from tests.sheets.reading import Read

PATHS = ("/fiche", "/en/fiche", "/fiche/region/32", "/en/fiche/projet/campus-ia-fouju", "/sitemap.xml", "/robots.txt")
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def style_of(client: TestClient) -> str:
    return Read(client.get("/fiche").text).relations("stylesheet")[""]


@pytest.mark.parametrize("path", PATHS)
def test_head_is_get_without_its_body(client: TestClient, path: str) -> None:
    get, head = client.get(path), client.head(path)
    assert (get.status_code, head.status_code, head.content) == (200, 200, b"")
    assert head.headers == get.headers and int(get.headers["content-length"]) > 0


@pytest.mark.parametrize("path", PATHS)
def test_each_encoding_has_its_tag_and_holds_the_same_page(client: TestClient, path: str) -> None:
    plain, tags = client.get(path, headers={"Accept-Encoding": "identity"}), set()
    assert "content-encoding" not in plain.headers
    for encoding, decode in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        with client.stream("GET", path, headers={"Accept-Encoding": encoding}) as answer:
            raw = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == encoding and answer.headers["vary"] == "Accept-Encoding"
        assert decode(raw) == plain.content
        tags.add(answer.headers["etag"])
    assert len({*tags, plain.headers["etag"]}) == 3
    assert client.get(path, headers={"Accept-Encoding": "br;q=0, gzip;q=0"}).headers["etag"] == plain.headers["etag"]


@pytest.mark.parametrize("path", PATHS)
def test_what_the_reader_has_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    for asked in ({"If-None-Match": first.headers["etag"]}, {"If-Modified-Since": first.headers["last-modified"]}):
        again = client.get(path, headers=asked)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"] and "content-type" not in again.headers
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_page_is_written_once(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    first = client.get("/fiche/region/53")
    monkeypatch.setattr("sheets.service.render", None)
    assert client.get("/fiche/region/53").content == first.content
    # A parameter and a last slash change nothing.
    assert client.get("/fiche/region/53/?until=2025-01-01").content == first.content


def test_a_new_version_is_seen_at_once(serve: Serve, database_path: Path, changed_path: Path, tmp_path: Path) -> None:
    place = tmp_path / "observatory.duckdb"
    shutil.copy(changed_path, place)
    client = serve(place)
    before, old = client.get("/fiche"), data.database().version
    shutil.copy(database_path, tmp_path / "new.duckdb")
    (tmp_path / "new.duckdb").replace(place)
    after = client.get("/fiche", headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200 and data.database().version != old
    assert old in before.text and old not in after.text and data.database().version in after.text


def test_addresses_are_those_of_the_host_that_was_asked(client: TestClient) -> None:
    other = Read(client.get("/fiche/region/32", headers={"Host": "miroir.example:8080"}).text)
    assert other.relations("canonical") == {"": "http://miroir.example:8080/fiche/region/32"}
    assert Read(client.get("/fiche/region/32").text).relations("canonical") == {"": f"{HOST}/fiche/region/32"}
    forged = client.get("/fiche/region/32", headers={"Host": 'a"><script>'})
    assert "<script>" not in forged.text and Read(forged.text).relations("canonical") == {"": "/fiche/region/32"}


@pytest.mark.parametrize(
    ("path", "lang", "said"),
    [
        ("/fiche/region/99", "fr", "Aucune région n’a le code «\u202f99\u202f»"),
        ("/en/fiche/region/99", "en", "No region has the code “99”"),
        ("/fiche/projet/%3Cb%3E", "fr", "le code «\u202f<b>\u202f»"),
        ("/en/fiche/projet/nowhere/else", "en", "No project has the code “nowhere/else”"),
        ("/fiche/autre", "fr", "Rien ne se trouve à cette adresse."),
        ("/en/fiche/region", "en", "Nothing stands at this address."),
        ("/fiche/style.0000000000000000.css", "fr", "Rien ne se trouve à cette adresse."),
    ],
)
def test_what_does_not_exist_is_said_in_the_language(client: TestClient, path: str, lang: str, said: str) -> None:
    answer = client.get(path)
    sheet = Read(answer.text)
    assert answer.status_code == 404 and answer.headers["cache-control"] == "no-store"
    assert sheet.all("html") == [{"lang": lang}] and said in sheet.words
    assert sheet.meta("robots") == ["noindex"] and {"fr": "/fiche", "en": "/en/fiche"}[lang] in sheet.links()
    assert len(client.head(path).content) == 0


@pytest.mark.parametrize(("path", "said"), [("/fiche/region/32", "Revenez"), ("/en/fiche", "come back")])
def test_without_a_database_the_answer_is_polite(serve: Serve, tmp_path: Path, path: str, said: str) -> None:
    for place in (tmp_path / "none.duckdb", tmp_path / "broken.duckdb"):
        if place.stem == "broken":
            place.write_bytes(b"not a database")
        answer = serve(place).get(path)
        assert answer.status_code == 503 and answer.headers["retry-after"] == "30"
        assert said in Read(answer.text).words and answer.headers["cache-control"] == "no-store"


def test_it_is_read_only(client: TestClient) -> None:
    answer = client.post("/fiche/region/32")
    assert answer.status_code == 405 and answer.headers["allow"] == "GET, HEAD"


def test_what_is_not_a_sheet_is_left_to_the_app(client: TestClient) -> None:
    for path in ("/", "/regions", "/fiches", "/en", "/_stcore/health", "/sitemap.xml.gz"):
        assert read_path(path) is None and client.get(path).text == "the app"


def test_the_style_is_kept_under_the_name_of_its_content(client: TestClient) -> None:
    answer = client.get(style_of(client))
    assert answer.headers["content-type"].startswith("text/css") and "immutable" in answer.headers["cache-control"]
    assert "url(" not in answer.text and "@import" not in answer.text and "@media print" in answer.text
    again = client.get(style_of(client), headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_what_is_kept_is_bounded(serve: Serve, database_path: Path) -> None:
    client = serve(database_path)
    data.bodies.limit = 200_000
    for code in ("11", "32", "53", "75", "76", "84", "93"):
        client.get(f"/fiche/region/{code}", headers={"Accept-Encoding": "identity"})
    assert 0 < data.bodies.size <= 200_000


def test_the_sitemap_lists_every_sheet_with_its_alternates(client: TestClient, database: Database) -> None:
    answer = client.get("/sitemap.xml")
    assert answer.headers["content-type"] == "application/xml"
    urls = ElementTree.fromstring(answer.content).findall(f"{SPACE}url")  # noqa: S314 – our own
    alternates = {}
    for url in urls:
        links = url.findall(f"{XHTML}link")
        alternates[url.findtext(f"{SPACE}loc")] = {link.get("hreflang"): link.get("href") for link in links}
        assert url.findtext(f"{SPACE}lastmod") == f"{database.metadata['recorded_until']:%Y-%m-%d}"
    assert len(alternates) == len(urls) == 2 * (1 + 19 + len(data.project_names(database)) + len(ADDRESSES))
    for location, others in alternates.items():
        assert set(others) == {"fr", "en", "x-default"} and location in others.values()
        assert all(alternates[other] == others for other in others.values())
        path = location.removeprefix(HOST)
        assert path.startswith("/")
        if "fiche" in path:
            assert client.head(path).status_code == 200


def test_crawlers_are_told_where_the_sitemap_is(client: TestClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert lines == ["User-agent: *", "Disallow: /_stcore/", "", f"Sitemap: {HOST}/sitemap.xml"]


def test_a_websocket_is_left_to_the_app() -> None:
    passed = []

    async def app(scope, receive, send) -> None:
        passed.append(scope["type"])

    asyncio.run(Sheets(app)({"type": "websocket", "path": "/fiche"}, None, None))
    assert passed == ["websocket"]
