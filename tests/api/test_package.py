"""The data package: valid for frictionless, and true of the CSVs that are served beside it."""

import json
from pathlib import Path

import pytest
from frictionless import Package
from starlette.testclient import TestClient

from etl.schema import ANNOUNCEMENTS
from queries import RESOURCES, Database
from queries.dictionary import dictionary

PATH = "/api/v1/datapackage.json"


def test_frictionless_finds_no_error_in_the_package_and_the_files_beside_it(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_bytes(client.get(PATH).content)
    for name in RESOURCES:
        (tmp_path / f"{name}.csv").write_bytes(client.get(f"/api/v1/{name}.csv").content)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.flatten(["type", "note"]) == []
    assert report.valid and report.stats["tasks"] == len(RESOURCES)


def test_a_wrong_cell_would_be_found(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_bytes(client.get(PATH).content)
    for name in RESOURCES:
        content = client.get(f"/api/v1/{name}.csv").content
        if name == "projects":
            content = content.replace(b",true,", b",oui,", 1)
        (tmp_path / f"{name}.csv").write_bytes(content)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert [one[0] for one in report.flatten(["type"])] == ["type-error"]


def test_it_follows_version_2_with_licence_version_and_titles(client: TestClient, served: Database) -> None:
    package = client.get(PATH).json()
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["version"] == served.version
    assert [one["name"] for one in package["licenses"]] == ["etalab-2.0"]
    assert package["title"] and package["title_en"] and package["title"] != package["title_en"]


@pytest.mark.parametrize("name", list(RESOURCES))
def test_each_field_is_the_column_of_the_extract_in_both_languages(
    client: TestClient, served: Database, name: str
) -> None:
    package = client.get(PATH).json()
    resource = next(one for one in package["resources"] if one["name"] == name)
    assert (resource["path"], resource["mediatype"], resource["encoding"]) == (f"{name}.csv", "text/csv", "utf-8")
    schema = resource["schema"]
    assert schema["primaryKey"] == list(RESOURCES[name].key)
    known = dictionary(served, name)
    assert [
        (field["name"], field["type"], field["title"], field["title_en"], field["description_en"], field.get("unit"))
        for field in schema["fields"]
    ] == [(one.name, one.type, one.title_fr, one.title_en, one.description_en, one.unit) for one in known]
    header = client.get(f"/api/v1/{name}.csv").text.split("\r\n")[0].split(",")
    assert [field["name"] for field in schema["fields"]] == header


def test_the_schema_of_the_file_is_served_as_it_is(client: TestClient) -> None:
    schema = json.loads(client.get("/api/v1/schema.json").content)
    header = ANNOUNCEMENTS.read_text(encoding="utf-8").split("\n")[0]
    assert ",".join(field["name"] for field in schema["fields"]) == header
