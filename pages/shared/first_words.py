"""The first words of a page, in the document itself: read while Streamlit's scripts are still on their way.

Rule: words that the page itself will say: the name of the site, the title of the page and, where the address asks for
nothing more, what the whole selection adds up to. The style takes them away as soon as the page is there.
"""

import logging
from html import escape

import duckdb

from pages.shared import data, explanation, findings
from pages.shared.filters import ADDRESSES
from pages.shared.texts import text
from queries import Selection

log = logging.getLogger("infra_ia_france")
PAGES = {path: name for name, path in ADDRESSES.items()}
WHOLE = Selection()


def first_words(path: str, lang: str, *, is_plain: bool) -> str:
    """Return the HTML of the page at `path`; `is_plain` where its address has no parameter but the language."""
    page = PAGES[path]
    sentence = _sentence(lang) if is_plain and page == "overview" else ""
    lead = f'<p class="lead">{escape(sentence)}</p>' if sentence else ""
    return (
        f'<div id="first"><p class="name">{escape(text("frame.title", lang))}</p>'
        f'<p class="title">{escape(text(f"{page}.title", lang))}</p>{lead}</div>'
    )


def _sentence(lang: str) -> str:
    """Return what the page will say first; nothing where there are no data to say it of."""
    if not data.is_built():
        return ""
    try:
        totals = explanation.totals(data.query("explanation_totals", WHOLE))
        return findings.headline(totals, data.query("totals_by_purpose", WHOLE), WHOLE, lang)
    except (duckdb.Error, OSError, LookupError):
        # The page says what is wrong.
        log.exception("no first words")
        return ""
