"""What became of the promises: by outcome in the whole selection, and region by region.

Rule: an outcome is a stage, « sans nouvelle », or a stop; what is stopped is hatched, said to be out of the totals, and
in no bar that stands for one.
"""

import math

import pandas as pd
import plotly.graph_objects as go

from etl.schema import load_schema
from pages.shared import numbers
from pages.shared.charts.bars import Row
from pages.shared.charts.measure import Answer, Measure, answers, cell, is_known, listed
from pages.shared.charts.rows import described, rows_figure
from pages.shared.charts.scale import ticks
from pages.shared.charts.stacks import Part, Stack, stacks_figure, total_end
from pages.shared.charts.theme import Palette, palette
from pages.shared.texts import text

EVERYWHERE, NOT_LOCATED = "all", "none"
SILENT = "silent"
STOPPED = ("suspended", "cancelled")
OUTCOMES = ("ambition", "announced", "permitted", "under_construction", "operational", SILENT, *STOPPED)
DONE = ("under_construction", "operational")
SHAPES = {SILENT: ".", "suspended": "/", "cancelled": "/"}


def outcome_name(outcome: object, lang: str) -> str:
    """Return an outcome in words: a status, « sans nouvelle », or that no claim states one."""
    if outcome == SILENT:
        return text("promises.silent", lang)
    if not isinstance(outcome, str):
        return text("charts.status.unknown", lang)
    return load_schema().label("status", outcome, lang)


def outcomes(promises: pd.DataFrame, lang: str, *, metric: str = "investment_meur", dark: bool = False) -> go.Figure:
    """Draw one row an outcome of the whole selection of `promises`; what is stopped is hatched."""
    rows = _outcome_rows(promises, metric, lang, palette(dark))
    measure = Measure(metric)
    return rows_figure(
        rows,
        measure,
        title=_outcome_title(promises, metric, lang),
        subtitle=text("promises.outcomes.subtitle", lang, measure=measure.name(lang) + measure.reserve(lang)),
        lang=lang,
        dark=dark,
    )


def describe_outcomes(promises: pd.DataFrame, lang: str, *, metric: str = "investment_meur") -> str:
    """Return the outcomes in a sentence, each with its figure and projects."""
    measure = Measure(metric)
    return described(measure.name(lang) + measure.reserve(lang), _outcome_rows(promises, metric, lang, palette()), lang)


def promises(
    promises: pd.DataFrame,
    totals_by_region: pd.DataFrame,
    lang: str,
    *,
    metric: str = "investment_meur",
    dark: bool = False,
) -> go.Figure:
    """Draw one stacked bar a region of `promises`, the largest on top, what is not located last."""
    measure, stacks = Measure(metric), _stacks(promises, totals_by_region, metric, lang, palette(dark))
    largest = max(map(total_end, stacks), default=0.0)
    marks = ticks(largest) if largest and metric != "projects" else []
    return stacks_figure(
        stacks,
        title=_region_title(promises, lang),
        subtitle=text("promises.regions.subtitle", lang, measure=measure.name(lang) + measure.reserve(lang)),
        limit=largest * 1.02,
        ticks=[(mark, measure.tick(mark, lang)) for mark in marks],
        dark=dark,
    )


def describe_promises(
    promises: pd.DataFrame, totals_by_region: pd.DataFrame, lang: str, *, metric: str = "investment_meur"
) -> str:
    """Return the chart in a sentence: each region with its total and its outcomes."""
    measure = Measure(metric)
    items = [
        f"{stack.label}, {stack.value} ({', '.join(f'{part.name} {part.value}' for part in stack.parts)})"
        for stack in _stacks(promises, totals_by_region, metric, lang, palette())
    ]
    name = measure.name(lang) + measure.reserve(lang)
    return text("charts.described", lang, measure=name, items=listed(items, lang))


