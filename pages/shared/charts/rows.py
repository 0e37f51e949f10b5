"""Horizontal range bars, the form of most charts: one row a thing, its name and figure written above its bar.

Rule: low is solid, the span up to high is lighter, the ends of a range are marked, an open end fades. The name stands
above the bar, not left of it, so that a phone has the whole width for the bar.
"""

import math
from collections.abc import Sequence

import plotly.graph_objects as go

from pages.shared.charts.bars import BAR_HEIGHT, FADE_SHARE, Row, bar_traces
from pages.shared.charts.measure import Measure, cell, listed
from pages.shared.charts.scale import ticks
from pages.shared.charts.theme import new_figure, palette, wrapped
from pages.shared.texts import text

# In pixels, of which the vertical axis is made: a line of words above a bar, the space between rows.
LINE_HEIGHT, ROW_GAP = 18, 13
# What one line of a phone holds, in characters; names are in bold, hence wider.
LINE_WIDTH, NAME_WIDTH, FIGURE_WIDTH = 52, 46, 62
AXIS_HEIGHT, NO_AXIS_HEIGHT = 30, 8


def rows_figure(
    rows: Sequence[Row], measure: Measure, *, title: str, subtitle: str, lang: str, dark: bool
) -> go.Figure:
    """Return the figure of `rows`, the first on top; traces as `bars.bar_traces`.

    Counts have no axis: each is written on its row.
    """
    colours, largest = palette(dark), largest_end(rows)
    marks = ticks(largest) if measure.metric != "projects" and largest else []
    bottom = AXIS_HEIGHT if marks else NO_AXIS_HEIGHT
    height = sum(row_height(row) for row in rows)
    figure = new_figure(title, subtitle, body_height=height, dark=dark, bottom=bottom)
    limit = largest * (1.02 + FADE_SHARE) or 1.0
    places = _places(rows)
    figure.add_traces(bar_traces(list(zip(rows, places, strict=True)), limit, colours))
    for row, place in zip(rows, places, strict=True):
        figure.add_annotation(
            text="<br>".join(_lines(row, colours.muted)),
            **{"x": 0, "xref": "paper", "xanchor": "left", "align": "left", "borderpad": 0},
            **{"y": place + BAR_HEIGHT / 2, "yanchor": "bottom"},
        )
    figure.update_layout(barmode="overlay")
    figure.update_yaxes(range=[0, height or 1], showticklabels=False)
    written = [measure.tick(tick, lang) for tick in marks]
    figure.update_xaxes(range=[0, limit], showgrid=True, tickvals=marks, ticktext=written, showticklabels=bool(marks))
    return figure


def described(measure: str, rows: Sequence[Row], lang: str) -> str:
    """Return a chart of rows in a sentence: what is measured, then each row with its figure and note."""
    items = [f"{row.label}, {row.value}" + (f" ({row.note})" if row.note else "") for row in rows]
    return text("charts.described", lang, measure=measure, items=listed(items, lang))


def largest_end(rows: Sequence[Row]) -> float:
    """Return the largest known end, 0 when none is."""
    return max((row.end for row in rows if not math.isnan(row.end)), default=0.0)


def row_height(row: Row) -> int:
    """Return the height of a row in pixels: its words, its bar, the space under it."""
    return BAR_HEIGHT + LINE_HEIGHT * len(_lines(row)) + ROW_GAP


def _places(rows: Sequence[Row]) -> list[float]:
    """Return the middle of each bar, in pixels from the bottom of the picture."""
    top, places = float(sum(row_height(row) for row in rows)), []
    for row in rows:
        places.append(top - LINE_HEIGHT * len(_lines(row)) - BAR_HEIGHT / 2)
        top -= row_height(row)
    return places


def _lines(row: Row, muted: str = "") -> list[str]:
    """Return the words above a bar: name and figure on one line, or under each other when they are long."""
    note = f'<span style="color:{muted}"> {row.note}</span>' if row.note else ""
    if len(row.label + row.value + row.note) <= LINE_WIDTH:
        return [f"<b>{cell(row.label)}</b>  {row.value}{note}"]
    names = wrapped(cell(row.label), NAME_WIDTH).split("<br>")
    figures = [f"{row.value}{note}"] if len(row.value + row.note) <= FIGURE_WIDTH else [row.value, note]
    return [*(f"<b>{name}</b>" for name in names), *figures]
