"""The projects behind the promises, as tables: outcome by outcome, those stopped, those overdue.

Rule: rows of `pledges`, each linked to its project; a figure is the project's own retained one, never a sum.
"""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from pages.shared import data, dates, filters, layout, numbers
from pages.shared.charts.promises import OUTCOMES, STOPPED, outcome_name
from pages.shared.project_words import Row, coded, place, project_name, retained_figure
from pages.shared.texts import text
from queries import Selection


def show_outcomes(projects: pd.DataFrame, lang: str) -> None:
    """Show, folded, the projects of each outcome that is in the totals (rows of `pledges`)."""
    first = projects[projects["is_first"] & projects["is_counted"]]
    for code in OUTCOMES:
        rows = first[first["outcome"] == code]
        if not rows.empty:
            count = int(rows["outcome_projects"].iloc[0])
            n = numbers.metric("projects", count, count, lang)
            title = text("promises.outcomes.open", lang, outcome=outcome_name(code, lang), projects=n)
            with st.expander(title, key=f"promises-{code}"):
                _show_projects(rows, ("place", "investment", "power", "news"), title, lang)
                layout.only_first(len(rows), count)


def show_stopped(projects: pd.DataFrame, lang: str) -> None:
    """Show what is suspended or cancelled, with its own figures, out of the totals."""
    rows = projects[projects["is_first"] & projects["outcome"].isin(STOPPED)]
    layout.section(text("promises.stopped.section", lang))
    if rows.empty:
        st.markdown(text("promises.stopped.none", lang))
        return
    st.markdown(text("promises.stopped.sentence", lang))
    _show_projects(rows, ("status", "place", "investment", "power", "news"), text("promises.stopped.alt", lang), lang)
    layout.only_first(len(rows), int(rows.drop_duplicates("outcome")["outcome_projects"].sum()))


def show_overdue(projects: pd.DataFrame, selection: Selection, lang: str) -> None:
    """Show the counted projects whose planned year is past and that are not operational, the latest first."""
    rows = projects[projects["is_latest"]].sort_values(["years_overdue", "project_id"], ascending=[False, True])
    layout.section(text("promises.overdue.section", lang))
    if rows.empty:
        st.markdown(text("promises.overdue.none", lang))
        return
    n = int(rows["overdue"].iloc[0])
    st.markdown(text("promises.overdue.sentence", lang, n=n, count=numbers.count(n, lang)))
    _show_projects(rows, ("planned", "late", "status", "place", "news"), text("promises.overdue.alt", lang), lang)
    layout.only_first(len(rows), n)
    clock = data.metadata()["covered_until"]
    clock = min(clock, pd.Timestamp(selection.until)) if selection.until else clock
    st.caption(text("promises.overdue.note", lang, date=dates.day(clock, "day", lang)))


def _show_projects(rows: pd.DataFrame, columns: tuple[str, ...], alt: str, lang: str) -> None:
    records = rows.to_dict("records")
    project = text("promises.table.project", lang)
    cells = {project: [project_name(row, lang) for row in records]}
    for name in columns:
        title, write = _column(name, lang)
        cells[title] = [write(row) for row in records]
    cells["project_link"] = [filters.link("projects", project=row["project_id"]) for row in records]
    layout.table(pd.DataFrame(cells), alt=alt, links={project: "project_link"})


def _column(name: str, lang: str) -> tuple[str, Callable[[Row], str]]:
    """Return the title of a column and what it says of a row of `pledges`."""
    if name in ("investment", "power"):
        metric = {"investment": "investment_meur", "power": "power_mw"}[name]
        return text(f"projects.figures.{name}", lang), lambda row: retained_figure(row, metric, lang)
    return {
        "planned": (text("promises.overdue.planned", lang), lambda row: str(int(row["target_year"]))),
        "late": (text("promises.overdue.late", lang), lambda row: _years(row, lang)),
        "status": (text("promises.table.status", lang), lambda row: _status(row, lang)),
        "place": (text("promises.table.place", lang), lambda row: place(row, lang)),
        "news": (text("promises.table.news", lang), lambda row: _news(row, lang)),
    }[name]


def _years(row: Row, lang: str) -> str:
    n = int(row["years_overdue"])
    return text("promises.overdue.years", lang, n=n, count=numbers.count(n, lang))


def _status(row: Row, lang: str) -> str:
    status = coded("status", row["status"], lang)
    return text("promises.stopped.unconfirmed", lang, status=status) if row["is_stop_unconfirmed"] else status


def _news(row: Row, lang: str) -> str:
    date, months = dates.day(row["last_announced_on"], "month", lang), numbers.to_float(row["silent_months"])
    if months is None:
        return date
    return text("promises.table.silence", lang, date=date, count=numbers.count(months, lang))
