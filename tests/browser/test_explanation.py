"""« D’où vient ce chiffre ? » in a real browser: opened from a card, by keyboard or by its address, then closed."""

import pytest
from playwright.sync_api import Locator, Page, expect

from pages.shared.texts import text
from tests.browser.conftest import Visiting
from tests.browser.test_pages import expect_nothing_wider_than_the_screen
from tests.browser.visit import Visit

LABEL = "overview.investment"


def investment(page: Page, lang: str = "fr") -> Locator:
    """The card of the investment, with its control."""
    heading = page.get_by_role("heading", name=text(LABEL, lang), exact=True, include_hidden=True)
    return page.locator("[class*='st-key-card-']").filter(has=heading)


def control(page: Page, lang: str = "fr") -> Locator:
    """The control of the card of the investment."""
    return investment(page, lang).get_by_role("button", name=text("explanation.open", lang))


def last_line(page: Page) -> str:
    """The words of the last line of the open panel."""
    return page.get_by_role("dialog").locator("tfoot tr.last th").inner_text()


@pytest.mark.parametrize(
    ("path", "params", "width", "lang"),
    [
        ("/", {}, 1280, "fr"),
        ("/", {}, 390, "en"),
        pytest.param("/regions", {"region": "32"}, 1280, "en", marks=pytest.mark.whole),
        pytest.param("/regions", {"region": "32"}, 390, "fr", marks=pytest.mark.whole),
    ],
)
def test_the_panel_of_a_card_ends_in_the_figure_of_the_card(
    new_visit: Visiting, path: str, params: dict[str, str], width: int, lang: str
) -> None:
    with new_visit(width=width) as visit:
        page = visit.open(path, lang=lang, **params)
        figure = investment(page, lang).locator(".value").inner_text()
        control(page, lang).click()
        dialog = page.get_by_role("dialog", name=text("explanation.title", lang, label=text(LABEL, lang)))
        expect(dialog.locator("tfoot")).to_be_visible()
        assert last_line(page) == text("explanation.total", lang, figure=figure)
        assert visit.params()["why"] == ["investment_meur"]
        assert dialog.locator("tbody tr").count() > 5
        expect(dialog.locator("tbody a").first).to_have_attribute("href", address_of_dunkerque(lang, params))
        expect_nothing_wider_than_the_screen(visit, width)
        box = dialog.evaluate("box => [box.scrollWidth, box.clientWidth, box.getBoundingClientRect().right]")
        assert box[0] <= box[1] and box[2] <= width, "the panel holds in the screen"


def address_of_dunkerque(lang: str, params: dict[str, str]) -> str:
    """The address of SoftBank’s site of Dunkerque, the first line, with the language and filters of the visit."""
    kept = "".join(f"{name}={value}&" for name, value in params.items())
    return f"/projets?{kept}lang={lang}&project=softbank-dunkerque"


def test_the_panel_opens_and_closes_by_keyboard_and_leaves_the_address(visit: Visit) -> None:
    page = visit.open("/")
    control(page).focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("tfoot")).to_be_visible()
    assert page.evaluate("document.activeElement.closest('[role=dialog]') !== null"), "the keyboard is in the panel"
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.wait_for_function("() => !location.search.includes('why')")
    visit.settle()
    assert "why" not in visit.params()
    control(page).click()
    expect(dialog.locator("tfoot")).to_be_visible()


def test_a_total_of_the_table_of_regions_opens_its_panel_under_the_same_filters(visit: Visit) -> None:
    page = visit.open("/regions", purpose="ai")
    row = page.locator(".table tr").filter(has=page.get_by_role("link", name="Hauts-de-France", exact=True))
    total = row.locator("a[href*='why=investment_meur']")
    figure = total.inner_text()
    total.click()
    page.wait_for_url("**why=investment_meur**")
    expect(page.get_by_role("dialog").locator("tfoot")).to_be_visible()
    assert visit.params() == {"lang": ["fr"], "purpose": ["ai"], "region": ["32"], "why": ["investment_meur"]}
    assert last_line(page) == text("explanation.total", "fr", figure=figure)
