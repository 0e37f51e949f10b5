"""How the service is: cheap, never kept, and true of the file on the disk."""

import hashlib
import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from answering.bodies import Bodies
from api import data, health
from etl.schema import ANNOUNCEMENTS
from queries import Database, open_database
from tests.api.conftest import Serve


@pytest.fixture
def on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the file of announcements, which a test may change or remove."""
    path = tmp_path / "announcements.csv"
    shutil.copyfile(ANNOUNCEMENTS, path)
    monkeypatch.setattr(health, "ANNOUNCEMENTS", path)
    return path


def test_it_says_what_is_served_since_when_and_from_which_file(
    client: TestClient, served: Database, on_disk: Path
) -> None:
    answer = client.get("/api/health")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    found = answer.json()
    digest = hashlib.sha256(on_disk.read_bytes()).hexdigest()
    expected = {
        "status": "ok",
        "data_version": served.version,
        "built_at": f"{served.metadata['built_at']:%Y-%m-%dT%H:%M:%SZ}",
        "covered_until": f"{served.metadata['covered_until']:%Y-%m-%d}",
        "csv_sha256": digest,
        "csv_on_disk_sha256": digest,
        "announcements": served.metadata["announcements_count"],
        "projects": served.metadata["projects_count"],
    }
    assert {name: found[name] for name in expected} == expected
    assert found["last_check"]["passed"] is True and found["last_check"]["count"] == 0


def test_a_file_that_changed_since_the_build_is_told(client: TestClient, served: Database, on_disk: Path) -> None:
    assert client.get("/api/health").json()["status"] == "ok"
    on_disk.write_bytes(on_disk.read_bytes() + b"\n")
    found = client.get("/api/health").json()
    assert found["status"] == "stale"
    assert found["csv_on_disk_sha256"] == hashlib.sha256(on_disk.read_bytes()).hexdigest() != found["csv_sha256"]
    assert found["data_version"] == served.version


def test_where_the_file_is_not_on_the_server_nothing_is_stale(client: TestClient, on_disk: Path) -> None:
    on_disk.unlink()
    found = client.get("/api/health").json()
    assert (found["status"], found["csv_on_disk_sha256"]) == ("ok", None)


def test_without_a_database_it_says_so(serve: Serve, tmp_path: Path) -> None:
    answer = serve(tmp_path / "observatory.duckdb").get("/api/health")
    assert (answer.status_code, answer.headers["cache-control"]) == (503, "no-store")
    assert answer.json()["status"] == "missing" and "python -m etl build" in answer.json()["message"]


def test_it_follows_a_rebuild(serve: Serve, database_path: Path, changed_path: Path, tmp_path: Path) -> None:
    place = tmp_path / "observatory.duckdb"
    shutil.copyfile(database_path, place)
    client = serve(place)
    assert client.get("/api/health").json()["status"] == "ok"
    shutil.copyfile(changed_path, tmp_path / "observatory.new.duckdb")
    (tmp_path / "observatory.new.duckdb").replace(place)
    found = client.get("/api/health").json()
    assert (found["data_version"], found["status"]) == (open_database(changed_path).version, "stale")


def test_it_counts_the_bodies_kept(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "bodies", Bodies(1_000_000))
    sizes = [len(client.get("/api/v1/events.csv", headers={"Accept-Encoding": "identity"}).content) for _ in range(3)]
    assert client.get("/api/health").json()["bodies"] == {"kept": 1, "bytes": sizes[0], "hits": 2, "misses": 1}


def test_a_database_that_cannot_be_read_is_told_and_nothing_fails(serve: Serve, tmp_path: Path) -> None:
    place = tmp_path / "observatory.duckdb"
    place.write_bytes(b"torn" * 5000)
    client = serve(place)
    for path, told in (
        ("/api/health", "missing"),
        ("/api/v1/projects.csv", "no_data"),
        ("/api/v1/versions", "no_data"),
    ):
        answer = client.get(path)
        assert answer.status_code == 503 and told in answer.json().values()


def test_while_the_site_stops_it_is_not_to_be_asked_any_more(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "is_stopping", lambda: True)
    answer = client.get("/api/health")
    assert (answer.status_code, answer.json()["status"]) == (503, "stopping")


def test_a_database_spoiled_on_the_disk_is_told_while_the_last_good_one_is_served(
    serve: Serve, database_path: Path, tmp_path: Path
) -> None:
    place = tmp_path / "observatory.duckdb"
    shutil.copyfile(database_path, place)
    client = serve(place)
    before = client.get("/api/health").json()
    assert (before["status"], before["database_on_disk"]) == ("ok", "served")
    place.write_bytes(b"no database")
    found = client.get("/api/health").json()
    assert (found["status"], found["database_on_disk"]) == ("stale", "spoiled")
    assert found["data_version"] == before["data_version"]
    assert client.get("/api/v1/regions.csv").status_code == 200
