"""The marks of the claims of one figure: stated ends, ranges, what fades, and the band of the retained figure.

Rule: an end that is not stated fades over a fixed share of the axis, so that no length stands for a number that
nobody gave; positions are pixels from the bottom.
"""

import math
from dataclasses import dataclass, replace

import plotly.graph_objects as go

from pages.shared.charts.bars import FADES
from pages.shared.charts.theme import Palette, rgba

SHAPES = {
    "official": "square",
    "company": "diamond",
    "agency": "circle",
    "national_press": "triangle-up",
    "regional_press": "triangle-down",
    "trade_press": "pentagon",
    "other": "x",
}
# In pixels, of which the vertical axis is made.
LINE_HEIGHT, MARK_HEIGHT, ROW_GAP = 18, 16, 14
BAR_WIDTH, MARK_SIZE = 5, 12
FADE_SHARE = 0.1
BAND_OPACITY = 0.3
RULE_DROP = (MARK_HEIGHT + ROW_GAP) / 2


@dataclass(frozen=True)
class Mark:
    """One claim of the picture: its ends (NaN: not stated), its words, and its place in pixels from the bottom."""

    low: float
    high: float
    shape: str
    is_retained: bool
    code: str
    lines: tuple[str, ...]
    hover: str
    place: float = 0.0

    @property
    def ends(self) -> tuple[float, ...]:
        """The ends that the source states, once when they are one number."""
        return tuple(dict.fromkeys(end for end in (self.low, self.high) if not math.isnan(end)))


def placed(marks: list[Mark]) -> tuple[list[Mark], int]:
    """Return the marks with their places, the first on top, and the height of them all."""
    heights = [LINE_HEIGHT * len(mark.lines) + MARK_HEIGHT + ROW_GAP for mark in marks]
    top, moved = float(sum(heights)), []
    for mark, height in zip(marks, heights, strict=True):
        place = top - LINE_HEIGHT * len(mark.lines) - MARK_HEIGHT / 2
        moved.append(replace(mark, place=place))
        top -= height
    return moved, sum(heights)


def ranges(marks: list[Mark], colours: Palette) -> go.Bar:
    """Return the bars of the claims that state both ends of a range."""
    ranged = [mark for mark in marks if len(mark.ends) == 2]
    return go.Bar(
        name="ranges",
        orientation="h",
        width=BAR_WIDTH,
        base=[mark.low for mark in ranged],
        x=[mark.high - mark.low for mark in ranged],
        y=[mark.place for mark in ranged],
        marker={"color": colours.amount, "line": {"width": 0}},
        hovertext=[mark.hover for mark in ranged],
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=[[mark.code] for mark in ranged],
    )


def fades(marks: list[Mark], limit: float, colours: Palette) -> go.Bar:
    """Return what fades away from a lone end: to the right of a floor, to the left of a ceiling."""
    parts = [
        (start, width, mark.place, FADES[i])
        for mark in marks
        if math.isnan(mark.low) or math.isnan(mark.high)
        for i, (start, width) in enumerate(_steps(mark, limit))
    ]
    return go.Bar(
        name="fades",
        orientation="h",
        width=BAR_WIDTH,
        base=[start for start, _, _, _ in parts],
        x=[width for _, width, _, _ in parts],
        y=[place for _, _, place, _ in parts],
        marker={"color": [rgba(colours.amount, opacity) for _, _, _, opacity in parts], "line": {"width": 0}},
        hoverinfo="skip",
    )


def _steps(mark: Mark, limit: float) -> list[tuple[float, float]]:
    """Return the (start, width) of each part that fades, from the stated end outwards; a ceiling never below zero."""
    if math.isnan(mark.high):
        step = limit * FADE_SHARE / len(FADES)
        return [(mark.low + i * step, step) for i in range(len(FADES))]
    step = min(limit * FADE_SHARE, mark.high) / len(FADES)
    return [(mark.high - (i + 1) * step, step) for i in range(len(FADES))]


def points(name: str, marks: list[Mark], colours: Palette) -> go.Scatter:
    """Return the stated ends of the claims: `name` "retained" fills them, "beside" leaves them hollow."""
    is_retained = name == "retained"
    points = [(end, mark) for mark in marks if mark.is_retained == is_retained for end in mark.ends]
    return go.Scatter(
        name=name,
        mode="markers",
        x=[end for end, _ in points],
        y=[mark.place for _, mark in points],
        marker={
            "symbol": [mark.shape for _, mark in points],
            "size": MARK_SIZE,
            "opacity": 1,
            "color": colours.amount if is_retained else colours.paper,
            "line": {"width": 2, "color": colours.amount},
        },
        hovertext=[mark.hover for _, mark in points],
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=[[mark.code] for _, mark in points],
        cliponaxis=False,
    )


def rules(marks: list[Mark], colours: Palette) -> list[dict[str, object]]:
    """Return the thin lines that part the claims, under each but the last."""
    return [
        {
            "name": "rule",
            "type": "line",
            "layer": "below",
            **{"x0": 0, "x1": 1, "xref": "paper"},
            **{"y0": mark.place - RULE_DROP, "y1": mark.place - RULE_DROP},
            "line": {"width": 1, "color": colours.grid},
        }
        for mark in marks[:-1]
    ]


def band(low: float, high: float, limit: float, colours: Palette) -> list[dict[str, object]]:
    """Return the shapes of a retained figure: a band between its ends, a line when it is exact, fading when open.

    NaN is an end that is not stated; both NaN: nothing is retained, no shape.
    """
    only = Mark(low, high, "", True, "", (), "")
    if not only.ends:
        return []
    shapes = [_strip("band", min(only.ends), max(only.ends), colours, BAND_OPACITY, width=1)]
    if math.isnan(low) or math.isnan(high):
        for (start, width), opacity in zip(_steps(only, limit), FADES, strict=True):
            shapes.append(_strip("band-fade", start, start + width, colours, opacity * BAND_OPACITY))
    return shapes


def _strip(
    name: str, start: float, end: float, colours: Palette, opacity: float, *, width: int = 0
) -> dict[str, object]:
    return {
        "name": name,
        "type": "rect",
        "layer": "below",
        **{"x0": start, "x1": end, "y0": 0, "y1": 1, "yref": "paper"},
        "fillcolor": rgba(colours.amount_span, opacity),
        "line": {"width": width, "color": colours.amount_span},
    }
