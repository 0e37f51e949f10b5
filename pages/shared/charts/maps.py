"""The map of France: areas coloured by class, sites as dots, overseas in five insets at other scales.

Rule: no outline travels inside a figure, only its address; an area without a figure is paper with an outline, never
the lightest blue; the first trace of each map is a `scattergeo`, without which Plotly asks a third party for a
base map and draws nothing offline.
"""

import pandas as pd
import plotly.graph_objects as go

from pages.shared import numbers
from pages.shared.charts.dots import dots, off_map_projects, ring
from pages.shared.charts.fills import OUTLINES, View, class_colours, fills, outline
from pages.shared.charts.measure import Measure, answers, areas, listed, shade
from pages.shared.charts.ranking import leaders
from pages.shared.charts.scale import Classes, classes
from pages.shared.charts.theme import SUBTITLE_WIDTH, Palette, new_figure, palette, rgba, wrapped
from pages.shared.texts import text
from queries.geometry import insets, outlined

BODY_HEIGHT = 500
KEY_HEIGHT = 104
MAINLAND, OVERSEAS = "geo", "geo2"
CENTRE = (2.5, 46.6)
# Lambert's projection as on French maps for the mainland; the insets are drawn flat, north up.
FRAMES = {
    MAINLAND: {
        "domain": {"x": [0, 1], "y": [0.17, 1]},
        "projection": {"type": "conic conformal", "parallels": [44, 49], "rotation": {"lon": 3}},
        "lonaxis": {"range": [-4.7, 9.1]},
        "lataxis": {"range": [41.3, 51.7]},
    },
    OVERSEAS: {
        "domain": {"x": [0, 1], "y": [0, 0.16]},
        "projection": {"type": "mercator"},
        "lonaxis": {"range": [-5.2, 3.8]},
        "lataxis": {"range": [40.42, 42.08]},
    },
}


def france_map(
    totals: pd.DataFrame,
    sites: pd.DataFrame,
    metric: str,
    lang: str,
    *,
    level: str = "region",
    per_inhabitant: bool = False,
    selected: str | None = None,
    dark: bool = False,
) -> go.Figure:
    """Draw `totals_by_region` (or `totals_by_departement`, by `level`) and the dots of `sites`.

    A click gives `customdata[0]`: an area's code, or the token of a site (`dots.site_token`). `selected` is such a
    code or token, drawn with a heavy outline. Areas take the colour of the low scenario; dots are absolute even
    when areas are per inhabitant.
    """
    measure, colours = Measure(metric, per_inhabitant), palette(dark)
    view = View(measure, level, lang, colours)
    frame = measure.of(areas(totals, level))
    steps = classes((shade(*ends) for ends in _ends(frame)), counts=metric == "projects")
    title = leaders(frame, measure, lang) + measure.reserve(lang)
    figure = new_figure(title, subtitle(measure, lang, level), body_height=BODY_HEIGHT, dark=dark, bottom=KEY_HEIGHT)
    for geo, is_overseas in ((MAINLAND, False), (OVERSEAS, True)):
        figure.add_trace(_first(geo, colours))
        places = [area for area in outlined(OUTLINES[level]) if area.is_overseas == is_overseas]
        figure.add_traces(fills(places, frame, steps, view, geo))
        if level == "departement":
            borders = [area.code for area in outlined("regions") if area.is_overseas == is_overseas]
            figure.add_trace(outline(borders, "regions", geo, colours.border, 1.4))
        chosen = [area.code for area in places if area.code == selected]
        figure.add_trace(outline(chosen, OUTLINES[level], geo, colours.chosen, 3))
        # Last: where a dot lies on an area, Plotly answers a pointer with the later trace.
        figure.add_trace(ring(sites, selected, colours, geo=geo, is_overseas=is_overseas))
        figure.add_trace(dots(sites, metric, lang, colours, geo=geo, is_overseas=is_overseas))
    figure.add_trace(_inset_names(colours))
    figure.update_layout(**_layout(steps, measure, lang, colours))
    figure.add_annotation(
        text=wrapped(text("charts.map.key", lang), SUBTITLE_WIDTH),
        font={"size": 12, "color": colours.muted},
        **{"x": 0, "xref": "paper", "xanchor": "left", "align": "left"},
        **{"y": 0, "yref": "paper", "yanchor": "top", "yshift": -46},
    )
    return figure


