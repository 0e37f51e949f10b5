"""Horizontal stacked bars: one row a thing, its parts end to end, each named in words above its bar.

Rule: in each part low is solid and the span up to high is lighter; a part is known by its words, its order and, where
it is hatched, its pattern, never by its colour alone. What is unknown is said and has no mark.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from pages.shared.charts.bars import BAR_HEIGHT, SPAN_OPACITY
from pages.shared.charts.hatching import hatching
from pages.shared.charts.measure import cell
from pages.shared.charts.rows import AXIS_HEIGHT, LINE_HEIGHT, LINE_WIDTH, NAME_WIDTH, NO_AXIS_HEIGHT, ROW_GAP
from pages.shared.charts.theme import Palette, new_figure, palette, rgba, wrapped

SOLID, HATCHED = "■", "▨"
GAP = "   "


@dataclass(frozen=True)
class Part:
    """A part of a row: its name ("": not written) and figure, its ends (NaN: unknown), its colour and pattern.

    `is_apart`: said, and not drawn in the bar.
    """

    name: str
    value: str
    low: float
    high: float
    colour: str
    shape: str = ""
    is_apart: bool = False


@dataclass(frozen=True)
class Stack:
    """One row: its name, its figure in words, its parts in order; `code` comes back on a click."""

    label: str
    value: str
    parts: tuple[Part, ...]
    code: str = ""


Placed = list[tuple[Stack, Part, float, float]]


def stacks_figure(
    stacks: Sequence[Stack],
    *,
    title: str,
    subtitle: str,
    limit: float,
    ticks: Sequence[tuple[float, str]],
    dark: bool,
) -> go.Figure:
    """Return the figure of `stacks`, the first on top; traces `low` and `span`, `customdata` the row's code.

    `limit` is the right end of the axis; `ticks` are its marks with their words (none: no axis).
    """
    colours = palette(dark)
    height = sum(stack_height(stack) for stack in stacks)
    bottom = AXIS_HEIGHT if ticks else NO_AXIS_HEIGHT
    figure = new_figure(title, subtitle, body_height=height, dark=dark, bottom=bottom)
    places = _places(stacks)
    placed = _placed(stacks, places)
    figure.add_traces([_low(placed, colours), _span([item for item in placed if item[1].high > item[1].low])])
    for stack, place in zip(stacks, places, strict=True):
        figure.add_annotation(
            text="<br>".join(_lines(stack)),
            **{"x": 0, "xref": "paper", "xanchor": "left", "align": "left", "borderpad": 0},
            **{"y": place + BAR_HEIGHT / 2, "yanchor": "bottom"},
        )
    figure.update_layout(barmode="overlay")
    figure.update_yaxes(range=[0, height or 1], showticklabels=False)
    figure.update_xaxes(
        range=[0, limit or 1],
        showgrid=True,
        tickvals=[value for value, _ in ticks],
        ticktext=[words for _, words in ticks],
        showticklabels=bool(ticks),
    )
    return figure


def total_end(stack: Stack) -> float:
    """Return where the bar of a row ends: the sum of its drawn parts in the high scenario."""
    return sum(part.high for part in stack.parts if _is_drawn(part))


def stack_height(stack: Stack) -> int:
    """Return the height of a row in pixels: its words, its bar, the space under it."""
    return LINE_HEIGHT * len(_lines(stack)) + BAR_HEIGHT + ROW_GAP


def _is_drawn(part: Part) -> bool:
    return not part.is_apart and not math.isnan(part.high)


def _places(stacks: Sequence[Stack]) -> list[float]:
    top, places = float(sum(stack_height(stack) for stack in stacks)), []
    for stack in stacks:
        places.append(top - LINE_HEIGHT * len(_lines(stack)) - BAR_HEIGHT / 2)
        top -= stack_height(stack)
    return places


def _placed(stacks: Sequence[Stack], places: Sequence[float]) -> Placed:
    """Return each drawn part with where it starts and the middle of its row."""
    placed = []
    for stack, place in zip(stacks, places, strict=True):
        start = 0.0
        for part in stack.parts:
            if _is_drawn(part):
                placed.append((stack, part, start, place))
                start += part.high
    return placed


def _bar(name: str, placed: Placed, **values: object) -> go.Bar:
    return go.Bar(
        name=name,
        orientation="h",
        width=BAR_HEIGHT,
        y=[place for *_, place in placed],
        hovertext=[f"<b>{cell(stack.label)}</b><br>{part.name}<br>{part.value}" for stack, part, *_ in placed],
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=[[stack.code] for stack, *_ in placed],
        **values,
    )


def _low(placed: Placed, colours: Palette) -> go.Bar:
    own = [part.colour for _, part, _, _ in placed]
    return _bar(
        "low",
        placed,
        x=[part.low for _, part, _, _ in placed],
        base=[start for _, _, start, _ in placed],
        marker={
            "color": own,
            "line": {"width": 0},
            "pattern": hatching([part.shape for _, part, _, _ in placed], own, colours.paper),
        },
    )


def _span(placed: Placed) -> go.Bar:
    return _bar(
        "span",
        placed,
        x=[part.high - part.low for _, part, _, _ in placed],
        base=[start + part.low for _, part, start, _ in placed],
        marker={"color": [rgba(part.colour, SPAN_OPACITY) for _, part, _, _ in placed], "line": {"width": 0}},
    )


def _lines(stack: Stack) -> list[str]:
    """Return the words above a bar: the name with its figure, then the parts, as many as fit on each line."""
    if len(stack.label + stack.value) <= LINE_WIDTH:
        lines = [f"<b>{cell(stack.label)}</b>  {stack.value}"]
    else:
        lines = [f"<b>{name}</b>" for name in wrapped(cell(stack.label), NAME_WIDTH).split("<br>")] + [stack.value]
    width = LINE_WIDTH + 1
    for part in (part for part in stack.parts if part.name):
        words = f"{part.name} {part.value}"
        sign = f'<span style="color:{part.colour}">{HATCHED if part.shape else SOLID}</span>'
        if width + len(GAP + words) + 2 > LINE_WIDTH:
            lines.append(f"{sign} {words}")
            width = len(words) + 2
        else:
            lines[-1] += f"{GAP}{sign} {words}"
            width += len(GAP + words) + 2
    return lines
