"""The data service on the real data, asked as a client asks it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from api import data, service, versions
from etl.build import write_database
from etl.schema import ANNOUNCEMENTS
from queries import Database, open_database


@pytest.fixture(scope="session")
def database_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("service") / "observatory.duckdb"
    write_database(ANNOUNCEMENTS, path)
    return path


@pytest.fixture(scope="session")
def published_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("published")


@pytest.fixture
def served(database_path: Path, published_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Serve the database just built, whatever stands in `data/`."""
    monkeypatch.setattr(data, "DATABASE", database_path)
    monkeypatch.setattr(versions, "PUBLISHED", published_folder)
    return open_database(database_path)


@pytest.fixture
def client(served: Database) -> Iterator[TestClient]:
    """A client of the service, mounted as the site mounts it."""
    service.publish()
    site = Starlette(routes=[Mount(service.MOUNTED, app=service.create_service())])
    with TestClient(site, base_url="http://observatoire.test", follow_redirects=False) as client:
        yield client
