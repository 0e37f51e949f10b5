"""The rows behind each chart as a table: those that are drawn, no others, in plain columns.

Rule: the rows are those that the chart was given, cut as the chart cuts them; nothing is computed that is not drawn. A
column `unit` says what `low` and `high` are counted in; a blank is unknown, never zero.
"""

import html
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from kit.table_rows import Given, coded, unit_of
from kit.table_rows import amounts as amounts_of
from kit.tables_of_projects import PROJECT_TABLES
from pages.shared.charts.coverage import known_shares
from pages.shared.charts.dots import placed
from pages.shared.charts.fills import OUTLINES
from pages.shared.charts.measure import Measure, answers, areas
from pages.shared.charts.promises import EVERYWHERE, outcome_name
from pages.shared.charts.realisation import STAGES as RATES
from pages.shared.charts.scopes import SCOPE_FIELDS
from pages.shared.charts.status import STAGES, STOPPED, UNSTATED
from pages.shared.charts.timeline import shown_days
from pages.shared.charts.timeline_by_status import by_day
from pages.shared.charts.waterfall import STEPS
from pages.shared.texts import text
from queries.geometry import outlined

NOT_LOCATED = "none"
AREA_COLUMNS = ["mark", "code", "name", "unit", "low", "high", "is_floor", "projects"]


def tabulate(name: str, given: Given) -> pd.DataFrame:
    """Return the table of the chart `name`. Raises KeyError on an unknown chart."""
    return TABLES[name](given)


def _map(given: Given) -> pd.DataFrame:
    """Areas that are outlined, with or without a figure, then the dots, largest first."""
    totals, sites = given.frames
    level, per = given.options["level"], given.options["per_inhabitant"]
    metric = given.options["metric"]
    found = {row["code"]: row for row in answers(Measure(metric, per).of(areas(totals, level)))}
    nothing: Mapping[Any, Any] = {"low": None, "high": None, "is_floor": None, "projects": None}
    drawn = [
        {"mark": level, "code": area.code, "name": area.name, **amounts_of(found.get(area.code, nothing), metric, per)}
        for area in outlined(OUTLINES[level])
    ]
    for row in answers(placed(sites, metric)):
        drawn.append(
            {
                "mark": "site",
                "code": row["place_code"],
                "name": row["place_name"],
                **amounts_of(row, metric),
                "location_precision": row["location_precision"],
                "latitude": row["latitude"],
                "longitude": row["longitude"],
            }
        )
    return pd.DataFrame(drawn, columns=[*AREA_COLUMNS, "location_precision", "latitude", "longitude"])


def _regions(given: Given) -> pd.DataFrame:
    metric = given.options["metric"]
    rows = [
        {"region_code": row["code"], "region_name": _region(row["name"], given.lang), **amounts_of(row, metric)}
        for row in answers(Measure(metric).of(areas(given.frames[0], "region")))
    ]
    return pd.DataFrame(rows)


def _timeline(given: Given) -> pd.DataFrame:
    """The steps on the picture, each with its total, and the line that enters from the left; then the events."""
    metric, events = given.options["metric"], given.frames[1]
    days = Measure(metric).of(given.frames[0]).drop_duplicates("changed_on", keep="last")
    columns = ["mark", "day", "name", "unit", "low", "high", "is_floor"]
    span = shown_days(days, given.options["end"])
    if span is None:
        return pd.DataFrame(columns=columns)
    before = days[days["changed_on"] < span.first].tail(1)
    steps = answers(pd.concat([before, days[days["changed_on"] >= span.first]]))
    drawn = [{"mark": "step", "day": row["changed_on"], **amounts_of(row, metric, has_projects=False)} for row in steps]
    drawn += [
        {"mark": "event", "day": row["first_day"], "name": row[f"name_{given.lang}"]}
        for row in answers(events)
        if span.first <= row["first_day"] <= span.last
    ]
    return pd.DataFrame(drawn, columns=columns)


def _timeline_by_status(given: Given) -> pd.DataFrame:
    """One row a day on the picture and a stage, in the high scenario, which is the one that is drawn."""
    metric = given.options["metric"]
    stages = by_day(given.frames[0], Measure(metric))
    totals = stages.sum(axis=1).rename("high").rename_axis("changed_on").reset_index()
    span = shown_days(totals, given.options["end"])
    columns = ["day", "status", "status_name", "unit", "high"]
    if span is None:
        return pd.DataFrame(columns=columns)
    before = stages[stages.index < span.first].tail(1)
    rows = [
        {
            "day": day,
            "status": status,
            "status_name": coded("status", status, given.lang),
            "unit": unit_of(metric),
            "high": float(values[status]),
        }
        for day, values in pd.concat([before, stages[stages.index >= span.first]]).iterrows()
        for status in map(str, stages)
    ]
    return pd.DataFrame(rows, columns=columns)


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
            "region_name": _region(row["region_name"], given.lang),
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


def _forest(given: Given) -> pd.DataFrame:
    """One row a block, as the picture has them: its parent is a block of the same table."""
    block = given.figure.data[0]
    rows = zip(block.ids, block.parents, block.labels, block.values, strict=True)
    return pd.DataFrame(
        [
            {
                "block": name,
                "within": parent,
                "name": html.unescape(label),
                "unit": unit_of(given.options["metric"]),
                "high": float(value),
            }
            for name, parent, label, value in rows
        ]
    )


def _account(given: Given) -> pd.DataFrame:
    account = answers(given.frames[0][given.frames[0]["event"] == given.options["event"]])[0]
    rows = []
    for step, lower, _ in STEPS:
        low, high = account[f"{step}_low"], account[f"{step}_high"]
        # What leaves and is nothing is not drawn.
        if pd.notna(high) and (high > 0 or not lower):
            named = {"step": step, "step_name": text(f"nesting.step.{step}", given.lang)}
            rows.append({"event": account["event"], **named, "unit": "meur", "low": low, "high": high})
    return pd.DataFrame(rows)


def _region(name: object, lang: str) -> str:
    return name if isinstance(name, str) else text("charts.not_located", lang)


TABLES: Mapping[str, Callable[[Given], pd.DataFrame]] = {
    "carte": _map,
    "classement": _regions,
    "chronologie": _timeline,
    "chronologie-par-statut": _timeline_by_status,
    "perimetres": _scopes,
    "devenir": _outcomes,
    "devenir-par-region": _outcomes_by_region,
    "realisation": _rates,
    "completude": _coverage,
    "emboitement": _forest,
    "sommet": _account,
    "statuts": _statuses,
    "puissance": _power,
    "comparaison": _regions,
    **PROJECT_TABLES,
}
