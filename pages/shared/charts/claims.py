"""What each source says of one figure: a mark a claim, its ends, and the retained figure as a light band behind.

Rule: an end that is not stated fades, it is never drawn as a number; the shape of a mark is the kind of its source,
its fill says whether it is retained, and both are also written on its row.
"""

import math

import pandas as pd
import plotly.graph_objects as go

from etl.schema import load_schema
from pages.shared import dates, numbers
from pages.shared.charts.claim_marks import (
    FADE_SHARE,
    MARK_HEIGHT,
    SHAPES,
    Mark,
    band,
    fades,
    placed,
    points,
    ranges,
    rules,
)
from pages.shared.charts.measure import Answer, Measure, answers, cell, listed
from pages.shared.charts.scale import ticks
from pages.shared.charts.theme import new_figure, palette, wrapped
from pages.shared.texts import text

NAME_WIDTH, NOTE_WIDTH = 46, 54
AXIS_HEIGHT = 30


def claims(claims_list: pd.DataFrame, lang: str, *, metric: str, dark: bool = False) -> go.Figure:
    """Draw the claims of one project and one metric that give a number, newest first.

    `claims_list` are the project's rows of that query, of any metric. Traces: `ranges`, `fades`, `beside` and
    `retained` (one point a stated end, `customdata[0]` the claim); of the shapes, `rule` parts two claims, `band` and
    `band-fade` are the retained figure, absent where nothing is retained.
    """
    rows, colours = numbered(claims_list, metric), palette(dark)
    marks, height = placed([_mark(row, metric, lang) for row in answers(rows)])
    largest = max((end for mark in marks for end in mark.ends), default=0.0)
    limit = largest * (1.04 + FADE_SHARE) or 1.0
    measure = Measure(metric)
    key = "subtitle" if rows["is_retained"].any() else "subtitle_history"
    subtitle = text(f"dossier.claims_chart.{key}", lang, measure=measure.name(lang))
    figure = new_figure(_title(rows, metric, lang), subtitle, body_height=height, dark=dark, bottom=AXIS_HEIGHT)
    figure.update_layout(shapes=[*rules(marks, colours), *band(*_retained(rows), limit, colours)], barmode="overlay")
    figure.add_traces([ranges(marks, colours), fades(marks, limit, colours)])
    figure.add_traces([points("beside", marks, colours), points("retained", marks, colours)])
    for mark in marks:
        figure.add_annotation(
            text="<br>".join(mark.lines),
            **{"x": 0, "xref": "paper", "xanchor": "left", "align": "left", "borderpad": 0},
            **{"y": mark.place + MARK_HEIGHT / 2, "yanchor": "bottom"},
        )
    scale = ticks(largest)
    figure.update_yaxes(range=[0, height or 1], showticklabels=False)
    written = [measure.tick(tick, lang) for tick in scale]
    # A mark at zero is drawn whole.
    figure.update_xaxes(range=[-0.015 * limit, limit], showgrid=True, tickvals=scale, ticktext=written)
    return figure


def describe_claims(claims_list: pd.DataFrame, lang: str, *, metric: str) -> str:
    """Return the claims in a sentence: who gave which figure when, and which is retained."""
    items = [
        text(
            f"dossier.claims_chart.item{'_retained' if row['is_retained'] else ''}",
            lang,
            publisher=row["source_publisher"],
            date=dates.day(row["announced_on"], row["announced_on_precision"], lang),
            figure=numbers.metric(metric, row["low"], row["high"], lang),
        )
        for row in answers(numbered(claims_list, metric))
    ]
    return text("charts.described", lang, measure=Measure(metric).name(lang), items=listed(items, lang))


def numbered(claims_list: pd.DataFrame, metric: str) -> pd.DataFrame:
    """Return the claims of a metric that give a number, in the order of the frame."""
    return claims_list[claims_list["metric"] == metric].dropna(subset=["low", "high"], how="all")


def _mark(row: Answer, metric: str, lang: str) -> Mark:
    figure = numbers.metric(metric, row["low"], row["high"], lang)
    date = dates.day(row["announced_on"], row["announced_on_precision"], lang)
    notes = [figure, load_schema().label("source_kind", row["source_kind"], lang)]
    if row["is_retained"]:
        notes.append(f"<b>{text('dossier.sources.retained', lang)}</b>")
    elif row["deviates"]:
        notes.append(text("dossier.sources.gap", lang))
    said = [f"<b>{cell(row['source_publisher'])}</b>", figure, date]
    stated = row["stated"]
    if isinstance(stated, str) and stated:
        said.append(wrapped(cell(text("dossier.sources.quoted", lang, stated=stated)), NOTE_WIDTH))
    return Mark(
        low=float(row["low"]),
        high=float(row["high"]),
        shape=SHAPES[row["source_kind"]],
        is_retained=bool(row["is_retained"]),
        code=row["announcement_id"],
        lines=tuple(_lines(str(row["source_publisher"]), date, " · ".join(notes))),
        hover="<br>".join(said),
    )


def _lines(publisher: str, date: str, notes: str) -> list[str]:
    """Return the words above a mark: who and when on one line where they fit, then the figure and what it is."""
    if len(publisher) + len(date) + 2 <= NAME_WIDTH:
        return [f"<b>{cell(publisher)}</b>, {date}", notes]
    names = wrapped(cell(publisher), NAME_WIDTH).split("<br>")
    return [*(f"<b>{name}</b>" for name in names), *wrapped(f"{date} · {notes}", NOTE_WIDTH + 7).split("<br>")]


def _retained(rows: pd.DataFrame) -> tuple[float, float]:
    """Return the ends of the retained figure, NaN where there is none."""
    if not rows["is_retained"].any():
        return math.nan, math.nan
    first = answers(rows)[0]
    return float(first["retained_low"]), float(first["retained_high"])


def _title(rows: pd.DataFrame, metric: str, lang: str) -> str:
    if rows.empty:
        return text("charts.nothing_known", lang)
    first, ends = answers(rows)[0], [float(end) for end in pd.concat([rows["low"], rows["high"]]).dropna()]
    if len(rows[["low", "high"]].drop_duplicates()) == 1:
        figure = numbers.metric(metric, first["low"], first["high"], lang)
        n = len(rows)
        return text("dossier.claims_chart.agreed", lang, n=n, count=numbers.count(n, lang), figure=figure)
    spread = numbers.metric(metric, min(ends), max(ends), lang)
    if not rows["is_retained"].any():
        return text("dossier.claims_chart.title_history", lang, spread=spread)
    retained = numbers.metric(metric, first["retained_low"], first["retained_high"], lang)
    key = "title" if min(ends) < max(ends) else "title_open"
    return text(f"dossier.claims_chart.{key}", lang, spread=spread, retained=retained)
