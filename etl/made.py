"""What a database was made from, asked of the file itself.

Rule: read whole or not at all: what cannot be read to its end is no database. Digests are compared, not times: a clock
that goes backwards, or a file copied with its old time, changes nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from etl.database import rules_version, sha256
from etl.schema import ANNOUNCEMENTS, DATABASE
from etl.whole import read_to_the_end

LOST = "SELECT id FROM observatory.announcements EXCEPT SELECT id FROM draft.announcements ORDER BY id"


def is_current(database_path: Path = DATABASE, csv_path: Path = ANNOUNCEMENTS) -> bool:
    """Tell whether the database is whole, and made from this file by the rules, places and schema of now.

    Raises OSError where the file cannot be read.
    """
    return made_from(database_path) == (sha256(csv_path), rules_version())


def made_from(database_path: Path) -> tuple[str, str] | None:
    """Return the digest of the file and the version of the rules; None where there is no database read to its end."""
    try:
        with _attached(database_path) as connection:
            read_to_the_end(connection)
            [found] = connection.execute("SELECT csv_sha256, rules_version FROM observatory.metadata").fetchall()
            return str(found[0]), str(found[1])
    except (duckdb.Error, ValueError):
        return None


def lost_claims(database_path: Path, draft: Path) -> tuple[str, ...]:
    """Return the claims of the database that another one, which would replace it, has no more; () without one."""
    try:
        with _attached(database_path) as connection:
            connection.execute(f"ATTACH {_quoted(draft)} AS draft (READ_ONLY)")
            return tuple(identifier for (identifier,) in connection.execute(LOST).fetchall())
    except duckdb.Error:
        return ()


@contextmanager
def _attached(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the file from an in-memory connection: what was opened by its path before is not seen again."""
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"ATTACH {_quoted(path)} AS observatory (READ_ONLY)")
        yield connection


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
