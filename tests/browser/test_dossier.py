"""The dossier of a project in a real browser: drawn, linked, cited, at a desk and on a phone, calling nobody else."""

import pytest
from playwright.sync_api import expect

from pages.shared.texts import text
from tests.browser.conftest import Visiting
from tests.browser.dress import in_turn
from tests.browser.test_pages import expect_nothing_wider_than_the_screen
from tests.browser.visit import Visit

# Project → how many charts its dossier draws, and whether one is a map.
DOSSIERS = {
    "brookfield-france": (3, False),
    "sesterce-valence": (5, True),
    "sites-etat": (2, False),
    "mayotte-ith": (4, True),
}


@pytest.mark.parametrize(("project", "width"), in_turn(DOSSIERS, [1280, 390]))
def test_a_dossier_is_drawn_whole(new_visit: Visiting, project: str, width: int) -> None:
    charts, has_map = DOSSIERS[project]
    lang = "fr" if width == 1280 else "en"
    with new_visit(width=width) as visit:
        page = visit.open("/projets", lang=lang, project=project)
        expect(page.locator("h1")).to_have_count(1)
        expect(page.locator(".js-plotly-plot")).to_have_count(charts)
        assert (page.locator(".choroplethlayer path").count() > 0) == has_map
        assert page.locator(".scatterlayer .trace").count() >= charts - has_map
        expect(page.get_by_test_id("stCode")).to_have_count(2)
        assert text("frame.error", lang) not in visit.words()
        expect_nothing_wider_than_the_screen(visit, width)


def test_the_marks_of_the_claims_and_the_retained_band_are_on_the_picture(visit: Visit) -> None:
    page = visit.open("/projets", project="campus-ia-fouju")
    plot = page.locator(".js-plotly-plot").last
    drawn = plot.evaluate("plot => plot.data.map(trace => [trace.name, trace.x.length])")
    counts = dict(drawn)
    assert counts["beside"] == 9 and counts["retained"] == 1 and counts["ranges"] == 1
    assert plot.locator(".scatterlayer .point").count() == 10
    assert plot.locator(".shapelayer path").count() >= 6


@pytest.mark.whole
def test_a_parent_and_its_child_lead_to_each_other(visit: Visit) -> None:
    page = visit.open("/projets", project="brookfield-france", region="32")
    page.locator(".st-key-family a", has_text="Cambrai").click()
    page.wait_for_url("**project=cambrai**")
    visit.settle()
    assert visit.params()["region"] == ["32"]
    page.locator(".st-key-family a", has_text="Brookfield").first.click()
    page.wait_for_url("**project=brookfield-france**")


def test_a_source_opens_elsewhere_and_the_citation_holds_the_address_of_the_page(visit: Visit) -> None:
    page = visit.open("/projets", project="sesterce-valence", until="2025-12-31")
    source = page.locator(".sources a").first
    expect(source).to_have_attribute("target", "_blank")
    expect(source).to_have_attribute("rel", "noopener noreferrer")
    cited = page.get_by_test_id("stCode").first.inner_text()
    assert f"{visit.site}/projets?project=sesterce-valence&lang=fr&until=2025-12-31" in "".join(cited.split())


def test_on_a_phone_each_claim_is_a_block_that_names_its_cells(new_visit: Visiting) -> None:
    with new_visit(width=390) as visit:
        page = visit.open("/projets", project="sesterce-valence")
        expect(page.locator(".sources thead").first).to_be_hidden()
        box = page.locator(".sources td").first.bounding_box()
        assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 390
