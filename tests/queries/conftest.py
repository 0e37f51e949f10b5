"""The real data, built once for all the tests of queries."""

from pathlib import Path

import pytest

from etl.build import write_database
from etl.schema import ANNOUNCEMENTS
from queries import Database, open_database


@pytest.fixture(scope="session")
def database_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("real") / "observatory.duckdb"
    write_database(ANNOUNCEMENTS, path)
    return path


@pytest.fixture(scope="session")
def database(database_path: Path) -> Database:
    return open_database(database_path)
