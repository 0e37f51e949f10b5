"""What a visitor may have before them: each page, and the states of a page that draw something else.

Rule: an address, and at most a few gestures; whoever visits it chooses the language, the theme and the width.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import cycle, product

from etl.schema import ANNOUNCEMENTS
from pages.shared.filters import ADDRESSES
from pages.shared.texts import text
from tests.browser.test_contribute import drop, fill
from tests.browser.visit import Visit

LANGUAGES = ("fr", "en")
SCHEMES = ("light", "dark")
WIDTHS = (1280, 390)
COMBINATIONS = tuple(product(LANGUAGES, SCHEMES, WIDTHS))


def _nothing(visit: Visit, lang: str) -> None:
    pass


@dataclass(frozen=True)
class View:
    """An address of the site, and what is done there before one looks."""

    path: str
    params: Mapping[str, str | list[str]] = field(default_factory=dict)
    gestures: Callable[[Visit, str], None] = _nothing

    def open(self, visit: Visit, lang: str) -> None:
        """Open the address, unfold what is folded in it, and make the gestures."""
        page = visit.open(self.path, lang=lang, **self.params)
        page.evaluate("document.querySelectorAll('details:not([open]) > summary').forEach(title => title.click())")
        visit.settle()
        self.gestures(visit, lang)


def _open_further(visit: Visit, lang: str) -> None:
    visit.page.get_by_role("button", name=text("frame.further", lang)).click()
    visit.page.get_by_role("link", name=text("frame.page.quality", lang), exact=True).wait_for()


def _open_list(visit: Visit, lang: str) -> None:
    combobox = visit.page.get_by_test_id("stMain").get_by_role("combobox").first
    # What has the keyboard comes into sight; a list that is open as the page scrolls is closed.
    combobox.focus()
    visit.page.evaluate("() => new Promise(done => setTimeout(done, 200))")
    combobox.press("ArrowDown")
    visit.page.get_by_role("option").first.wait_for()


def _write_row(visit: Visit, lang: str) -> None:
    fill(visit, "announced_on", "3/2/2026", lang)
    fill(visit, "source_url", "ici", lang)


def _drop_file(visit: Visit, lang: str) -> None:
    lines = ANNOUNCEMENTS.read_text(encoding="utf-8").split("\n")
    lines[4] = lines[4].replace("2026-11-22", "hier")
    drop(visit, "\n".join(lines).encode())


VIEWS = {name: View(path) for name, path in ADDRESSES.items()} | {
    "place": View("/carte", {"place": "32"}),
    "list": View("/carte", gestures=_open_list),
    "region": View("/regions", {"region": "32"}),
    "two regions": View("/regions", {"region": ["32", "11"]}),
    "dossier": View("/projets", {"project": "cambrai"}),
    "explanation": View("/", {"why": "investment_meur"}),
    "further": View("/", gestures=_open_further),
    "filtered": View("/projets", {"region": ["32", "11"], "until": "2026-01-31", "nature": "x"}),
    "empty": View("/projets", {"q": "zzzzzz"}),
    "jobs": View("/chronologie", {"metric": "jobs"}),
    "row": View("/contribuer", gestures=_write_row),
    "file": View("/contribuer", {"mode": "file"}, _drop_file),
}
# Each page once, and the states that draw the most; languages, themes and widths alternate.
OFTEN = (*(name for name in ADDRESSES if name != "contribute"), "two regions", "dossier", "explanation", "row", "file")
SOME = [(name, *combination) for name, combination in zip(OFTEN, cycle(COMBINATIONS), strict=False)]
# What draws nearly every kind of thing that there is: looked at at each change; the others by `make test-all`.
ALWAYS = ("overview", "dossier", "row")
ALL = [(name, *combination) for name in VIEWS for combination in COMBINATIONS]
