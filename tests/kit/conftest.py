"""The kit on the real data and on hostile data, asked as a browser asks it."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from answering.bodies import Bodies
from kit import data
from kit.addresses import Page
from kit.asking import read_asked
from kit.drawing import Drawn, draw
from kit.service import Kit
from pages.shared.charts.register import CHARTS, PROJECT, REGION, TWO_REGIONS
from queries import Database, open_database
from tests.answering.finished import HOST, Serve, serving

Draw = Callable[..., Drawn]
# What a chart is asked with, where it needs something: a project of which the chart has something to say.
WITH = {
    PROJECT: {"project": ["campus-ia-fouju"]},
    REGION: {"region": ["32"]},
    TWO_REGIONS: {"region": ["11", "32"]},
}
OWN = {
    "inventaire": {"project": ["edf-foncier"]},
    "declarations": {"project": ["mgx-campus"]},
}


def params_of(chart: str) -> Mapping[str, list[str]]:
    """The parameters under which a chart has something to show."""
    return OWN.get(chart, WITH.get(CHARTS[chart].about, {}))


def query_of(chart: str) -> str:
    """The same as a query string."""
    return "&".join(f"{name}={value}" for name, values in params_of(chart).items() for value in values)


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Serve:
    return serving(monkeypatch, data, Kit)


@pytest.fixture(scope="session")
def kept() -> Bodies:
    """The answers already made, from one test to the next."""
    return Bodies(data.BODIES_BYTES)


@pytest.fixture
def client(serve: Serve, database_path: Path, kept: Bodies) -> TestClient:
    return serve(database_path, kept)


@pytest.fixture
def drawn(database: Database) -> Draw:
    """Draws a chart of the real data: `drawn("carte", metric=["jobs"])`."""

    def drawing(chart: str, lang: str = "fr", source: Database = database, **params: list[str]) -> Drawn:
        return draw(read_asked(Page(lang, chart), {**params_of(chart), **params}, source), source, HOST)

    return drawing


@pytest.fixture(scope="session")
def hostile(hostile_path: Path) -> Database:
    return open_database(hostile_path)
