"""What every page is laid out with: header, cards, charts, tables, links, the empty selection.

Rule: these take words and frames that are ready; nothing here queries or sums. What comes from the data is
escaped here, so a page cannot forget it.
"""

import html
from collections.abc import Collection, Mapping, Sequence

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure

from pages.shared import data, filters, language, numbers, run
from pages.shared.addresses import CONTENT, sheet_path
from pages.shared.card import Card as Card  # for the callers of this module
from pages.shared.charts.theme import CONFIG
from pages.shared.findings import Landmark
from pages.shared.kit_links import kit_link as kit_link
from pages.shared.kit_links import project_kit as project_kit
from pages.shared.markup import NO_LANGUAGES, html_link, html_table, plain
from pages.shared.term_links import with_terms
from pages.shared.texts import text

# The script of each page, as `st.page_link` wants it: beside the frame.
SCRIPTS = {
    "overview": "overview.py",
    "map": "map.py",
    "regions": "regions.py",
    "projects": "projects.py",
    "nesting": "nesting.py",
    "timeline": "timeline.py",
    "promises": "promises.py",
    "reannouncements": "reannouncements.py",
    "quality": "quality.py",
    "changes": "changes.py",
    "downloads": "downloads.py",
    "contribute": "contribute.py",
    "method": "method.py",
    "glossary": "glossary.py",
    "accessibility": "accessibility.py",
}


def page_header(title: str, sentence: str) -> None:
    """Show the page's one title and the sentence that says what it shows now (both plain words)."""
    st.title(plain(title), anchor=CONTENT)
    st.html(f'<p class="lead">{html.escape(sentence)}</p>')


def kpi_cards(cards: Sequence[Card], *, level: int = 3) -> None:
    """Show cards side by side, of one height, wrapping on a phone; those with a `why` open their explanation.

    `level` is that of their titles: one below the title that stands over them.
    """
    if not any(card.why for card in cards):
        st.html('<div class="cards">' + "".join(_card(card, level) for card in cards) + "</div>")
        return
    lang = language.current()
    name = next(card.why for card in cards if card.why)
    with st.container(key=f"cards-{name}"):
        for place, card in enumerate(cards):
            with st.container(key=f"card-{name}-{place}"):
                st.html(_card(card, level))
                if card.why:
                    st.button(
                        text("explanation.open", lang),
                        key=f"why-{card.why}-{lang}",
                        on_click=filters.write,
                        args=("why", (card.why,)),
                        type="tertiary",
                        icon=":material/help:",
                    )


def chart(
    figure: Figure,
    alt: str,
    *,
    key: str,
    table: pd.DataFrame | None = None,
    links: Mapping[str, str] | None = None,
    source: str | None = None,
    name: str = "",
    reuse: str = "",
) -> None:
    """Show a figure with its description, its source line, and its table (columns in words) folded beneath.

    `links` is that of `table`, for a table with links; `name` tells it from the table of another picture; `reuse` is
    the address of the kit of the chart (`kit_link`).

    For a chart that answers clicks, use `st.plotly_chart(…, config=CONFIG, theme=None)`, then `chart_notes`.
    """
    st.plotly_chart(figure, key=key, alt=alt, theme=None, config=CONFIG)
    chart_notes(table=table, links=links, source=source, key=key, name=name, reuse=reuse)


def chart_notes(
    *,
    key: str,
    table: pd.DataFrame | None = None,
    links: Mapping[str, str] | None = None,
    source: str | None = None,
    name: str = "",
    reuse: str = "",
    hint: str = "",
) -> None:
    """Show the line and the folded table that stand under every picture; `hint` says what a click does."""
    lang = language.current()
    said = [plain(hint), plain(source or source_line(lang))]
    link = f"· [{text('layout.reuse', lang)}]({reuse})" if reuse else ""
    # In the same element: one more costs each run of the page.
    st.caption(" ".join(filter(None, [*said, link])))
    if table is not None:
        title = text("layout.table", lang)
        with st.expander(title, key=f"{key}-table"):
            if links:
                st.html(html_table(table, links=links, figures=(), caption=f"{title} – {name}" if name else title))
            else:
                st.dataframe(table, hide_index=True, placeholder="–")


def table(
    frame: pd.DataFrame,
    *,
    alt: str,
    links: Mapping[str, str] | None = None,
    figures: Collection[str] = (),
    kind: str = "",
    languages: Mapping[str, str] = NO_LANGUAGES,
) -> None:
    """Show a short table of plain words, its columns already titled in the visitor's language.

    `alt` names it for a screen reader; `links` gives, for a shown column, the column that holds its address
    (which is not shown itself); `figures` are the columns to set to the right; `kind` is a class of style; `languages`
    gives, for a column that quotes, the column of the language of each quotation.
    """
    st.html(html_table(frame, links=links or {}, figures=figures, caption=alt, kind=kind, languages=languages))


