"""What every page is laid out with: header, cards, charts, tables, links, the empty selection.

Rule: these take words and frames that are ready; nothing here queries or sums. What comes from the data is
escaped here, so a page cannot forget it.
"""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure

from pages.shared import data, filters, language
from pages.shared.charts.theme import CONFIG
from pages.shared.markup import markdown_link, plain
from pages.shared.texts import text

# The script of each page, as `st.page_link` wants it: beside the frame.
SCRIPTS = {
    "overview": "overview.py",
    "map": "map.py",
    "regions": "regions.py",
    "projects": "projects.py",
    "method": "method.py",
}


@dataclass(frozen=True)
class Card:
    """A figure with what must be said beside it. All are plain words, shown as they are."""

    label: str
    value: str
    notes: tuple[str, ...] = ()


def page_header(title: str, sentence: str) -> None:
    """Show the page's one title and the sentence that says what it shows now (both plain words)."""
    st.title(plain(title), anchor=False)
    st.html(f'<p class="lead">{html.escape(sentence)}</p>')


def kpi_cards(cards: Sequence[Card]) -> None:
    """Show cards side by side, of one height, wrapping on a phone."""
    st.html('<div class="cards">' + "".join(_card(card) for card in cards) + "</div>")


def kpi_card(label: str, value: str, *notes: str) -> None:
    """Show one card alone (several of one height: `kpi_cards`)."""
    kpi_cards([Card(label, value, notes)])


def chart(
    figure: Figure,
    alt: str,
    *,
    key: str,
    table: pd.DataFrame | None = None,
    source: str | None = None,
) -> None:
    """Show a figure with its description, its source line, and its table (columns in words) folded beneath.

    For a chart that answers clicks, use `st.plotly_chart(…, config=CONFIG, theme=None)`, then `chart_notes`.
    """
    st.plotly_chart(figure, key=key, alt=alt, theme=None, config=CONFIG)
    chart_notes(table=table, source=source, key=key)


def chart_notes(*, key: str, table: pd.DataFrame | None = None, source: str | None = None) -> None:
    """Show the line and the folded table that stand under every picture."""
    lang = language.current()
    st.caption(source or source_line(lang))
    if table is not None:
        with st.expander(text("layout.table", lang), key=f"{key}-table"):
            st.dataframe(table, hide_index=True, placeholder="–")


def table(frame: pd.DataFrame, *, links: Mapping[str, str] | None = None, alt: str | None = None) -> None:
    """Show a short table of plain words, whose columns are already titled in the visitor's language.

    `links` gives, for a shown column, the column that holds its address (which is not shown itself).
    """
    addresses = {column: frame[target] for column, target in (links or {}).items()}
    shown = [str(column) for column in frame if column not in (links or {}).values()]
    cells = {plain(column): _cells(frame[column], addresses.get(column)) for column in shown}
    st.table(pd.DataFrame(cells), border="horizontal", hide_index=True, alt=alt)


def source_line(lang: str) -> str:
    """Return the line under a picture: who made it, the date of the data, the licence."""
    covered = data.metadata()["covered_until"]
    return text("layout.source", lang, date=filters.day(covered, "day", lang))


def page_link(page: str, label: str, **changes: str | Sequence[str] | None) -> None:
    """Show a link to a page of the site, with this visit's filters and `changes` as in `filters.link`."""
    st.page_link(SCRIPTS[page], label=plain(label), query_params=filters.params(**changes))


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


def _cells(values: pd.Series, addresses: pd.Series | None) -> list[str]:
    shown = values.astype(object).where(values.notna(), "–")
    if addresses is None:
        return [plain(value) for value in shown]
    return [markdown_link(value, address) for value, address in zip(shown, addresses, strict=True)]


def _card(card: Card) -> str:
    notes = "".join(f"<li>{html.escape(note)}</li>" for note in card.notes)
    return (
        f'<section class="card"><h3>{html.escape(card.label)}</h3>'
        f'<p class="value">{html.escape(card.value)}</p>'
        + (f"<ul>{notes}</ul>" if notes else "")
        + "</section>"
    )
