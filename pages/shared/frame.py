"""The parts of the frame: masthead, notices above a page, footer.

Rule: drawn once by `pages/_frame.py`, around every page, from the address and the metadata of the data.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from copy import copy
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from pages.shared import data, filters
from pages.shared.citation import LICENCE
from pages.shared.dates import day
from pages.shared.layout import SCRIPTS, page_link, source_line
from pages.shared.markup import html_link, plain
from pages.shared.numbers import count
from pages.shared.project_words import project_name
from pages.shared.region_words import region_name
from pages.shared.texts import LANGUAGE_NAMES, LANGUAGES, text
from queries import Selection

HERE = Path(__file__).parent
COMMAND = "python -m etl build"
# Pages for those who check or dig deeper: behind one button, so that the row of pages fits a phone.
FURTHER = ("nesting", "reannouncements", "quality", "changes", "contribute", "glossary")
# Pages that the footer alone leads to.
BELOW = ("accessibility",)
# The resource that holds what a page shows; the page of the data itself has no other.
SHOWN_AS = {
    "overview": "projects",
    "map": "regions",
    "regions": "regions",
    "projects": "projects",
    "nesting": "projects",
    "timeline": "claims",
    "promises": "projects",
    "reannouncements": "announcements",
    "quality": "claims",
    "changes": "announcements",
    "method": "announcements",
    "glossary": "announcements",
}
# Pages that show what a visitor typed or dropped, which the address does not say: never kept whole.
PERSONAL = ("contribute",)
# What is told of an address that is not understood: some of it, cut, as in the kit.
TOLD, LONGEST_TOLD = 4, 40
# Pages that no filter changes: the sidebar offers none there; those of the address wait for the other pages.
UNFILTERED = ("contribute", "method", "glossary", "accessibility")


def configure(name: str, lang: str) -> None:
    """Set the title of the tab, its icon and the width for the page of that name."""
    st.set_page_config(
        page_title=tab_title(name, lang),
        page_icon=_icon(),
        layout="wide",
        initial_sidebar_state="auto",
    )


@cache
def _icon() -> str:
    # As Streamlit sends it: it would read a file again at each run.
    return f"data:image/svg+xml;base64,{b64encode((HERE / 'icon.svg').read_bytes()).decode()}"


def tab_title(name: str, lang: str) -> str:
    """Return what the tab is called: what the page shows, then the site; the site alone for the first page."""
    shown = [] if name == "overview" else [text(f"frame.page.{name}", lang)]
    if data.is_built():
        if name == "projects" and (project := filters.opened()):
            shown = [project_name(data.query("projects_list", Selection(project=project)).to_dict("records")[0], lang)]
        if name == "regions" and (chosen := filters.selection().region):
            shown = [", ".join(region_name(code, lang) for code in chosen)]
    return " – ".join([*shown, text("frame.title", lang)])


def pages(lang: str) -> dict[str, st.Page]:
    """Return the pages of the site by name, titled in `lang`: for this run alone, as a page notes that it has run."""
    return {name: copy(page) for name, page in _pages(lang).items()}


@cache
def _pages(lang: str) -> dict[str, st.Page]:
    return {
        name: st.Page(
            script,
            title=text(f"frame.page.{name}", lang),
            url_path=filters.ADDRESSES[name].strip("/") or name,
            default=name == "overview",
        )
        for name, script in SCRIPTS.items()
    }


def masthead(lang: str) -> None:
    """Show the name of the site, the other language, and the links to the pages with this visit's filters."""
    data.part(_masthead, lang)


def _masthead(lang: str) -> None:
    with st.container(key="masthead", gap="xsmall"):
        st.html(
            '<div class="masthead"><p><span class="name">{name}</span> <span>{tagline}</span></p>'
            "<nav>{languages}</nav></div>".format(
                name=escape(text("frame.title", lang)),
                tagline=escape(text("frame.tagline", lang)),
                languages=" ".join(_language(code, lang) for code in LANGUAGES),
            )
        )
        if data.is_built():
            with st.container(horizontal=True, key="navigation", gap="xsmall", vertical_alignment="center"):
                _page_links([page for page in SCRIPTS if page not in (*FURTHER, *BELOW)], lang)
                with st.popover(text("frame.further", lang), type="tertiary", key=f"further-{lang}"):
                    _page_links([page for page in SCRIPTS if page in FURTHER], lang)


def _page_links(pages: Sequence[str], lang: str) -> None:
    for page in pages:
        page_link(page, text(f"frame.page.{page}", lang), icon=None)


def notices(lang: str) -> None:
    """Tell the filters that act on the page, the day it is shown for, what the address has that we ignore, and whether
    newer data wait."""
    is_behind = data.is_behind()
    data.part(_notices, lang, is_behind, of="behind" if is_behind else "")


