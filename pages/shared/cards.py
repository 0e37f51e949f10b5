"""The cards of figures: what a selection adds up to, with all that must be said beside it (rules 3, 5 and 6).

Rule: frames of queries in, words out. Figures and splits are rows of `explanation`, which also accounts for them.
Powers and jobs never go without their split; what has no figure, and what rests on one source or on weak ones, is
counted aloud.
"""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from pages.shared.card import Card
from pages.shared.explained import SEGMENTS, segment_name, segments, totals, words
from pages.shared.numbers import count, metric, to_float
from pages.shared.texts import text

Row = Mapping[Hashable, Any]


def overview_cards(explanation: pd.DataFrame, purposes: pd.DataFrame, lang: str) -> tuple[Card, ...]:
    """Return the four cards of a selection, from `explanation` and `totals_by_purpose`."""
    return (
        investment_card(explanation, purposes, lang),
        power_card(explanation, lang),
        jobs_card(explanation, lang),
        status_card(explanation, lang),
    )


def investment_card(explanation: pd.DataFrame, purposes: pd.DataFrame, lang: str) -> Card:
    """Return the investment of `explanation`, with its share for AI from `totals_by_purpose`."""
    row = _row(totals(explanation), "investment_meur")
    ai = _row(purposes[purposes["purpose"] == "ai"], "investment_meur")
    notes = []
    if ai is not None and len(purposes["purpose"].unique()) > 1 and _known(ai):
        notes.append(text("overview.ai_share", lang, figure=words("investment_meur", ai, lang)))
    value = words("investment_meur", row, lang)
    told = (*notes, *_caveats("investment_meur", row, lang))
    return Card(text("overview.investment", lang), value, told, why="investment_meur")


def power_card(explanation: pd.DataFrame, lang: str) -> Card:
    """Return the power of `explanation`, with its kinds, « natures mêlées » where they mix."""
    row = _row(totals(explanation), "power_mw")
    parts = _parts("power_mw", explanation, lang)
    mixed = (text("overview.mixed_kinds", lang),) if len(parts) > 1 else ()
    value = words("power_mw", row, lang)
    told = (*mixed, *_caveats("power_mw", row, lang))
    return Card(text("overview.power", lang), value, told, parts, why="power_mw", field=SEGMENTS["power_mw"])


def jobs_card(explanation: pd.DataFrame, lang: str) -> Card:
    """Return the lasting jobs by scope; their sum is never shown alone, so it is not shown where scopes mix."""
    row = _row(totals(explanation), "jobs")
    parts = _parts("jobs", explanation, lang)
    value = "" if parts else words("jobs", row, lang)
    never = (text("overview.mixed_scopes", lang),) if len(parts) > 1 else ()
    told = (*never, *_caveats("jobs", row, lang))
    return Card(text("overview.jobs", lang), value, told, parts, why="jobs", field=SEGMENTS["jobs"])


def status_card(explanation: pd.DataFrame, lang: str) -> Card:
    """Return how many projects stand at each stage in `explanation`; stopped ones are named apart."""
    row = _row(totals(explanation), "projects")
    stages = segments(explanation, "projects")
    notes = [
        text(
            "overview.stopped",
            lang,
            status=segment_name("projects", stage["segment"], lang),
            projects=_projects(stage["left_out"], lang),
        )
        for stage in stages
        if stage["left_out"]
    ]
    parts = tuple(
        (segment_name("projects", stage["segment"], lang), count(stage["projects"], lang))
        for stage in stages
        if stage["projects"]
    )
    value = _projects(0 if row is None else row["projects"], lang)
    return Card(text("overview.projects", lang), value, tuple(notes), parts, why="projects", field=SEGMENTS["projects"])


def _row(frame: pd.DataFrame, code: str) -> Row | None:
    rows = frame[frame["metric"] == code].to_dict("records")
    return rows[0] if rows else None


def _known(row: Row) -> bool:
    return to_float(row["high"]) is not None


def _caveats(code: str, row: Row | None, lang: str) -> list[str]:
    if row is None:
        return []
    missing = int(row["missing"])
    notes = [
        text(
            "overview.missing" if missing else "overview.none_missing",
            lang,
            projects=_projects(row["projects"], lang),
            missing=count(missing, lang),
        )
    ]
    for name in ("single", "weak"):
        low, high = row[f"{name}_low"], row[f"{name}_high"]
        if (to_float(high) or 0) > 0:
            notes.append(text(f"overview.{name}", lang, figure=metric(code, low, high, lang)))
    return notes


def _parts(code: str, explanation: pd.DataFrame, lang: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (segment_name(code, row["segment"], lang), words(code, row, lang, form="bare"))
        for row in segments(explanation, code)
    )


def _projects(n: Any, lang: str) -> str:
    return metric("projects", n, n, lang)
