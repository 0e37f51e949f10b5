"""The sheets on the real data and on hostile data, asked as a browser asks them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from answering.bodies import Bodies
from sheets import data
from sheets.service import Sheets

HOST = "http://observatoire.test"
Serve = Callable[..., TestClient]


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
