"""The codes that the schema does not list: places of the INSEE, and events.

Rule: read as they are in `data/reference`, once; nothing is judged here.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from etl.closest import plain
from etl.schema import REFERENCE, Label


class Place(NamedTuple):
    """A place; `inside` is the code of the region of a département, of the département of a commune."""

    code: str
    name: str
    inside: str
    population: int


@dataclass(frozen=True)
class Reference:
    """Places and events by code."""

    regions: Mapping[str, Place]
    departements: Mapping[str, Place]
    communes: Mapping[str, Place]
    events: Mapping[str, Label]

    @cached_property
    def communes_by_name(self) -> Mapping[str, Place]:
        """The most populated commune of each name, compared as `plain` does."""
        ordered = sorted(self.communes.values(), key=lambda place: place.population)
        return {plain(place.name): place for place in ordered}


@lru_cache(maxsize=4)
def load_reference(folder: Path = REFERENCE) -> Reference:
    """Read the reference tables of `folder` (cached). Raises FileNotFoundError when one is missing."""
    events = _rows(folder / "events.csv", "code", "name_fr", "name_en")
    return Reference(
        regions=_places(folder / "regions.csv", None),
        departements=_places(folder / "departements.csv", "region_code"),
        communes=_places(folder / "communes.csv", "departement_code"),
        events={code: Label(name_fr, name_en) for code, name_fr, name_en in events},
    )


def _rows(path: Path, *columns: str) -> Iterator[list[str]]:
    """Yield the cells of those columns; a dictionary a row would take twice the time for 35,000 communes."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        header = next(rows)
        positions = [header.index(column) for column in columns]
        for row in rows:
            yield [row[position] for position in positions]


def _places(path: Path, inside: str | None) -> dict[str, Place]:
    columns = ("code", "name", "population", *((inside,) if inside else ()))
    return {
        code: Place(code, name, rest[0] if rest else "", int(population or 0))
        for code, name, population, *rest in _rows(path, *columns)
    }
