"""The small map of one place: outlines by their address, a dot where it is known, hollow where it is not exact."""

import json
import math

import pandas as pd
import pytest

from pages.shared.charts import describe_locator, locator, place_precision
from pages.shared.charts.theme import LIGHT, rgba
from queries.geometry import GEOMETRY_PREFIX, insets

CAMBRAI = ("32", "59", "Hauts-de-France", "Nord", "Cambrai", 50.17, 3.23, "commune")
NORD = ("32", "59", "Hauts-de-France", "Nord", None, 50.45, 3.22, "departement")
REGION = ("32", None, "Hauts-de-France", None, None, 49.97, 2.77, "region")
MAYOTTE = ("06", "976", "Mayotte", "Mayotte", "Mamoudzou", -12.78, 45.23, "commune")
NOWHERE = (None, None, None, None, None, math.nan, math.nan, "none")


def placed(place: tuple) -> pd.DataFrame:
    columns = ["region_code", "departement_code", "region_name", "departement_name", "commune_name"]
    return pd.DataFrame([place], columns=[*columns, "latitude", "longitude", "location_precision"])


@pytest.mark.parametrize("place", [CAMBRAI, NORD, REGION, MAYOTTE])
def test_no_outline_travels_in_the_figure_and_a_point_comes_first(place: tuple) -> None:
    figure = locator(placed(place), "fr")
    assert figure.data[0].type == "scattergeo"
    areas = [trace for trace in figure.data if trace.type == "choropleth"]
    assert areas and all(trace.geojson.startswith(GEOMETRY_PREFIX) for trace in areas)
    assert len(json.dumps(figure.to_plotly_json(), default=list)) < 12_000


def test_the_dot_is_solid_at_the_town_and_its_region_is_tinted() -> None:
    figure = locator(placed(CAMBRAI), "fr")
    dot = figure.data[-1]
    assert (dot.name, list(dot.lon), list(dot.lat)) == ("place", [3.23], [50.17])
    assert dot.marker.color == LIGHT.ink
    tinted = next(trace for trace in figure.data if trace.name == "region")
    assert list(tinted.locations) == ["32"]
    others = next(trace for trace in figure.data if trace.name == "areas")
    assert "32" not in others.locations and len(others.locations) == 12
    assert figure.layout.title.text == "<b>Cambrai, Nord, Hauts-de-France</b>"


@pytest.mark.parametrize(("place", "words"), [(NORD, "au centre du département"), (REGION, "au centre de la région")])
def test_the_dot_is_hollow_where_the_place_is_approximate_and_it_is_said(place: tuple, words: str) -> None:
    figure = locator(placed(place), "fr")
    assert figure.data[-1].marker.color == rgba(LIGHT.paper, 0.5)
    assert words in place_precision(placed(place), "fr")
    assert ("departement" in {trace.name for trace in figure.data}) == (place is NORD)


def test_overseas_the_frame_is_that_of_the_inset_and_the_dot_is_in_it() -> None:
    figure = locator(placed(MAYOTTE), "en")
    west, south, east, north = insets()["976"]["cadre"]
    dot = figure.data[-1]
    assert west < dot.lon[0] < east and south < dot.lat[0] < north
    low, high = figure.layout[dot.geo].lonaxis.range
    assert low <= west and east <= high
    assert describe_locator(placed(MAYOTTE), "en") == "Map of France: Mamoudzou, Mayotte. Dot at the town."


def test_a_project_without_a_place_has_no_map() -> None:
    assert place_precision(placed(NOWHERE), "fr") == ""
