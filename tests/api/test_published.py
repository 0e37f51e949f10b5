"""Published files: whole, in ranges that make the file again, and still there after a rebuild."""

import email
import hashlib
import io
import shutil
import zipfile
from pathlib import Path

import duckdb
import pytest
from starlette.testclient import TestClient

from api import versions
from queries import Database, open_database
from tests.api.conftest import Serve


@pytest.fixture
def path(served: Database) -> str:
    """The address of the database served."""
    return f"/api/v1/observatory-{served.version}.duckdb"


def ranged(client: TestClient, path: str, asked: str, **headers: str):
    return client.get(path, headers={"Range": asked, **headers})


def test_the_newest_database_is_at_the_address_of_its_version(client: TestClient, path: str, served: Database) -> None:
    answer = client.get("/api/v1/observatory.duckdb")
    assert (answer.status_code, answer.headers["location"]) == (307, path)
    assert answer.headers["access-control-allow-origin"] == "*"
    whole = client.get(path)
    assert whole.content == served.path.read_bytes()
    assert whole.headers["accept-ranges"] == "bytes"
    assert whole.headers["content-disposition"] == f'attachment; filename="observatory-{served.version}.duckdb"'
    assert whole.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert whole.headers["x-data-version"] == served.version


def test_the_file_opens_as_the_observatory_and_gives_the_same_projects(
    client: TestClient, path: str, served: Database, tmp_path: Path
) -> None:
    place = tmp_path / "elsewhere.duckdb"
    place.write_bytes(client.get(path).content)
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{place}' AS observatory (READ_ONLY)")
        connection.execute("USE observatory")
        found = connection.execute("SELECT project_id FROM projects ORDER BY ALL").fetchall()
        past = connection.execute("SELECT count(*) FROM projects_as_of(DATE '2025-03-01')").fetchall()
    assert [row[0] for row in found] == sorted(served.run("projects_list")["project_id"])
    assert 0 < past[0][0] < len(found)


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-1023", 0, 1024),
        ("bytes=4096-8191", 4096, 8192),
        ("bytes=-1000", -1000, None),
        ("bytes=1000000-", 1_000_000, None),
        ("bytes=0-999999999999", 0, None),
    ],
)
def test_a_range_is_those_bytes(
    client: TestClient, path: str, served: Database, asked: str, start: int, stop: int | None
) -> None:
    whole = served.path.read_bytes()
    first, last, _ = slice(start, stop).indices(len(whole))
    answer = ranged(client, path, asked)
    assert answer.status_code == 206
    assert answer.content == whole[start:stop]
    assert answer.headers["content-range"] == f"bytes {first}-{last - 1}/{len(whole)}"
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert {"Content-Range", "Accept-Ranges"} <= set(answer.headers["access-control-expose-headers"].split(", "))


def test_ranges_end_to_end_make_the_published_file(client: TestClient, path: str, served: Database) -> None:
    size, step = served.path.stat().st_size, 700_001
    parts = [ranged(client, path, f"bytes={at}-{at + step - 1}") for at in range(0, size, step)]
    assert len(parts) > 5 and {part.status_code for part in parts} == {206}
    listed = client.get("/api/v1/versions").json()["versions"]
    sha256 = next(one["database_sha256"] for one in listed if one["version"] == served.version)
    assert hashlib.sha256(b"".join(part.content for part in parts)).hexdigest() == sha256


def test_several_ranges_are_parts_of_one_answer(client: TestClient, path: str, served: Database) -> None:
    answer = ranged(client, path, "bytes=0-99, 5000-5009, -7")
    assert answer.status_code == 206
    head = f"Content-Type: {answer.headers['content-type']}\r\n\r\n".encode()
    parts = email.message_from_bytes(head + answer.content).get_payload()
    whole = served.path.read_bytes()
    assert [part["content-range"] for part in parts] == [
        f"bytes 0-99/{len(whole)}",
        f"bytes 5000-5009/{len(whole)}",
        f"bytes {len(whole) - 7}-{len(whole) - 1}/{len(whole)}",
    ]
    found = [part.get_payload(decode=True) for part in parts]
    assert found[1] == whole[5000:5010] and len(found[0]) == 100 and len(found[2]) == 7
    assert int(answer.headers["content-length"]) == len(answer.content)


@pytest.mark.parametrize("asked", ["bytes=999999999-", "bytes=4000000000-4000000001"])
def test_a_range_beyond_the_end_is_416_and_says_the_size(
    client: TestClient, path: str, served: Database, asked: str
) -> None:
    answer = ranged(client, path, asked)
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{served.path.stat().st_size}"


