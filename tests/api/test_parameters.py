"""Parameters: each filter means what it means on the pages, and nothing is ignored."""

from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from starlette.testclient import TestClient

from api import data
from queries import RESOURCES, Database, Selection
from queries.selection import FACETS
from tests.api.selections import asking, selections

EACH_FILTER = (
    Selection(region=("32",)),
    Selection(region=("11", "none")),
    Selection(departement=("59", "77")),
    Selection(kind=("programme",)),
    Selection(purpose=("ai", "mixed")),
    Selection(status=("cancelled", "suspended")),
    Selection(event=("choose-france-2025",)),
    Selection(investor=("Brookfield",)),
    Selection(since=date(2025, 6, 1)),
    Selection(until=date(2025, 2, 5)),
    Selection(until=date(1999, 1, 1)),
    Selection(q="l'été"),
    Selection(q="l’ia"),
    Selection(q="FOUJU"),
    Selection(project="brookfield-france"),
)


def refused(client: TestClient, path: str) -> list[dict[str, Any]]:
    """The problems that an address is refused for."""
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/json"), answer.text[:300]
    assert answer.headers["cache-control"] == "no-store" and answer.headers["access-control-allow-origin"] == "*"
    told = answer.json()
    assert told["error"] == "invalid_parameters"
    for problem in told["problems"]:
        assert problem["message_fr"] and problem["message_en"] and problem["message_fr"] != problem["message_en"]
    return told["problems"]


@pytest.mark.parametrize("selection", EACH_FILTER, ids=str)
def test_each_filter_means_what_it_means_on_the_pages(
    client: TestClient, served: Database, selection: Selection
) -> None:
    for name, resource in RESOURCES.items():
        keys = ",".join(resource.key)
        found = client.get(f"{asking(f'/api/v1/{name}.json', selection)}&columns={keys}").json()["data"]
        known = served.table(resource.query, selection).select(resource.key).to_pylist()
        assert found == known, name
        if name == "projects":
            pages = served.run("projects_list", selection)
            assert {row["project_id"] for row in found} == set(pages["project_id"])


def test_many_selections_give_the_projects_of_the_pages(client: TestClient, served: Database) -> None:
    sizes = []
    for number, selection in enumerate(selections(20)):
        found = client.get(asking("/api/v1/projects.json", selection, number)).json()
        assert found["meta"]["parameters"] == selection.to_params()
        ids = [row["project_id"] for row in found["data"]]
        assert sorted(ids) == sorted(served.run("projects_list", selection)["project_id"]), selection
        sizes.append(len(ids))
    assert sum(size > 0 for size in sizes) > 9 and len(set(sizes)) > 7


def test_since_and_until_bound_the_claims_listed(client: TestClient) -> None:
    path = "/api/v1/announcements.json?since=2025-02-01&until=2025-03-31&columns=announced_on"
    days = [row["announced_on"] for row in client.get(path).json()["data"]]
    assert days and min(days) >= "2025-02-01" and max(days) <= "2025-03-31"


@pytest.mark.parametrize("name", FACETS)
def test_an_unknown_code_is_named_with_the_codes_allowed(client: TestClient, name: str) -> None:
    (problem,) = refused(client, f"/api/v1/projects.csv?{name}=zz%C3%A9")
    assert (problem["code"], problem["parameter"], problem["value"]) == ("unknown_code", name, "zzé")
    assert problem["allowed"] == list(data.facets().codes(name))[:500]
    assert problem["allowed_count"] == len(data.facets().codes(name))
    assert problem["message_fr"] == f"«\u202fzzé\u202f» n’est pas un code de «\u202f{name}\u202f»."
    assert problem["message_en"] == f"“zzé” is no code of “{name}”."


def test_a_good_code_does_not_hide_a_wrong_one(client: TestClient) -> None:
    (problem,) = refused(client, "/api/v1/projects.csv?region=32&region=99&region=11")
    assert (problem["parameter"], problem["value"]) == ("region", "99")


