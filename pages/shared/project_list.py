"""The list of projects: how many the filters keep, a box to open one, the table.

Rule: the box writes `?project=` in the address and nothing else; the address is the state.
"""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from pages.shared import data, filters, layout
from pages.shared.project_table import show_projects
from pages.shared.project_words import project_name, tell_list
from pages.shared.region_figures import INVESTMENT, figure, pick
from pages.shared.texts import text
from queries import Selection


def show_list(selection: Selection, lang: str) -> None:
    """Show the projects of the selection; the empty selection is said."""
    projects = data.query("projects_listed", selection)
    if projects.empty:
        layout.page_header(text("projects.title", lang), text("layout.empty", lang))
        layout.empty_selection()
        return
    data.part(_show_sentence, projects, selection, lang)
    _offer(data.made(_names, ("projects_listed",), selection, lang), lang)
    data.part(_show_table, projects, selection, lang)


def _show_sentence(projects: pd.DataFrame, selection: Selection, lang: str) -> None:
    investment = pick(data.query("totals", selection), metric=INVESTMENT)
    counted = 0 if investment is None else int(investment["projects"])
    sentence = tell_list(projects, counted, figure(investment, INVESTMENT, lang), lang)
    layout.page_header(text("projects.title", lang), sentence)


def _show_table(projects: pd.DataFrame, selection: Selection, lang: str) -> None:
    show_projects(projects, selection, lang, key=f"projects-table-{lang}")


def _names(projects: pd.DataFrame, lang: str) -> dict[str, str]:
    names = {row["project_id"]: project_name(row, lang) for row in projects.to_dict("records")}
    return dict(sorted(names.items(), key=lambda item: item[1].casefold()))


def _offer(names: Mapping[str, str], lang: str) -> None:
    key = f"projects-open-{lang}"
    st.selectbox(
        text("projects.open.label", lang),
        list(names),
        index=None,
        format_func=lambda code: names.get(code, code),
        placeholder=text("projects.open.placeholder", lang),
        key=key,
        on_change=_open,
        args=(key,),
    )


def _open(key: str) -> None:
    if chosen := st.session_state[key]:
        filters.write("project", [chosen])
