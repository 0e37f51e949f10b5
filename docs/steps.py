"""The pictures of the steps taken on the site: the form of Contribuer, its drop zone, and « Ce qui a changé ».

Rule: what a visitor does, in French, on the real data; a picture is a part of the page, cut between two elements.
"""

from pathlib import Path

from playwright.sync_api import Locator, Page

from docs.example import MEANING, ROW, add_example, spoil
from etl.schema import load_schema
from pages.shared.texts import text
from tests.browser.visit import Visit

# The text is then a thousand pixels wide, as the page of a repository shows it: alone, and beside the filters.
WIDTH, FILTERED_WIDTH, HEIGHT = 1160, 1460, 4000
MARGIN = 14
FORM, FILE = "/contribuer", {"mode": "file"}
LISTS = ("kind", "purpose", "status", "source_kind")
PLACES = {"departement_code": "Nord", "commune_code": "Cambrai"}


def draw_steps(visit: Visit, folder: Path) -> None:
    """Make the pictures of the site in `folder`."""
    visit.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    _draw_form(visit, folder)
    _draw_reports(visit, folder)
    visit.page.set_viewport_size({"width": FILTERED_WIDTH, "height": HEIGHT})
    page = visit.open("/changements")
    _cut(page, page.locator("h1"), page.locator(".changes > li").nth(4), folder / "changements.png")


def _draw_form(visit: Visit, folder: Path) -> None:
    page = visit.open(FORM)
    _choose(visit, "project_id", text("contribute.new_project", "fr"))
    _fill(visit, "project_name", ROW["project_name"])
    _fill(visit, "investment_low_meur", ROW["investment_low_meur"])
    figures = _box(page, "investment_stated")
    _cut(page, page.locator("h2#project"), figures, folder / "formulaire-commence.png")
    _fill(visit, "announced_on", "2/3/2026")
    _fill(visit, "investment_low_meur", "300,5")
    wrong = page.locator("[class*='st-key-contribute-write-fr-investment_low_meur']")
    _cut(page, page.locator("h2#announcement"), wrong, folder / "formulaire-faute.png")
    for name, value in ROW.items():
        if name in LISTS:
            _choose(visit, name, load_schema().label(name, value, "fr"))
        elif name in PLACES:
            _choose(visit, name, PLACES[name])
        elif name != "region_code":
            _fill(visit, name, value)
    effect = page.locator(".st-key-effect .table")
    effect.wait_for()
    end = page.get_by_text(text("contribute.commit_note", "fr"))
    _cut(page, page.locator("h2#result"), end, folder / "formulaire-fini.png")


def _draw_reports(visit: Visit, folder: Path) -> None:
    page = visit.open(FORM, **FILE)
    _drop(visit, spoil(MEANING))
    table = page.locator(f".faults[aria-label='{text('contribute.file.problems', 'fr')}']")
    _cut(page, page.locator(".st-key-drop"), table, folder / "fichier-a-corriger.png")
    lines = page.get_by_role("heading", name=text("contribute.file.rows", "fr"))
    _cut(page, lines, page.locator(".marked"), folder / "fichier-cellules.png")
    _drop(visit, add_example())
    changes = page.get_by_role("heading", name=text("contribute.file.changes", "fr"))
    _cut(page, changes, page.get_by_text(text("contribute.effect_note", "fr")), folder / "fichier-bon.png")


def _box(page: Page, name: str) -> Locator:
    return page.locator(f".st-key-contribute-{name}-fr")


def _fill(visit: Visit, name: str, value: str) -> None:
    field = _box(visit.page, name).locator("input, textarea").first
    field.fill(value)
    field.press("Enter")
    visit.settle()


def _choose(visit: Visit, name: str, words: str) -> None:
    field = _box(visit.page, name).locator("input").first
    field.click()
    field.fill(words)
    visit.page.get_by_role("option", name=words, exact=True).first.click()
    visit.settle()


def _drop(visit: Visit, content: str) -> None:
    """Drop a file of announcements, and wait for its report and no other."""
    page = visit.page
    page.evaluate("document.querySelectorAll('.table').forEach(table => table.classList.add('old'))")
    file = {"name": "announcements.csv", "mimeType": "text/csv", "buffer": content.encode()}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    page.locator(".table:not(.old)").first.wait_for()
    visit.settle()


def _cut(page: Page, first: Locator, last: Locator, path: Path) -> None:
    """Photograph the page from the top of an element to the bottom of another, as wide as its text."""
    page.evaluate("document.activeElement?.blur()")
    page.mouse.move(0, 0)
    frame = page.locator("[data-testid='stMainBlockContainer'] .stVerticalBlock").first.bounding_box()
    top, bottom = first.bounding_box(), last.bounding_box()
    if not (frame and top and bottom):
        raise ValueError(f"{path.name}: nothing to show")
    clip = {
        "x": frame["x"] - MARGIN,
        "y": top["y"] - MARGIN,
        "width": frame["width"] + 2 * MARGIN,
        "height": bottom["y"] + bottom["height"] - top["y"] + 2 * MARGIN,
    }
    page.screenshot(path=path, clip=clip, animations="disabled")  # type: ignore[arg-type]
