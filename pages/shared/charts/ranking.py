"""Regions side by side: the ranking of all of them, and the comparison of two.

Rule: order is that of the high scenario, as the ranks of the queries are; what is not located is shown last, in
grey, and is no region.
"""

import pandas as pd
import plotly.graph_objects as go

from pages.shared.charts.bars import Row
from pages.shared.charts.measure import Answer, Measure, answers, areas, is_known, listed
from pages.shared.charts.rows import described, rows_figure
from pages.shared.charts.theme import Palette, palette
from pages.shared.texts import text

NOT_LOCATED = "none"


def ranking(
    regions: pd.DataFrame,
    metric: str,
    lang: str,
    *,
    top: int | None = None,
    per_inhabitant: bool = False,
    dark: bool = False,
) -> go.Figure:
    """Draw the regions of `totals_by_region` as range bars, the largest on top.

    `top` keeps the first regions (and what is not located); a region without a figure has a row without a bar.
    """
    measure = Measure(metric, per_inhabitant)
    frame = measure.of(areas(regions, "region"))
    rows = _rows(_sorted(frame), measure, palette(dark), lang, top)
    title, subtitle = leaders(frame, measure, lang), measure.name(lang) + measure.reserve(lang)
    return rows_figure(rows, measure, title=title, subtitle=subtitle, lang=lang, dark=dark)


def compare(
    regions: pd.DataFrame, metric: str, lang: str, *, per_inhabitant: bool = False, dark: bool = False
) -> go.Figure:
    """Draw two regions of `totals_by_region` on one axis, in the order of the table, with their difference in words."""
    measure = Measure(metric, per_inhabitant)
    rows = _rows(measure.of(areas(regions, "region")), measure, palette(dark), lang, None)
    title = describe_compare(regions, metric, lang, per_inhabitant=per_inhabitant)
    return rows_figure(
        rows, measure, title=title, subtitle=measure.name(lang) + measure.reserve(lang), lang=lang, dark=dark
    )


def leaders(frame: pd.DataFrame, measure: Measure, lang: str) -> str:
    """Return the finding: which area comes first, with how much, and which follows.

    `frame` is what `measure.of` gave, with the columns `code` and `name`.
    """
    frame = _sorted(frame)
    known = frame[frame["high"].notna() | frame["low"].notna()]
    located = known[known["code"] != NOT_LOCATED]
    if located.empty:
        return text("charts.nothing_known", lang)
    first, *others = answers(located)
    values = {"first": first["name"], "figure": _words(first, measure, lang)}
    if not others:
        return text("charts.ranking.only", lang, **values)
    return text("charts.ranking.title", lang, **values, second=others[0]["name"])


def describe_ranking(
    regions: pd.DataFrame, metric: str, lang: str, *, top: int | None = None, per_inhabitant: bool = False
) -> str:
    """Return the chart in a sentence: what is measured, and each region with its figure."""
    measure = Measure(metric, per_inhabitant)
    rows = _rows(_sorted(measure.of(areas(regions, "region"))), measure, palette(), lang, top)
    return described(measure.name(lang) + measure.reserve(lang), rows, lang)


def describe_compare(regions: pd.DataFrame, metric: str, lang: str, *, per_inhabitant: bool = False) -> str:
    """Return the two regions with their figures in one sentence."""
    measure = Measure(metric, per_inhabitant)
    rows = _rows(measure.of(areas(regions, "region")), measure, palette(), lang, None)
    return listed([f"{row.label}, {row.value}" for row in rows], lang)


def _sorted(frame: pd.DataFrame) -> pd.DataFrame:
    order = {"is_elsewhere": frame["code"] == NOT_LOCATED, "order": frame["high"].fillna(frame["low"])}
    return frame.assign(**order).sort_values(
        ["is_elsewhere", "order", "low", "name"], ascending=[True, False, False, True], na_position="last"
    )


def _rows(frame: pd.DataFrame, measure: Measure, colours: Palette, lang: str, top: int | None) -> list[Row]:
    located = frame[frame["code"] != NOT_LOCATED]
    kept = pd.concat([located.head(top) if top else located, frame[frame["code"] == NOT_LOCATED]])
    return [
        Row(
            label=_name(row, lang),
            value=_words(row, measure, lang),
            low=row["low"],
            high=row["high"],
            colour=colours.other if row["code"] == NOT_LOCATED else colours.amount,
            is_floor=bool(row["is_floor"]) and is_known(row["low"], row["high"]),
            code=row["code"],
        )
        for row in answers(kept)
    ]


def _name(row: Answer, lang: str) -> str:
    return text("charts.not_located", lang) if row["code"] == NOT_LOCATED else str(row["name"])


def _words(row: Answer, measure: Measure, lang: str) -> str:
    return measure.format(row["low"], row["high"], lang, is_floor=bool(row["is_floor"]))
