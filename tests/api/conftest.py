"""The data service on the real data and on hostile data, asked as a client asks it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from api import data, service, versions
from queries import Database, open_database

HOST = "http://observatoire.test"
Serve = Callable[..., TestClient]


@pytest.fixture(scope="session")
def published_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("published")


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Serve]:
    """Makes clients: `serve(database, folder)` serves that database, whatever stands in `data/`, and keeps its
    versions in that folder (one of the test without it)."""
    with ExitStack() as opened:

        def serving(path: Path, folder: Path | None = None) -> TestClient:
            monkeypatch.setattr(data, "DATABASE", path)
            monkeypatch.setattr(versions, "PUBLISHED", folder or tmp_path / "published")
            site = Starlette(routes=[Mount(service.MOUNTED, app=service.create_service())])
            return opened.enter_context(TestClient(site, base_url=HOST, follow_redirects=False))

        yield serving


@pytest.fixture
def served(database_path: Path) -> Database:
    """The database that `client` is answered from."""
    return open_database(database_path)


@pytest.fixture
def client(serve: Serve, database_path: Path, published_folder: Path) -> TestClient:
    """A client of the service, mounted as the site mounts it."""
    made = serve(database_path, published_folder)
    service.publish()
    return made


@pytest.fixture
def asked(serve: Serve, hostile_path: Path) -> "Asked":
    """A client and its database, on the hostile data: the real rows, and among them the cells that are not."""
    return Asked(serve(hostile_path), open_database(hostile_path))


@dataclass(frozen=True)
class Asked:
    """A client, and the database that it is answered from."""

    client: TestClient
    database: Database

    def get(self, path: str) -> bytes:
        """The body at an address, which must answer 200."""
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.text[:500]
        return answer.content
