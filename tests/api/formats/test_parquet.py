"""Parquet: decimals and days kept, columns described, licence and version inside, whoever reads it."""

import io
import json
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from queries import RESOURCES, Database, Selection
from tests.api.conftest import Asked
from tests.api.reading import duckdb_rows, held, pandas_parquet

NAMES = list(RESOURCES)


@pytest.mark.parametrize("name", NAMES)
def test_pandas_reads_what_the_database_holds(asked: Asked, name: str) -> None:
    assert pandas_parquet(asked.get(f"/api/v1/{name}.parquet")) == held(asked.database, name)


@pytest.mark.parametrize("name", NAMES)
def test_duckdb_reads_what_the_database_holds(asked: Asked, name: str, tmp_path: Path) -> None:
    found = duckdb_rows(asked.get(f"/api/v1/{name}.parquet"), tmp_path / "x.parquet", "read_parquet(?)")
    assert found == held(asked.database, name)


@pytest.mark.parametrize("name", NAMES)
def test_arrow_finds_the_types_of_the_database_compressed_by_zstd(
    client: TestClient, served: Database, name: str
) -> None:
    file = pq.ParquetFile(io.BytesIO(client.get(f"/api/v1/{name}.parquet").content))
    known = served.table(RESOURCES[name].query)
    assert [(one.name, one.type) for one in file.schema_arrow] == [(one.name, one.type) for one in known.schema]
    assert [name for name in known.column_names if name.endswith("_meur")] == [
        one.name for one in file.schema_arrow if one.name.endswith("_meur") and pa.types.is_decimal(one.type)
    ]
    group = file.metadata.row_group(0)
    assert {group.column(place).compression for place in range(group.num_columns)} == {"ZSTD"}


def test_the_file_says_its_licence_its_version_and_its_selection(client: TestClient, served: Database) -> None:
    path = "/api/v1/claims.parquet?region=32&until=2025-06-01"
    schema = pq.read_schema(io.BytesIO(client.get(path).content))
    said = {key.decode(): value.decode() for key, value in schema.metadata.items()}
    assert said["licence"] == "etalab-2.0"
    assert said["licence_url"] == "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
    assert said["data_version"] == served.version
    assert said["address"] == path
    assert said["filters_fr"] == "Région\u202f: Hauts-de-France; Tel que connu le\u202f: 1er juin 2025"
    assert said["filters_en"] == "Region: Hauts-de-France; As known on: 1 June 2025"
    assert json.loads(said["parameters"]) == {"region": ["32"], "until": ["2025-06-01"]}


def test_each_column_bears_its_words_and_its_unit(client: TestClient) -> None:
    schema = pq.read_schema(io.BytesIO(client.get("/api/v1/projects.parquet").content))
    assert schema.field("investment_low_meur").metadata[b"unit"].decode() == "M€"
    for field in schema:
        assert field.metadata[b"description_fr"] and field.metadata[b"description_en"], field.name


def test_an_empty_selection_keeps_its_columns_and_types(client: TestClient, served: Database) -> None:
    empty = Selection(q="zzzzzz")
    table = pq.read_table(io.BytesIO(client.get("/api/v1/projects.parquet?q=zzzzzz").content))
    assert table.num_rows == 0
    assert table.schema.equals(served.table("extract_projects", empty).schema)


def test_an_amount_is_the_same_decimal_to_its_last_digit(client: TestClient, served: Database) -> None:
    table = pq.read_table(io.BytesIO(client.get("/api/v1/projects.parquet").content))
    found = [value for value in table["power_low_mw"].to_pylist() if value is not None]
    assert found and all(isinstance(value, Decimal) for value in found)
    assert found == [row["power_low_mw"] for row in held(served, "projects") if row["power_low_mw"] is not None]
