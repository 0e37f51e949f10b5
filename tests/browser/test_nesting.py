"""The icicle answers: a block gives its details, a name opens its project; nothing is wider than a phone."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visiting
from tests.browser.dress import sometimes
from tests.browser.test_pages import expect_nothing_wider_than_the_screen
from tests.browser.visit import Visit


@pytest.mark.parametrize("lang", sometimes(["fr", "en"], "fr"))
def test_the_pictures_fit_a_phone(new_visit: Visiting, lang: str) -> None:
    with new_visit(width=390) as visit:
        page = visit.open("/emboitement", lang=lang)
        assert page.locator(".js-plotly-plot").count() == 2
        assert page.locator(".js-plotly-plot .slice").count() > 50
        expect_nothing_wider_than_the_screen(visit, 390)


def click_block(page: Page, project: str) -> None:
    """Click in the lower right corner of the block of a project, away from its words."""
    path = page.locator(".js-plotly-plot .slice").filter(has=page.locator(f'a[*|href*="project={project}"]'))
    surface = path.first.locator("path.surface")
    surface.evaluate("block => block.scrollIntoView({block: 'center'})")
    box = surface.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] - 22, box["y"] + box["height"] - 5)
    page.mouse.click(box["x"] + box["width"] - 20, box["y"] + box["height"] - 4)


def test_a_click_on_a_block_without_parts_opens_its_project_and_back_returns(visit: Visit) -> None:
    page = visit.open("/emboitement", purpose="ai")
    click_block(page, "fouju-tranche-1")
    page.wait_for_url("**/projets?*project=fouju-tranche-1*")
    visit.settle()
    assert visit.params()["purpose"] == ["ai"]
    assert "Fouju" in page.locator("h1").inner_text()
    page.go_back()
    page.wait_for_url("**/emboitement?*")
    visit.settle()
    assert page.locator(".js-plotly-plot .slice").count() > 10


@pytest.mark.whole
def test_a_click_on_a_block_gives_its_details_and_the_way_to_its_project(visit: Visit) -> None:
    page = visit.open("/emboitement")
    click_block(page, "brookfield-france")
    page.wait_for_function("() => location.search.includes('node=brookfield-france')")
    visit.settle()
    assert "30 Md€, dont 13 Md€" in visit.words()
    page.locator('.st-key-nested-choice a[href*="project=brookfield-france"]').click()
    page.wait_for_url("**/projets?*project=brookfield-france*")
    visit.settle()
    assert "Brookfield" in page.locator("h1").inner_text()
