"""A database as the key of a cache: one for all databases of a version, and none is kept open by it."""

import gc
import shutil
from functools import lru_cache
from pathlib import Path
from weakref import ref

import pytest

from queries import open_database
from queries.versioned import Versioned


@lru_cache(maxsize=8)
def covered_until(source: Versioned) -> object:
    return source.database.metadata["covered_until"]


def replaced(place: Path, by: Path) -> None:
    shutil.copyfile(by, place.with_suffix(".new"))
    place.with_suffix(".new").replace(place)


def test_what_was_read_is_kept_for_the_version_and_its_file_is_closed(database_path: Path, tmp_path: Path) -> None:
    place = tmp_path / "observatory.duckdb"
    opened = []
    for _ in range(5):
        replaced(place, database_path)
        database = open_database(place)
        opened.append(ref(database))
        assert covered_until(Versioned.of(database)) == database.metadata["covered_until"]
    assert covered_until.cache_info().misses == 1
    del database
    gc.collect()
    # The one that is served, and the one that visitors are leaving.
    assert [one() is not None for one in opened] == [False, False, False, True, True]


def test_a_key_whose_database_nobody_holds_says_so(database_path: Path, tmp_path: Path) -> None:
    place = tmp_path / "observatory.duckdb"
    replaced(place, database_path)
    key = Versioned.of(open_database(place))
    for _ in range(2):
        replaced(place, database_path)
        open_database(place)
    gc.collect()
    with pytest.raises(ReferenceError, match="is closed"):
        assert key.database
