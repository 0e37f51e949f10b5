"""Inventories and targets: each count with its date and source (rule 10), for a region or a project.

Rule: a history is a list of dated figures. Nothing here adds two of them, and no share is made of them.
"""

import pandas as pd
import streamlit as st

from pages.shared import data, dates, layout, numbers
from pages.shared.markup import SOURCES_SPEAK
from pages.shared.project_words import WITH_HISTORY, Row, project_name, words_or_blank
from pages.shared.texts import text


def show_histories(projects: pd.DataFrame, histories: pd.DataFrame, lang: str, *, name: str = "") -> None:
    """Show the inventories and targets among `projects_listed`, each with its rows of `histories`.

    `name` is that of the region, said where two are shown.
    """
    kept = projects[projects["kind"].isin(WITH_HISTORY)]
    if kept.empty:
        return
    title = text("regions.section.histories_of", lang, name=name) if name else text("regions.section.histories", lang)
    layout.section(title)
    st.caption(text("regions.section.histories_note", lang))
    for row in kept.sort_values(["kind", "project_id"]).to_dict("records"):
        layout.page_link("projects", project_name(row, lang), project=row["project_id"])
        show_history(row, histories[histories["project_id"] == row["project_id"]], lang)
    layout.only_first(len(kept), int((kept["all_projects"] - kept["all_retained"]).iloc[0]))


def show_history(row: Row, history: pd.DataFrame, lang: str) -> None:
    """Show the rows of `histories` of one inventory or target, oldest first."""
    if history.empty:
        st.caption(text("regions.history.without_figure", lang))
        return
    link, stated = text("regions.history.link", lang), text("regions.history.stated", lang)
    layout.table(
        history_cells(history, lang).assign(language=SOURCES_SPEAK),
        links={text("regions.history.source", lang): link},
        alt=text("regions.history.alt", lang, name=project_name(row, lang)),
        languages={stated: "language"},
    )


def history_cells(history: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return the dated figures in words, one row a figure, oldest first; the last column is the source's address."""
    rows = history.sort_values(["announced_on", "announcement_id"], kind="stable").to_dict("records")
    titles = {
        name: text(f"regions.history.{name}", lang) for name in ("date", "figure", "stated", "source", "kind", "link")
    }
    cells = pd.DataFrame(
        {
            titles["date"]: [dates.day(r["announced_on"], r["announced_on_precision"], lang) for r in rows],
            titles["figure"]: [_figure(r, lang) for r in rows],
            titles["stated"]: [words_or_blank(r["stated"]) or None for r in rows],
            titles["source"]: [r["source_publisher"] for r in rows],
            titles["kind"]: [data.schema().label("source_kind", r["source_kind"], lang) for r in rows],
            titles["link"]: [r["source_url"] for r in rows],
        }
    )
    return cells.dropna(axis="columns", how="all")


def _figure(row: Row, lang: str) -> str:
    low, high = numbers.to_float(row["low"]), numbers.to_float(row["high"])
    if low is None and high is None:
        name = text(f"projects.metric.{row['metric']}", lang)
        words = text("regions.history.words_only", lang)
        return text("projects.claims.figure_line", lang, name=name, figure=words)
    return numbers.metric(row["metric"], low, high, lang)
