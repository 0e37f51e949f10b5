"""The HTML document is in the visitor's language, before any script runs."""

import asyncio
import re
from dataclasses import dataclass, field
from html import escape
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from etl.schema import ROOT
from pages.shared import data
from pages.shared.document import PREVIEW, SERIF, SERIF_URL, STYLE, STYLE_URL, Document, routes
from pages.shared.filters import ADDRESSES
from pages.shared.preview import HEIGHT, PREVIEWS, WIDTH
from pages.shared.texts import LANGUAGES, text
from tests.pages.conftest import OpenPage


@dataclass
class Answer:
    """What an ASGI application sent back."""

    text: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def ask(method: str, address: str, accepted: str = "fr") -> Answer:
    """Send one request through the middleware to an application that answers « the app »."""
    path, _, query = address.partition("?")
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": [(b"accept-language", accepted.encode())],
    }
    answer = Answer()

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        answer.text += message.get("body", b"").decode()
        answer.headers |= {name.decode(): value.decode() for name, value in message.get("headers", ())}

    asyncio.run(Document(PlainTextResponse("the app"))(scope, receive, send))
    return answer


@pytest.mark.parametrize("address", ADDRESSES.values())
@pytest.mark.parametrize(
    ("query", "accepted", "lang"), [("", "fr-FR", "fr"), ("?lang=en", "fr", "en"), ("", "en-GB,fr;q=0.5", "en")]
)
def test_every_page_says_its_language(address, query, accepted, lang):
    answer = ask("GET", address + query, accepted)
    assert f'<html lang="{lang}">' in answer.text
    assert "<title>Infra IA France</title>" in answer.text
    assert answer.headers["content-language"] == lang and answer.headers["vary"] == "Accept-Language"


@pytest.mark.parametrize(("lang", "words"), [("fr", "Aller au contenu"), ("en", "Skip to content")])
def test_the_first_link_skips_to_the_content(lang, words):
    body = ask("GET", f"/carte?lang={lang}").text.partition("</noscript>")[2]
    assert f'<a class="skip" href="#content">{words}</a><div id="root">' in body


def test_the_style_comes_last_under_the_name_of_its_content():
    body = ask("GET", "/").text.partition("</head>")[2]
    assert body.index(STYLE_URL) > body.index('id="root"')
    answer = TestClient(Starlette(routes=routes())).get(STYLE_URL)
    assert answer.headers["content-type"].startswith("text/css") and "immutable" in answer.headers["cache-control"]
    assert answer.content == STYLE


def test_what_is_not_a_page_is_left_to_the_app():
    assert ask("GET", "/_stcore/health").text == "the app"
    assert ask("POST", "/").text == "the app"


def test_the_serif_is_served_under_the_name_of_its_content_and_named_by_the_style() -> None:
    answer = TestClient(Starlette(routes=routes())).get(SERIF_URL)
    assert answer.content == SERIF and answer.headers["content-type"] == "font/woff2"
    assert "immutable" in answer.headers["cache-control"]
    assert SERIF_URL.encode() in STYLE
    assert ask("GET", "/").text.count(f'href="{SERIF_URL}" crossorigin') == 1


def test_the_serif_has_every_letter_that_the_site_may_write_in_a_title() -> None:
    letters = set(TTFont(BytesIO(SERIF)).getBestCmap())
    known = (ROOT / "data").glob("*.csv"), (ROOT / "data" / "reference").glob("*.csv")
    words = [*(ROOT / "pages" / "shared" / "texts").rglob("*.toml"), *(path for paths in known for path in paths)]
    assert len(words) > 3
    missing = {letter: path.name for path in words for letter in path.read_text("utf-8") if ord(letter) not in letters}
    # The marks of the charts are set in the sans of the text.
    assert {letter for letter in missing if letter.isprintable()} <= set("◆○✓")


def test_a_cut_font_does_not_bear_the_reserved_name() -> None:
    named = [str(record) for record in TTFont(BytesIO(SERIF))["name"].names if record.nameID in (1, 3, 4, 6, 16)]
    assert named and not any("Source" in name for name in named)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", ADDRESSES)
def test_the_title_of_a_page_is_in_its_document(page: str, lang: str) -> None:
    body = ask("GET", f"{ADDRESSES[page]}?lang={lang}").text
    assert f'<p class="title">{escape(text(f"{page}.title", lang))}</p>' in body.partition('id="root"')[2]
    assert "<!-- first words -->" not in body


def test_the_overview_says_its_sentence_in_the_document_where_nothing_is_filtered(open_page: OpenPage) -> None:
    said = open_page("overview.py").get("html")
    (lead,) = [element.proto.body for element in said if 'class="lead"' in element.proto.body]
    sentence = lead.removeprefix('<p class="lead">').removesuffix("</p>")
    assert sentence in ask("GET", "/").text
    assert sentence not in ask("GET", "/?region=32").text
    assert sentence not in ask("GET", "/?lang=en").text
    assert sentence not in ask("GET", "/carte").text


def test_without_data_the_document_says_its_title(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(data, "DATABASE", tmp_path / "none.duckdb")
    assert 'class="lead"' not in ask("GET", "/").text
    broken = tmp_path / "broken.duckdb"
    broken.write_bytes(b"not a database")
    monkeypatch.setattr(data, "DATABASE", broken)
    body = ask("GET", "/").text
    assert 'class="lead"' not in body and 'class="title"' in body


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_shared_link_shows_the_picture_of_its_language_which_is_served(lang: str) -> None:
    client = TestClient(Document(Starlette(routes=routes())), base_url="http://observatoire.test")
    body = client.get(f"/carte?lang={lang}").text
    found = dict(re.findall(r'<meta property="(og:image[^"]*)" content="([^"]*)">', body))
    picture = client.get(found["og:image"])
    assert (
        found["og:image"].startswith("http://observatoire.test/preview-")
        and "immutable" in picture.headers["cache-control"]
    )
    with Image.open(BytesIO(picture.content)) as drawn:
        assert (drawn.format, *drawn.size) == ("PNG", WIDTH, HEIGHT)
    assert (found["og:image:width"], found["og:image:height"]) == (str(WIDTH), str(HEIGHT))
    assert found["og:image:alt"] == escape(PREVIEWS[lang].alt) and len(picture.content) < 60_000
    assert PREVIEW not in body


def test_a_host_that_is_none_is_not_written_in_the_document() -> None:
    client = TestClient(Document(Starlette(routes=routes())))
    body = client.get("/", headers={"Host": 'x"><script>alert(1)</script>'}).text
    assert "alert(1)" not in body and 'content="/preview-fr.' in body
