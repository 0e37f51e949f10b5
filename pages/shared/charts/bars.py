"""The traces of horizontal range bars: the solid part, the span, the fading end, the marks.

Rule: a trace draws what its rows hold and decides nothing else; positions are pixels from the bottom.
"""

import math
from dataclasses import dataclass, field

import plotly.graph_objects as go

from pages.shared.charts.hatching import hatching
from pages.shared.charts.measure import cell
from pages.shared.charts.theme import Palette, rgba

BAR_HEIGHT = 15
FADES = (0.55, 0.42, 0.3, 0.19, 0.09)
FADE_SHARE = 0.05
SPAN_OPACITY = 0.45


@dataclass(frozen=True)
class Row:
    """One row. NaN ends are unknown; `code` comes back on a click; `shape` is a Plotly bar pattern.

    `is_mark`: drawn as a mark on its value, not as a bar (a target stated beside what is announced).
    """

    label: str
    value: str
    low: float
    high: float
    colour: str
    is_floor: bool = False
    shape: str = ""
    code: str = ""
    note: str = ""
    is_mark: bool = field(default=False, kw_only=True)

    @property
    def start(self) -> float:
        """The solid part's end: the low scenario, 0 when only high is stated, NaN when nothing is known."""
        return 0.0 if math.isnan(self.low) and not math.isnan(self.high) else self.low

    @property
    def end(self) -> float:
        """The high scenario; low when only low is stated."""
        return self.low if math.isnan(self.high) else self.high


Placed = list[tuple[Row, float]]


def bar_traces(pairs: Placed, limit: float, colours: Palette) -> list[go.Bar | go.Scatter]:
    """Return the traces `low`, `span`, `fade`, `ends`, `marks` of rows and their places; unknown ones have no mark.

    `limit` is the right end of the axis: what fades takes a fixed share of it.
    """
    known = [(row, place) for row, place in pairs if not math.isnan(row.end)]
    bars = [(row, place) for row, place in known if not row.is_mark]
    return [
        _low(bars, colours),
        _span(bars),
        _fade([pair for pair in bars if pair[0].is_floor], limit),
        _ends(bars, colours),
        _marks([pair for pair in known if pair[0].is_mark]),
    ]


def _bar(name: str, pairs: Placed, **values: object) -> go.Bar:
    return go.Bar(
        name=name,
        orientation="h",
        width=BAR_HEIGHT,
        hovertext=[_hover(row) for row, _ in pairs],
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=[[row.code] for row, _ in pairs],
        **values,
    )


def _low(pairs: Placed, colours: Palette) -> go.Bar:
    own = [row.colour for row, _ in pairs]
    return _bar(
        "low",
        pairs,
        x=[row.start for row, _ in pairs],
        y=[place for _, place in pairs],
        marker={
            "color": own,
            "line": {"width": 0},
            "pattern": hatching([row.shape for row, _ in pairs], own, colours.paper),
        },
    )


def _span(pairs: Placed) -> go.Bar:
    ranges = [(row, place) for row, place in pairs if row.end > row.start]
    return _bar(
        "span",
        ranges,
        x=[row.end - row.start for row, _ in ranges],
        base=[row.start for row, _ in ranges],
        y=[place for _, place in ranges],
        marker={"color": [rgba(row.colour, SPAN_OPACITY) for row, _ in ranges], "line": {"width": 0}},
    )


def _fade(pairs: Placed, limit: float) -> go.Bar:
    step = limit * FADE_SHARE / len(FADES)
    parts = [(row, place, i) for row, place in pairs for i in range(len(FADES))]
    return go.Bar(
        name="fade",
        orientation="h",
        width=BAR_HEIGHT,
        x=[step] * len(parts),
        base=[row.end + i * step for row, _, i in parts],
        y=[place for _, place, _ in parts],
        marker={"color": [rgba(row.colour, FADES[i]) for row, _, i in parts], "line": {"width": 0}},
        hoverinfo="skip",
    )


def _ends(pairs: Placed, colours: Palette) -> go.Scatter:
    # Zero is where every bar begins: marking it would say that somebody stated it.
    points = [
        (end, place)
        for row, place in pairs
        if row.end > row.start
        for end in ((row.start, row.end) if row.start > 0 else (row.end,))
    ]
    return go.Scatter(
        name="ends",
        mode="markers",
        x=[end for end, _ in points],
        y=[place for _, place in points],
        marker={"symbol": "line-ns-open", "size": 12, "color": colours.ink, "line": {"width": 2, "color": colours.ink}},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _marks(pairs: Placed) -> go.Scatter:
    return go.Scatter(
        name="marks",
        mode="markers",
        x=[row.end for row, _ in pairs],
        y=[place for _, place in pairs],
        marker={
            "symbol": "diamond-open",
            "size": 13,
            "color": [row.colour for row, _ in pairs],
            "line": {"width": 2.5},
        },
        hovertext=[_hover(row) for row, _ in pairs],
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=[[row.code] for row, _ in pairs],
        cliponaxis=False,
    )


def _hover(row: Row) -> str:
    return f"<b>{cell(row.label)}</b><br>{row.value}" + (f"<br>{row.note}" if row.note else "")
