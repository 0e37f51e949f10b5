"""The rows of a call: columns, order and page of the rows that the pages add up."""

import csv
import io
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from starlette.testclient import TestClient

from queries import RESOURCES, Database, Selection
from tests.api.reading import held, same_numbers
from tests.api.selections import asking, selections

METRICS = {
    "investment_meur": ("investment_net_{}_meur", "investment_{}_meur"),
    "power_mw": ("power_net_{}_mw", "power_{}_mw"),
    "jobs": ("jobs_net_{}", "jobs_{}"),
    "construction_jobs": ("construction_jobs_net_{}", "construction_jobs_{}"),
}


def rows(client: TestClient, path: str) -> list[dict[str, str]]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text[:300]
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def test_columns_come_in_the_order_asked_once_each(client: TestClient, served: Database) -> None:
    asked = "status,project_id,investment_low_meur,status"
    found = client.get(f"/api/v1/projects.csv?columns={asked}").text.split("\r\n")
    assert found[0] == "status,project_id,investment_low_meur"
    repeated = client.get("/api/v1/projects.csv?columns=status&columns=project_id&columns=investment_low_meur").text
    assert repeated.split("\r\n") == found
    assert [line.split(",")[1] for line in found[1:-1]] == [row["project_id"] for row in held(served, "projects")]


@pytest.mark.parametrize("ending", ["json", "xlsx", "parquet", "geojson"])
def test_every_format_takes_columns_order_and_page(client: TestClient, ending: str) -> None:
    query = "columns=region_name,region_code&sort=-population&limit=2&offset=1"
    answer = client.get(f"/api/v1/regions.{ending}?{query}")
    assert answer.status_code == 200 and len(answer.content) < len(client.get(f"/api/v1/regions.{ending}").content)


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize("name", list(RESOURCES))
def test_every_column_sorts_both_ways_blanks_last_ties_as_they_were(
    client: TestClient, served: Database, name: str, sign: str
) -> None:
    whole = held(served, name)
    for column in list(whole[0])[:: 5 if len(whole[0]) > 20 else 1]:
        known = [row for row in whole if row[column] is not None]
        expected = sorted(known, key=lambda row: _key(row[column]), reverse=bool(sign))
        if sign:  # sorted() keeps ties in order when it is reversed too
            assert expected == sorted(known, key=lambda row: _key(row[column]), reverse=True)
        expected += [row for row in whole if row[column] is None]
        found = client.get(f"/api/v1/{name}.json?sort={sign}{column}").json()["data"]
        keys = RESOURCES[name].key
        assert [_named(row, keys) for row in found] == [_named(row, keys) for row in expected], column


def _key(value: Any) -> Any:
    return value.encode() if isinstance(value, str) else value


