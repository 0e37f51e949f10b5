"""What a page of the kit says: the picture with its source and licence inside, the paragraph, citations, the code."""

import html
import json
import re

import pytest
from starlette.testclient import TestClient

from kit import data
from kit.compose import LAID_WIDTH, PRESS_WIDTH, SCALE, compose
from kit.sources import FEW
from pages.shared.charts.register import CHARTS
from pages.shared.charts.theme import LIGHT, PRESS_PAPER
from pages.shared.texts import LANGUAGES
from queries import Database, Selection
from tests.answering.finished import HOST, Serve
from tests.api.hostile import TEXTS
from tests.browser.dress import sometimes
from tests.kit.conftest import Draw, params_of, query_of
from tests.kit.reading import Read

ROOTS = {"fr": "/reprendre", "en": "/en/reprendre"}
LICENCES = {"fr": "Licence ouverte 2.0 (Etalab)", "en": "Licence Ouverte 2.0 (Etalab)"}


def written(figure: dict) -> str:
    """All the words of the notes of a composed figure."""
    return html.unescape(figure["layout"]["annotations"][-1]["text"].replace("<br>", "\n"))


@pytest.mark.parametrize("lang", sometimes(LANGUAGES, "fr"))
@pytest.mark.parametrize("chart", CHARTS)
def test_every_chart_is_a_picture_a_paragraph_and_a_frame(client: TestClient, chart: str, lang: str) -> None:
    query = query_of(chart)
    answer = client.get(f"{ROOTS[lang]}/{chart}?{query}")
    page = Read(answer.text)
    assert answer.status_code == 200 and page.all("html") == [{"lang": lang}]
    figure = page.data[f"figure-{chart}"]
    notes = written(figure)
    assert LICENCES[lang] in notes and "2026" in notes and "Infra IA France" in notes
    assert f"{HOST}/" in notes and f"lang={lang}" in notes.replace("\n", "")
    assert figure["layout"]["width"] == LAID_WIDTH
    block = page.all("figure")[0]
    assert int(block["data-width"]) == PRESS_WIDTH
    assert int(block["data-height"]) == round(figure["layout"]["height"] * SCALE)
    assert re.fullmatch(rf"infra-ia-france-{chart}[a-z0-9-]*-\d{{4}}-\d\d-\d\d", block["data-name"])
    # The paragraph ends on the day of the data; the sentence of the picture is that of the site.
    assert page.quoted["quote"].endswith(".)") and block["data-sentence"] in page.words
    assert f'src="{HOST}/reprendre'.replace("/reprendre", ROOTS[lang]) in page.quoted["embed"]
    assert page.quoted["bibtex"].startswith("@misc{infra-ia-france-") and "Infra IA France" in page.quoted["citation"]
    assert any(link.startswith(f"{ROOTS[lang]}/{chart}.csv") for link in page.links())

    frame = client.get(f"{ROOTS[lang]}/{chart}?embed=true&{query}")
    assert frame.status_code == 200
    inside = Read(frame.text)
    assert "width" not in inside.data["figure"]["layout"] and inside.all("a")[0]["target"] == "_blank"


@pytest.mark.parametrize("chart", CHARTS)
def test_a_picture_has_the_marks_of_the_chart_on_white_paper(drawn: Draw, chart: str) -> None:
    figure = drawn(chart).figure
    before = json.loads(figure.to_json())
    after = json.loads(compose(figure, ["Source", "x" * 300], "Hauts & <bas>").json)
    assert json.loads(figure.to_json()) == before, "the figure is shared: it may not change"
    assert LIGHT.paper not in json.dumps(after) and PRESS_PAPER in json.dumps(after)
    assert len(after["data"]) == len(before["data"])
    for old, new in zip(before["data"], after["data"], strict=True):
        for name in ("x", "y", "lon", "lat", "locations", "values", "base", "z"):
            assert old.get(name) == new.get(name)
    assert "Hauts &amp; &lt;bas&gt; – " in after["layout"]["title"]["text"].replace("<br>", " ")
    assert max(map(len, written(after).split("\n"))) <= 122


def test_filters_and_day_are_written_in_the_picture_and_in_the_paragraph(client: TestClient) -> None:
    page = Read(client.get("/reprendre/classement?region=32&region=53&until=2025-12-31").text)
    for told in (written(page.data["figure-classement"]), page.quoted["quote"]):
        assert "Hauts-de-France, Bretagne" in told and "31 décembre 2025" in told
    assert "until=2025-12-31" in page.quoted["embed"] and "region=53" in page.quoted["embed"]
    assert (
        "tel que connu le 31 décembre 2025" in page.quoted["citation"] and "until=2025-12-31" in page.quoted["bibtex"]
    )


