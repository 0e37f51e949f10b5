"""The sheets on the real data and on hostile data, asked as a browser asks them."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from answering.bodies import Bodies
from sheets import data
from sheets.service import Sheets
from tests.answering.finished import Serve, serving


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Serve:
    return serving(monkeypatch, data, Sheets)


@pytest.fixture(scope="session")
def kept() -> Bodies:
    """The pages already written, from one test to the next."""
    return Bodies(data.BODIES_BYTES)


@pytest.fixture
def client(serve: Serve, database_path: Path, kept: Bodies) -> TestClient:
    return serve(database_path, kept)
