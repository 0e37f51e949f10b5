"""The site without a mouse: the Tab key reaches all of it in order, what has the focus is seen, charts have a box."""

import pytest
from playwright.sync_api import Page, expect

from pages.shared.frame import UNFILTERED
from pages.shared.texts import text
from tests.browser.conftest import Visiting
from tests.browser.dress import sometimes
from tests.browser.tour import take_tour
from tests.browser.views import VIEWS
from tests.browser.visit import Visit

TOURED = ("overview", "map", "regions", "dossier", "downloads", "contribute")


@pytest.mark.parametrize("name", sometimes(TOURED, "map"))
def test_the_tab_key_goes_through_all_of_a_page_in_order(new_visit: Visiting, name: str) -> None:
    with new_visit(reduced_motion="reduce") as visit:
        VIEWS[name].open(visit, "fr")
        tour = take_tour(visit.page)
        filters = [] if name in UNFILTERED else ["filters"]
        assert tour.parts == ["skip", *filters, "page", "masthead", "content"]
        assert [stop for stop in tour.stops if not stop.is_shown] == []
        assert tour.unseen == ()
        assert tour.missed == ()


@pytest.mark.whole
def test_on_a_phone_the_folded_filters_are_no_stop(new_visit: Visiting) -> None:
    with new_visit(width=390, reduced_motion="reduce") as visit:
        visit.open("/")
        tour = take_tour(visit.page)
        assert "filters" not in tour.parts
        assert [stop for stop in tour.stops if not stop.is_shown] == []


@pytest.mark.parametrize("lang", sometimes(["fr", "en"], "fr"))
def test_the_first_stop_skips_to_the_content_in_the_visitors_language(new_visit: Visiting, lang: str) -> None:
    with new_visit() as visit:
        page = visit.open("/regions", lang=lang, region="32")
        before = visit.params()
        page.keyboard.press("Tab")
        skip = page.locator(":focus")
        expect(skip).to_have_text(text("frame.skip", lang))
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        first = page.get_by_test_id("stMain").locator(":focus")
        expect(first).to_have_count(1)
        assert first.evaluate("one => !one.closest('.st-key-masthead') && one !== document.querySelector('.stMain')")
        assert visit.params() == before


def choose_by_key(page: Page, label: str, words: str) -> None:
    """Reach a box by Tab, type in it, take the best answer."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('aria-label') ?? ''").startswith(label):
            break
    else:
        pytest.fail(f"the Tab key never reaches {label}")
    page.keyboard.type(words)
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")


@pytest.mark.parametrize(
    ("path", "label", "words", "chosen"),
    [
        ("/carte", "map.place", "Bretagne", "place=53"),
        pytest.param("/emboitement", "nesting.choose", "Cambrai", "node=cambrai", marks=pytest.mark.whole),
    ],
)
def test_what_a_click_on_a_picture_does_a_box_does_by_keyboard(
    visit: Visit, path: str, label: str, words: str, chosen: str
) -> None:
    page = visit.open(path)
    choose_by_key(page, text(label, "fr"), words)
    page.wait_for_url(f"**{chosen}**")
    visit.settle()
