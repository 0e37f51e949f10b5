"""The answer of `explanation` in words: its totals, their segments, and what each is called.

Rule: a figure is a row of that answer, never a sum made here. No Streamlit here.
"""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from etl.schema import load_schema
from pages.shared.numbers import metric
from pages.shared.texts import text

Row = Mapping[Hashable, Any]

# The metrics that can be explained, each with the coded field whose codes are its segments, if it has any.
SEGMENTS = {
    "investment_meur": "",
    "power_mw": "power_kind",
    "jobs": "jobs_scope",
    "construction_jobs": "",
    "projects": "status",
}
# A status that no source gives, as the query names it.
UNSTATED = "none"


def totals(explanation: pd.DataFrame) -> pd.DataFrame:
    """Return the totals of an answer of `explanation`, one row a metric; none where nothing is counted."""
    return explanation[explanation["level"] == "total"]


def segments(explanation: pd.DataFrame, code: str) -> list[Row]:
    """Return the segments of a metric: jobs by scope, power by kind, projects by status, in display order."""
    return rows_of(explanation, code, "segment")


def words(code: str, row: Row | None, lang: str, form: str = "long") -> str:
    """Write the figure of a row of `explanation`, as cards and accounts show it; without a row it is unknown."""
    if row is None:
        return metric(code, None, None, lang)
    return metric(code, row["low"], row["high"], lang, is_floor=bool(row["is_floor"]), form=form)


def segment_name(code: str, segment: str, lang: str) -> str:
    """Return the words of a segment of a metric."""
    if segment == UNSTATED:
        return text("layout.unstated", lang)
    return load_schema().label(SEGMENTS[code], segment, lang)


def rows_of(explanation: pd.DataFrame, code: str, level: str) -> list[Row]:
    """Return the rows of a metric at a level: total, segment or project."""
    frame = explanation[(explanation["metric"] == code) & (explanation["level"] == level)]
    return [dict(row) for row in frame.to_dict("records")]
