"""What a built database says of its own quality: each named check, how many subjects it saw, how many it warns about.

Rule: the checks are the view `quality`, their names are in data/reference/quality_checks.csv; here they are only read.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl.schema import Label


@dataclass(frozen=True)
class CheckCount:
    """A check of the view `quality`: its name in both languages, what it looked at, what it warns about."""

    name: Label
    seen: int
    warnings: int


def count_checks(database: Path) -> tuple[CheckCount, ...]:
    """Return every check in its order of display; one that concerns nothing in the data has seen 0."""
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = connection.execute(
            """
            SELECT name_fr, name_en, count(quality.code), count(*) FILTER (is_warning)
            FROM quality_checks LEFT JOIN quality USING (code) GROUP BY rank, name_fr, name_en ORDER BY rank
            """
        ).fetchall()
    return tuple(CheckCount(Label(fr, en), seen, warnings) for fr, en, seen, warnings in rows)
