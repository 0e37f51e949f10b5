"""The addresses of the pages, of their printable sheets and of their kits, the same wherever a link is written.

Rule: a path is written once, here. No Streamlit here: sheets lead to pages, and pages to sheets.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from urllib.parse import quote, urlencode

# The address of each page, the same in both languages.
ADDRESSES = {
    "overview": "/",
    "map": "/carte",
    "regions": "/regions",
    "projects": "/projets",
    "nesting": "/emboitement",
    "timeline": "/chronologie",
    "promises": "/promesses",
    "reannouncements": "/reannonces",
    "quality": "/qualite",
    "changes": "/changements",
    "downloads": "/donnees",
    "contribute": "/contribuer",
    "method": "/methode",
    "glossary": "/glossaire",
    "accessibility": "/accessibilite",
}
# The fragment of the title of a page: « Aller au contenu » leads there.
CONTENT = "content"
# Where the sheets of each language begin, and what stands before the code of a region or of a project.
SHEETS = MappingProxyType({"fr": "/fiche", "en": "/en/fiche"})
SHEET_SEGMENTS = MappingProxyType({"region": "region", "project": "projet"})
# Where the kits of each language begin: what a newsroom takes away of a chart, a region or a project.
KITS = MappingProxyType({"fr": "/reprendre", "en": "/en/reprendre"})


def sheet_path(nature: str, code: str, lang: str) -> str:
    """Return the path of the sheet of a "region" or a "project". Raises KeyError on another nature or language."""
    return f"{SHEETS[lang]}/{SHEET_SEGMENTS[nature]}/{quote(code, safe='')}"


def kit_path(subject: str, lang: str, params: Mapping[str, str | Sequence[str]] = MappingProxyType({})) -> str:
    """Return the path of the kit of a chart, of "region" or of "projet", with parameters. Raises KeyError on another
    language.
    """
    query = urlencode(params, doseq=True)
    return f"{KITS[lang]}/{quote(subject, safe='')}" + (f"?{query}" if query else "")
