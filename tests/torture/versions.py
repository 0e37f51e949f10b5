"""Two files of announcements that are good, and what a database of each holds: all that may ever be read.

Rule: what is known of a version is read in a database built in peace, and compared with the claims of the file itself.
"""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from etl.database import BUILD_PREFIX, write_database
from queries import Database
from queries.database import read_database

Facts = tuple[object, ...]


@dataclass(frozen=True)
class Version:
    """A good file, a database built of it in peace, and what that one holds."""

    content: bytes
    database: Path
    facts: Facts


def make_version(text: str, folder: Path) -> Version:
    """Build the database of a good file in an empty folder."""
    folder.mkdir(parents=True)
    csv_path, database = folder / "announcements.csv", folder / f"{BUILD_PREFIX}duckdb"
    csv_path.write_text(text, encoding="utf-8")
    write_database(csv_path, database)
    known = facts(read_database(database))
    ids = sorted(row["id"] for row in csv.DictReader(io.StringIO(text)))
    assert known[2] == tuple(ids), "a version built in peace has every claim of its file"
    return Version(text.encode(), database, known)


def facts(database: Database) -> Facts:
    """Return what tells a version from any other and from a spoiled one: its name, totals, claims and projects."""
    totals = database.run("totals")
    projects = database.run("projects_list")
    return (
        database.version,
        totals.to_csv(),
        tuple(sorted(database.run("announcements_list")["id"])),
        projects.sort_values("project_id").to_csv(index=False),
    )


def with_another_claim(text: str, **cells: str) -> str:
    """Return the file with its last claim repeated by another source a day later, some cells replaced."""
    header, *_, last = text.splitlines()
    row = dict(zip(header.split(","), next(csv.reader([last])), strict=True))
    row |= {"id": "2026-09-nouvelle-ligne", "announced_on": "2026-09-01", "recorded_on": "2026-11-23", "event": ""}
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow((row | cells).values())
    return text + out.getvalue()