def _notices(lang: str, is_behind: bool) -> None:
    # Its place is always there: what stands beneath does not move when it comes and goes.
    with st.container():
        if is_behind:
            known = day(data.metadata()["recorded_until"], "day", lang)
            st.info(text("frame.behind", lang, date=known), icon=":material/update:")
    chosen = filters.selection()
    if unknown := [*filters.ignored(), *_unknown_language()]:
        codes = ", ".join(f"{item.name}={item.value[:LONGEST_TOLD]}" for item in unknown[:TOLD])
        st.warning(text("frame.ignored", lang, n=len(unknown), codes=plain(codes)), icon=":material/info:")
    if chosen.until:
        with st.container(horizontal=True, key="as-of", vertical_alignment="center"):
            st.markdown(plain(text("frame.as_of", lang, date=day(chosen.until, "day", lang))), width="content")
            st.button(
                text("frame.today", lang),
                key=f"today-{lang}",
                on_click=filters.write,
                args=("until", ()),
                type="tertiary",
                icon=":material/today:",
            )
    if words := filters.words(chosen, lang):
        with st.container(horizontal=True, key="active-filters", vertical_alignment="center"):
            st.markdown(plain(text("frame.active", lang, words=words)), width="content")
            st.button(
                text("frame.reset", lang),
                key=f"active-reset-{lang}",
                on_click=filters.reset,
                type="tertiary",
                icon=":material/filter_alt_off:",
            )


def data_link(page: str, lang: str) -> None:
    """Show the link to the data of a page: the same selection, in the resource that fits."""
    if page not in SHOWN_AS:
        return
    changes: dict[str, str | None] = {"resource": SHOWN_AS[page]}
    if page == "projects" and (project := filters.opened()):
        # A dossier is shown for a day, whatever the other filters.
        changes = {"resource": "claims", **dict.fromkeys(set(filters.NAMES) - {"until"}), "project": project}
    data.part(_data_link, lang, changes, of=page)


def _data_link(lang: str, changes: Mapping[str, str | None]) -> None:
    page_link("downloads", text("frame.data", lang), icon=":material/download:", **changes)


def footer(lang: str) -> None:
    """Show the dates of the data, how many claims they hold, the licence, and what the site does not keep."""
    data.part(_footer, lang)


def _footer(lang: str) -> None:
    known = data.metadata()
    sentence = text(
        "frame.footer",
        lang,
        built=day(known["recorded_until"], "day", lang),
        covered=day(known["covered_until"], "day", lang),
        claims=count(known["announcements_count"], lang),
        projects=count(known["projects_count"], lang),
    )
    below = " · ".join(html_link(text(f"frame.below.{page}", lang), filters.link(page)) for page in BELOW)
    st.html(
        f'<footer><p>{escape(sentence)} <a href="{LICENCE}" target="_blank" rel="noopener">'
        f"{escape(text('frame.licence', lang))}</a></p><p>{escape(text('frame.privacy', lang))}</p>"
        f"<p>{below}</p></footer>"
    )


def embedded(page: str, lang: str) -> None:
    """Show, under a page in somebody else's, its source and the way to the same page on the site."""
    data.part(_embedded, page, lang, of=page)


def _embedded(page: str, lang: str) -> None:
    query = urlencode(filters.address_params(), doseq=True)
    address = escape(f"{filters.ADDRESSES[page]}?{query}")
    st.html(
        f'<footer><p>{escape(source_line(lang))} · <a href="{address}" target="_blank" rel="noopener">'
        f"{escape(text('frame.embedded', lang))}</a></p></footer>"
    )


def no_data(lang: str) -> None:
    """Say that the database is missing, and which command makes it."""
    st.error(text("frame.no_data", lang, command=f"`{COMMAND}`"), icon=":material/database_off:")


def too_long(page: str, lang: str) -> None:
    """Say that the address is too long to be read, and lead to the page without it."""
    st.error(plain(text("frame.too_long", lang)), icon=":material/link_off:")
    st.html(f"<p>{html_link(text(f'frame.page.{page}', lang), filters.link(page, lang=lang))}</p>")


def _language(code: str, lang: str) -> str:
    name = escape(LANGUAGE_NAMES[code])
    if code == lang:
        return f'<strong lang="{code}" aria-current="true">{name}</strong>'
    # A whole new document, so that `<html lang>` changes too: a screen reader takes its voice from it.
    query = urlencode({**filters.address_params(), "lang": [code]}, doseq=True)
    return f'<a href="?{escape(query)}" target="_self" lang="{code}" hreflang="{code}">{name}</a>'


def _unknown_language() -> list[filters.Ignored]:
    asked = st.query_params.get("lang", "")
    return [filters.Ignored("lang", asked)] if asked and asked not in LANGUAGES else []
