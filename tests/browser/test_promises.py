"""The pages that follow promises: drawn whole on a screen and on a phone, in both languages, and they answer."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visiting
from tests.browser.dress import DRESSES, in_turn
from tests.browser.test_pages import expect_nothing_wider_than_the_screen
from tests.browser.visit import Visit

# Address, charts drawn, and a mark that each chart must have.
PAGES = {
    "promises": ("/promesses", 3, ".barlayer .point path"),
    "reannouncements": ("/reannonces", 1, ".scatterlayer .point"),
    "quality": ("/qualite", 1, ".barlayer .point path"),
    "changes": ("/changements", 0, ""),
}


@pytest.mark.parametrize(("name", "width", "lang"), in_turn(PAGES, DRESSES))
def test_a_page_is_drawn_and_fits_the_screen(new_visit: Visiting, name: str, width: int, lang: str) -> None:
    path, charts, mark = PAGES[name]
    with new_visit(width=width) as visit:
        page = visit.open(path, lang=lang)
        expect(page.locator("h1")).to_have_count(1)
        plots = page.locator(".js-plotly-plot")
        expect(plots).to_have_count(charts)
        for i in range(charts):
            assert plots.nth(i).locator(mark).count() > 0
        expect_nothing_wider_than_the_screen(visit, width)


@pytest.mark.whole
def test_another_measure_is_written_in_the_address_and_drawn(visit: Visit) -> None:
    page = visit.open("/promesses", region="11")
    expect(page.locator(".js-plotly-plot").first).to_contain_text("€")
    page.get_by_role("radio", name="Puissance").or_(page.get_by_role("button", name="Puissance")).first.click()
    page.wait_for_url("**metric=power_mw**")
    visit.settle()
    assert visit.params()["region"] == ["11"]
    expect(page.locator(".js-plotly-plot").first).to_contain_text("MW")


@pytest.mark.whole
def test_a_region_opens_from_its_name_and_a_late_project_from_its_own(visit: Visit) -> None:
    page = visit.open("/promesses")
    page.get_by_role("link", name="Hauts-de-France", exact=True).click()
    page.wait_for_url("**/regions?**region=32**")
    page = visit.open("/promesses")
    page.get_by_role("region", name=re.compile("Les projets en retard")).get_by_role("link").first.click()
    page.wait_for_url("**/projets?**project=**")


def test_a_mark_of_a_reannouncement_tells_what_was_said(visit: Visit) -> None:
    page = visit.open("/reannonces")
    mark = page.locator(".js-plotly-plot .scatterlayer .trace").nth(1).locator(".point").first
    mark.scroll_into_view_if_needed()
    mark.hover(force=True)
    expect(page.locator(".hoverlayer .hovertext")).to_contain_text("Sommet pour l’action sur l’IA")


@pytest.mark.whole
def test_the_warnings_of_a_check_unfold_to_their_projects(visit: Visit) -> None:
    page = visit.open("/qualite")
    page.get_by_text("Voir 1 alerte", exact=True).first.click()
    visit.settle()
    page.get_by_role("link", name=re.compile("Fluidstack")).first.click()
    page.wait_for_url("**/projets?**project=fluidstack-1gw**")


def test_older_changes_are_a_page_away_and_the_filters_stay(visit: Visit) -> None:
    page = visit.open("/changements", purpose="ai")
    first = page.locator(".changes li").first.inner_text()
    page.get_by_test_id("stMain").get_by_role("link", name="Plus anciens").click()
    page.wait_for_url("**page=2**")
    visit.settle()
    assert visit.params() == {"lang": ["fr"], "purpose": ["ai"], "page": ["2"]}
    expect(page.locator(".changes li").first).not_to_have_text(first)
    page.get_by_test_id("stMain").get_by_role("link", name="Plus récents").click()
    page.wait_for_url(lambda url: "page=" not in url)
    visit.settle()
    expect(page.locator(".changes li").first).to_have_text(first)
