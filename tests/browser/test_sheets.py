"""The sheets in a real browser: nothing wider than a phone, nothing from elsewhere, paper, the way there and back."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.dress import sometimes
from tests.browser.visit import Visit

SHEETS = (
    "/fiche",
    "/en/fiche/region/11",
    "/fiche/region/none",
    "/fiche/projet/campus-ia-fouju",
    "/en/fiche/projet/campus-ia-fouju",
    "/fiche/region/99",
)


@pytest.fixture
def plain(browser: Browser, site: str):
    """A phone on which no script runs."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    yield page, asked
    context.close()
    assert all(url.startswith(site) for url in asked)


def overflow(page: Page) -> str:
    """The tags that reach beyond the phone, with their classes."""
    beyond = page.locator("body *").evaluate_all(
        "all => all.filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('svg, .skip'))"
        ".map(one => one.tagName + '.' + one.className)"
    )
    return ", ".join(beyond)


@pytest.mark.parametrize("path", SHEETS)
@pytest.mark.parametrize("scheme", sometimes(["light", "dark"], "light"))
def test_a_phone_scrolls_down_and_never_sideways(browser: Browser, site: str, path: str, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page = context.new_page()
    page.goto(site + path)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert overflow(page) == ""
    context.close()


def test_a_sheet_asks_for_its_style_alone_and_needs_no_script(plain, site: str) -> None:
    page, asked = plain
    page.goto(f"{site}/fiche/projet/campus-ia-fouju")
    assert [url for url in asked if "favicon" not in url and "/style." not in url] == [page.url]
    expect(page.get_by_role("heading", level=1)).to_have_text("Campus IA de Fouju")
    expect(page.get_by_role("img")).to_be_visible()


def test_paper_has_no_menu_and_the_addresses_of_the_sources(browser: Browser, site: str) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(f"{site}/fiche/projet/campus-ia-fouju")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    written = page.locator(".claims a").first.evaluate("one => getComputedStyle(one, '::after').content")
    assert "https://" in written or "attr(href)" in written
    context.close()


@pytest.mark.parametrize(
    ("path", "params", "words", "sheet"),
    [
        pytest.param("/regions", {"region": "53"}, "Version imprimable", "/fiche/region/53", marks=pytest.mark.whole),
        pytest.param(
            *("/projets", {"project": "campus-ia-fouju"}, "Version imprimable", "/fiche/projet/campus-ia-fouju"),
            marks=pytest.mark.whole,
        ),
        (
            "/projets",
            {"project": "campus-ia-fouju", "lang": "en"},
            "Printable version",
            "/en/fiche/projet/campus-ia-fouju",
        ),
    ],
)
def test_a_page_leads_to_its_sheet_and_the_sheet_back(
    visit: Visit, site: str, path: str, params: dict[str, str], words: str, sheet: str
) -> None:
    page = visit.open(path, **{"lang": "fr", **params})
    expect(page.get_by_role("link", name=words)).to_have_attribute("href", sheet)
    answer = page.request.get(site + sheet)
    assert answer.status == 200
    assert all(f"{name}={value}" in answer.text() for name, value in params.items())
