"""The page Chronologie beside its pictures: the sentence, the choice of a day, the table of steps.

Rule: a day chosen here is the filter `until` of the whole site, written in the address; the steps are the rows of the
query `timeline`, in words.
"""

from collections import Counter
from datetime import date

import pandas as pd
import streamlit as st

from pages.shared import choice, data, filters, layout
from pages.shared.charts.measure import MIXED, Answer, Measure, answers
from pages.shared.charts.timeline import signed
from pages.shared.dates import day
from pages.shared.numbers import count
from pages.shared.numbers import metric as written
from pages.shared.texts import text
from queries import Selection

CHART = "timeline-chart"
DATE_FORMAT = "DD/MM/YYYY"
DAY_WIDTH = 280
# Steps shown at once; the older ones are a fold away.
NEWEST = 15
PUBLISHERS = 3
ADDRESS = "address"


def last_day(selection: Selection) -> date:
    """Return the day on which the pictures end: that of the filters, else that of the newest announcement."""
    return selection.until or pd.Timestamp(data.metadata()["covered_until"]).date()


def tell(timeline: pd.DataFrame, metric: str, lang: str) -> str:
    """Say how many times the total rose and fell, since when, and what it has reached."""
    rows = timeline[timeline["metric"] == metric]
    if rows.empty:
        return text("timeline.sentence_unknown", lang)
    days = rows.drop_duplicates("changed_on")
    last, falls = answers(rows)[-1], int(days["falls"].sum())
    rises = int(days["steps"].sum()) - falls
    total = written(metric, last["low"], last["high"], lang, is_floor=bool(last["is_floor"]))
    return text(
        "timeline.sentence" if falls else "timeline.sentence_rises",
        lang,
        n=falls if falls else rises,
        first=day(rows["changed_on"].min(), "day", lang),
        rises=count(rises, lang),
        falls=count(falls, lang),
        total=total + Measure(metric).reserve(lang),
    )


def choose_day(selection: Selection, lang: str) -> None:
    """Offer a day between the first claim and the newest: the whole site then shows what was public on it."""
    first = data.query("first_day", Selection())["announced_on"].iloc[0].date()
    last = pd.Timestamp(data.metadata()["covered_until"]).date()
    key = f"timeline-day-{lang}"
    # A day that the calendar cannot show still acts on the site: the widget alone keeps within its bounds.
    wanted = selection.until and min(max(selection.until, first), last)
    choice.follow(key, wanted)
    st.date_input(
        text("timeline.day", lang),
        value=None,
        min_value=first,
        max_value=last,
        key=key,
        format=DATE_FORMAT,
        help=text("timeline.day_help", lang),
        width=DAY_WIDTH,
        on_change=lambda: _write(st.session_state[key]),
    )


def clicked() -> None:
    """Show the whole site on the day of the step that was clicked."""
    points = st.session_state[CHART].selection.points
    if found := next((point["customdata"][0] for point in points if point.get("customdata")), ""):
        filters.write("until", [str(found)])


def show_steps(timeline: pd.DataFrame, metric: str, lang: str) -> None:
    """Show the steps of a metric, newest first, with what moved each and the claims behind it."""
    rows = answers(timeline[timeline["metric"] == metric].iloc[::-1])
    layout.section(text("timeline.steps", lang))
    if not rows:
        st.caption(text("timeline.sentence_unknown", lang))
        return
    reserve = text("timeline.mixed", lang) if metric in MIXED else ""
    told = Counter(row["changed_on"] for row in rows)
    largest = text("timeline.largest", lang) if any(row["steps"] > told[row["changed_on"]] for row in rows) else ""
    st.caption(" ".join(filter(None, (text("timeline.steps_note", lang), largest, reserve))))
    with st.container(key=f"steps-newest-{lang}"):
        _table(rows[:NEWEST], metric, lang, text("timeline.steps", lang))
    if older := rows[NEWEST:]:
        title = text("timeline.older", lang, n=len(older), count=count(len(older), lang))
        with st.expander(title, key=f"steps-older-{lang}"):
            _table(older, metric, lang, title)


def step_cells(rows: list[Answer], metric: str, lang: str) -> pd.DataFrame:
    """Return rows of `timeline` in words, columns titled in `lang`, and one of addresses."""
    names = [str(row["project_name_en"] if lang == "en" else row["project_name"]) for row in rows]
    return pd.DataFrame(
        {
            text("timeline.column.day", lang): [day(row["changed_on"], "day", lang) for row in rows],
            text("timeline.column.project", lang): names,
            text("timeline.column.low", lang): [signed(metric, row["change_low"], lang) for row in rows],
            text("timeline.column.high", lang): [signed(metric, row["change_high"], lang) for row in rows],
            text("timeline.column.total", lang): [
                written(metric, row["low"], row["high"], lang, is_floor=bool(row["is_floor"]), form="short")
                for row in rows
            ],
            text("timeline.column.claims", lang): [_behind(row, lang) for row in rows],
            ADDRESS: [filters.link("projects", project=row["project_id"]) for row in rows],
        }
    )


def _table(rows: list[Answer], metric: str, lang: str, alt: str) -> None:
    columns = {name: text(f"timeline.column.{name}", lang) for name in ("project", "low", "high", "total")}
    layout.table(
        step_cells(rows, metric, lang),
        alt=alt,
        links={columns["project"]: ADDRESS},
        figures=(columns["low"], columns["high"], columns["total"]),
    )


def _behind(row: Answer, lang: str) -> str:
    """The number of claims behind a step and who published them; where the total falls, why."""
    n, publishers = len(row["announcement_ids"]), list(row["publishers"])
    shown = ", ".join(publishers[:PUBLISHERS])
    if more := len(publishers[PUBLISHERS:]):
        shown = text("timeline.and_more", lang, names=shown, n=more, count=count(more, lang))
    told = text("timeline.behind", lang, n=n, count=count(n, lang), publishers=shown)
    fall = row["fall"]
    return f"{told} {text(f'timeline.fall.{fall}', lang)}" if isinstance(fall, str) else told


def _write(chosen: date | None) -> None:
    filters.write("until", [chosen.isoformat()] if chosen else [])
