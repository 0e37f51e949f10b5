"""Each page, in both languages, at a desk and on a phone, draws what it promises on the real data."""

import pytest
from playwright.sync_api import expect

from pages.shared.texts import text
from tests.browser.conftest import Visiting
from tests.browser.dress import DRESSES, in_turn
from tests.browser.visit import Visit

# Address, parameters, and how many charts the page draws at least.
PAGES = {
    "overview": ("/", {}, 2),
    "map": ("/carte", {}, 1),
    "regions": ("/regions", {"region": "32"}, 2),
    "projects": ("/projets", {}, 0),
    "project": ("/projets", {"project": "brookfield-france"}, 0),
    "downloads": ("/donnees", {}, 0),
    "method": ("/methode", {}, 0),
    "glossary": ("/glossaire", {}, 0),
    "accessibility": ("/accessibilite", {}, 0),
}
WITH_A_MAP = ("overview", "map")
LANGUAGES = ("fr", "en")


@pytest.mark.parametrize(("name", "width", "lang"), in_turn(PAGES, DRESSES))
def test_a_page_draws_its_charts(new_visit: Visiting, name: str, width: int, lang: str) -> None:
    path, params, charts = PAGES[name]
    with new_visit(width=width) as visit:
        page = visit.open(path, lang=lang, **params)
        expect(page.locator("html")).to_have_attribute("lang", lang)
        expect(page.locator("h1")).to_have_count(1)
        assert text("frame.licence", lang) in page.get_by_test_id("stMain").inner_text()
        assert page.locator(".js-plotly-plot").count() >= charts
        if name in WITH_A_MAP:
            assert page.locator(".choroplethlayer path").count() >= 18
        assert text("frame.error", lang) not in visit.words()
        expect_nothing_wider_than_the_screen(visit, width)


def test_without_a_language_in_the_address_the_browsers_own_is_spoken(new_visit: Visiting) -> None:
    for locale, lang in (("fr-FR", "fr"), ("en-GB", "en"), ("de-DE", "fr")):
        with new_visit(locale=locale) as visit:
            page = visit.open("/methode", lang=None)
            expect(page.locator("html")).to_have_attribute("lang", lang)
            expect(page.get_by_role("link", name=text("frame.page.map", lang), exact=True)).to_be_visible()


def expect_nothing_wider_than_the_screen(visit: Visit, width: int) -> None:
    """Fail where the page, or what scrolls in it, can be pushed sideways."""
    widths = visit.page.evaluate(
        """() => [document.scrollingElement, document.querySelector('[data-testid="stMain"]')]
        .map(box => box.scrollWidth)"""
    )
    assert max(widths) <= width, widths


@pytest.mark.whole
def test_our_rules_of_style_count_after_streamlits_own(new_visit: Visiting) -> None:
    with new_visit(width=1280) as visit:
        page = visit.open("/")
        tops = page.locator("[class*='st-key-card-']").evaluate_all("all => all.map(card => card.offsetTop)")
        assert len(tops) == 4 and len(set(tops)) < 4, "cards stand side by side"
        page = visit.open("/projets")
        expect(page.locator("[class*='st-key-wide-']").first).to_be_visible()
        expect(page.locator("[class*='st-key-narrow-']").first).to_be_hidden()
    with new_visit(width=390) as visit:
        page = visit.open("/projets")
        expect(page.locator("[class*='st-key-wide-']").first).to_be_hidden()
        expect(page.locator("[class*='st-key-narrow-']").first).to_be_visible()
