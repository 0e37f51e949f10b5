"""Makes the pictures of the documentation, and the sheets on which every page is looked at: `make screenshots`.

Rule: the real site on the real data and the real commands, in the Chromium of the machine; no picture is retouched:
those of CONTRIBUTING.md only lose the colours that nobody sees, to stay light.
"""

import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from docs.contact_sheet import draw_contact_sheets
from docs.preview import draw_previews
from docs.sessions import draw_sessions
from docs.steps import draw_steps
from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.server import running_site
from tests.browser.visit import visiting

FOLDER = Path(__file__).resolve().parent
STEPS = FOLDER / "contribuer"
# Readable on the front page of a repository, and light enough to be committed.
WIDTH, HEIGHT = 1280, 1000
PHONE_WIDTH, PHONE_HEIGHT = 390, 844
LARGEST_BYTES = 300_000
LARGEST_STEP_BYTES = 150_000
# Letters, their smooth edges, and the few colours of the site.
COLOURS = 128


def make_screenshots() -> list[Path]:
    """Draw the pictures of README.md, each step of CONTRIBUTING.md, the previews, then every page.

    Raises ValueError where one is too heavy.
    """
    with (
        tempfile.TemporaryDirectory() as home,
        running_site(Path(home)) as site,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS)) as browser,
    ):
        return [
            _draw_page(browser, site, "screenshot.png", (WIDTH, HEIGHT), "/carte", place="32"),
            _draw_page(browser, site, "screenshot-phone.png", (PHONE_WIDTH, PHONE_HEIGHT), "/"),
            *_draw_contributing(browser, site),
            *draw_previews(browser),
            *draw_contact_sheets(browser, site),
        ]


def _draw_page(browser: Browser, site: str, name: str, size: tuple[int, int], address: str, **params: str) -> Path:
    path = FOLDER / name
    width, height = size
    with visiting(browser, site, width=width) as visit:
        visit.page.set_viewport_size({"width": width, "height": height})
        visit.open(address, **params).screenshot(path=path)
    return _weighed(path, LARGEST_BYTES)


def _draw_contributing(browser: Browser, site: str) -> list[Path]:
    STEPS.mkdir(exist_ok=True)
    with visiting(browser, site) as visit:
        draw_steps(visit, STEPS)
    draw_sessions(browser, STEPS)
    pictures = sorted(STEPS.glob("*.png"))
    for picture in pictures:
        with Image.open(picture) as drawn:
            drawn.convert("RGB").quantize(COLOURS).save(picture, optimize=True)
    return [_weighed(picture, LARGEST_STEP_BYTES) for picture in pictures]


def _weighed(path: Path, largest: int) -> Path:
    if path.stat().st_size > largest:
        raise ValueError(f"{path.name}: {path.stat().st_size} bytes, more than {largest}")
    return path


if __name__ == "__main__":
    for picture in make_screenshots():
        print(f"{picture} : {picture.stat().st_size} octets")