def test_a_project_and_a_region_are_named_in_their_pictures(client: TestClient) -> None:
    page = Read(client.get("/reprendre/etapes?project=campus-ia-fouju").text)
    assert page.titles["h1"].startswith("Campus IA de Fouju – ")
    assert page.data["figure-etapes"]["layout"]["title"]["text"].startswith("<b>Campus IA de Fouju – ")
    page = Read(client.get("/en/reprendre/statuts?region=32").text)
    assert page.data["figure-statuts"]["layout"]["title"]["text"].startswith("<b>Hauts-de-France – ")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_project_gathers_its_pictures_and_all_its_sources(client: TestClient, database: Database, lang: str) -> None:
    page = Read(client.get(f"{ROOTS[lang]}/projet?project=campus-ia-fouju").text)
    pictures = [name for name in page.data if name.startswith("figure-")]
    assert {"figure-etapes", "figure-lieu"} <= set(pictures) and len(pictures) > 2
    assert "/projets?embed=true&" in page.quoted["embed"] and "project=campus-ia-fouju" in page.quoted["embed"]
    claims = database.run("announcements_list", Selection(project="campus-ia-fouju"))
    assert set(claims["source_url"]) <= set(page.links())
    assert page.quoted["quote"].startswith(f"{page.titles['h1']} – ")


def test_a_region_gathers_its_pictures_and_leads_to_its_sheet(client: TestClient) -> None:
    page = Read(client.get("/reprendre/region?region=32&region=53").text)
    assert [name for name in page.data if name.startswith("figure-")] == ["figure-statuts", "figure-puissance"]
    assert "/fiche/region/32" in page.links() and "/regions?embed=true&" in page.quoted["embed"]
    assert Read(client.get("/en/reprendre/region?region=none").text).titles["h1"]


def test_a_project_unknown_on_that_day_says_so(client: TestClient) -> None:
    assert client.get("/reprendre/projet?project=campus-ia-fouju&until=2016-01-01").status_code == 404


def test_many_sources_are_counted_and_the_extract_has_them(client: TestClient, drawn: Draw, database: Database) -> None:
    claims = database.run("claims_list")
    behind = claims[claims["is_retained"] & (claims["metric"] == "investment_meur")]["announcement_id"].nunique()
    page = Read(client.get("/reprendre/carte").text)
    assert behind > FEW and f"{behind} déclarations retenues" in page.words
    assert "/api/v1/announcements.csv" in page.links()
    sources = [link for link in page.links() if link.startswith("http") and HOST not in link]
    assert 3 < len(set(sources)) <= FEW + 2
    few = Read(client.get("/reprendre/classement?region=53").text)
    assert "déclarations retenues sont derrière" not in few.words


@pytest.mark.whole
def test_whatever_somebody_typed_stays_words(serve: Serve, hostile_path, hostile: Database) -> None:
    client = serve(hostile_path)
    for chart in CHARTS:
        answer = client.get(f"/reprendre/{chart}?{query_of(chart)}")
        assert answer.status_code == 200, (chart, params_of(chart))
        page = Read(answer.text)
        assert {one["src"] for one in page.all("script") if "src" in one} == {
            link for link in (one.get("src") for one in page.all("script")) if link and link.startswith("/reprendre/")
        }
        assert "<script>alert" not in answer.text and len(page.all("b")) == 0
    named = Read(client.get("/reprendre/reannonces").text)
    assert len(TEXTS) > 10 and named.data["figure-reannonces"]["data"]


def test_an_old_link_of_the_page_opens_beside_it(client: TestClient) -> None:
    for path in ("/reprendre/emboitement", "/reprendre/emboitement?embed=true"):
        assert "_self" not in client.get(path).text


ODD = (
    "until=1900-01-01",
    "until=2030-01-01",
    "region=none",
    "region=01",
    "since=2026-06-01",
    "q=%00",
    "status=cancelled",
    "kind=target",
    "event=choose-france-2018",
    "investor=Nobody",
)


@pytest.mark.parametrize("odd", [ODD[0], *(pytest.param(one, marks=pytest.mark.whole) for one in ODD[1:])])
def test_whatever_is_selected_a_chart_is_drawn_or_said_to_be_empty(client: TestClient, odd: str) -> None:
    for chart in CHARTS:
        for ending in ("", ".csv"):
            answer = client.get(f"/reprendre/{chart}{ending}?{odd}&{query_of(chart)}")
            assert answer.status_code in (200, 404), (chart, odd)


@pytest.mark.whole
def test_every_project_and_every_region_has_its_page(client: TestClient, database: Database) -> None:
    for project in data.project_names(database):
        assert client.get(f"/reprendre/projet?project={project}").status_code == 200, project
    for region in data.region_names(database, "fr"):
        assert client.get(f"/en/reprendre/region?region={region}").status_code == 200, region
