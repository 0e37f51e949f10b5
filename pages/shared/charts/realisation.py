"""The rate of realisation by year of announcement: how much of a year's promises is operational, or being built.

Rule: a rate has the two ends of its scenarios; what has no figure makes a rate unknown, never zero.
"""

import math

import pandas as pd
import plotly.graph_objects as go

from pages.shared import numbers
from pages.shared.charts.measure import Answer, Measure, answers, listed
from pages.shared.charts.promises import outcome_name
from pages.shared.charts.stacks import Part, Stack, stacks_figure, total_end
from pages.shared.charts.theme import Palette, palette
from pages.shared.texts import text

# The prefix of the columns of the query, with the status it stands for.
STAGES = {"operational": "operational", "building": "under_construction"}
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)


def realisation(realisation: pd.DataFrame, lang: str, *, metric: str = "projects", dark: bool = False) -> go.Figure:
    """Draw one bar a year of `realisation`, of 100 %: the share operational, then the share being built."""
    stacks = _stacks(realisation, metric, lang, palette(dark))
    # Two ranges end to end may pass 100 %.
    limit = max([1.0, *map(total_end, stacks)])
    return stacks_figure(
        stacks,
        title=_title(realisation, metric, lang),
        subtitle=text("promises.years.subtitle", lang, measure=Measure(metric).name(lang).lower()),
        limit=limit * 1.02,
        ticks=[(share, numbers.percent(share, lang)) for share in SHARES],
        dark=dark,
    )


def describe_realisation(realisation: pd.DataFrame, lang: str, *, metric: str = "projects") -> str:
    """Return the chart in a sentence: each year with its two rates."""
    items = [
        f"{stack.label}, {', '.join(f'{part.name} {part.value}' for part in stack.parts)}"
        for stack in _stacks(realisation, metric, lang, palette())
    ]
    subtitle = text("promises.years.subtitle", lang, measure=Measure(metric).name(lang).lower())
    return text("charts.described", lang, measure=subtitle, items=listed(items, lang))


def rate(row: Answer, stage: str, lang: str) -> str:
    """Return the rate of a stage ("operational" or "building") of a row in words: « entre 0 et 27 % »."""
    low, high = (numbers.to_float(row[f"{stage}_rate_{end}"]) for end in ("low", "high"))
    if high is None:
        return text("promises.rate_unknown", lang)
    return numbers.percent_range(low, high, lang)


def of_year(row: Answer, metric: str, lang: str) -> str:
    """Return what was announced in the year of a row: its figure and its projects."""
    projects = numbers.metric("projects", row["projects"], row["projects"], lang)
    if metric == "projects":
        return projects
    return f"{numbers.metric(metric, row['low'], row['high'], lang)}, {projects}"


def _stacks(frame: pd.DataFrame, metric: str, lang: str, colours: Palette) -> list[Stack]:
    return [
        Stack(
            label=str(row["announced_year"]),
            value=of_year(row, metric, lang),
            parts=tuple(_part(row, stage, lang, colours) for stage in STAGES if row[f"{stage}_projects"]),
            code=str(row["announced_year"]),
        )
        for row in answers(Measure(metric).of(frame))
        if row["projects"]
    ]


def _part(row: Answer, stage: str, lang: str, colours: Palette) -> Part:
    low, high = (numbers.to_float(row[f"{stage}_rate_{end}"]) for end in ("low", "high"))
    n = int(row[f"{stage}_projects"])
    return Part(
        name=outcome_name(STAGES[stage], lang),
        value=f"{rate(row, stage, lang)} ({numbers.metric('projects', n, n, lang)})",
        low=math.nan if low is None else low,
        high=math.nan if high is None else high,
        colour=colours.status[STAGES[stage]],
    )


def _title(frame: pd.DataFrame, metric: str, lang: str) -> str:
    rows = [row for row in answers(Measure(metric).of(frame)) if row["projects"]]
    known = [row for row in rows if numbers.to_float(row["high"])]
    if not known:
        return text("charts.nothing_known", lang)
    largest = max(known, key=lambda row: (row["high"], row["announced_year"]))
    return text(
        "promises.years.title",
        lang,
        year=largest["announced_year"],
        running=rate(largest, "operational", lang),
        building=rate(largest, "building", lang),
    )
