"""Projects by status, and power at each stage beside the targets that were stated.

Rule: suspended and cancelled are shown last, hatched, and said to be out of the sums; a target is a mark with its date
on a row of its own, and announcements are never a percentage of it (rule 10).
"""

import math

import pandas as pd
import plotly.graph_objects as go

from etl.schema import load_schema
from pages.shared import dates, numbers
from pages.shared.charts.bars import Row
from pages.shared.charts.measure import Answer, Measure, answers, is_known
from pages.shared.charts.rows import described, rows_figure
from pages.shared.charts.theme import Palette, palette
from pages.shared.texts import text

UNSTATED = ""
STAGES = ("ambition", "announced", "permitted", "under_construction", "operational", UNSTATED)
STOPPED = ("suspended", "cancelled")
POWER = Measure("power_mw")


def status_bar(totals_by_status: pd.DataFrame, lang: str, *, metric: str = "projects", dark: bool = False) -> go.Figure:
    """Draw one row a status of `totals_by_status`, from ambition to operational, then what is stopped.

    `metric` "projects" counts them all; another metric gives amounts, which stopped projects have not.
    """
    rows = _status_rows(totals_by_status, metric, lang, palette(dark))
    subtitle = _subtitle(metric, lang)
    title = _status_title(totals_by_status, lang)
    return rows_figure(rows, Measure(metric), title=title, subtitle=subtitle, lang=lang, dark=dark)


def describe_status_bar(totals_by_status: pd.DataFrame, lang: str, *, metric: str = "projects") -> str:
    """Return the chart in a sentence: each status with its figure."""
    rows = _status_rows(totals_by_status, metric, lang, palette())
    return described(
        _subtitle(metric, lang),
        rows,
        lang,
    )


def power_stages(
    totals_by_status: pd.DataFrame, histories: pd.DataFrame, lang: str, *, dark: bool = False
) -> go.Figure:
    """Draw announced power by stage as bars and, beside them, each stated target as a mark with its date.

    Shapes: `totals_by_status` and `histories`; targets without a number are left out.
    """
    stages, targets = _stage_rows(totals_by_status, histories, lang, palette(dark))
    title = _stages_title(stages, targets, lang)
    subtitle = text("charts.stages.subtitle", lang)
    return rows_figure(stages + targets, POWER, title=title, subtitle=subtitle, lang=lang, dark=dark)


def describe_power_stages(totals_by_status: pd.DataFrame, histories: pd.DataFrame, lang: str) -> str:
    """Return the chart in a sentence: power at each stage, then each target."""
    stages, targets = _stage_rows(totals_by_status, histories, lang, palette())
    return described(text("charts.stages.subtitle", lang), stages + targets, lang)


def _status_rows(totals: pd.DataFrame, metric: str, lang: str, colours: Palette) -> list[Row]:
    """Return one row a status present in `totals_by_status`; what is stopped has its count and no amount."""
    # Found under « projects », where what is stopped counts all the same.
    counts, amounts = _by_status(totals, "projects"), _by_status(totals, metric)
    present = [status for status in (*STAGES, *STOPPED) if status in counts]
    rows = []
    for status in present:
        is_count = metric == "projects" or status in STOPPED
        row = _row(status, counts[status] if is_count else amounts.get(status), metric, lang, colours)
        rows.append(row)
    return rows


def _row(status: str, answer: Answer | None, metric: str, lang: str, colours: Palette) -> Row:
    label = load_schema().label("status", status, lang) if status else text("charts.status.unknown", lang)
    colour = colours.status.get(status, colours.other)
    if answer is None:
        return Row(label, Measure(metric).format(math.nan, math.nan, lang), math.nan, math.nan, colour, code=status)
    low, high, floor = answer["low"], answer["high"], bool(answer["is_floor"])
    stopped, n = status in STOPPED, float(answer["projects"])
    if metric == "projects":
        low, high, floor = n, n, False
    value = (
        numbers.metric("projects", n, n, lang) if stopped else Measure(metric).format(low, high, lang, is_floor=floor)
    )
    note = text("charts.status.stopped", lang) if stopped else ""
    is_floor = floor and is_known(low, high)
    return Row(label, value, low, high, colour, is_floor, shape="/" if stopped else "", code=status, note=note)


def _by_status(totals: pd.DataFrame, metric: str) -> dict[str, Answer]:
    rows = Measure(metric).of(totals)
    rows["status"] = rows["status"].astype(object).where(rows["status"].notna(), UNSTATED)
    return {row["status"]: row for row in answers(rows)}


def _status_title(totals: pd.DataFrame, lang: str) -> str:
    counts = {status: int(row["projects"]) for status, row in _by_status(totals, "projects").items()}
    everything = sum(counts.values())
    return text(
        "charts.status.title",
        lang,
        projects=numbers.metric("projects", everything, everything, lang),
        building=numbers.count(counts.get("under_construction", 0), lang),
        running=numbers.count(counts.get("operational", 0), lang),
    )


def _subtitle(metric: str, lang: str) -> str:
    measure = Measure(metric)
    return text("charts.status.subtitle", lang, measure=measure.name(lang) + measure.reserve(lang))


def _stage_rows(
    totals: pd.DataFrame, histories: pd.DataFrame, lang: str, colours: Palette
) -> tuple[list[Row], list[Row]]:
    stages = [
        row
        for row in _status_rows(totals, "power_mw", lang, colours)
        if row.code not in STOPPED and is_known(row.low, row.high)
    ]
    targets = histories[(histories["kind"] == "target") & (histories["metric"] == "power_mw")]
    # Every distinct figure once, under the date of the first to state it.
    targets = targets.dropna(subset=["low", "high"], how="all").drop_duplicates(["project_id", "low", "high"])
    name = "project_name_en" if lang == "en" else "project_name"
    return stages, [
        Row(
            label=text("charts.stages.target", lang, name=row[name]),
            value=numbers.metric("power_mw", row["low"], row["high"], lang),
            low=float(row["low"]),
            high=float(row["high"]),
            colour=colours.ink,
            code=row["project_id"],
            note=dates.day(row["announced_on"], row["announced_on_precision"], lang),
            is_mark=True,
        )
        for row in answers(targets)
    ]


def _stages_title(stages: list[Row], targets: list[Row], lang: str) -> str:
    if not stages:
        return text("charts.nothing_known", lang)
    largest = max(stages, key=lambda row: row.end)
    title = text("charts.stages.title", lang, figure=largest.value, stage=largest.label.lower())
    return text("charts.stages.beside", lang, title=title, target=targets[-1].value) if targets else title
