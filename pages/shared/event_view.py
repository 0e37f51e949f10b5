"""What each event really added (rule 7): the account of the one chosen, and the table of all.

Rule: the four amounts are the event's own, whatever the filters; they are read in `events`. The chosen event is in
the address, as `?account=`.
"""

from collections.abc import Hashable, Mapping
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from pages.shared import choice, data, filters, layout
from pages.shared.charts.waterfall import describe_waterfall, waterfall
from pages.shared.findings import event_accounts
from pages.shared.markup import plain
from pages.shared.numbers import amount, metric, to_float
from pages.shared.term_links import with_terms
from pages.shared.texts import text
from queries import Selection

CHART = "account-chart"
MEANINGS = ("headline", "traced", "known", "new")

Row = Mapping[Hashable, Any]


def show_events(selection: Selection, lang: str) -> None:
    """Show the box of events, the account of one, and all of them as a table; a sentence where there is none."""
    events = data.query("events", selection)
    layout.section(text("nesting.events", lang), anchor="events")
    if events.empty:
        st.markdown(plain(text("nesting.no_event", lang)))
        return
    st.caption(text("nesting.events_note", lang))
    data.part(_show_event, events, _choose(events, lang), selection, lang)


def _show_event(events: pd.DataFrame, event: str, selection: Selection, lang: str) -> None:
    layout.chart(
        data.figure(waterfall, ("events",), selection, lang, event=event),
        data.made(describe_waterfall, ("events",), selection, lang, event=event),
        key=CHART,
        reuse=layout.kit_link("sommet", lang, account=event),
    )
    account = events[events["event"] == event].to_dict("records")[0]
    st.html(meanings(account, lang))
    layout.page_link("projects", text("nesting.event_projects", lang), event=event)
    layout.subsection(text("nesting.all_events", lang))
    table = event_accounts(events, lang)
    name, *amounts = [str(column) for column in table if column != "project_link"]
    layout.table(table, alt=text("nesting.events", lang), links={name: "project_link"}, figures=amounts)


def meanings(account: Row, lang: str) -> str:
    """Return the HTML list that says in plain words what each amount of an account is."""
    items: list[str] = []
    seen: set[str] = set()
    for name in MEANINGS:
        low, high = account[f"{name}_low"], account[f"{name}_high"]
        if to_float(high) is not None:
            n = int(account["projects"])
            told = text(f"nesting.meaning.{name}", lang, projects=metric("projects", n, n, lang))
            figure = amount(low, high, lang)
            items.append(f"<li><strong>{escape(figure)}</strong> {with_terms(told, lang, seen=seen)}</li>")
    return f"<ul>{''.join(items)}</ul>"


def _choose(events: pd.DataFrame, lang: str) -> str:
    """Offer the events in a box, set on that of the address, else on the one with the largest headline."""
    names = dict(zip(events["event"], events[f"name_{lang}"], strict=True))
    asked = st.query_params.get("account", "")
    largest = events.sort_values("headline_high", ascending=False, na_position="last")["event"].iloc[0]
    wanted = asked if asked in names else largest
    key = choice.follow(f"nesting-account-{lang}", wanted)
    st.selectbox(
        text("nesting.event", lang),
        list(names),
        format_func=lambda code: names.get(code, code),
        key=key,
        on_change=lambda: filters.write("account", [st.session_state[key]]),
    )
    return str(wanted)
