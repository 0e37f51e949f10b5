"""What all tests share: the databases that they read, and the order in which they run.

Those of a real browser come first: they are the slowest, and several workers end together when the long files are
handed out before the short ones.
"""

from pathlib import Path

import pytest

from benchmarks.generated import write_claims
from etl.database import BUILD_PREFIX, write_database
from etl.schema import ANNOUNCEMENTS
from queries import Database, open_database
from tests.api.hostile import build_hostile

# More than any list of the site shows.
CLAIMS = 10_000
BROWSER = Path(__file__).parent / "browser"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of `tests/browser` before all others, and keep the order otherwise."""
    items.sort(key=lambda item: not item.path.is_relative_to(BROWSER))


@pytest.fixture(scope="session")
def database_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the real data, built once: to be read, and copied by whoever changes it."""
    path = tmp_path_factory.mktemp("real") / "observatory.duckdb"
    write_database(ANNOUNCEMENTS, path)
    return path


@pytest.fixture(scope="session")
def database(database_path: Path) -> Database:
    """The database of the real data, opened."""
    return open_database(database_path)


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
    """The database of the real claims in which somebody wrote what trips spreadsheets, parsers and pages."""
    return build_hostile(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="session")
def large_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with more projects than any page lists, of the shape of the real one."""
    folder = tmp_path_factory.mktemp("large")
    write_claims(folder / "claims.csv", CLAIMS)
    path = folder / f"{BUILD_PREFIX}duckdb"
    write_database(folder / "claims.csv", path)
    return path
