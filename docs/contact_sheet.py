"""Every page of the site in every dress, side by side, to be looked at: `make screenshots` draws them.

Rule: the real site on the real data; a picture is a whole page, as long as it is, and a sheet has the pages of one
language, theme and width. Nothing of it is committed.
"""

from itertools import product
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Browser

from tests.browser.views import VIEWS
from tests.browser.visit import Visit, visiting

FOLDER = Path(__file__).resolve().parent / "planche"
LANGUAGES, THEMES, WIDTHS = ("fr", "en"), ("light", "dark"), (1280, 768, 390)
# Pages that Streamlit does not draw.
PLAIN = {
    "sheet of a region": "/fiche/region/32",
    "sheet of a project": "/fiche/projet/cambrai",
    "kit of a chart": "/reprendre/carte",
    "kit of a project": "/reprendre/projet?project=cambrai",
    "embedded": "/reprendre/classement?embed=true",
}
HEIGHT, TALLEST = 900, 9000
THUMB_WIDTH, THUMB_HEIGHT, COLUMNS, MARGIN, NAME_HEIGHT = 400, 1100, 6, 16, 26
# Where a page draws with Plotly, its pictures are there.
DRAWN = "() => [...document.querySelectorAll('[data-figure]')].every(one => one.querySelector('img, .main-svg'))"
INK, PAPER = "#1c2430", "#d8d8d8"


def draw_contact_sheets(browser: Browser, site: str) -> list[Path]:
    """Draw every page in every dress into `docs/planche/`, and return the sheets."""
    FOLDER.mkdir(exist_ok=True)
    return [_draw_sheet(browser, site, lang, theme, width) for lang, theme, width in product(LANGUAGES, THEMES, WIDTHS)]


def _draw_sheet(browser: Browser, site: str, lang: str, theme: str, width: int) -> Path:
    dress = f"{lang}-{theme}-{width}"
    folder = FOLDER / dress
    folder.mkdir(exist_ok=True)
    pictures = {}
    with visiting(browser, site, width=width, color_scheme=theme) as visit:
        for name, view in VIEWS.items():
            visit.page.set_viewport_size({"width": width, "height": HEIGHT})
            view.open(visit, lang)
            pictures[name] = _shown_whole(visit, width, folder / f"{name.replace(' ', '-')}.png")
    with browser.new_page(viewport={"width": width, "height": HEIGHT}, color_scheme=theme) as page:
        for name, path in PLAIN.items():
            page.goto(f"{site}{'' if lang == 'fr' else '/en'}{path}")
            page.wait_for_function(DRAWN)
            pictures[name] = folder / f"{name.replace(' ', '-')}.png"
            page.screenshot(path=pictures[name], full_page=True)
    return _joined(pictures, FOLDER / f"{dress}.png")


def _shown_whole(visit: Visit, width: int, path: Path) -> Path:
    """Draw the page as long as it is: Streamlit scrolls within the window."""
    length = visit.page.get_by_test_id("stMain").evaluate("main => main.scrollHeight")
    visit.page.set_viewport_size({"width": width, "height": min(max(length, HEIGHT), TALLEST)})
    visit.settle()
    visit.page.screenshot(path=path)
    return path


def _joined(pictures: dict[str, Path], path: Path) -> Path:
    """Put the pictures side by side under their names, each cut where it is longer than its place."""
    rows = -(-len(pictures) // COLUMNS)
    cell = (THUMB_WIDTH + MARGIN, THUMB_HEIGHT + NAME_HEIGHT + MARGIN)
    sheet = Image.new("RGB", (COLUMNS * cell[0] + MARGIN, rows * cell[1] + MARGIN), PAPER)
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(18)
    for place, (name, picture) in enumerate(pictures.items()):
        left, top = MARGIN + place % COLUMNS * cell[0], MARGIN + place // COLUMNS * cell[1]
        pen.text((left, top), name, fill=INK, font=font)
        with Image.open(picture) as drawn:
            whole = drawn.convert("RGB")
        whole = whole.resize((THUMB_WIDTH, round(whole.height * THUMB_WIDTH / whole.width)))
        sheet.paste(whole.crop((0, 0, THUMB_WIDTH, min(whole.height, THUMB_HEIGHT))), (left, top + NAME_HEIGHT))
    sheet.save(path, optimize=True)
    return path
