"""The tables of the charts of a project: its stages, its place, its claims, its history; and what was said again.

Rule: that of `kit.tables`.
"""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from kit.table_rows import Given, unit_of
from pages.shared.charts.claims import numbered
from pages.shared.charts.history import distinct_counts
from pages.shared.charts.measure import answers
from pages.shared.charts.project_stages import stages

CLAIM = ("announced_on", "announced_on_precision", "source_publisher", "source_url")


def _stages(given: Given) -> pd.DataFrame:
    announcements, projects = given.frames
    rows = [
        {
            "project_id": stage.stated["project_id"],
            "status": stage.code,
            "status_name": stage.label,
            "is_current": stage.is_current,
            "is_weak": stage.is_weak,
            "announcement_id": stage.code_of_claim,
            **{name: stage.stated[name] for name in CLAIM},
        }
        for stage in stages(announcements, answers(projects)[0], given.lang)
        if stage.claim is not None
    ]
    return pd.DataFrame(rows)


def _place(given: Given) -> pd.DataFrame:
    columns = ["project_id", "project_name", "location_precision", "latitude", "longitude"]
    return given.frames[0].head(1)[[*columns, "commune_code", "departement_code", "region_code"]]


def _history(given: Given) -> pd.DataFrame:
    rows = [
        {**_named(row, given.lang), "unit": "sites", "low": row["low"], "high": row["high"], **_claim(row)}
        for row in answers(distinct_counts(given.frames[0], "sites_count"))
    ]
    return pd.DataFrame(rows)


def _claims(given: Given) -> pd.DataFrame:
    metric = given.options["metric"]
    rows = [
        {
            "project_id": row["project_id"],
            "unit": unit_of(metric),
            "low": row["low"],
            "high": row["high"],
            "is_retained": bool(row["is_retained"]),
            "source_kind": row["source_kind"],
            **_claim(row),
        }
        for row in answers(numbered(given.frames[0], metric))
    ]
    return pd.DataFrame(rows)


def _occasions(given: Given) -> pd.DataFrame:
    rows = [
        {
            **_named(row, given.lang),
            "announced_on": row["announced_on"],
            "announced_on_precision": row["announced_on_precision"],
            "event": row["event"],
            "event_name": row[f"event_name_{given.lang}"],
            **{name: row[name] for name in ("investment_low_meur", "investment_high_meur")},
            **{name: row[name] for name in ("power_low_mw", "power_high_mw")},
            "publishers": ", ".join(row["publishers"]),
        }
        for _, group in list(given.frames[0].groupby("project_id", sort=False))[: given.options["top"]]
        for row in answers(group)
    ]
    return pd.DataFrame(rows)


def _named(row: Mapping[Any, Any], lang: str) -> dict[str, Any]:
    name = row["project_name_en" if lang == "en" else "project_name"]
    return {"project_id": row["project_id"], "project_name": name}


def _claim(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {"announcement_id": row["announcement_id"], **{name: row[name] for name in CLAIM}}


PROJECT_TABLES: Mapping[str, Callable[[Given], pd.DataFrame]] = {
    "etapes": _stages,
    "lieu": _place,
    "inventaire": _history,
    "declarations": _claims,
    "reannonces": _occasions,
}
