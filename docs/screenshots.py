"""Makes the pictures of the documentation: `make screenshots`.

Rule: the real site on the real data, in the Chromium of the machine; no picture is retouched.
"""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.server import running_site
from tests.browser.visit import visiting

FOLDER = Path(__file__).resolve().parent
# Readable on the front page of a repository, and light enough to be committed.
WIDTH, HEIGHT = 1280, 1000
LARGEST_BYTES = 300_000


def make_screenshots() -> list[Path]:
    """Draw the map with a region chosen and return the picture. Raises ValueError where it is too heavy."""
    path = FOLDER / "screenshot.png"
    with (
        tempfile.TemporaryDirectory() as home,
        running_site(Path(home)) as site,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS)) as browser,
        visiting(browser, site, width=WIDTH) as visit,
    ):
        visit.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        visit.open("/carte", place="32").screenshot(path=path)
    if path.stat().st_size > LARGEST_BYTES:
        raise ValueError(f"{path.name}: {path.stat().st_size} bytes, more than {LARGEST_BYTES}")
    return [path]


if __name__ == "__main__":
    for picture in make_screenshots():
        print(f"{picture} : {picture.stat().st_size} octets")
