"""What the tests of the check share: the real file and a place to break a small one."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from etl.schema import ANNOUNCEMENTS
from tests.etl.sheet import write_table

Write = Callable[[Iterable[Iterable[str]]], Path]


@pytest.fixture
def real_file() -> Path:
    """The announcements themselves, to be read only."""
    return ANNOUNCEMENTS


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write rows as `annonces.csv` in a folder of this test, and return its path."""
    return lambda rows: write_table(tmp_path, rows)
