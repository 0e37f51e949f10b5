"""From a word to its meaning in a real browser, by keyboard alone; and the first steps, folded until asked for."""

from playwright.sync_api import expect

from tests.browser.conftest import Visiting
from tests.browser.visit import Visit


def test_a_word_of_a_card_leads_to_its_entry_in_sight_with_the_filters(visit: Visit) -> None:
    page = visit.open("/", region="32")
    page.locator(".card a.term", has_text="Raccordement").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossaire?**#mw-grid")
    visit.settle()
    assert visit.params() == {"lang": ["fr"], "region": ["32"]}
    expect(page.locator("#mw-grid")).to_be_in_viewport()


def test_a_letter_leads_to_its_terms(visit: Visit) -> None:
    page = visit.open("/glossaire", lang="en")
    expect(page.locator("#letter-s")).not_to_be_in_viewport()
    page.locator(".letters a", has_text="S").click()
    expect(page.locator("#letter-s")).to_be_in_viewport()


def test_the_first_steps_open_and_close_by_keyboard(new_visit: Visiting) -> None:
    with new_visit(width=390) as visit:
        page = visit.open("/")
        steps = page.locator(".first li")
        expect(steps.first).to_be_hidden()
        page.locator(".first summary").focus()
        page.keyboard.press("Enter")
        expect(steps).to_have_count(3)
        expect(steps.last).to_be_visible()
        page.keyboard.press("Tab")
        expect(steps.first.locator("a")).to_be_focused()
        page.locator(".first summary").focus()
        page.keyboard.press("Enter")
        expect(steps.first).to_be_hidden()
