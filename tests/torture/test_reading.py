"""A database spoiled before it is read, or under its readers: some of the faults of `make torture`, always the same."""

from pathlib import Path

import pytest

from tests.torture.reading import spoiled_before_the_start, spoiled_while_served
from tests.torture.versions import Version

Versions = tuple[Version, Version]


@pytest.mark.parametrize("seed", range(22))
def test_who_reads_a_database_that_is_spoiled_reads_the_last_good_one(
    small_versions: Versions, tmp_path: Path, seed: int
) -> None:
    spoiled_while_served(small_versions, tmp_path, seed)


@pytest.mark.parametrize("seed", range(15))
def test_a_database_spoiled_before_anybody_read_it_is_known_for_spoiled(
    small_versions: Versions, tmp_path: Path, seed: int
) -> None:
    spoiled_before_the_start(small_versions, tmp_path, seed)
