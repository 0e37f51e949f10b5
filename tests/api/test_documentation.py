"""The page of documentation: sound HTML that loads nothing, and examples that answer."""

from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient

from api.parameters import FILTERS, SHAPES
from queries import RESOURCES, Database

VOID = {"meta", "link", "br", "img", "hr", "input"}
LOADING = {"script", "link", "img", "iframe", "source", "object", "embed", "video", "audio"}


class Page(HTMLParser):
    """A page read strictly: every element is closed in order; what it loads and where it leads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        assert len(dict(attrs)) == len(attrs), f"an attribute twice in <{tag}>"
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def attributes(self, name: str, *tags: str) -> list[str]:
        """The values of an attribute, on some elements or on all."""
        return [str(attrs[name]) for tag, attrs in self.tags if name in attrs and (not tags or tag in tags)]


@pytest.fixture(params=["fr", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def page(client: TestClient, lang: str) -> Page:
    answer = client.get(f"/api/docs?lang={lang}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert answer.text.startswith("<!doctype html>\n")
    return Page(answer.text)


def test_it_is_sound_and_says_its_language(page: Page, lang: str) -> None:
    assert ("html", {"lang": lang}) in page.tags
    headings = [tag for tag, _ in page.tags if tag in ("h1", "h2", "h3", "h4")]
    assert headings[0] == "h1" and headings.count("h1") == 1 and "h4" not in headings
    ids = page.attributes("id")
    assert len(set(ids)) == len(ids) and set(RESOURCES) <= set(ids)
    assert ("main", {}) in page.tags and page.attributes("scope", "th")


def test_it_loads_nothing_from_anywhere(client: TestClient, page: Page, lang: str) -> None:
    assert [tag for tag, _ in page.tags if tag in LOADING] == []
    assert page.attributes("src") == page.attributes("srcset") == page.attributes("style") == []
    text = client.get(f"/api/docs?lang={lang}").text
    assert "url(" not in text and "@import" not in text
    assert [name for _, attrs in page.tags for name in attrs if name.startswith("on")] == []


def test_every_address_on_it_answers(client: TestClient, page: Page) -> None:
    links = [link for link in page.attributes("href", "a") if link.startswith("/api/")]
    assert len(links) > 35
    for link in links:
        assert client.get(link, follow_redirects=True).status_code == 200, link
    assert {f"/api/v1/{name}.{ending}" for name, one in RESOURCES.items() for ending in one.formats} <= set(links)


def test_its_examples_are_not_empty(client: TestClient, page: Page) -> None:
    examples = [link for link in page.attributes("href", "a") if "?" in link and link.startswith("/api/v1")]
    assert len(examples) >= 4
    for link in examples:
        assert len(client.get(link).content) > 300, link


def test_every_parameter_and_every_column_has_its_words(client: TestClient, page: Page, served: Database) -> None:
    words = {word.strip() for word in page.words}
    assert {*FILTERS, *SHAPES, "dialect", "lang", "resource"} <= words
    header = client.get("/api/v1/projects.csv").text.split("\r\n")[0].split(",")
    assert set(header) <= words
    assert any(served.version in word for word in words)


def test_the_other_language_is_a_link_away_and_french_comes_first(client: TestClient) -> None:
    french, english = (Page(client.get(f"/api/docs?lang={lang}").text) for lang in ("fr", "en"))
    assert "?lang=en" in french.attributes("href", "a") and "?lang=fr" in english.attributes("href", "a")
    assert client.get("/api/docs").text == client.get("/api/docs?lang=fr").text
    assert "Le service de données" in french.words and "The data service" in english.words
    assert client.get("/api/docs?lang=de").status_code == 422