def section(title: str, anchor: str | None = None) -> None:
    """Show the title of a part of the page; `anchor` lets a link reach it."""
    st.header(plain(title), anchor=anchor or False)


def subsection(title: str, anchor: str | None = None) -> None:
    """Show the title of a part of a section; `anchor` as in `section`."""
    st.subheader(plain(title), anchor=anchor or False)


def remark(words: str, *, field: str = "") -> None:
    """Show a remark in small letters, its terms linked to the glossary (`field` as in `with_terms`)."""
    st.html(f'<p class="caption">{with_terms(words, language.current(), field=field)}</p>')


def contents(title: str, anchors: Mapping[str, str]) -> None:
    """Show a list of links to the sections of this page, by anchor and title."""
    links = "".join(f"<li>{html_link(name, f'#{anchor}')}</li>" for anchor, name in anchors.items())
    st.html(
        f'<nav class="contents" aria-label="{html.escape(title)}"><p>{html.escape(title)}</p><ul>{links}</ul></nav>'
    )


def note(sentence: str, *, link: str, label: str) -> None:
    """Show a remark on what the page counts, with where to read more (plain words)."""
    st.html(f'<p class="note">{html.escape(sentence)} {html_link(label, link)}</p>')


def only_first(shown: int, count: int) -> None:
    """Say that a list of `count` rows shows its first ones only; nothing where it shows them all."""
    if shown < count:
        lang = language.current()
        words = {"shown": numbers.count(shown, lang), "count": numbers.count(count, lang)}
        st.caption(plain(text("layout.only_first", lang, **words)))


def landmark_list(landmarks: Sequence[Landmark]) -> None:
    """Show the claims that everybody quotes, each with its date, its source and its project."""
    st.html('<div class="landmarks">' + "".join(_landmark(item) for item in landmarks) + "</div>")


def source_line(lang: str) -> str:
    """Return the line under a picture: who made it, the date of the data, the licence."""
    covered = data.metadata()["covered_until"]
    return text("layout.source", lang, date=filters.day(covered, "day", lang))


def sheet_link(nature: str, code: str, lang: str) -> None:
    """Show discreet links to the printable sheet of a "region" or a "project", and to its kit."""
    kit = project_kit("projet", code, lang) if nature == "project" else kit_link("region", lang, region=code)
    links = (("frame.printable", sheet_path(nature, code, lang)), ("frame.reuse", kit))
    # Neither may stand in somebody else's page: from there they open beside it.
    target = "_blank" if run.is_embedded() else "_self"
    shown = (
        f'<a href="{html.escape(path)}" target="{target}">{html.escape(text(key, lang))}</a>' for key, path in links
    )
    st.html(f"<small>{' · '.join(shown)}</small>")


def page_link(
    page: str, label: str, *, icon: str | None = ":material/arrow_forward:", **changes: str | Sequence[str] | None
) -> None:
    """Show a link to a page of the site, with this visit's filters and `changes` as in `filters.link`."""
    st.page_link(SCRIPTS[page], label=plain(label), icon=icon, query_params=filters.params(**changes))


def label(field: str, code: str) -> str:
    """Return the words of a code of the schema in the visitor's language; a blank is « non précisé »."""
    lang = language.current()
    if not isinstance(code, str) or not code:
        return text("layout.unstated", lang)
    return data.schema().label(field, code, lang)


def empty_selection() -> None:
    """Say that no project answers the filters, and offer to remove them."""
    lang = language.current()
    st.info(text("layout.empty", lang), icon=":material/filter_alt_off:")
    st.button(text("frame.reset", lang), key=f"empty-reset-{lang}", on_click=filters.reset)


def _card(card: Card, level: int) -> str:
    seen: set[str] = set()

    def linked(words: str) -> str:
        return with_terms(words, language.current(), field=card.field, seen=seen)

    value = f'<p class="value">{linked(card.value)}</p>' if card.value else ""
    parts = "".join(f"<dt>{linked(name)}</dt><dd>{linked(figure)}</dd>" for name, figure in card.parts)
    notes = "".join(f"<li>{linked(note)}</li>" for note in card.notes)
    return (
        f'<section class="card"><h{level}>{html.escape(card.label)}</h{level}>'
        + value
        + (f"<dl>{parts}</dl>" if parts else "")
        + (f"<ul>{notes}</ul>" if notes else "")
        + "</section>"
    )


def _landmark(item: Landmark) -> str:
    dated = html.escape(text("overview.source_line", language.current(), date=item.date))
    today = f'<p class="today">{html.escape(item.today)}</p>' if item.today else ""
    return (
        f'<article><p class="value">{html.escape(item.figure)}</p><p>{html.escape(item.sentence)}</p>{today}'
        f"<p>{html_link(item.project, item.project_link)}</p>"
        f'<p class="source">{dated} {html_link(item.publisher, item.source_url)}</p></article>'
    )
