"""The address is the state: whatever a visitor chooses is in it, and whatever it says is shown."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from pages.shared.texts import text
from tests.browser.conftest import Visiting
from tests.browser.dress import sometimes
from tests.browser.server import running_site
from tests.browser.visit import Visit, visiting

FILTERS = {"region": "32", "purpose": ["ai", "mixed"], "q": "data"}
PATHS = {"map": "/carte", "regions": "/regions", "projects": "/projets", "method": "/methode", "overview": "/"}


def cards(page: Page) -> list[str]:
    """Return the figures of the page's cards."""
    return page.locator(".card .value").all_inner_texts()


def notice(page: Page, kind: str) -> Locator:
    """Return the notice above the page that tells the active filters, or those ignored."""
    return page.get_by_text(re.compile(re.escape(text(f"frame.{kind}", "fr", words="", codes="", n=1)[:15])))


def test_a_deep_link_opened_first_on_a_fresh_server_has_its_frame_and_filters(browser: Browser, tmp_path: Path) -> None:
    with running_site(tmp_path) as fresh, visiting(browser, fresh) as visit:
        page = visit.open("/regions", region="32", purpose="ai")
        expect(page.get_by_role("link", name=text("frame.page.map", "fr"), exact=True)).to_be_visible()
        expect(page.get_by_role("heading", name=re.compile("Hauts-de-France"))).to_have_count(1)
        assert text("frame.licence", "fr") in visit.words()
        sidebar = page.get_by_test_id("stSidebar")
        expect(sidebar.get_by_test_id("stMultiSelect").filter(has_text="Hauts-de-France")).to_have_count(1)
        expect(sidebar.get_by_role("switch", name=text("frame.ai_only", "fr"))).to_be_checked()
        expect(notice(page, "active")).to_contain_text("Hauts-de-France")


@pytest.mark.whole
def test_the_other_language_keeps_the_filters(visit: Visit) -> None:
    page = visit.open("/", **FILTERS)
    in_french = cards(page)
    page.get_by_role("link", name="English", exact=True).click()
    page.wait_for_url("**lang=en**")
    visit.settle()
    assert visit.params() == {"lang": ["en"], "region": ["32"], "purpose": ["ai", "mixed"], "q": ["data"]}
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_test_id("stSidebar").get_by_test_id("stMultiSelect").first).to_contain_text("AI")
    in_english = cards(page)
    assert len(in_english) == len(in_french) >= 3
    assert in_english != in_french


def test_changing_page_keeps_the_filters_and_the_language(visit: Visit) -> None:
    page = visit.open("/", lang="en", **FILTERS)
    for name, path in PATHS.items():
        page.get_by_test_id("stMain").get_by_role("link", name=text(f"frame.page.{name}", "en"), exact=True).click()
        page.wait_for_url(f"**{path}?**")
        visit.settle()
        assert visit.path() == path
        assert visit.params() == {"lang": ["en"], "region": ["32"], "purpose": ["ai", "mixed"], "q": ["data"]}
        assert text("frame.active", "en", words="")[:14] in visit.words()


@pytest.mark.whole
def test_the_name_of_the_page_shown_leads_back_to_its_list_and_the_address_follows(visit: Visit) -> None:
    page = visit.open("/projets", project="brookfield-france", purpose="ai")
    page.get_by_test_id("stMain").get_by_role("link", name=text("frame.page.projects", "fr"), exact=True).click()
    page.wait_for_url(lambda url: "project=" not in url)
    visit.settle()
    assert visit.params() == {"lang": ["fr"], "purpose": ["ai"]}
    expect(page.locator("h1")).to_have_text(text("projects.title", "fr"))


@pytest.mark.whole
def test_a_code_that_nobody_knows_is_told_and_the_rest_is_applied(visit: Visit) -> None:
    whole = cards(visit.open("/"))
    page = visit.open("/", region=["32", "999"], nature="x")
    warning = page.get_by_test_id("stAlert").filter(has_text="region=999")
    expect(warning).to_have_count(1)
    expect(notice(page, "active")).to_contain_text("Hauts-de-France")
    assert cards(page) != whole


@pytest.mark.whole
def test_one_tap_shows_ai_alone_and_the_reset_shows_all_again(visit: Visit) -> None:
    page = visit.open("/")
    whole = cards(page)
    sidebar = page.get_by_test_id("stSidebar")
    sidebar.get_by_test_id("stCheckbox").filter(has_text=text("frame.ai_only", "fr")).locator("label").click()
    page.wait_for_url("**purpose=ai**")
    visit.settle()
    assert visit.params() == {"lang": ["fr"], "purpose": ["ai"]}
    assert cards(page) != whole
    sidebar.get_by_role("button", name=text("frame.reset", "fr")).click()
    page.wait_for_url(lambda url: "purpose" not in url)
    visit.settle()
    assert visit.params() == {"lang": ["fr"]}
    assert cards(page) == whole


def test_a_filter_chosen_in_the_sidebar_is_written_as_its_code(visit: Visit) -> None:
    page = visit.open("/")
    box = (
        page.get_by_test_id("stSidebar")
        .get_by_test_id("stMultiSelect")
        .filter(has_text=text("frame.filter.region", "fr"))
    )
    box.get_by_role("combobox").fill("Bretagne")
    page.get_by_role("option", name="Bretagne", exact=True).click()
    page.wait_for_url("**region=53**")
    visit.settle()
    expect(notice(page, "active")).to_contain_text("Bretagne")


@pytest.mark.whole
def test_a_selection_without_any_project_says_so_and_offers_the_way_back(visit: Visit) -> None:
    for path in ("/", "/carte", "/projets"):
        page = visit.open(path, q="zzzzzz")
        assert text("layout.empty", "fr") in visit.words(), path
        page.get_by_test_id("stMain").get_by_role("button", name=text("frame.reset", "fr")).last.click()
        page.wait_for_url(lambda url: "q=" not in url)
        visit.settle()
        assert text("layout.empty", "fr") not in visit.words(), path


@pytest.mark.parametrize("width", sometimes([1280, 390], 390))
def test_going_back_in_the_browser_shows_the_page_before_with_its_filters(new_visit: Visiting, width: int) -> None:
    with new_visit(width=width) as visit:
        page = visit.open("/", region="32")
        before = cards(page)
        page.get_by_test_id("stMain").get_by_role("link", name=text("frame.page.method", "fr"), exact=True).click()
        page.wait_for_url("**/methode?**")
        visit.settle()
        page.go_back()
        page.wait_for_url(re.compile(r"/\?"))
        visit.settle()
        assert visit.params()["region"] == ["32"]
        expect(page.locator(".card .value").first).to_have_text(before[0])
