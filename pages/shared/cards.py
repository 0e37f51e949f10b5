"""The cards of figures: what a selection adds up to, with all that must be said beside it (rules 3, 5 and 6).

Rule: frames of queries in, words out. Powers and jobs never go without their split; what has no figure, and what
rests on one source or on weak ones, is counted aloud.
"""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from pages.shared import data
from pages.shared.layout import Card
from pages.shared.numbers import count, metric, to_float
from pages.shared.texts import text

Row = Mapping[Hashable, Any]


def investment_card(totals: pd.DataFrame, purposes: pd.DataFrame, lang: str) -> Card:
    """Return the investment of `totals`, with its share for AI from `totals_by_purpose`."""
    row = _row(totals, "investment_meur")
    ai = _row(purposes[purposes["purpose"] == "ai"], "investment_meur")
    notes = []
    if ai is not None and len(purposes["purpose"].unique()) > 1 and _known(ai):
        notes.append(text("overview.ai_share", lang, figure=_words("investment_meur", ai, lang)))
    value = _words("investment_meur", row, lang)
    return Card(text("overview.investment", lang), value, (*notes, *_caveats("investment_meur", row, lang)))


def power_card(totals: pd.DataFrame, scopes: pd.DataFrame, lang: str) -> Card:
    """Return the power of `totals`, with its kinds from `totals_by_scope`, « natures mêlées » where they mix."""
    row = _row(totals, "power_mw")
    parts = _parts("power_mw", "power_kind", scopes, lang)
    mixed = (text("overview.mixed_kinds", lang),) if len(parts) > 1 else ()
    value = _words("power_mw", row, lang)
    return Card(text("overview.power", lang), value, (*mixed, *_caveats("power_mw", row, lang)), parts)


def jobs_card(totals: pd.DataFrame, scopes: pd.DataFrame, lang: str) -> Card:
    """Return the lasting jobs by scope; their sum is never shown alone, so it is not shown where scopes mix."""
    row = _row(totals, "jobs")
    parts = _parts("jobs", "jobs_scope", scopes, lang)
    value = "" if parts else _words("jobs", row, lang)
    never = (text("overview.mixed_scopes", lang),) if len(parts) > 1 else ()
    return Card(text("overview.jobs", lang), value, (*never, *_caveats("jobs", row, lang)), parts)


def status_card(statuses: pd.DataFrame, lang: str) -> Card:
    """Return how many projects stand at each stage of `totals_by_status`; stopped ones are named apart."""
    counted = statuses[statuses["is_counted"] & (statuses["metric"] == "projects")]
    stopped = statuses[~statuses["is_counted"] & (statuses["metric"] == "projects")]
    n = int(counted["projects"].to_numpy().sum())
    notes = [
        text("overview.stopped", lang, status=_status(row["status"], lang), projects=_projects(row["projects"], lang))
        for row in stopped.to_dict("records")
    ]
    parts = tuple((_status(row["status"], lang), count(row["projects"], lang)) for row in counted.to_dict("records"))
    return Card(text("overview.projects", lang), _projects(n, lang), tuple(notes), parts)


def _row(frame: pd.DataFrame, code: str) -> Row | None:
    rows = frame[frame["metric"] == code].to_dict("records")
    return rows[0] if rows else None


def _known(row: Row) -> bool:
    return to_float(row["high"]) is not None


def _words(code: str, row: Row | None, lang: str, form: str = "long") -> str:
    if row is None:
        return metric(code, None, None, lang)
    return metric(code, row["low"], row["high"], lang, is_floor=bool(row["is_floor"]), form=form)


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


def _parts(code: str, field: str, scopes: pd.DataFrame, lang: str) -> tuple[tuple[str, str], ...]:
    rows = scopes[scopes["metric"] == code].to_dict("records")
    return tuple((data.schema().label(field, row["scope"], lang), _words(code, row, lang, form="bare")) for row in rows)


def _status(code: object, lang: str) -> str:
    return data.schema().label("status", code, lang) if isinstance(code, str) else text("layout.unstated", lang)


def _projects(n: Any, lang: str) -> str:
    return metric("projects", n, n, lang)
