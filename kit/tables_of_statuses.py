"""The tables of what is counted by status: outcomes, rates, stages, scopes, and what is known.

Rule: that of `kit.tables`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from kit.table_rows import Given, coded, region_name, unit_of
from kit.table_rows import amounts as amounts_of
from pages.shared.charts.coverage import known_shares
from pages.shared.charts.measure import Measure, answers
from pages.shared.charts.promises import EVERYWHERE, outcome_name
from pages.shared.charts.realisation import STAGES as RATES
from pages.shared.charts.scopes import SCOPE_FIELDS
from pages.shared.charts.status import STAGES, STOPPED, UNSTATED


def _scopes(given: Given) -> pd.DataFrame:
    metric = given.options["metric"]
    field = SCOPE_FIELDS[metric]
    rows = [
        {
            field: row["scope"],
            f"{field}_name": coded(field, row["scope"], given.lang),
            **amounts_of(row, metric),
        }
        for row in answers(Measure(metric).of(given.frames[0]))
    ]
    return pd.DataFrame(rows)


def _outcomes(given: Given) -> pd.DataFrame:
    return _promised(given, lambda region: region == EVERYWHERE).drop(columns=["region_code", "region_name"])


def _outcomes_by_region(given: Given) -> pd.DataFrame:
    return _promised(given, lambda region: region != EVERYWHERE)


def _promised(given: Given, is_kept: Callable[[str], bool]) -> pd.DataFrame:
    metric = given.options["metric"]
    rows = [
        {
            "region_code": row["region_code"],
            "region_name": region_name(row["region_name"], given.lang),
            "outcome": row["outcome"] if isinstance(row["outcome"], str) else "",
            "outcome_name": outcome_name(row["outcome"], given.lang),
            "is_counted": bool(row["is_counted"]),
            **amounts_of(row, metric),
        }
        for row in answers(Measure(metric).of(given.frames[0]))
        if is_kept(row["region_code"])
    ]
    return pd.DataFrame(rows)


def _rates(given: Given) -> pd.DataFrame:
    rows = [
        {
            "announced_year": row["announced_year"],
            "status": status,
            "status_name": coded("status", status, given.lang),
            "measured_in": unit_of(given.options["metric"]),
            "unit": "share",
            "low": row[f"{stage}_rate_low"],
            "high": row[f"{stage}_rate_high"],
            "projects": row[f"{stage}_projects"],
            "projects_of_year": row["projects"],
        }
        for row in answers(Measure(given.options["metric"]).of(given.frames[0]))
        if row["projects"]
        for stage, status in RATES.items()
        if row[f"{stage}_projects"]
    ]
    return pd.DataFrame(rows)


def _coverage(given: Given) -> pd.DataFrame:
    rows = [
        {"figure": item.code, "figure_name": item.name, "known": item.known, "subjects": item.of, "share": item.share}
        for item in known_shares(given.frames[0], given.lang)
    ]
    return pd.DataFrame(rows, columns=["figure", "figure_name", "known", "subjects", "share"])


def _statuses(given: Given) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"status": status, "status_name": coded("status", status, given.lang), "projects": row["projects"]}
            for status, row in _by_status(given.frames[0], "projects", (*STAGES, *STOPPED)).items()
        ]
    )


def _power(given: Given) -> pd.DataFrame:
    """The stages with a power, then each stated target once, under the date of the first to state it."""
    totals, histories = given.frames
    drawn: list[dict[str, Any]] = [
        {
            "mark": "stage",
            "code": status,
            "name": coded("status", status, given.lang),
            **amounts_of(row, "power_mw", has_projects=False),
        }
        for status, row in _by_status(totals, "power_mw", STAGES).items()
        if not (pd.isna(row["low"]) and pd.isna(row["high"]))
    ]
    targets = histories[(histories["kind"] == "target") & (histories["metric"] == "power_mw")]
    targets = targets.dropna(subset=["low", "high"], how="all").drop_duplicates(["project_id", "low", "high"])
    for row in answers(targets):
        name = row["project_name_en" if given.lang == "en" else "project_name"]
        drawn.append(
            {
                "mark": "target",
                "code": row["project_id"],
                "name": name,
                **amounts_of({**row, "is_floor": None}, "power_mw", has_projects=False),
                "announced_on": row["announced_on"],
                "announced_on_precision": row["announced_on_precision"],
            }
        )
    columns = ["mark", "code", "name", "unit", "low", "high", "is_floor", "announced_on", "announced_on_precision"]
    return pd.DataFrame(drawn, columns=columns)


def _by_status(totals: pd.DataFrame, metric: str, order: Sequence[str]) -> dict[str, Mapping[Any, Any]]:
    rows = Measure(metric).of(totals)
    rows["status"] = rows["status"].astype(object).where(rows["status"].notna(), UNSTATED)
    found = {row["status"]: row for row in answers(rows)}
    return {status: found[status] for status in order if status in found}


STATUS_TABLES: Mapping[str, Callable[[Given], pd.DataFrame]] = {
    "perimetres": _scopes,
    "devenir": _outcomes,
    "devenir-par-region": _outcomes_by_region,
    "realisation": _rates,
    "completude": _coverage,
    "statuts": _statuses,
    "puissance": _power,
}
