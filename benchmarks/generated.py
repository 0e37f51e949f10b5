"""Files as large as wanted, with the shape of the real one: its claims over and over, each time of other projects.

Rule: every copy of a claim has its own identifier, project, name and source, so that a large file is as valid as the
real one, and its projects nest, contradict and follow each other as the real ones do.
"""

import csv
from itertools import groupby
from pathlib import Path

from etl.schema import ANNOUNCEMENTS

RENAMED = ("id", "project_id", "part_of")
NAMED = ("project_name", "project_name_en")


def write_claims(path: Path, claims: int) -> None:
    """Write `claims` claims, or the few more that the last copy needs, sorted as the check wants them."""
    with ANNOUNCEMENTS.open(encoding="utf-8", newline="") as source:
        header, *rows = list(csv.reader(source))
    at = {name: position for position, name in enumerate(header)}
    copies = -(-claims // len(rows))
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(header)
        # The order is by day, then by identifier: a day at a time is all that must be held.
        for _, of_day in groupby(rows, key=lambda row: row[at["announced_on"]]):
            made = [_copied(row, at, copy) for row in of_day for copy in range(copies)]
            writer.writerows(sorted(made, key=lambda row: row[at["id"]]))


def _copied(row: list[str], at: dict[str, int], copy: int) -> list[str]:
    if not copy:
        return row
    made = list(row)
    for name in RENAMED:
        if made[at[name]]:
            made[at[name]] += f"-copy-{copy}"
    for name in NAMED:
        if made[at[name]]:
            made[at[name]] += f" ({copy})"
    made[at["source_url"]] += f"{'&' if '?' in made[at['source_url']] else '?'}copy={copy}"
    return made
