"""A step of the timeline, clicked, shows the whole site on that day, and one click leads back."""

import pytest

from tests.browser.conftest import Visiting
from tests.browser.test_pages import expect_nothing_wider_than_the_screen
from tests.browser.visit import Visit


def test_a_click_on_a_step_shows_that_day_until_one_click_leads_back(visit: Visit) -> None:
    page = visit.open("/chronologie")
    marks = page.locator(".js-plotly-plot").first.locator(".scatterlayer path.point")
    mark = marks.nth(marks.count() - 6)
    for _ in range(2):  # the same step answers again after the way back
        box = mark.bounding_box()
        assert box
        page.mouse.move(box["x"] + 3, box["y"] + 4)
        page.mouse.click(box["x"] + 4, box["y"] + 4)
        page.wait_for_function("() => location.search.includes('until=')")
        visit.settle()
        assert visit.params()["until"][0] < "2026-06"
        assert "Cette page montre ce qui était public le" in visit.words()
        page.get_by_role("button", name="Revenir à aujourd’hui").click()
        page.wait_for_function("() => !location.search.includes('until=')")
        visit.settle()


@pytest.mark.whole
def test_the_pictures_of_jobs_fit_a_phone_with_their_split(new_visit: Visiting) -> None:
    with new_visit(width=390) as visit:
        page = visit.open("/chronologie", lang="en", metric="jobs")
        assert page.locator(".js-plotly-plot").count() == 3
        expect_nothing_wider_than_the_screen(visit, 390)
