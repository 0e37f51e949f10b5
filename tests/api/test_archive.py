"""The archive: the same bytes for one selection of one version, all of it described, and SQL that makes it again."""

import csv
import hashlib
import io
import json
import re
import shutil
import zipfile
from datetime import date
from pathlib import Path

import duckdb
import pytest
from frictionless import Package
from starlette.testclient import TestClient

from answering.bodies import Bodies
from api import data
from etl.database import write_database
from etl.schema import ANNOUNCEMENTS, SCHEMA
from queries import RESOURCES, Database, Selection
from tests.api.conftest import Serve
from tests.api.reading import as_text
from tests.api.selections import asking

SELECTIONS = (
    Selection(),
    Selection(region=("32", "none"), kind=("site", "programme")),
    Selection(until=date(2025, 2, 15), event=("sommet-ia-2025",)),
    Selection(q="l'été d'IA"),
    Selection(q="d'"),
    Selection(since=date(2026, 1, 1), investor=("Brookfield",)),
    Selection(q="zzzzzz"),
)


def opened(client: TestClient, path: str = "/api/v1/extract.zip") -> dict[str, bytes]:
    """The files of an archive, by name."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def forgetting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep no body, so that each is made again."""
    monkeypatch.setattr(data, "bodies", Bodies(0))


def test_it_holds_every_resource_in_every_format_and_what_describes_them(client: TestClient) -> None:
    files = opened(client)
    extracts = [f"{name}.{ending}" for name, one in RESOURCES.items() for ending in one.formats]
    described = ["schema.json", "datapackage.json", "LISEZMOI.txt", "README.txt"]
    assert sorted(files) == sorted([*extracts, *(f"sql/{name}.sql" for name in RESOURCES), *described])
    assert files["schema.json"] == SCHEMA.read_bytes()


@pytest.mark.parametrize("selection", SELECTIONS[1:3], ids=str)
def test_its_files_are_those_of_their_own_addresses(client: TestClient, selection: Selection) -> None:
    files = opened(client, asking("/api/v1/extract.zip", selection))
    for name, resource in RESOURCES.items():
        for ending in resource.formats:
            alone = client.get(asking(f"/api/v1/{name}.{ending}", selection, seed=9))
            assert files[f"{name}.{ending}"] == alone.content, (name, ending)


@pytest.mark.usefixtures("forgetting")
def test_it_is_the_same_to_the_byte_when_it_is_made_again(client: TestClient) -> None:
    path = "/api/v1/extract.zip?region=32&until=2025-06-01"
    assert client.get(path).content == client.get(path).content


@pytest.mark.usefixtures("forgetting")
def test_it_is_the_same_to_the_byte_from_another_build_of_the_same_file(
    serve: Serve, database_path: Path, tmp_path: Path
) -> None:
    shutil.copyfile(ANNOUNCEMENTS, tmp_path / "copy.csv")
    again = tmp_path / "observatory.duckdb"
    write_database(tmp_path / "copy.csv", again)
    assert again.read_bytes() != database_path.read_bytes()  # the hour of the build is in it
    first = serve(database_path).get("/api/v1/extract.zip")
    second = serve(again).get("/api/v1/extract.zip")
    assert first.content == second.content and first.headers["etag"] == second.headers["etag"]


@pytest.mark.parametrize("readme", ["LISEZMOI.txt", "README.txt"])
def test_each_file_has_its_digest_in_the_readme(client: TestClient, readme: str) -> None:
    files = opened(client)
    told = dict(re.findall(r"^  ([0-9a-f]{64})  (\S+)$", files[readme].decode(), re.MULTILINE))
    known = {hashlib.sha256(content).hexdigest(): name for name, content in files.items()}
    assert told == {key: name for key, name in known.items() if not name.endswith(".txt")}


def test_the_readme_says_selection_rows_version_licence(client: TestClient, served: Database) -> None:
    files = opened(client, "/api/v1/extract.zip?region=32&until=2025-06-01")
    french, english = files["LISEZMOI.txt"].decode(), files["README.txt"].decode()
    covered = f"{served.metadata['covered_until']:%Y-%m-%d}"
    for said in (
        "Sélection\u202f: Région\u202f: Hauts-de-France; Tel que connu le\u202f: 1er juin 2025",
        f"Version des données\u202f: {served.version} (annonces relevées jusqu’au {covered})",
        "Licence Ouverte 2.0 (Etalab)",
        "/api/v1/extract.zip?region=32&until=2025-06-01",
    ):
        assert said in french
    assert "Selection: Region: Hauts-de-France; As known on: 1 June 2025" in english
    for name in RESOURCES:
        rows = len(list(csv.reader(io.StringIO(files[f"{name}.csv"].decode(), newline="")))) - 1
        assert f"\n  {name}: {rows}\n" in french and f"\n  {name}: {rows}\n" in english


@pytest.mark.parametrize("selection", SELECTIONS, ids=str)
def test_its_sql_gives_the_rows_of_its_csv(
    client: TestClient, served: Database, selection: Selection, tmp_path: Path
) -> None:
    files = opened(client, asking("/api/v1/extract.zip", selection))
    place = tmp_path / f"observatory-{served.version}.duckdb"
    place.write_bytes(client.get(f"/api/v1/observatory-{served.version}.duckdb").content)
    for name in RESOURCES:
        sql = files[f"sql/{name}.sql"].decode()
        attach = next(line for line in sql.splitlines() if "ATTACH" in line).removeprefix("--")
        with duckdb.connect() as connection:
            connection.execute(f"SET file_search_path = '{tmp_path}'")
            connection.execute(attach.replace(place.name, str(place)))
            cursor = connection.execute(sql)
            header = [column[0] for column in cursor.description]
            rows = [[as_text(value) for value in row] for row in cursor.fetchall()]
        given = list(csv.reader(io.StringIO(files[f"{name}.csv"].decode(), newline="")))
        assert [header, *rows] == given, name


def test_its_data_package_is_valid_and_says_the_digests(client: TestClient, tmp_path: Path) -> None:
    for name, content in opened(client, "/api/v1/extract.zip?region=32").items():
        place = tmp_path / name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(content)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.flatten(["type", "note"]) == []
    assert report.valid and report.stats["tasks"] == len(RESOURCES)
    described = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    for one in described["resources"]:
        content = (tmp_path / one["path"]).read_bytes()
        assert one["bytes"] == len(content)
        assert one["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_only_the_resources_asked_for_are_in_it(client: TestClient) -> None:
    files = opened(client, "/api/v1/extract.zip?resource=regions&resource=events")
    assert sorted({name.split("/")[-1].split(".")[0] for name in files}) == [
        "LISEZMOI", "README", "datapackage", "events", "regions", "schema",
    ]  # fmt: skip
    assert [one["name"] for one in json.loads(files["datapackage.json"])["resources"]] == ["regions", "events"]
    assert opened(client, "/api/v1/extract.zip?resource=events&resource=regions") == files


def test_entries_bear_the_day_of_the_data_and_no_path_out(client: TestClient, served: Database) -> None:
    content = client.get("/api/v1/extract.zip?q=..%2F..%2Fetc").content
    day = served.metadata["recorded_until"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            assert entry.date_time == (day.year, day.month, day.day, 0, 0, 0)
            assert not entry.filename.startswith("/") and ".." not in entry.filename


def test_hostile_data_is_described_and_read_back(serve: Serve, hostile_path: Path, tmp_path: Path) -> None:
    for name, content in opened(serve(hostile_path)).items():
        place = tmp_path / name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(content)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.flatten(["type", "note"]) == []