def _outcome_rows(promises: pd.DataFrame, metric: str, lang: str, colours: Palette) -> list[Row]:
    rows = Measure(metric).of(promises)
    return [
        Row(
            label=outcome_name(row["outcome"], lang),
            value=_figure(row, metric, lang),
            low=row["low"],
            high=row["high"],
            colour=_colour(row["outcome"], colours),
            is_floor=bool(row["is_floor"]) and is_known(row["low"], row["high"]),
            shape=SHAPES.get(row["outcome"], ""),
            code=row["outcome"] if isinstance(row["outcome"], str) else "",
            note=_note(row, metric, lang),
        )
        for row in answers(rows[rows["region_code"] == EVERYWHERE])
    ]


def _note(row: Answer, metric: str, lang: str) -> str:
    notes = []
    if metric != "projects":
        notes.append(numbers.metric("projects", row["projects"], row["projects"], lang))
        if row["missing"]:
            notes.append(text("promises.missing", lang, missing=numbers.count(row["missing"], lang)))
    if not row["is_counted"]:
        notes.append(text("promises.apart", lang))
    return ", ".join(notes)


def _outcome_title(promises: pd.DataFrame, metric: str, lang: str) -> str:
    rows = Measure(metric).of(promises)
    found = {row["outcome"]: row for row in answers(rows[rows["region_code"] == EVERYWHERE])}
    building, running = (
        _figure(found[code], metric, lang) if code in found else text("promises.nothing", lang) for code in DONE
    )
    return text("promises.outcomes.title", lang, building=building, running=running)


def _region_title(promises: pd.DataFrame, lang: str) -> str:
    located = promises[~promises["region_code"].isin((EVERYWHERE, NOT_LOCATED))]
    everywhere = located["region_code"].nunique()
    n = located[located["outcome"].isin(DONE)]["region_code"].nunique()
    key = "promises.regions.title" if n else "promises.regions.title_none"
    return text(key, lang, n=n, regions=numbers.count(n, lang), all=numbers.count(everywhere, lang))


def _stacks(promises: pd.DataFrame, totals: pd.DataFrame, metric: str, lang: str, colours: Palette) -> list[Stack]:
    rows = Measure(metric).of(promises)
    of_region = {str(code): answers(group) for code, group in rows.groupby("region_code", sort=False)}
    sums = {row["region_code"]: row for row in answers(Measure(metric).of(totals))}
    stacks = [
        Stack(
            label=text("charts.not_located", lang) if code == NOT_LOCATED else str(parts[0]["region_name"]),
            value=_figure(sums[code], metric, lang) if code in sums else text("promises.nothing_counted", lang),
            parts=tuple(_part(row, metric, lang, colours) for row in parts),
            code=code,
        )
        for code, parts in of_region.items()
        if code != EVERYWHERE
    ]
    return sorted(stacks, key=lambda stack: (stack.code == NOT_LOCATED, -total_end(stack), cell(stack.label)))


def _part(row: Answer, metric: str, lang: str, colours: Palette) -> Part:
    n = numbers.metric("projects", row["projects"], row["projects"], lang)
    known = is_known(row["low"], row["high"]) and metric != "projects"
    value = f"{_figure(row, metric, lang, form='short')} ({n})" if known else n
    if not row["is_counted"]:
        value = f"{value}, {text('promises.apart', lang)}"
    return Part(
        name=outcome_name(row["outcome"], lang),
        value=value,
        low=0.0 if math.isnan(row["low"]) else row["low"],
        high=row["high"],
        colour=_colour(row["outcome"], colours),
        shape=SHAPES.get(row["outcome"], ""),
        is_apart=not row["is_counted"],
    )


def _colour(outcome: object, colours: Palette) -> str:
    return colours.muted if outcome == SILENT else colours.status.get(str(outcome), colours.other)


def _figure(row: Answer, metric: str, lang: str, form: str = "long") -> str:
    return numbers.metric(metric, row["low"], row["high"], lang, is_floor=bool(row["is_floor"]), form=form)