@pytest.mark.parametrize(("asked", "status"), [("bytes=999999999-", 416), ("bytes=a-b", 400), ("lines=0-9", 400)])
def test_why_a_range_is_none_may_be_read_by_any_page(client: TestClient, path: str, asked: str, status: int) -> None:
    answer = ranged(client, path, asked)
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (status, "*")
    assert answer.headers["cache-control"] == "no-store" and asked not in answer.text


def test_if_range_gives_the_range_of_what_the_client_has_and_the_whole_of_another(
    client: TestClient, path: str, served: Database
) -> None:
    headers = client.head(path).headers
    for right in (headers["etag"], headers["last-modified"]):
        assert ranged(client, path, "bytes=0-9", **{"If-Range": right}).status_code == 206
    size = served.path.stat().st_size
    for wrong in ('"other"', f"W/{headers['etag']}", "Sun, 06 Nov 1994 08:49:37 GMT"):
        answer = ranged(client, path, "bytes=0-9", **{"If-Range": wrong})
        assert (answer.status_code, len(answer.content)) == (200, size)


def test_a_condition_is_judged_before_a_range(client: TestClient, path: str) -> None:
    tag = client.head(path).headers["etag"]
    answer = ranged(client, path, "bytes=0-9", **{"If-None-Match": tag})
    assert (answer.status_code, answer.content) == (304, b"")


def test_head_of_a_range_has_its_length_and_no_byte(client: TestClient, path: str) -> None:
    answer = client.head(path, headers={"Range": "bytes=0-9"})
    assert (answer.status_code, answer.headers["content-length"], answer.content) == (206, "10", b"")


@pytest.mark.parametrize("version", ["abc", "000000000000-00000000", "..%2F..%2Fdata%2Fobservatory", "%00", "x" * 500])
@pytest.mark.parametrize("place", ["observatory-{}.duckdb", "extract-{}.zip"])
def test_an_unknown_version_is_404_and_the_known_are_listed(
    client: TestClient, served: Database, place: str, version: str
) -> None:
    answer = client.get("/api/v1/" + place.format(version))
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/json")
    assert served.version in str(answer.json()["allowed"]) or answer.json()["error"] == "unknown_address"
    assert len(answer.content) < 5000


def test_the_archive_of_a_version_is_that_of_the_whole_country(client: TestClient, served: Database) -> None:
    published = client.get(f"/api/v1/extract-{served.version}.zip").content
    assert published == client.get("/api/v1/extract.zip").content
    assert zipfile.ZipFile(io.BytesIO(published)).testzip() is None


def test_a_rebuild_is_published_and_the_version_before_can_still_be_opened(
    serve: Serve, database_path: Path, changed_path: Path, tmp_path: Path
) -> None:
    place = tmp_path / "observatory.duckdb"
    shutil.copyfile(database_path, place)
    client = serve(place)
    old, new = open_database(database_path).version, open_database(changed_path).version
    assert client.get("/api/v1/versions").json()["current"] == old
    before = client.get(f"/api/v1/extract-{old}.zip").content
    shutil.copyfile(changed_path, tmp_path / "observatory.new.duckdb")
    (tmp_path / "observatory.new.duckdb").replace(place)

    assert client.get("/api/v1/observatory.duckdb").headers["location"] == f"/api/v1/observatory-{new}.duckdb"
    assert client.get(f"/api/v1/observatory-{new}.duckdb").content == changed_path.read_bytes()
    assert client.get(f"/api/v1/observatory-{old}.duckdb").content == database_path.read_bytes()
    assert client.get(f"/api/v1/extract-{old}.zip").content == before
    assert client.get(f"/api/v1/extract-{new}.zip").content == client.get("/api/v1/extract.zip").content != before
    listed = client.get("/api/v1/versions").json()
    assert (listed["current"], listed["kept"], listed["errata"]) == (new, versions.KEPT, "/api/v1/errata.json")
    assert [one["version"] for one in listed["versions"]] == [new, old]
    for one in listed["versions"]:
        for kind in ("database", "extract"):
            content = client.get(one[kind]).content
            assert (len(content), hashlib.sha256(content).hexdigest()) == (one[f"{kind}_bytes"], one[f"{kind}_sha256"])


def test_a_folder_that_cannot_be_written_is_told_and_stops_nothing(
    serve: Serve, database_path: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a-file").write_text("no folder")
    client = serve(database_path, tmp_path / "a-file" / "published")
    version = open_database(database_path).version
    assert client.get("/api/v1/versions").json() | {"versions": 0} == {
        "current": version, "kept": versions.KEPT, "versions": 0, "errata": "/api/v1/errata.json",
    }  # fmt: skip
    assert client.get("/api/v1/projects.csv").status_code == 200
    assert client.get(f"/api/v1/observatory-{version}.duckdb").status_code == 404
    assert [one.message for one in caplog.records if "could not be published" in one.message] == [
        f"version {version} could not be published in {tmp_path}/a-file/published"
    ]
