"""Twice the size, without motion, in two languages: the site fits whoever reads it otherwise."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visiting
from tests.browser.dress import sometimes
from tests.browser.test_pages import expect_nothing_wider_than_the_screen
from tests.browser.views import VIEWS
from tests.browser.visit import Visit

# A window of 1280 pixels, zoomed to 200 %, is this wide.
ZOOMED = 640
OFTEN = ("dossier",)


@pytest.mark.parametrize("name", sometimes(VIEWS, *OFTEN))
def test_at_twice_the_size_nothing_scrolls_sideways(new_visit: Visiting, name: str) -> None:
    with new_visit(width=ZOOMED, device_scale_factor=2) as visit:
        VIEWS[name].open(visit, "fr")
        expect_nothing_wider_than_the_screen(visit, ZOOMED)


MOVING = """() => [...document.querySelectorAll('*')].flatMap(one => [null, '::before', '::after'].filter(part => {
    const {animationName, animationDuration, transitionDuration} = getComputedStyle(one, part);
    const animated = animationName === 'none' ? '0s' : animationDuration;
    return Math.max(...`${transitionDuration},${animated}`.split(',').map(parseFloat)) > 0.001;
  }).map(part => one.outerHTML.slice(0, 120) + (part ?? '')))"""


def test_who_asks_for_stillness_gets_it(new_visit: Visiting) -> None:
    with new_visit(reduced_motion="reduce") as visit:
        for name in ("map", "explanation", "contribute"):
            VIEWS[name].open(visit, "fr")
            assert visit.page.evaluate(MOVING) == [], name


@pytest.mark.whole
def test_french_words_on_an_english_page_say_that_they_are_french(visit: Visit) -> None:
    page = visit.open("/projets", lang="en", project="cambrai")
    quotations = page.locator("q, .remark")
    assert quotations.count() > 3
    assert set(quotations.evaluate_all("all => all.map(one => one.lang)")) == {"fr"}
    page = visit.open("/regions", lang="en", region="32")
    quoted = page.locator("td[lang]")
    expect(quoted.first).to_be_attached()
    assert set(quoted.evaluate_all("all => all.map(one => one.lang)")) == {"fr"}


MISSING = """() => [...document.querySelectorAll('.stDateInput [data-placeholder]')].map(part =>
  getComputedStyle(part, '::before').content.replace(/^(?:none|normal)$/, '').replaceAll('"', '') || part.innerText)"""


@pytest.mark.parametrize(("lang", "missing"), [("fr", ["jj", "mm", "aaaa"]), ("en", ["dd", "mm", "yyyy"])])
def test_what_is_missing_of_a_date_is_said_in_the_language_of_the_page(
    visit: Visit, lang: str, missing: list[str]
) -> None:
    page = visit.open("/qualite", lang=lang)
    assert page.evaluate(MISSING) == missing * 2


def test_filters_unfolded_on_a_phone_leave_their_state_in_the_browser_and_nothing_else(new_visit: Visiting) -> None:
    with new_visit(width=390) as visit:
        page = visit.open("/chronologie")
        page.get_by_test_id("stExpandSidebarButton").click()
        expect(page.get_by_test_id("stSidebar").locator(".stDateInput").first).to_be_visible()
        kept = page.evaluate("Object.keys(localStorage)")
        assert any(name.startswith("stSidebarCollapsed-") for name in kept)


def test_the_steps_of_the_total_are_read_whole_on_a_wide_screen(visit: Visit) -> None:
    table = visit.open("/chronologie").locator("[class*='st-key-steps-'] table").first
    assert table.evaluate("one => one.parentElement.scrollWidth <= one.parentElement.clientWidth")
