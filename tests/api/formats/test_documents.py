"""JSON: numbers that are numbers, every column in every row, and what a reader must know of them."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from queries import RESOURCES, Database
from tests.api.conftest import Asked
from tests.api.reading import duckdb_rows, held, pandas_json, same_numbers

NAMES = list(RESOURCES)


@pytest.mark.parametrize("name", NAMES)
def test_pandas_reads_what_the_database_holds(asked: Asked, name: str) -> None:
    found = pandas_json(asked.get(f"/api/v1/{name}.json"))
    assert same_numbers(found) == same_numbers(held(asked.database, name))


@pytest.mark.parametrize("name", NAMES)
def test_duckdb_reads_what_the_database_holds(asked: Asked, name: str, tmp_path: Path) -> None:
    expected = held(asked.database, name)
    fields = ", ".join(f'"{column}" VARCHAR' for column in expected[0])
    reader = f"(SELECT unnest(data, recursive := true) FROM read_json(?, columns = {{'data': 'STRUCT({fields})[]'}}))"
    found = duckdb_rows(asked.get(f"/api/v1/{name}.json"), tmp_path / "x.json", reader)
    assert [list(row) for row in found] == [list(row) for row in expected]
    for row, known in zip(found, expected, strict=True):
        for column, value in known.items():
            if value is None or isinstance(value, str):
                assert row[column] == value, column
            elif not isinstance(value, bool) and isinstance(value, (int, float, Decimal)):
                assert Decimal(row[column]) == Decimal(str(value)), column
            else:
                assert row[column] == str(value).lower(), column


@pytest.mark.parametrize("name", NAMES)
def test_a_decimal_is_written_as_the_number_it_is(client: TestClient, served: Database, name: str) -> None:
    rows = json.loads(client.get(f"/api/v1/{name}.json").content)["data"]
    for row, known in zip(rows, held(served, name), strict=True):
        for column, value in known.items():
            if isinstance(value, Decimal):
                assert type(row[column]) is (int if value == int(value) else float), column


def test_the_notes_say_what_was_asked_and_of_what(client: TestClient, served: Database) -> None:
    path = "/api/v1/projects.json?region=32&region=11&columns=project_id,status&limit=2&offset=1"
    meta = json.loads(client.get(path).content)["meta"]
    total = json.loads(client.get("/api/v1/projects.json?region=11&region=32").content)["meta"]["total"]
    assert total > 3
    assert {name: meta[name] for name in ("resource", "count", "total", "offset", "data_version", "licence")} == {
        "resource": "projects",
        "count": 2,
        "total": total,
        "offset": 1,
        "data_version": served.version,
        "licence": "etalab-2.0",
    }
    assert meta["parameters"] == {
        "region": ["11", "32"],
        "columns": ["project_id,status"],
        "limit": ["2"],
        "offset": ["1"],
    }
    assert meta["filters_fr"] == "Région\u202f: Île-de-France, Hauts-de-France"
    assert meta["filters_en"] == "Region: Île-de-France, Hauts-de-France"
    assert meta["covered_until"] == f"{served.metadata['covered_until']:%Y-%m-%d}"
    assert [column["name"] for column in meta["columns"]] == ["project_id", "status"]
    assert client.get(meta["address"]).json()["data"] == client.get(path).json()["data"]