def describe_map(
    totals: pd.DataFrame,
    sites: pd.DataFrame,
    metric: str,
    lang: str,
    *,
    level: str = "region",
    per_inhabitant: bool = False,
) -> str:
    """Return the map in a sentence: what is measured, the five largest areas, and what is off the map."""
    measure = Measure(metric, per_inhabitant)
    frame = measure.of(areas(totals, level)).dropna(subset=["low", "high"], how="all")
    frame = frame[frame["code"] != "none"].sort_values("high", ascending=False).head(5)
    items = [
        f"{row['name']}, {measure.format(row['low'], row['high'], lang, is_floor=bool(row['is_floor']))}"
        for row in answers(frame)
    ]
    n = off_map_projects(sites)
    off_map = text("charts.map.off_map", lang, n=n, written=numbers.count(n, lang)) if n else ""
    about = text(
        "charts.described",
        lang,
        measure=subtitle(measure, lang, level) + measure.reserve(lang),
        items=listed(items, lang),
    )
    return f"{about} {off_map}".strip()


def subtitle(measure: Measure, lang: str, level: str = "region") -> str:
    """Return what the map measures, by which areas, in which scenario."""
    return text(f"charts.map.{level}", lang, measure=measure.name(lang))


def _ends(frame: pd.DataFrame) -> list[tuple[float, float]]:
    located = frame[frame["code"] != "none"]
    return list(zip(located["low"], located["high"], strict=True))


def _first(geo: str, colours: Palette) -> go.Scattergeo:
    """Return the trace that must come first (see the rule above): the frames of the insets, or a single clear point."""
    boxes = [inset["cadre"] for inset in insets().values()] if geo == OVERSEAS else []
    lon = [x for west, _, east, _ in boxes for x in (west, east, east, west, west, None)]
    lat = [y for _, south, _, north in boxes for y in (south, south, north, north, south, None)]
    return go.Scattergeo(
        name="first",
        lon=lon or [CENTRE[0]],
        lat=lat or [CENTRE[1]],
        **{"geo": geo, "mode": "lines", "hoverinfo": "skip"},
        line={"color": colours.border, "width": 0.7},
    )


def _inset_names(colours: Palette) -> go.Scattergeo:
    boxes = [inset["cadre"] for inset in insets().values()]
    return go.Scattergeo(
        name="names",
        lon=[(west + east) / 2 for west, _, east, _ in boxes],
        lat=[south for _, south, _, _ in boxes],
        text=[inset["nom"] for inset in insets().values()],
        **{"geo": OVERSEAS, "mode": "text", "textposition": "bottom center", "hoverinfo": "skip"},
        textfont={"size": 11, "color": colours.muted},
    )


def _layout(steps: Classes | None, measure: Measure, lang: str, colours: Palette) -> dict[str, object]:
    bare = {"visible": False, "bgcolor": rgba(colours.paper, 0)}
    layout: dict[str, object] = {name: {**frame, **bare} for name, frame in FRAMES.items()}
    # The same map under another filter keeps its view.
    layout["uirevision"] = "map"
    # Plotly gives a dot whatever is within 20 pixels of it: a small region would have no place left to be clicked.
    layout["hoverdistance"] = 4
    if steps is None:
        return layout
    n = len(steps)
    chosen = class_colours(n, colours)
    written = [measure.tick(bound, lang) for bound in steps.bounds]
    if steps.is_open_below:
        written[0] = ""
    layout["coloraxis"] = {
        "cmin": 0,
        "cmax": n,
        "colorscale": [[end / n, colour] for i, colour in enumerate(chosen) for end in (i, i + 1)],
        "colorbar": {
            "orientation": "h",
            **{"x": 0, "xanchor": "left", "xpad": 24, "lenmode": "pixels", "len": 356},
            **{"y": 0, "yanchor": "top", "ypad": 6, "thickness": 10},
            **{"tickvals": [*range(n), n - 1e-6], "ticktext": written, "ticks": "", "outlinewidth": 0},
            "tickfont": {"size": 12, "color": colours.muted},
        },
    }
    return layout