@pytest.mark.parametrize("address", ["projects.csv", "claims.xlsx", "regions.geojson", "extract.zip", "feed.atom"])
def test_an_unknown_parameter_is_named_with_those_allowed(client: TestClient, address: str) -> None:
    (problem,) = refused(client, f"/api/v1/{address}?regions=32")
    assert (problem["code"], problem["parameter"]) == ("unknown_parameter", "regions")
    assert "region" in problem["allowed"]


@pytest.mark.parametrize(
    ("address", "name", "value"),
    [
        ("projects.json", "dialect", "excel-fr"),
        ("projects.csv", "lang", "en"),
        ("extract.zip", "columns", "project_id"),
        ("projects.csv", "resource", "claims"),
        ("feed.atom", "until", "2025-01-01"),
    ],
)
def test_a_parameter_that_this_address_makes_no_sense_of_is_refused(
    client: TestClient, address: str, name: str, value: str
) -> None:
    (problem,) = refused(client, f"/api/v1/{address}?{name}={value}")
    assert (problem["code"], problem["parameter"]) == ("unknown_parameter", name)


@pytest.mark.parametrize(
    "address",
    [
        "v1/versions",
        "v1/schema.json",
        "v1/datapackage.json",
        "v1/catalog.jsonld",
        "v1/observatory.duckdb",
        "v1/observatory-{version}.duckdb",
        "v1/extract-{version}.zip",
        "openapi.json",
        "health",
    ],
)
def test_an_address_without_parameters_takes_none(client: TestClient, served: Database, address: str) -> None:
    (problem,) = refused(client, f"/api/{address.format(version=served.version)}?region=32")
    assert (problem["code"], problem["parameter"]) == ("unknown_parameter", "region")


@pytest.mark.parametrize(
    ("query", "code", "parameter", "value"),
    [
        ("since=2025-02-31", "not_a_day", "since", "2025-02-31"),
        ("since=2025-13-01", "not_a_day", "since", "2025-13-01"),
        ("until=20250210", "not_a_day", "until", "20250210"),
        ("until=10/02/2025", "not_a_day", "until", "10/02/2025"),
        ("until=2025-02", "not_a_day", "until", "2025-02"),
        ("since=", "not_a_day", "since", ""),
        ("since=2025-01-01&since=2025-01-02", "repeated", "since", "2025-01-02"),
        ("until=2025-01-01&until=2025-01-01", "repeated", "until", "2025-01-01"),
        ("q=a&q=b", "repeated", "q", "b"),
        ("limit=1&limit=2", "repeated", "limit", "2"),
        ("limit=-1", "not_a_number", "limit", "-1"),
        ("limit=1.5", "not_a_number", "limit", "1.5"),
        ("limit=1e3", "not_a_number", "limit", "1e3"),
        ("limit=", "not_a_number", "limit", ""),
        ("limit=%20" + "1", "not_a_number", "limit", " 1"),
        ("limit=%D9%A1", "not_a_number", "limit", "١"),
        ("offset=10000001", "not_a_number", "offset", "10000001"),
        ("offset=-0", "not_a_number", "offset", "-0"),
        ("q=", "not_a_search", "q", ""),
        ("q=%20%20", "not_a_search", "q", "  "),
        ("q=a%00b", "not_a_search", "q", "a\0b"),
        ("q=fouju%0A", "not_a_search", "q", "fouju\n"),
        ("q=%1F", "not_a_search", "q", "\x1f"),
        ("q=%7F", "not_a_search", "q", "\x7f"),
        ("q=" + "x" * 201, "not_a_search", "q", "x" * 200),
        ("region=", "unknown_code", "region", ""),
        ("region=32,11", "unknown_code", "region", "32,11"),
        ("region=32%00", "unknown_code", "region", "32\0"),
        ("project=", "unknown_code", "project", ""),
        ("project=nowhere", "unknown_code", "project", "nowhere"),
        ("columns=", "unknown_columns", "columns", ""),
        ("columns=project_id,nom", "unknown_columns", "columns", "nom"),
        ("columns=PROJECT_ID", "unknown_columns", "columns", "PROJECT_ID"),
        ("sort=nom", "unknown_columns", "sort", "nom"),
        ("sort=--status", "unknown_columns", "sort", "--status"),
        ("sort=", "unknown_columns", "sort", ""),
        ("dialect=excel", "unknown_code", "dialect", "excel"),
        ("dialect=", "unknown_code", "dialect", ""),
        ("Region=32", "unknown_parameter", "Region", ""),
        ("=32", "unknown_parameter", "", ""),
        ("region", "unknown_code", "region", ""),
    ],
)
def test_what_cannot_be_understood_is_named(
    client: TestClient, query: str, code: str, parameter: str, value: str
) -> None:
    (problem,) = refused(client, f"/api/v1/projects.csv?{query}")
    assert (problem["code"], problem["parameter"], problem["value"]) == (code, parameter, value)
    assert ("allowed" in problem) == (code in ("unknown_code", "unknown_columns", "unknown_parameter"))


