"""A database spoiled under whoever reads it, or before: thousands of times in a minute, without a server.

Rule: what is read is a version built in peace, whole, or nothing.
"""

import random
import shutil
from pathlib import Path

from etl.made import made_from
from queries.served import find_database
from tests.torture.damages import OF_A_DATABASE, clear
from tests.torture.versions import Version, facts


def spoiled_while_served(versions: tuple[Version, Version], folder: Path, seed: int) -> None:
    """Spoil the file that is served: its readers go on with the same, then take up the next good one at once."""
    chance = random.Random(seed)
    place = folder / f"served-{seed}" / "observatory.duckdb"
    place.parent.mkdir()
    before, after = chance.sample(versions, 2)
    shutil.copyfile(before.database, place)
    reader = find_database(place)
    assert reader is not None
    chance.choice(OF_A_DATABASE)(place, chance)
    for database in (reader, find_database(place)):
        assert database is not None
        assert facts(database) == before.facts
    clear(place)
    draft = place.with_name("next.duckdb")
    shutil.copyfile(after.database, draft)
    draft.replace(place)
    renewed = find_database(place)
    assert renewed is not None
    assert facts(renewed) == after.facts
    shutil.rmtree(place.parent)


def spoiled_before_the_start(versions: tuple[Version, Version], folder: Path, seed: int) -> None:
    """Spoil a file that nobody has read yet: it is known for spoiled, or it is whole."""
    chance = random.Random(seed)
    place = folder / f"start-{seed}" / "observatory.duckdb"
    place.parent.mkdir()
    whole = chance.choice(versions)
    shutil.copyfile(whole.database, place)
    chance.choice(OF_A_DATABASE)(place, chance)
    found = find_database(place)
    if found is None:
        assert made_from(place) is None
    else:
        assert facts(found) == whole.facts
    shutil.rmtree(place.parent)
