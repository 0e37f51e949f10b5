"""Builds that something befalls: some of the faults of `make torture`, always the same."""

from pathlib import Path

import pytest

from tests.torture import builds
from tests.torture.versions import Version


@pytest.mark.parametrize(
    ("befalls", "seeds"),
    [(builds.killed, 3), (builds.without_room, 3), (builds.under_a_changing_file, 3), (builds.at_once, 1)],
)
def test_whatever_befalls_a_build_the_database_is_the_old_one_or_the_new_one(
    small_versions: tuple[Version, Version], tmp_path: Path, befalls: builds.Fault, seeds: int
) -> None:
    for seed in range(seeds):
        befalls(small_versions, tmp_path, seed)
