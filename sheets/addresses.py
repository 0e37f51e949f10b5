"""The addresses of the sheets, of what goes with them, and of the live pages they lead to.

Rule: an address names its page and its language whole: no parameter changes a sheet, so that one page has one address.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from pages.shared.addresses import ADDRESSES, SHEET_SEGMENTS, SHEETS, sheet_path
from pages.shared.texts import LANGUAGES

SITEMAP, ROBOTS = "/sitemap.xml", "/robots.txt"
STYLE_PREFIX, STYLE_SUFFIX = "/fiche/style.", ".css"


@dataclass(frozen=True)
class Page:
    """What an address asks for: `nature` is "index", "region", "project", "sitemap", "robots", "style" or "unknown";
    `code` is that of the region, of the project, or the digest of the style."""

    nature: str
    lang: str = LANGUAGES[0]
    code: str = ""

    @property
    def path(self) -> str:
        """The path of a sheet, in its one form."""
        return SHEETS[self.lang] if self.nature == "index" else sheet_path(self.nature, self.code, self.lang)

    def in_language(self, lang: str) -> "Page":
        """Return the same page in another language."""
        return replace(self, lang=lang)


def read_path(path: str) -> Page | None:
    """Return what a path (decoded) asks for, None where it is not ours to answer."""
    if path in (SITEMAP, ROBOTS):
        return Page(path.strip("/").partition(".")[0])
    for lang, root in SHEETS.items():
        if path.rstrip("/") == root:
            return Page("index", lang)
        if path.startswith(f"{root}/"):
            return _read_rest(path.removeprefix(f"{root}/"), path, lang)
    return None


def _read_rest(rest: str, path: str, lang: str) -> Page:
    if path.startswith(STYLE_PREFIX) and path.endswith(STYLE_SUFFIX):
        return Page("style", lang, path.removeprefix(STYLE_PREFIX).removesuffix(STYLE_SUFFIX))
    segment, _, code = rest.rstrip("/").partition("/")
    nature = next((nature for nature, written in SHEET_SEGMENTS.items() if written == segment), "unknown")
    return Page(nature if code else "unknown", lang, code if code else rest)


def live(page: str, lang: str, **params: str | Sequence[str]) -> str:
    """Return the path of a live page with its language and parameters. Raises KeyError on an unknown page."""
    return f"{ADDRESSES[page]}?{urlencode({**params, 'lang': lang}, doseq=True)}"
