"""Draws the picture shown beside a link that is shared, one a language: `python -m docs.preview`.

Rule: the name and the line of the site, in its own letters and colours, and the outline of France; no figure.
"""

import base64
from html import escape
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from etl.schema import ROOT
from pages.shared.texts import LANGUAGES, text
from sheets.picture import OUTLINES
from sheets.picture import WIDTH as MAP_WIDTH
from tests.browser.chromium import FLAGS, find_chromium

FONTS = ROOT / "pages" / "shared" / "fonts"
# Those of `pages.shared.preview`, which reads what is drawn here.
FOLDER, WIDTH, HEIGHT = ROOT / "pages" / "shared" / "previews", 1200, 630
# The colours of the light theme: paper, ink, muted, the mark of the cards.
PAPER, INK, MUTED, MARK, LAND = "#FBFAF7", "#1B2430", "#55606E", "#145F99", "#BCD2E4"
COLOURS = 64

PAGE = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><style>
@font-face {{ font-family: Infra Serif; font-weight: 400 700; src: url(data:font/woff2;base64,{serif}); }}
@font-face {{ font-family: Infra Sans; font-weight: 400 700; src: url(data:font/woff2;base64,{sans}); }}
body {{ margin: 0; width: {width}px; height: {height}px; box-sizing: border-box; padding: 0 72px; display: flex;
  gap: 40px; align-items: center; background: {paper}; color: {ink}; border-top: 14px solid {mark}; }}
div {{ flex: 1; }}
h1 {{ font: 700 84px/1.05 Infra Serif; margin: 0 0 28px; }}
p {{ font: 400 38px/1.3 Infra Sans; margin: 0; color: {muted}; text-wrap: balance; }}
svg {{ width: 430px; flex: none; }}
path {{ fill: {land}; stroke: {paper}; stroke-width: 2; }}
.inset {{ fill: none; stroke: {muted}; stroke-width: 0.7; }}
</style><div><h1>{name}</h1><p>{line}</p></div>
<svg viewBox="0 0 {map_width} {map_height}">{regions}{insets}</svg>"""


def draw_previews(browser: Browser) -> list[Path]:
    """Draw the picture of each language, and return them."""
    FOLDER.mkdir(exist_ok=True)
    return [_draw(browser, lang) for lang in LANGUAGES]


def _draw(browser: Browser, lang: str) -> Path:
    path = FOLDER / f"{lang}.png"
    with browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}) as page:
        page.set_content(_written(lang))
        page.evaluate("document.fonts.ready")
        drawn = page.screenshot()
    with Image.open(BytesIO(drawn)) as picture:
        picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)
    return path


def _written(lang: str) -> str:
    fonts = {name: (FONTS / f"infra-{name}.woff2").read_bytes() for name in ("serif", "sans")}
    return PAGE.format(
        lang=lang,
        name=escape(text("frame.title", lang)),
        line=escape(text("frame.tagline", lang)),
        regions="".join(f'<path d="{path}"/>' for path in OUTLINES.regions.values()),
        insets="".join(f'<path class="inset" d="{path}"/>' for path in OUTLINES.frames),
        width=WIDTH,
        height=HEIGHT,
        map_width=MAP_WIDTH,
        map_height=OUTLINES.height,
        paper=PAPER,
        ink=INK,
        muted=MUTED,
        mark=MARK,
        land=LAND,
        **{name: base64.b64encode(font).decode() for name, font in fonts.items()},
    )


def main() -> None:
    """Draw them, and say what each weighs."""
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS)) as browser,
    ):
        for path in draw_previews(browser):
            print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
