"""The map: what it sends, what it colours, what it leaves blank, what a click gives."""

import math

import pandas as pd
import pytest

from etl.database import write_database
from etl.schema import ANNOUNCEMENTS
from pages.shared.charts import describe_map, describe_placing, france_map, off_map_projects
from pages.shared.charts.dots import LARGEST, SMALLEST, UNKNOWN, diameter
from pages.shared.charts.theme import LIGHT
from queries import Selection, open_database
from queries.geometry import geometry_url, insets, outlined

N = "\u202f"
INVESTMENT = "investment_meur"


def traces(figure, name, geo=None):
    return [t for t in figure.data if t.name == name and geo in (None, t.geo)]


def test_a_region_without_a_figure_is_paper_and_not_the_lightest_blue(regions, sites) -> None:
    figure = france_map(regions, sites, INVESTMENT, "fr")
    known = {code for t in traces(figure, "known") for code in t.locations}
    blank = {code for t in traces(figure, "blank") for code in t.locations}
    assert known == {"32", "11", "93", "76", "04", "06"}
    assert known | blank == {area.code for area in outlined("regions")}
    for t in traces(figure, "blank"):
        assert {colour for _, colour in t.colorscale} == {LIGHT.paper}
        assert t.marker.line.color == LIGHT.border
    assert LIGHT.paper not in {colour for _, colour in figure.layout.coloraxis.colorscale}


def test_the_colour_is_the_class_of_the_low_scenario(regions, sites) -> None:
    figure = france_map(regions, sites, INVESTMENT, "fr")
    classes = {code: z for t in traces(figure, "known") for code, z in zip(t.locations, t.z, strict=True)}
    # 100, 300, 1 000, 3 000, 10 000, 30 000, 100 000 M€; « jusqu’à 10 M€ » counts 0.
    assert classes == {"32": 5.5, "11": 4.5, "93": 2.5, "76": 1.5, "04": 0.5, "06": 0.5}
    bar = figure.layout.coloraxis.colorbar
    assert list(bar.ticktext) == ["", f"300{N}M€", f"1{N}Md€", f"3{N}Md€", f"10{N}Md€", f"30{N}Md€", f"100{N}Md€"]


def test_no_outline_travels_and_no_base_map_is_shown(regions, sites) -> None:
    figure = france_map(regions, sites, INVESTMENT, "fr")
    assert {t.geojson for t in figure.data if t.type == "choropleth"} == {geometry_url("regions")}
    for geo in ("geo", "geo2"):
        # Plotly asks for a base map by the first trace of each subplot.
        assert next(t for t in figure.data if t.geo == geo).type == "scattergeo"
        assert figure.layout[geo].visible is False


def test_a_click_gives_the_code_of_an_area_or_the_token_of_a_site(regions, sites) -> None:
    figure = france_map(regions, sites, INVESTMENT, "fr")
    (known,) = traces(figure, "known", "geo")
    assert [code for (code,) in known.customdata] == list(known.locations)
    (dots,) = traces(figure, "sites", "geo")
    assert [token for (token,) in dots.customdata] == [
        "departement-59",
        "commune-59122",
        "commune-77186",
        "departement-36",
    ]


def test_a_dot_is_drawn_after_the_areas_so_that_the_pointer_finds_it(regions, sites) -> None:
    names = [t.name for t in france_map(regions, sites, INVESTMENT, "fr").data if t.geo == "geo"]
    assert names[0] == "first" and names[-1] == "sites"


def test_the_area_of_a_dot_is_its_amount_and_an_unknown_one_is_not_the_smallest(regions, sites) -> None:
    (dots,) = traces(france_map(regions, sites, INVESTMENT, "fr"), "sites", "geo")
    assert list(dots.marker.size) == [LARGEST, diameter(10_000, 30_000), diameter(8_500, 30_000), UNKNOWN]
    assert diameter(10_000, 40_000) == LARGEST / 2
    assert diameter(0, 30_000) == SMALLEST > UNKNOWN
    assert diameter(math.nan, 1) == UNKNOWN


def test_an_approximate_place_is_hollow(regions, sites) -> None:
    (dots,) = traces(france_map(regions, sites, INVESTMENT, "fr"), "sites", "geo")
    assert list(dots.marker.line.color) == [LIGHT.ink, LIGHT.paper, LIGHT.paper, LIGHT.ink]
    assert dots.marker.color[0] == "rgba(251,250,247,0.5)" and dots.marker.color[1] == "rgba(27,36,48,0.8)"
    assert dots.hovertext[0].endswith("lieu approché, connu au département")


def test_a_site_overseas_lies_in_the_frame_of_its_inset(regions, sites) -> None:
    (dots,) = traces(france_map(regions, sites, INVESTMENT, "fr"), "sites", "geo2")
    west, south, east, north = insets()["974"]["cadre"]
    assert [token for (token,) in dots.customdata] == ["commune-97411"]
    assert west < dots.lon[0] < east and south < dots.lat[0] < north


@pytest.mark.parametrize(("selected", "name"), [("32", "outline"), ("04", "outline"), ("commune-59122", "ring")])
def test_the_selected_place_alone_is_outlined(regions, sites, selected: str, name: str) -> None:
    figure = france_map(regions, sites, INVESTMENT, "fr", selected=selected)
    outlined_codes = [code for t in traces(figure, "outline") for code in t.locations]
    rings = [x for t in traces(figure, "ring") for x in t.lon]
    assert (outlined_codes, len(rings)) == (([selected], 0) if name == "outline" else ([], 1))


def test_what_is_mixed_is_said_in_the_title(regions, sites) -> None:
    title = france_map(regions, sites, "power_mw", "fr").layout.title.text.replace("<br>", " ")
    assert title == f"<b>Hauts-de-France en tête{N}: au moins 5,34{N}GW, devant Île-de-France (natures mêlées)</b>"


def test_overseas_scales_are_said_to_differ(regions, sites) -> None:
    (key,) = france_map(regions, sites, INVESTMENT, "fr").layout.annotations
    assert "échelles différentes" in key.text.replace("<br>", " ")


def test_what_is_off_the_map_is_counted_aloud(regions, sites) -> None:
    assert off_map_projects(sites) == 12
    assert "12 projets ne sont pas sur la carte" in describe_map(regions, sites, INVESTMENT, "fr")
    assert describe_placing(sites, "en") == (
        "5 projects placed at their town; 2 at the centre of their département or region, as hollow circles; "
        "12 not on the map, their place being unknown."
    )


def test_an_empty_answer_is_a_blank_map(regions, sites) -> None:
    figure = france_map(regions.head(0), sites.head(0), INVESTMENT, "fr")
    assert sum(len(t.locations) for t in traces(figure, "blank")) == 18
    assert [len(t.locations or ()) for t in traces(figure, "known")] == [0, 0]


@pytest.mark.parametrize("level", ["region", "departement"])
def test_on_the_real_data_the_map_weighs_less_than_forty_kilobytes(level: str, tmp_path) -> None:
    path = tmp_path / "observatory.duckdb"
    write_database(ANNOUNCEMENTS, path)
    database = open_database(path)
    frames = [database.run(name, Selection()) for name in (f"totals_by_{level}", "sites")]
    assert isinstance(frames[0], pd.DataFrame)
    for per_inhabitant in (False, True):
        figure = france_map(*frames, INVESTMENT, "fr", level=level, per_inhabitant=per_inhabitant)
        assert len(figure.to_json().encode()) < 40_000
