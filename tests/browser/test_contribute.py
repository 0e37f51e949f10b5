"""Contribuer in a real browser: from an empty form to a line that the check takes, and a spoiled file to its report."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from etl.check import check_file
from etl.schema import ANNOUNCEMENTS, load_schema
from etl.workbook import export_workbook
from pages.shared.texts import text
from tests.browser.conftest import Visiting
from tests.browser.dress import DRESSES, sometimes
from tests.browser.test_pages import expect_nothing_wider_than_the_screen
from tests.browser.visit import Visit
from tests.etl.test_libreoffice import MADE

PATH = "/contribuer"
SPACES = {"\u202f": " ", "\u00a0": " "}


def box(page: Page, name: str, lang: str = "fr") -> str:
    return f".st-key-contribute-{name}-{lang}"


def fill(visit: Visit, name: str, value: str, lang: str = "fr") -> None:
    """Type in the box of a column, and leave it."""
    field = visit.page.locator(box(visit.page, name, lang)).locator("input, textarea").first
    field.fill(value)
    field.press("Tab")
    visit.settle()


def choose(visit: Visit, name: str, words: str, lang: str = "fr") -> None:
    """Choose in the list of a column, by the words that a visitor reads."""
    field = visit.page.locator(box(visit.page, name, lang)).locator("input").first
    field.click()
    field.fill(words)
    visit.page.get_by_role("option", name=words, exact=True).first.click()
    visit.settle()


def drop(visit: Visit, content: bytes, name: str = "annonces.csv") -> None:
    file = {"name": name, "mimeType": "text/csv", "buffer": content}
    visit.page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    expect(visit.page.locator("h2", has_text=name)).to_be_visible()
    visit.settle()


@pytest.mark.parametrize(("width", "lang"), sometimes(DRESSES, DRESSES[0]))
def test_both_ways_of_contributing_fit_the_screen(new_visit: Visiting, width: int, lang: str) -> None:
    with new_visit(width=width) as visit:
        page = visit.open(PATH, lang=lang)
        expect(page.locator("h1")).to_have_text(text("contribute.title", lang))
        choose(visit, "project_id", text("contribute.new_project", lang), lang)
        fill(visit, "project_name", "x" * 300, lang)
        fill(visit, "announced_on", "<b>" + "y" * 200, lang)
        expect(page.locator(".fault").first).to_be_visible()
        expect_nothing_wider_than_the_screen(visit, width)
        visit.open(PATH, lang=lang, mode="file")
        lines = ANNOUNCEMENTS.read_text(encoding="utf-8").split("\n")
        lines[4] = lines[4].replace("2026-11-22", "hier" * 60)
        drop(visit, "\n".join(lines).encode(), "z" * 60 + ".csv")
        expect(page.locator("mark").first).to_contain_text("hierhier")
        expect(page.get_by_text(text("contribute.file.problems", lang), exact=True)).to_be_visible()
        expect_nothing_wider_than_the_screen(visit, width)


def test_from_an_empty_form_to_a_line_that_the_check_takes(visit: Visit, tmp_path: Path) -> None:
    page = visit.open("/")
    page.get_by_role("button", name=text("frame.further", "fr")).click()
    page.get_by_role("link", name=text("frame.page.contribute", "fr"), exact=True).click()
    page.wait_for_url(f"**{PATH}**")
    visit.settle()
    choose(visit, "project_id", text("contribute.new_project", "fr"))
    fill(visit, "project_name", "Data center d’essai de Cambrai")
    fill(visit, "project_name_en", "Trial data centre, Cambrai")
    choose(visit, "kind", "Site")
    choose(visit, "purpose", "Dédié à l’IA")
    fill(visit, "announced_on", "3/2/2026")
    page.get_by_role("button", name="Écrire 2026-02-03").click()
    visit.settle()
    fill(visit, "investment_low_meur", "300")
    choose(visit, "departement_code", "Nord")
    choose(visit, "commune_code", "Cambrai")
    fill(visit, "source_publisher", 'Le "Courrier", d’ici')
    fill(visit, "source_title", "Un de plus")
    fill(visit, "source_url", "https://example.org/a?b=c,d")
    choose(visit, "source_kind", "Presse régionale")
    expect(page.get_by_text("Cette ligne passe la vérification")).to_be_visible()
    expect(page.locator(".st-key-effect .table")).to_contain_text("Hauts-de-France")
    line, sentence = (code.inner_text().strip() for code in page.locator(".stCode").all())
    assert sentence.startswith("ADD 2026-02-data-center-d-essai") and "300 M€" in sentence
    told = visit.words().translate(str.maketrans(SPACES))
    number = int(told.split("Elle devient la ligne ")[1].split(" ")[0])
    lines = ANNOUNCEMENTS.read_text(encoding="utf-8").split("\n")
    lines.insert(number - 1, line)
    copy = tmp_path / "announcements.csv"
    copy.write_text("\n".join(lines), encoding="utf-8")
    report = check_file(copy)
    assert (report.problems, report.projects) == ((), check_file(ANNOUNCEMENTS).projects + 1)
    assert line.count(",") >= len(load_schema().names) - 1


@pytest.mark.whole
def test_what_is_written_is_still_there_after_a_look_at_the_drop_zone(visit: Visit) -> None:
    page = visit.open(PATH)
    fill(visit, "announcer", "Brookfield")
    for mode in ("file", "row"):
        words = text(f"contribute.mode.{mode}", "fr")
        page.get_by_role("radio", name=words).or_(page.get_by_role("button", name=words)).first.click()
        visit.settle()
    expect(page.locator(box(page, "announcer")).locator("input")).to_have_value("Brookfield")


@pytest.mark.whole
def test_a_change_of_language_empties_the_form_which_says_so(visit: Visit) -> None:
    page = visit.open(PATH)
    fill(visit, "announcer", "Brookfield")
    assert "Changer de langue ou recharger la page efface ce qui est écrit." in visit.words()
    page.get_by_role("link", name="English").click()
    visit.settle()
    expect(page.locator(box(page, "announcer", "en")).locator("input")).to_have_value("")
    assert "Changing the language or reloading the page clears what is written." in visit.words()


@pytest.mark.whole
def test_a_phone_reads_the_effect_and_the_advice_without_scrolling_sideways(new_visit: Visiting) -> None:
    with new_visit(width=390) as visit:
        page = visit.open(PATH, mode="file")
        lines = ANNOUNCEMENTS.read_text(encoding="utf-8").split("\n")
        lines[4] = lines[4].replace("2026-11-22", "hier")
        drop(visit, "\n".join(lines).encode())
        told = page.locator(".stacked").first
        expect(told).to_contain_text("écrivez par exemple 2025-02-10")
        assert told.evaluate("table => table.scrollWidth - table.clientWidth") == 0
        before = told.locator("td").last.evaluate("cell => getComputedStyle(cell, '::before').content")
        assert text("contribute.column.advice", "fr") in before


@pytest.mark.whole
def test_a_binary_file_then_a_sound_one_each_get_a_report(visit: Visit) -> None:
    page = visit.open(PATH, mode="file")
    expect(page.get_by_role("button", name=text("contribute.file.browse", "fr"))).to_be_visible()
    drop(visit, bytes(range(256)) * 400, "binaire.csv")
    assert "à corriger" in visit.words() and "retirée" not in visit.words()
    drop(visit, ANNOUNCEMENTS.read_bytes())
    assert "aucun problème" in visit.words() and "Les déclarations sont celles du fichier actuel" in visit.words()
    assert "binaire.csv" not in visit.words()


def test_a_workbook_is_taken_and_what_is_none_is_told_why(visit: Visit, tmp_path: Path) -> None:
    page = visit.open(PATH, mode="file")
    drop(visit, export_workbook(ANNOUNCEMENTS, tmp_path / "a.xlsx").read_bytes(), "annonces.xlsx")
    assert "aucun problème" in visit.words() and "Les déclarations sont celles du fichier actuel" in visit.words()
    drop(visit, (MADE / "french.ods").read_bytes(), "annonces.ods")
    assert "enregistrez-le au format .xlsx" in visit.words()
    image = {"name": "carte.png", "mimeType": "image/png", "buffer": b"x"}
    page.locator("input[type=file]").set_input_files(image)  # type: ignore[arg-type]
    expect(page.locator(".st-key-drop [role=alert]")).to_have_count(1)
    told = page.locator(".st-key-drop").evaluate("zone => getComputedStyle(zone, '::after').content")
    assert "un CSV ou un classeur Excel" in told


@pytest.mark.whole
def test_a_file_beyond_the_limit_is_refused_in_the_page(visit: Visit) -> None:
    page = visit.open(PATH, mode="file")
    file = {"name": "gros.csv", "mimeType": "text/csv", "buffer": b"a" * (21 * 2**20)}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    expect(page.locator(".st-key-drop [role=alert]")).to_have_count(1)
    told = page.locator(".st-key-drop").evaluate("zone => getComputedStyle(zone, '::after').content")
    assert "20 Mo" in told
    expect(page.locator("h2", has_text="gros.csv")).to_have_count(0)