def test_all_problems_are_told_at_once(client: TestClient) -> None:
    path = "/api/v1/projects.csv?region=99&x=1&since=2025-13-01&columns=a,project_id,b&limit=-1&sort=c&q=%00&status=z"
    told = [(problem["parameter"], problem["value"]) for problem in refused(client, path)]
    assert sorted(told) == [
        ("columns", "a"),
        ("columns", "b"),
        ("limit", "-1"),
        ("q", "\0"),
        ("region", "99"),
        ("since", "2025-13-01"),
        ("sort", "c"),
        ("status", "z"),
        ("x", ""),
    ]


def test_an_unknown_resource_of_the_archive_is_named(client: TestClient) -> None:
    (problem,) = refused(client, "/api/v1/extract.zip?resource=claims&resource=promises")
    assert (problem["code"], problem["value"], problem["allowed"]) == ("unknown_resource", "promises", list(RESOURCES))


@pytest.mark.parametrize("name", ["q", "region", "limit", "x" * 50])
def test_a_long_value_gives_a_short_answer(client: TestClient, name: str) -> None:
    answer = client.get(f"/api/v1/projects.csv?{urlencode({name: '<script>' * 5000})}")
    assert answer.status_code == 422 and len(answer.content) < 30_000
    assert answer.headers["content-type"] == "application/json"


def test_words_of_a_search_are_data_whatever_they_are(client: TestClient) -> None:
    for words in ("' OR 1=1 --", "%", "_", "$q", "$words", "{where}", '"', "\\", "a;b", "\u202e", "👩‍👩‍👧", "é" * 200):
        answer = client.get(f"/api/v1/projects.json?q={quote(words)}")
        assert answer.status_code == 200, words
        assert answer.json()["meta"]["total"] < 134 or words in ("%", "_", '"', "\\")


def test_the_address_of_an_answer_asks_for_the_same(client: TestClient) -> None:
    path = "/api/v1/projects.json?sort=-status,project_id&q=l%27%C3%A9t%C3%A9+%26&region=none&region=32&limit=3"
    first = client.get(path).json()
    assert client.get(first["meta"]["address"]).json() == first


def test_a_wrong_code_repeated_a_thousand_times_is_told_of_the_first_and_counted(client: TestClient) -> None:
    answer = client.get("/api/v1/projects.csv?" + "&".join(["investor=x"] * 1000 + ["investor=Brookfield"]))
    told = answer.json()
    assert (answer.status_code, len(told["problems"]), told["problems_count"]) == (422, 20, 1000)
    assert len(answer.content) < 500_000


def test_a_column_sorted_by_twice_is_sorted_by_once(client: TestClient) -> None:
    once = client.get("/api/v1/claims.json?sort=-announced_on,project_id").json()
    again = client.get("/api/v1/claims.json?sort=-announced_on,project_id" + ",announced_on,-project_id" * 300).json()
    assert again == once and once["meta"]["parameters"]["sort"] == ["-announced_on,project_id"]
