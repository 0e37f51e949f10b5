"""What is answered where there is nothing to give: JSON in both languages, never kept, never a traceback."""

import shutil
from pathlib import Path

import duckdb
import pytest
from starlette.testclient import TestClient

from api import data
from queries import Database
from tests.answering.finished import hurried
from tests.api.addresses import ANSWERED, TABLES
from tests.api.conftest import Serve


@pytest.mark.parametrize(
    "path", ["/api/v1", "/api/v1/", "/api/zz", "/api/v1/projects", "/api/v1/projects.xml", "/api/v1/projects.csv/"]
)
def test_an_unknown_address_is_404_and_lists_the_known(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/json")
    told = answer.json()
    assert (told["error"], told["documentation"]) == ("unknown_address", "/api/docs")
    assert told["allowed"] == list(TABLES)
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/api/v1/projects.csv", "/api/v1/versions", "/api/health", "/api/docs"])
def test_another_method_is_405_and_says_which_are_allowed(client: TestClient, method: str, path: str) -> None:
    answer = client.request(method, path, content=b"x")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
    assert answer.json() == {"error": "method_not_allowed", "allowed": ["GET", "HEAD"]}


@pytest.mark.parametrize("path", [path for path in ANSWERED if path != "/api/health"] + ["/api/v1/observatory.duckdb"])
def test_without_data_every_address_says_which_command_to_run(serve: Serve, tmp_path: Path, path: str) -> None:
    answer = serve(tmp_path / "observatory.duckdb").get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/json")
    assert answer.json() == {
        "error": "no_data",
        "message_fr": "Les données ne sont pas encore construites\u202f: python -m etl build.",
        "message_en": "The data is not built yet: python -m etl build.",
    }
    assert (answer.headers["cache-control"], answer.headers["retry-after"]) == ("no-store", "30")
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", ["/api/v1/projects.csv", "/api/v1/extract.zip", "/api/v1/feed.atom"])
def test_a_question_given_up_says_so_and_when_to_come_back(
    serve: Serve, database_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    client = serve(database_path)
    with monkeypatch.context() as only_now:
        only_now.setattr(data, "served_database", hurried)
        answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/json")
    assert (answer.headers["cache-control"], answer.headers["retry-after"]) == ("no-store", "30")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.json()["error"] == "given_up" and set(answer.json()) == {"error", "message_fr", "message_en"}
    assert client.get(path).status_code == 200


def test_a_failure_of_ours_is_told_without_its_cause(
    serve: Serve, database_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_path: Path) -> Database:
        raise LookupError("a secret")

    site = TestClient(serve(database_path).app, raise_server_exceptions=False)
    monkeypatch.setattr(data, "served_database", fail)
    answer = site.get("/api/v1/projects.csv")
    assert (answer.status_code, answer.json()["error"], answer.headers["cache-control"]) == (500, "failed", "no-store")
    assert "secret" not in answer.text


def test_data_that_comes_later_is_served_without_a_restart(serve: Serve, tmp_path: Path, database_path: Path) -> None:
    place = tmp_path / "observatory.duckdb"
    client = serve(place)
    assert client.get("/api/v1/projects.csv").status_code == 503
    place.write_bytes(database_path.read_bytes())
    assert client.get("/api/v1/projects.csv").status_code == 200


def test_a_question_that_the_database_cannot_answer_says_when_to_come_back(
    serve: Serve, tmp_path: Path, database_path: Path
) -> None:
    place = Path(shutil.copy(database_path, tmp_path / "observatory.duckdb"))
    with duckdb.connect(str(place)) as connection:
        connection.execute("DROP TABLE event_accounts")
        connection.execute("UPDATE metadata SET csv_sha256 = 'of a version of its own'")
    answer = serve(place).get("/api/v1/events.csv")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json() == {
        "error": "unreadable",
        "message_fr": "Les données n’ont pas pu être lues. Réessayez dans un instant.",
        "message_en": "The data could not be read. Please try again in a moment.",
    }
