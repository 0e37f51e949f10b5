"""The sheets on the real data and on hostile data, asked as a browser asks them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from answering.bodies import Bodies
from etl.build import write_database
from etl.schema import ANNOUNCEMENTS
from queries import Database, open_database
from sheets import data
from sheets.service import Sheets
from tests.api.hostile import build_hostile

HOST = "http://observatoire.test"
Serve = Callable[..., TestClient]


@pytest.fixture(scope="session")
def database_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sheets") / "observatory.duckdb"
    write_database(ANNOUNCEMENTS, path)
    return path


@pytest.fixture(scope="session")
def changed_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of another day: the last claim of the file is not there."""
    folder = tmp_path_factory.mktemp("changed")
    lines = ANNOUNCEMENTS.read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "announcements.csv").write_text("".join(lines[:-1]), encoding="utf-8")
    path = folder / "observatory.duckdb"
    write_database(folder / "announcements.csv", path)
    return path


@pytest.fixture(scope="session")
def hostile_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the real claims in which somebody wrote what trips a page."""
    return build_hostile(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="session")
def database(database_path: Path) -> Database:
    return open_database(database_path)


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Serve:
    """Makes clients: `serve(database)` serves that database, whatever stands in `data/`, with nothing kept yet."""

    def serving(path: Path, kept: Bodies | None = None) -> TestClient:
        monkeypatch.setattr(data, "DATABASE", path)
        monkeypatch.setattr(data, "bodies", kept or Bodies(data.BODIES_BYTES))
        return TestClient(Sheets(PlainTextResponse("the app")), base_url=HOST, follow_redirects=False)

    return serving


@pytest.fixture(scope="session")
def kept() -> Bodies:
    """The pages already written, from one test to the next."""
    return Bodies(data.BODIES_BYTES)


@pytest.fixture
def client(serve: Serve, database_path: Path, kept: Bodies) -> TestClient:
    return serve(database_path, kept)
