"""The areas of the map: those with a figure by class of colour, the others on plain paper.

Rule: no outline travels inside a figure, only its address; a click on an area gives its code.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from pages.shared import numbers
from pages.shared.charts.measure import Answer, Measure, answers, shade
from pages.shared.charts.scale import Classes
from pages.shared.charts.theme import Palette, rgba
from pages.shared.texts import text
from queries.geometry import Area, geometry_url

OUTLINES = {"region": "regions", "departement": "departements"}


@dataclass(frozen=True)
class View:
    """What a map shows and how: a measure, at a level ("region" or "departement"), in a language, on a paper."""

    measure: Measure
    level: str
    lang: str
    colours: Palette


def fills(places: list[Area], frame: pd.DataFrame, steps: Classes | None, view: View, geo: str) -> list[go.Choropleth]:
    """Return two traces: `blank`, the areas without a figure, on plain paper; `known`, the others, by class.

    `frame` has the columns of `measure.areas`; `geo` is the subplot.
    """
    found = {row["code"]: row for row in answers(frame)}
    values = {code: shade(row["low"], row["high"]) for code, row in found.items()}
    known = [area for area in places if not math.isnan(values.get(area.code, math.nan))]
    blank = [area for area in places if area not in known]
    paper = {"colorscale": [[0, view.colours.paper], [1, view.colours.paper]], "showscale": False}
    classes = [steps.index(values[area.code]) + 0.5 for area in known] if steps else []
    return [
        _fill("blank", blank, found, view, geo, z=[0] * len(blank), **paper),
        _fill("known", known, found, view, geo, z=classes, coloraxis="coloraxis"),
    ]


def _fill(
    name: str, group: list[Area], found: Mapping[str, Answer], view: View, geo: str, **values: object
) -> go.Choropleth:
    return go.Choropleth(
        name=name,
        geo=geo,
        geojson=geometry_url(OUTLINES[view.level]),
        featureidkey="properties.code",
        locations=[area.code for area in group],
        customdata=[[area.code] for area in group],
        hovertext=[_hover(area, found.get(area.code), view) for area in group],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={"line": {"color": view.colours.border, "width": 0.7}},
        # A click fades nothing: the chosen area gets an outline.
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        **values,
    )


def _hover(area: Area, row: Answer | None, view: View) -> str:
    if row is None:
        return f"<b>{area.name}</b><br>{text('charts.map.no_project', view.lang)}"
    measure = view.measure
    lines = [f"<b>{area.name}</b>"]
    lines.append(measure.format(row["low"], row["high"], view.lang, is_floor=bool(row["is_floor"])))
    if measure.metric != "projects":
        lines.append(numbers.metric("projects", row["projects"], row["projects"], view.lang))
    return "<br>".join(lines)


def outline(codes: list[str], name: str, geo: str, colour: str, width: float) -> go.Choropleth:
    """Return the outline of the areas `codes`, over the others and without a fill."""
    clear = rgba(colour, 0)
    return go.Choropleth(
        name="outline",
        locations=codes,
        z=[0] * len(codes),
        geojson=geometry_url(name),
        featureidkey="properties.code",
        geo=geo,
        colorscale=[[0, clear], [1, clear]],
        showscale=False,
        marker={"line": {"color": colour, "width": width}},
        unselected={"marker": {"opacity": 1}},
        hoverinfo="skip",
    )


def class_colours(n: int, colours: Palette) -> list[str]:
    """Return the colours of `n` classes: few of them are far apart, and end with the colour of the largest."""
    last = len(colours.amounts) - 1
    if n == 1:
        return [colours.amounts[last - 1]]
    start = 0 if n > last else 1
    return [colours.amounts[round(start + i * (last - start) / (n - 1))] for i in range(n)]
