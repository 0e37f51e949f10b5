"""Where a project stands in France: the regions' outlines, its own tinted, and a dot, hollow when approximate.

Rule: no outline travels inside the figure, only its address on our own host; the first trace of each map is a
`scattergeo`, without which Plotly asks a third party for a base map. Overseas is drawn only where the project is.
"""

import pandas as pd
import plotly.graph_objects as go

from pages.shared.charts.dots import EXACT, OFF_MAP, inset_codes
from pages.shared.charts.maps import FRAMES, MAINLAND, OVERSEAS
from pages.shared.charts.measure import Answer, answers, cell
from pages.shared.charts.theme import Palette, new_figure, palette, rgba
from pages.shared.texts import text
from queries.geometry import geometry_url, insets, outlined

HEIGHT = 260
DOT = 13
MARGIN = 0.02


def locator(projects: pd.DataFrame, lang: str, *, dark: bool = False) -> go.Figure:
    """Draw the place of the one project of `projects_list`, which must have one (`place_precision`).

    Traces: `areas` (other regions), `region` (its own), `departement` where that is all that is known, `place`.
    """
    row, colours = answers(projects)[0], palette(dark)
    x, y, is_overseas = _moved(row)
    geo = OVERSEAS if is_overseas else MAINLAND
    figure = new_figure(_place(row), "", body_height=HEIGHT, dark=dark)
    figure.update_layout(**_frame(row, geo, colours), hoverdistance=4)
    figure.add_trace(
        go.Scattergeo(
            name="first",
            geo=geo,
            lon=[x],
            lat=[y],
            mode="markers",
            marker={"size": 0.1, "opacity": 0},
            hoverinfo="skip",
        )
    )
    # An inset holds one region, and its neighbours of the map are oceans away.
    others = [
        area.code
        for area in outlined("regions")
        if not is_overseas and not area.is_overseas and area.code != row["region_code"]
    ]
    figure.add_trace(_areas("areas", others, "regions", geo, colours, rgba(colours.paper, 0)))
    figure.add_trace(_areas("region", [row["region_code"]], "regions", geo, colours, colours.amounts[0]))
    if row["location_precision"] == "departement" and not is_overseas:
        figure.add_trace(
            _areas("departement", [row["departement_code"]], "departements", geo, colours, colours.amounts[1])
        )
    figure.add_trace(_dot(row, x, y, geo, colours))
    return figure


def describe_locator(projects: pd.DataFrame, lang: str) -> str:
    """Return the map in a sentence: the place, and how precisely it is known."""
    row = answers(projects)[0]
    precision = _precision(row, lang)
    return text("dossier.locator.described", lang, place=_place(row), precision=precision)


def place_precision(projects: pd.DataFrame, lang: str) -> str:
    """Return how precisely the dot of the map is placed; "" where the project has no place, hence no map."""
    row = answers(projects)[0]
    return "" if row["location_precision"] == OFF_MAP else _precision(row, lang)


def _precision(row: Answer, lang: str) -> str:
    key = "exact" if row["location_precision"] == EXACT else row["location_precision"]
    return text(f"dossier.locator.{key}", lang)


def _place(row: Answer) -> str:
    names = (row["commune_name"], row["departement_name"], row["region_name"])
    return ", ".join(dict.fromkeys(cell(name) for name in names if isinstance(name, str) and name))


def _moved(row: Answer) -> tuple[float, float, bool]:
    """Return the longitude and latitude on the map, and whether they are those of an inset."""
    code, x, y = inset_codes().get(row["region_code"]), float(row["longitude"]), float(row["latitude"])
    if code is None:
        return x, y, False
    inset = insets()[code]
    return inset["ax"] * x + inset["bx"], inset["ay"] * y + inset["by"], True


def _frame(row: Answer, geo: str, colours: Palette) -> dict[str, object]:
    frame = {**FRAMES[geo], "domain": {"x": [0, 1], "y": [0, 1]}, "visible": False, "bgcolor": rgba(colours.paper, 0)}
    if geo == OVERSEAS:
        west, south, east, north = insets()[inset_codes()[row["region_code"]]]["cadre"]
        room = MARGIN * (east - west)
        frame["lonaxis"] = {"range": [west - room, east + room]}
        frame["lataxis"] = {"range": [south - room, north + room]}
    return {geo: frame}


def _areas(name: str, codes: list[str], outlines: str, geo: str, colours: Palette, fill: str) -> go.Choropleth:
    return go.Choropleth(
        name=name,
        geo=geo,
        geojson=geometry_url(outlines),
        featureidkey="properties.code",
        locations=codes,
        z=[0] * len(codes),
        colorscale=[[0, fill], [1, fill]],
        showscale=False,
        marker={"line": {"color": colours.border, "width": 0.7}},
        hoverinfo="skip",
    )


def _dot(row: Answer, x: float, y: float, geo: str, colours: Palette) -> go.Scattergeo:
    is_exact = row["location_precision"] == EXACT
    return go.Scattergeo(
        name="place",
        geo=geo,
        lon=[x],
        lat=[y],
        mode="markers",
        marker={
            "size": DOT,
            "opacity": 1,
            "color": colours.ink if is_exact else rgba(colours.paper, 0.5),
            "line": {"color": colours.paper if is_exact else colours.ink, "width": 1 if is_exact else 2},
        },
        hovertext=[_place(row)],
        hovertemplate="%{hovertext}<extra></extra>",
    )
