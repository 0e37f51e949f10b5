"""How sheets are answered: HEAD, conditions, encodings, a new version, what does not exist, no data."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from pages.shared.addresses import ADDRESSES
from queries import Database
from sheets import data
from sheets.addresses import read_path
from sheets.service import Sheets
from tests.answering import finished
from tests.answering.finished import HOST, Serve
from tests.sheets.reading import Read

PATHS = ("/fiche", "/en/fiche", "/fiche/region/32", "/en/fiche/projet/campus-ia-fouju", "/sitemap.xml", "/robots.txt")
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def style_of(client: TestClient) -> str:
    return Read(client.get("/fiche").text).relations("stylesheet")[""]


@pytest.mark.parametrize("path", PATHS)
def test_head_is_get_without_its_body(client: TestClient, path: str) -> None:
    finished.check_head(client, path)


@pytest.mark.parametrize("path", PATHS)
def test_each_encoding_has_its_tag_and_holds_the_same_page(client: TestClient, path: str) -> None:
    finished.check_encodings(client, path)


@pytest.mark.parametrize("path", PATHS)
def test_what_the_reader_has_is_not_sent_again(client: TestClient, path: str) -> None:
    finished.check_unchanged(client, path)


def test_a_page_is_written_once(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    first = client.get("/fiche/region/53")
    monkeypatch.setattr("sheets.service.render", None)
    assert client.get("/fiche/region/53").content == first.content
    # A parameter and a last slash change nothing.
    assert client.get("/fiche/region/53/?until=2025-01-01").content == first.content


def test_a_new_version_is_seen_at_once(serve: Serve, database_path: Path, changed_path: Path, tmp_path: Path) -> None:
    finished.check_new_version(serve, data, "/fiche", changed_path, database_path, tmp_path)


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
    for answer in finished.answers_without_database(serve, tmp_path, path):
        assert said in Read(answer.text).words


def test_a_question_given_up_is_refused_politely_and_can_be_asked_again(
    monkeypatch: pytest.MonkeyPatch, serve: Serve, database_path: Path
) -> None:
    finished.check_given_up(monkeypatch, serve, data, "/fiche/region/32", database_path)


def test_it_is_read_only(client: TestClient) -> None:
    finished.check_read_only(client, "/fiche/region/32")


def test_what_is_not_a_sheet_is_left_to_the_app(client: TestClient) -> None:
    for path in ("/", "/regions", "/fiches", "/en", "/_stcore/health", "/sitemap.xml.gz"):
        assert read_path(path) is None and client.get(path).text == "the app"


def test_the_style_is_kept_under_the_name_of_its_content(client: TestClient) -> None:
    answer = finished.check_named_file(client, style_of(client))
    assert answer.headers["content-type"].startswith("text/css")
    assert "url(" not in answer.text and "@import" not in answer.text and "@media print" in answer.text


def test_what_is_kept_is_bounded(serve: Serve, database_path: Path) -> None:
    regions = ("11", "32", "53", "75", "76", "84", "93")
    finished.check_bounded(serve(database_path), data, [f"/fiche/region/{code}" for code in regions])


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
    finished.check_websocket(Sheets, "/fiche")
