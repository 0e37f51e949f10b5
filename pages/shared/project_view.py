"""One project, opened by `?project=`: its retained figures, facts, family, history and claims.

Rule: the filters chose the way here, not what is shown: only `until` (the day of the whole answer) applies.
"""

from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from pages.shared import data, dates, filters, layout, numbers
from pages.shared.claim_list import claim_list, fact_list
from pages.shared.history_view import show_history
from pages.shared.layout import Card
from pages.shared.markup import plain
from pages.shared.project_words import (
    METRICS,
    WITH_HISTORY,
    Row,
    coded,
    facts,
    figure_notes,
    marks,
    net_ends,
    own_ends,
    project_name,
    retained_figure,
    tell_project,
)
from pages.shared.texts import text
from queries import Selection

COUNTED_KINDS = ("programme", "site")
ADDRESS = "address"


def show_project(project_id: str, lang: str) -> None:
    """Show the project of that id as known on the day of the filters; a sentence when there is none."""
    until = filters.selection().until
    selection = Selection(until=until, project=project_id)
    found = data.query("projects_list", selection)
    if found.empty:
        _show_unknown(project_id, until, lang)
        return
    row = found.to_dict("records")[0]
    announcements = data.query("announcements_list", selection)
    family, claims = data.query("family", selection), data.query("claims_list", selection)
    layout.page_header(project_name(row, lang), tell_project(row, announcements, lang))
    layout.page_link("projects", text("projects.back", lang))
    if until:
        st.caption(text("projects.as_of", lang, day=dates.day(until, "day", lang)))
    _show_marks(marks(row, lang))
    if row["kind"] in WITH_HISTORY:
        _show_history(row, selection, lang)
    else:
        _show_figures(row, family, claims, lang)
    st.html(fact_list(facts(row, lang)))
    _show_family(row, family, lang)
    _show_claims(row, announcements, claims, lang)


def figure_cards(row: Row, family: pd.DataFrame, claims: pd.DataFrame, lang: str) -> list[Card]:
    """Return the cards of the retained figures; building jobs only where somebody gives them.

    `family` and `claims` are the project's rows of `family` and `claims_list`.
    """
    far = claims[claims["deviates"]]["metric"].value_counts()
    has_parts = bool((family["relation"] == "child").any())
    shown = [name for name in METRICS if name != "construction_jobs" or own_ends(row, name) != (None, None)]
    return [
        Card(
            text(f"projects.figures.{METRICS[name][0]}", lang),
            retained_figure(row, name, lang),
            tuple(figure_notes(row, name, lang, has_parts=has_parts, gaps=int(far.get(name, 0)))),
        )
        for name in shown
    ]


def family_table(row: Row, family: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return the rows of `family` in words: link, project, status, net investment, what to beware of; and address."""
    relatives = family.to_dict("records")
    columns = {
        text("projects.family.project", lang): [project_name(relative, lang, "name") for relative in relatives],
        text("projects.family.link", lang): [
            text(f"projects.family.{relative['relation']}", lang) for relative in relatives
        ],
        data.schema().field("status").title_in(lang): [
            coded("status", relative["status"], lang) for relative in relatives
        ],
        ADDRESS: [filters.link("projects", project=relative["relative_id"]) for relative in relatives],
    }
    if row["kind"] in COUNTED_KINDS:
        columns[text("projects.family.amount", lang)] = [_net_investment(relative, lang) for relative in relatives]
        columns[text("projects.family.remark", lang)] = [_remark(row, relative, lang) for relative in relatives]
    return pd.DataFrame(columns)


def _net_investment(relative: Row, lang: str) -> str:
    # From the smaller to the larger: a net may be larger in the low scenario (rule 4).
    ends = sorted(end for end in net_ends(relative, "investment_meur") if end is not None)
    return numbers.amount(ends[0], ends[-1], lang) if relative["is_counted"] and ends else ""


def _remark(row: Row, relative: Row, lang: str) -> str:
    words = [] if relative["is_counted"] else [text("projects.mark.not_counted", lang)]
    scopes = (row["jobs_scope"], relative["jobs_scope"])
    if all(isinstance(scope, str) for scope in scopes) and scopes[0] != scopes[1]:
        own, other = (coded("jobs_scope", scope, lang) for scope in scopes)
        words.append(text("projects.family.scopes_differ", lang, own=own, other=other))
    return ", ".join(words)


def _show_unknown(project_id: str, until: date | None, lang: str) -> None:
    known_today = until and not data.query("projects_list", replace(Selection(), project=project_id)).empty
    sentence = (
        text("projects.unknown_on_day", lang, day=dates.day(until, "day", lang))
        if known_today
        else text("projects.unknown_project", lang, project=project_id)
    )
    layout.page_header(text("projects.title", lang), sentence)
    layout.page_link("projects", text("projects.back", lang))


def _show_marks(told: list[str]) -> None:
    if told:
        with st.container(horizontal=True):
            for mark in told:
                st.badge(plain(mark), icon=":material/warning:", color="orange")


def _show_figures(row: Row, family: pd.DataFrame, claims: pd.DataFrame, lang: str) -> None:
    layout.section(text("projects.figures.title", lang))
    layout.kpi_cards(figure_cards(row, family, claims, lang))


def _show_history(row: Row, selection: Selection, lang: str) -> None:
    layout.section(text("regions.section.histories", lang))
    st.caption(text("regions.section.histories_note", lang))
    show_history(row, data.query("histories", selection), lang)


def _show_family(row: Row, family: pd.DataFrame, lang: str) -> None:
    if family.empty:
        return
    layout.section(text("projects.family.title", lang))
    if row["kind"] in COUNTED_KINDS:
        st.caption(text("projects.family.note", lang))
    with st.container(key="family"):
        layout.table(
            family_table(row, family, lang),
            alt=text("projects.family.alt", lang),
            links={text("projects.family.project", lang): ADDRESS},
        )


def _show_claims(row: Row, announcements: pd.DataFrame, claims: pd.DataFrame, lang: str) -> None:
    n = len(announcements)
    layout.section(text("projects.claims.title", lang, n=n, count=numbers.count(n, lang)))
    st.caption(text(f"projects.claims.note{'_history' if row['kind'] in WITH_HISTORY else ''}", lang))
    st.html(claim_list(announcements, claims, lang))
