"""The page Données in a real browser: drawn whole, its choice is in the address, its files are the rows it shows."""

import csv
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect

from pages.shared.texts import text
from queries import RESOURCES
from tests.browser.conftest import Visiting
from tests.browser.dress import DRESSES, sometimes
from tests.browser.test_pages import expect_nothing_wider_than_the_screen
from tests.browser.visit import Visit

PATH = "/donnees"
# As long as a search may be, in one word.
LONG = "a" * 200


@pytest.mark.parametrize(("width", "lang"), sometimes(DRESSES, DRESSES[1]))
def test_every_table_is_drawn_whole_and_fits_the_screen(new_visit: Visiting, width: int, lang: str) -> None:
    with new_visit(width=width) as visit:
        for name, resource in RESOURCES.items():
            page = visit.open(PATH, lang=lang, resource=name)
            expect(page.locator("h1")).to_have_text(text("downloads.title", lang))
            expect(page.locator(".files a[download]")).to_have_count(len(resource.formats) + 6)
            expect(page.locator(".preview tbody tr").first).to_be_visible()
            assert page.locator(".dictionary tbody tr").count() >= 8
            expect(page.locator(".stCode").first).to_be_visible()
            assert text("frame.error", lang) not in visit.words()
            expect_nothing_wider_than_the_screen(visit, width)


def test_the_longest_search_widens_nothing(new_visit: Visiting) -> None:
    with new_visit(width=390) as visit:
        visit.open(PATH, q=LONG)
        assert LONG in visit.words()
        expect_nothing_wider_than_the_screen(visit, 390)


@pytest.mark.whole
def test_a_change_of_table_is_written_in_the_address_and_the_filters_stay(visit: Visit) -> None:
    page = visit.open(PATH, region="32")
    switch = page.get_by_role("radio", name="Régions").or_(page.get_by_role("button", name="Régions"))
    switch.first.click()
    page.wait_for_url("**resource=regions**")
    visit.settle()
    assert visit.params() == {"lang": ["fr"], "region": ["32"], "resource": ["regions"]}
    expect(page.locator('.files a[href="/api/v1/regions.csv?region=32"]')).to_have_count(1)
    page.get_by_role("link", name="English", exact=True).click()
    page.wait_for_url("**lang=en**")
    visit.settle()
    assert visit.params()["resource"] == ["regions"]
    expect(page.locator('.files a[href="/api/v1/regions.csv?region=32"]')).to_have_count(1)


def test_each_link_gives_a_file_or_a_page(visit: Visit) -> None:
    page = visit.open(PATH, lang="en", resource="projects", region="32", q="data center l'île")
    links = page.locator(".files a").evaluate_all("links => links.map(link => link.href)")
    assert len(links) == 14
    for link in links:
        with urllib.request.urlopen(link) as answer:  # noqa: S310 – our own address
            assert answer.status == 200 and answer.read(1), link


def test_a_saved_file_and_the_lines_of_python_hold_the_rows_counted(visit: Visit, tmp_path: Path) -> None:
    page = visit.open(PATH, resource="projects", region="32")
    with page.expect_download() as waiting:
        page.locator(".files a[download]").first.click()
    saved = tmp_path / "saved.csv"
    waiting.value.save_as(saved)
    with saved.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert f"La sélection compte {len(rows)} projets" in visit.words() and {row["region_code"] for row in rows} == {
        "32"
    }
    lines = page.locator(".stCode").nth(1).inner_text()
    run = subprocess.run(
        [sys.executable, "-c", f"{lines}\nprint(len(projects), set(projects['region_code']))"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == f"{len(rows)} {{'32'}}"


@pytest.mark.whole
def test_a_page_leads_to_its_data_and_a_dossier_to_its_claims(visit: Visit) -> None:
    page = visit.open("/regions", region="53")
    page.get_by_role("link", name=text("frame.data", "fr")).click()
    page.wait_for_url("**/donnees?**")
    visit.settle()
    assert visit.params() == {"lang": ["fr"], "region": ["53"], "resource": ["regions"]}
    page = visit.open("/projets", project="cambrai")
    page.get_by_role("link", name=text("frame.data", "fr")).click()
    page.wait_for_url("**/donnees?**")
    visit.settle()
    assert visit.params() == {"lang": ["fr"], "project": ["cambrai"], "resource": ["claims"]}
    assert "Seules ses lignes sont données" in visit.words()
