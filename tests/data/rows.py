"""The files of `data/` as a spreadsheet reads them: every cell a text, nothing of the project between."""

import csv
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent.parent / "data"
REFERENCE = DATA / "reference"
GEOMETRY = REFERENCE / "geometry"


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file, by column name."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def announcements() -> list[dict[str, str]]:
    """Return the claims, in file order."""
    return rows(DATA / "announcements.csv")


def reference(name: str) -> list[dict[str, str]]:
    """Return the rows of the reference table `name`."""
    return rows(REFERENCE / f"{name}.csv")
