"""The filters in the sidebar: widgets whose options are codes, whose state is the address.

Rule: the address is written when a widget changes and read at every run; a widget is set from it when they
differ. The language is in each key, or the browser would keep the labels of the other (architecture, trap 3).
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from pages.shared import choice, data, filters
from pages.shared.layout import page_link
from pages.shared.texts import text
from queries import Selection

# In the order a visitor thinks: what, where, how far, who.
SHOWN = ("purpose", "region", "departement", "status", "kind", "event", "investor")
FIRST_DAY = date(2015, 1, 1)
DATE_FORMATS = {"fr": "DD/MM/YYYY", "en": "DD/MM/YYYY"}
AI = ("ai",)


def show_filters(lang: str) -> None:
    """Draw every filter in the sidebar, as the address of this run has them."""
    with st.sidebar:
        data.part(_show_filters, lang)


def _show_filters(lang: str) -> None:
    chosen = filters.selection()
    st.header(text("frame.filters", lang), anchor=False)
    key = _follow("q", lang, chosen.q)
    st.text_input(
        filters.title("q", lang),
        key=key,
        placeholder=text("frame.filter.q_placeholder", lang),
        on_change=_write(key, "q", _one),
    )
    key = _follow("ai", lang, chosen.purpose == AI)
    st.toggle(text("frame.ai_only", lang), key=key, on_change=_write(key, "purpose", _ai))
    for name in SHOWN:
        _choice(name, chosen, lang)
    for name in ("since", "until"):
        _day(name, chosen, lang)
    st.button(
        text("frame.reset", lang),
        key=f"reset-{lang}",
        on_click=filters.reset,
        icon=":material/filter_alt_off:",
        width="stretch",
        disabled=chosen.is_whole,
    )
    page_link("glossary", text("glossary.all", lang), icon=":material/menu_book:")


def _choice(name: str, chosen: Selection, lang: str) -> None:
    key = _follow(name, lang, list(getattr(chosen, name)))
    labels = data.labels(name, lang)
    st.multiselect(
        filters.title(name, lang),
        list(labels),
        format_func=labels.__getitem__,
        key=key,
        placeholder=text("frame.filter.any", lang),
        on_change=_write(key, name, list),
        # Enter would choose « all that match » before the best match.
        select_all=False,
    )


def _day(name: str, chosen: Selection, lang: str) -> None:
    wanted: date | None = getattr(chosen, name)
    last = max(date.today(), pd.Timestamp(data.metadata()["covered_until"]).date())
    # A day that the calendar cannot show still acts on the page: the widget alone keeps within its bounds.
    key = _follow(name, lang, wanted and min(max(wanted, FIRST_DAY), last))
    st.date_input(
        filters.title(name, lang),
        value=None,
        min_value=FIRST_DAY,
        max_value=last,
        key=key,
        format=DATE_FORMATS[lang],
        on_change=_write(key, name, _one),
    )


def _follow(name: str, lang: str, value: object) -> str:
    """Set the widget of `name` to what the address says, unless it says so already; return its key."""
    return choice.follow(f"filter-{name}-{lang}", value)


def _write(key: str, name: str, codes: Callable[[Any], list[str]]) -> Callable[[], None]:
    return lambda: filters.write(name, codes(st.session_state[key]))


def _one(value: object) -> list[str]:
    return [str(value).strip()] if value and str(value).strip() else []


def _ai(is_on: bool) -> list[str]:
    return list(AI) if is_on else []
