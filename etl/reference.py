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
    return Reference(
        regions=_places(folder / "regions.csv", None),
        departements=_places(folder / "departements.csv", "region_code"),
        communes=_places(folder / "communes.csv", "departement_code"),
        events={row["code"]: Label(row["name_fr"], row["name_en"]) for row in _rows(folder / "events.csv")},
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _places(path: Path, inside: str | None) -> dict[str, Place]:
    return {
        row["code"]: Place(row["code"], row["name"], row[inside] if inside else "", int(row["population"] or 0))
        for row in _rows(path)
    }
