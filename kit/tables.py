"""The rows behind each chart as a table: those that are drawn, no others, in plain columns.

Rule: the rows are those that the chart was given, cut as the chart cuts them; nothing is computed that is not drawn. A
column `unit` says what `low` and `high` are counted in; a blank is unknown, never zero.
"""

import html
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from kit.table_rows import Given, coded, region_name, unit_of
from kit.table_rows import amounts as amounts_of
from kit.tables_of_projects import PROJECT_TABLES
from kit.tables_of_statuses import STATUS_TABLES
from pages.shared.charts.dots import placed
from pages.shared.charts.fills import OUTLINES
from pages.shared.charts.measure import Measure, answers, areas
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
        {"region_code": row["code"], "region_name": region_name(row["name"], given.lang), **amounts_of(row, metric)}
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
    rows: list[dict[str, Any]] = []
    for step, lower, _ in STEPS:
        low, high = account[f"{step}_low"], account[f"{step}_high"]
        # What leaves and is nothing is not drawn.
        if float(high) > 0 or (not lower and float(high) == 0):
            named = {"step": step, "step_name": text(f"nesting.step.{step}", given.lang)}
            rows.append({"event": account["event"], **named, "unit": "meur", "low": low, "high": high})
    return pd.DataFrame(rows)


TABLES: Mapping[str, Callable[[Given], pd.DataFrame]] = {
    "carte": _map,
    "classement": _regions,
    "chronologie": _timeline,
    "chronologie-par-statut": _timeline_by_status,
    "emboitement": _forest,
    "sommet": _account,
    "comparaison": _regions,
    **STATUS_TABLES,
    **PROJECT_TABLES,
}