def _named(row: dict[str, Any], keys: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(row[key] for key in keys)


def test_several_columns_sort_in_the_order_given(client: TestClient, served: Database) -> None:
    found = rows(client, "/api/v1/projects.csv?sort=kind,-first_announced_on,project_id")
    expected = sorted(held(served, "projects"), key=lambda row: row["project_id"])
    expected.sort(key=lambda row: row["first_announced_on"], reverse=True)
    expected.sort(key=lambda row: row["kind"])
    assert [row["project_id"] for row in found] == [row["project_id"] for row in expected]


def test_pages_end_to_end_make_the_whole(client: TestClient) -> None:
    whole = rows(client, "/api/v1/claims.csv")
    pages = [rows(client, f"/api/v1/claims.csv?limit=97&offset={at}") for at in range(0, len(whole) + 97, 97)]
    assert [row for page in pages for row in page] == whole
    assert pages[-1] == [] and {len(page) for page in pages[:-2]} == {97}


@pytest.mark.parametrize(("query", "count"), [("limit=0", 0), ("offset=10000000", 0), ("limit=10000000", None)])
def test_a_page_beyond_the_rows_is_no_error(
    client: TestClient, served: Database, query: str, count: int | None
) -> None:
    whole = held(served, "projects")
    meta = client.get(f"/api/v1/projects.json?{query}").json()["meta"]
    assert (meta["count"], meta["total"]) == (len(whole) if count is None else count, len(whole))


@pytest.mark.parametrize("name", list(RESOURCES))
def test_an_empty_selection_is_a_header_alone(client: TestClient, name: str) -> None:
    empty = client.get(f"/api/v1/{name}.csv?q=zzzzzz").text
    assert empty == client.get(f"/api/v1/{name}.csv").text.split("\r\n")[0] + "\r\n"


def test_the_numbers_of_a_page_are_those_of_its_extract(client: TestClient, served: Database) -> None:
    checked = 0
    for number, selection in enumerate(selections(20, seed=2026)):
        projects = rows(client, asking("/api/v1/projects.csv", selection, number))
        counted = [row for row in projects if row["is_counted"] == "true"]
        totals = served.run("totals", selection).set_index("metric")
        assert (len(totals) > 0) == bool(counted), selection
        for metric, (net, _) in METRICS.items():
            if counted:
                assert _ends(counted, net) == _known(totals.loc[metric]), (selection, metric)
                checked += _ends(counted, net) != (None, None)
        _assert_regions(rows(client, asking("/api/v1/regions.csv", selection, number)), served, selection)
    assert checked > 30


def _assert_regions(found: list[dict[str, str]], served: Database, selection: Selection) -> None:
    pages = served.run("totals_by_region", selection)
    assert {row["region_code"] for row in found} == set(pages["region_code"])
    known = pages.set_index(["region_code", "metric"])
    for row in found:
        for metric, (_, shown) in METRICS.items():
            ends = tuple(Decimal(row[shown.format(end)]) if row[shown.format(end)] else None for end in ("low", "high"))
            page = known.loc[(row["region_code"], metric)]
            assert ends == _known(page), (selection, metric, row["region_code"])
            if metric in ("investment_meur", "power_mw", "jobs"):
                name = metric.split("_")[0]
                assert row[f"{name}_rank"] == ("" if pd.isna(page["rank"]) else str(page["rank"]))
                assert row[f"{name}_missing_projects"] == str(page["missing"])
        assert row["projects"] == str(known.loc[(row["region_code"], "projects")]["projects"])


def _ends(counted: list[dict[str, str]], net: str) -> tuple[Decimal | None, Decimal | None]:
    """What a reader of the extract adds up: net amounts of counted projects, shown from the smaller to the larger."""
    sums = []
    for end in ("low", "high"):
        given = [Decimal(row[net.format(end)]) for row in counted if row[net.format(end)]]
        sums.append(sum(given, Decimal(0)) if given else None)
    low, high = sums
    return (low, high) if low is None or high is None else (min(low, high), max(low, high))


def _known(row: Any) -> tuple[Decimal | None, Decimal | None]:
    low, high = (None if pd.isna(end) else round(Decimal(str(end)), 3) for end in (row["low"], row["high"]))
    return low, high


def test_the_whole_country_is_the_sum_of_its_regions(client: TestClient, served: Database) -> None:
    regions = rows(client, "/api/v1/regions.csv")
    totals = served.run("totals").set_index("metric")
    for metric, (_, shown) in METRICS.items():
        for end in ("low", "high"):
            given = [Decimal(row[shown.format(end)]) for row in regions if row[shown.format(end)]]
            low, high = _known(totals.loc[metric])
            assert sum(given) == (low if end == "low" else high), metric


def test_a_page_and_an_extract_hold_the_same_rows(client: TestClient, served: Database) -> None:
    for name in RESOURCES:
        found = client.get(f"/api/v1/{name}.json").json()["data"]
        frame = served.run(RESOURCES[name].query)
        assert list(frame.columns) == list(found[0]) and len(frame) == len(found)
        assert same_numbers(found) == same_numbers(held(served, name))
