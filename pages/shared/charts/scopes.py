"""Parts that may not be added: jobs by scope, power by kind.

Rule: what may not be added is rows of their own, never a stack or a percentage (rule 5).
"""

import math

import pandas as pd
import plotly.graph_objects as go

from etl.schema import load_schema
from pages.shared import numbers
from pages.shared.charts.bars import Row
from pages.shared.charts.measure import Measure, answers, is_known
from pages.shared.charts.rows import described, rows_figure
from pages.shared.charts.theme import Palette, palette
from pages.shared.texts import text

SCOPE_FIELDS = {"jobs": "jobs_scope", "power_mw": "power_kind"}


def scope_bar(totals_by_scope: pd.DataFrame, metric: str, lang: str, *, dark: bool = False) -> go.Figure:
    """Draw one row a job scope ("jobs") or a kind of power ("power_mw") of `totals_by_scope`."""
    rows = _scope_rows(totals_by_scope, metric, lang, palette(dark))
    subtitle = text(f"charts.scope.subtitle.{metric}", lang)
    title = _scope_title(rows, metric, lang)
    return rows_figure(rows, Measure(metric), title=title, subtitle=subtitle, lang=lang, dark=dark)


def describe_scope_bar(totals_by_scope: pd.DataFrame, metric: str, lang: str) -> str:
    """Return the chart in a sentence: each scope with its figure."""
    rows = _scope_rows(totals_by_scope, metric, lang, palette())
    return described(text(f"charts.scope.subtitle.{metric}", lang), rows, lang)


def _scope_rows(totals: pd.DataFrame, metric: str, lang: str, colours: Palette) -> list[Row]:
    field = load_schema().field(SCOPE_FIELDS[metric])
    found = {row["scope"]: row for row in answers(Measure(metric).of(totals))}
    plain = {code: colours.other if code == "unspecified" else colours.amount for code in field.codes}
    shades = colours.scopes if metric == "jobs" else plain
    return [
        Row(
            label=words.name(lang),
            value=numbers.metric(metric, row["low"], row["high"], lang, is_floor=bool(row["is_floor"])),
            low=row["low"],
            high=row["high"],
            colour=shades[code],
            is_floor=bool(row["is_floor"]) and is_known(row["low"], row["high"]),
            code=code,
            note=numbers.metric("projects", row["projects"], row["projects"], lang),
        )
        for code, words in field.codes.items()
        if (row := found.get(code)) is not None
    ]


def _scope_title(rows: list[Row], metric: str, lang: str) -> str:
    known = [row for row in rows if not math.isnan(row.end)]
    if not known:
        return text("charts.nothing_known", lang)
    largest = max(known, key=lambda row: row.end)
    return text(f"charts.scope.title.{metric}", lang, figure=largest.value, scope=largest.label.lower())
