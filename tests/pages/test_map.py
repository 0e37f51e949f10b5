"""`/carte` on the real data, through the frame: its switches, its places, what it says of both."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import data, map_places, map_table
from pages.shared.map_choice import MapChoice
from pages.shared.markup import plain
from queries import Selection
from tests.pages.conftest import OpenPage, read

WHOLE = Selection()


def choice(level: str = "region", metric: str = "investment_meur", per: bool = False, place: str = "") -> MapChoice:
    return MapChoice(level, metric, per, place)


def place_of(visit: AppTest) -> str:
    # A value that the script wrote comes back as a text, one that the test gave as a list.
    value = visit.query_params.get("place", "")
    return value if isinstance(value, str) else value[0]


def drawn(visit: AppTest) -> dict:
    (chart,) = visit.get("plotly_chart")
    return json.loads(chart.proto.spec)


@pytest.mark.parametrize(("lang", "title"), [("fr", "Carte"), ("en", "Map")])
def test_the_page_opens_in_both_languages(open_page: OpenPage, lang: str, title: str) -> None:
    visit = open_page("map.py", lang=lang)
    assert not visit.exception
    assert [element.value for element in visit.title] == [title]
    assert "15" in read(visit)


def test_the_address_chooses_the_level_the_metric_and_the_ratio(open_page: OpenPage) -> None:
    visit = open_page("map.py", lang="fr", level="departement", metric="power_mw", per="inhabitant")
    figure = drawn(visit)
    assert figure["layout"]["title"]["subtitle"]["text"].replace("<br>", " ") == (
        "Puissance annoncée, en watts par habitant, par département, hypothèse basse"
    )
    assert any("departements." in str(trace.get("geojson")) for trace in figure["data"])


def test_a_region_in_the_address_shows_its_figures_by_scope_and_its_projects(open_page: OpenPage) -> None:
    visit = open_page("map.py", lang="fr", place="32")
    words = read(visit)
    assert plain("Hauts-de-France") in [element.value for element in visit.header]
    assert "66\u202fMd€" in words and "Emplois durables, directs et indirects" in words
    assert "/projets?lang=fr&amp;project=cambrai" in words
    assert "7\u202f330" not in words.replace("Hauts-de-France en tête", "")


def test_a_site_in_the_address_shows_the_projects_that_stand_there(open_page: OpenPage) -> None:
    words = read(open_page("map.py", lang="en", place="commune-59122"))
    assert "project=cambrai" in words and "project=escaudain" not in words


def test_a_place_that_is_not_on_the_map_is_said(open_page: OpenPage) -> None:
    visit = open_page("map.py", lang="fr", place="99")
    assert not visit.exception
    assert "99" in read(visit) and "pas sur cette carte" in read(visit)


def test_the_box_chooses_like_a_click(open_page: OpenPage) -> None:
    visit = open_page("map.py", lang="fr")
    box = next(box for box in visit.selectbox if box.key == "map-place-fr")
    box.set_value("84").run()
    assert place_of(visit) == "84"
    assert plain("Auvergne-Rhône-Alpes") in [element.value for element in visit.header]


def test_changing_the_level_lets_go_of_an_area_and_keeps_a_site(open_page: OpenPage) -> None:
    visit = open_page("map.py", lang="fr", place="32")
    visit.segmented_control(key="map-level-fr").set_value("departement").run()
    assert place_of(visit) == ""
    site = open_page("map.py", lang="fr", place="commune-59122")
    site.segmented_control(key="map-level-fr").set_value("departement").run()
    assert place_of(site) == "commune-59122"


def test_an_empty_selection_is_a_sentence_and_a_button(open_page: OpenPage) -> None:
    visit = open_page("map.py", lang="fr", q="introuvable assurément")
    assert not visit.exception
    assert visit.info and not visit.get("plotly_chart")


def test_a_filter_acts_on_the_details(real_data: None) -> None:
    selection = Selection(status=("under_construction",))
    place = map_places.find_place(choice(place="32"), selection)
    assert place is not None
    assert set(place.projects["status"]) <= {"under_construction"}
    outside = map_places.find_place(choice(place="32"), Selection(region=("11",)))
    assert outside is not None and outside.totals.empty and outside.projects.empty


def test_only_counted_projects_are_listed(real_data: None) -> None:
    place = map_places.find_place(choice(place="32"), WHOLE)
    assert place is not None
    assert set(place.projects["kind"]) <= {"programme", "site"}
    counted = place.totals.loc[place.totals["metric"] == "projects", "projects"].item()
    assert len(map_places.project_rows(place, "projects", "fr")) == counted


def test_every_area_and_every_placed_site_is_offered(real_data: None) -> None:
    sites = data.query("sites", WHOLE)
    names = map_places.place_names(sites, level="region", lang="fr")
    on_map = sites[(sites["metric"] == "projects") & sites["latitude"].notna()]
    assert len(names) == 18 + len(on_map)
    assert len(map_places.place_names(sites, level="departement", lang="fr")) == 101 + len(on_map)


def test_jobs_of_a_place_are_given_by_scope_and_never_summed(real_data: None) -> None:
    place = map_places.find_place(choice(place="11"), WHOLE)
    assert place is not None
    names = [name for name, _ in map_places.figures(place, "fr")]
    assert names[:2] == ["Investissement annoncé", "Puissance annoncée (natures mêlées)"]
    assert all(name.startswith("Emplois durables, ") for name in names[2:]) and len(names) == 5


def test_the_table_sorts_on_numbers_and_leaves_the_unknown_blank(real_data: None) -> None:
    cells = map_table.area_cells(data.query("totals_by_region", WHOLE), choice(), "fr")
    assert list(cells) == ["Territoire", "Bas (M€)", "Haut (M€)", "Projets", "dont sans chiffre"]
    rows = cells.set_index("Territoire")
    assert rows.loc["Hauts-de-France", "Haut (M€)"] == 66_000
    assert rows.index[0] == "Hauts-de-France" and rows.index[-1] == "Non localisé"
    assert rows["Haut (M€)"].isna()["Centre-Val de Loire"]
    assert (rows["Bas (M€)"].dropna() > 0).all()


def test_a_project_link_keeps_the_filters(open_page: OpenPage) -> None:
    visit = open_page("map.py", lang="fr", place="32", purpose="ai")
    link = next(part for part in read(visit).split('"') if part.startswith("/projets?"))
    assert parse_qs(urlsplit(link.replace("&amp;", "&")).query)["purpose"] == ["ai"]
