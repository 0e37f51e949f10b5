"""The OpenAPI document: valid, true of the codes of today, and held to by the service for whatever is sent."""

import json
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

from api import data
from queries import RESOURCES, Database
from queries.dictionary import dictionary
from queries.selection import FACETS
from tests.api.addresses import ANSWERED, TABLES
from tests.api.conftest import Serve
from tests.api.hostile import TEXTS

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
# Of the tables, one address a resource and each format once: they differ by nothing else.
HAMMERED = (
    "/v1/announcements.csv",
    "/v1/claims.json",
    "/v1/projects.geojson",
    "/v1/regions.xlsx",
    "/v1/events.parquet",
    "/v1/errata.csv",
)
EXAMPLES = 6  # of each address, half of them wrong


@pytest.fixture
def document(client: TestClient) -> dict[str, Any]:
    return client.get("/api/openapi.json").json()


def parameters(document: dict[str, Any], path: str) -> dict[str, dict[str, Any]]:
    """The schemas of the parameters of an address, by name."""
    declared = document["components"]["parameters"]
    listed = document["paths"][path]["get"]["parameters"]
    found = [declared[one["$ref"].rsplit("/", 1)[-1]] if "$ref" in one else one for one in listed]
    return {one["name"]: one["schema"] for one in found}


def test_it_is_openapi_3_1_and_its_references_lead_somewhere(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    assert document["servers"] == [{"url": "/api"}]
    assert document["info"]["title"] and document["info"]["license"]["name"] == "etalab-2.0"
    operations = [one["get"]["operationId"] for one in document["paths"].values()]
    assert len(set(operations)) == len(operations)
    for parameter in document["components"]["parameters"].values():
        assert parameter["in"] == "query" and parameter["description"]
    for reference in _references(document):
        place: Any = document
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]
        assert place


def _references(part: Any) -> list[str]:
    if isinstance(part, dict):
        return [part["$ref"]] if "$ref" in part else [one for value in part.values() for one in _references(value)]
    return [one for value in part for one in _references(value)] if isinstance(part, list) else []


def test_schemathesis_reads_it_as_valid(client: TestClient) -> None:
    schemathesis.openapi.from_asgi("/api/openapi.json", client.app).validate()


def test_it_lists_every_address(document: dict[str, Any]) -> None:
    known = {path.removeprefix("/api") for path in ANSWERED}
    published = {"/v1/observatory.duckdb", "/v1/observatory-{version}.duckdb", "/v1/extract-{version}.zip"}
    assert set(document["paths"]) == known | published


def test_each_filter_lists_the_codes_of_today(document: dict[str, Any], served: Database) -> None:
    for path in ("/v1/projects.csv", "/v1/regions.geojson", "/v1/extract.zip"):
        schemas = parameters(document, path)
        for name in FACETS:
            assert schemas[name]["items"]["enum"] == list(data.facets().codes(name))
        projects = served.run("projects_list")["project_id"]
        assert schemas["project"]["enum"] == sorted(projects)
    assert parameters(document, "/v1/extract.zip")["resource"]["items"]["enum"] == list(RESOURCES)


@pytest.mark.parametrize("name", list(RESOURCES))
def test_columns_and_sort_list_those_of_the_resource(document: dict[str, Any], served: Database, name: str) -> None:
    columns = [one.name for one in dictionary(served, name)]
    schemas = parameters(document, f"/v1/{name}.csv")
    assert schemas["columns"]["items"]["enum"] == columns
    assert schemas["sort"]["items"]["enum"] == [*columns, *(f"-{column}" for column in columns)]
    assert schemas["dialect"]["enum"] == ["standard", "excel-fr"]


def test_a_new_version_brings_its_codes(serve: Serve, database_path: Path, hostile_path: Path) -> None:
    first, second = (
        parameters(serve(path).get("/api/openapi.json").json(), "/v1/projects.csv")["investor"]["items"]["enum"]
        for path in (database_path, hostile_path)
    )
    assert len(set(second) & set(TEXTS)) > 5 and not set(first) & set(TEXTS)


def test_whatever_is_sent_the_service_answers_as_it_says(client: TestClient) -> None:
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", client.app)
    statuses: set[int] = set()
    asked = 0
    for result in schema.get_all_operations():
        operation = result.ok()
        if f"/api{operation.path}" in TABLES and operation.path not in HAMMERED:
            continue
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            asked += _hammer(operation, mode, statuses)
    assert 60 < asked < 300
    assert {200, 404, 422} <= statuses


def _hammer(operation: Any, mode: GenerationMode, statuses: set[int]) -> int:
    """Send what the document allows, or what it does not; return how many were sent."""
    sent = 0

    @hypothesis.seed(2026)
    @hypothesis.settings(
        max_examples=EXAMPLES // 2,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        nonlocal sent
        answer = case.call()
        case.validate_response(answer, checks=CHECKS)
        statuses.add(answer.status_code)
        sent += 1
        if answer.status_code == 422:
            assert json.loads(answer.content)["problems"]

    try:
        ask()
    except hypothesis.errors.Unsatisfiable:  # an address without parameters cannot be asked wrongly
        assert mode == GenerationMode.NEGATIVE
    return sent
