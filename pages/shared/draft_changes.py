"""What changes between two files of announcements, told claim by claim.

Rule: plain values, each list and text bounded, since a visitor's file may hold anything. No Streamlit here.
"""

from collections.abc import Mapping, Sequence
from typing import Any

# What is told of a draft is read by a person: beyond, the counts say how much there is.
MOST_TOLD = 200
LONGEST_CELL_TOLD = 160


def compare(before: Mapping[str, Mapping[str, str]], after: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Return the rows added, changed and removed between two files, by id."""
    added = [identifier for identifier in after if identifier not in before]
    removed = [identifier for identifier in before if identifier not in after]
    changed = [
        {"id": identifier, "column": column, "before": old.get(column, ""), "after": cells.get(column, "")}
        for identifier, cells in after.items()
        if (old := before.get(identifier)) is not None and old != cells
        for column in dict.fromkeys([*old, *cells])
        if old.get(column, "") != cells.get(column, "")
    ]
    return {
        "added": _cut_all(added),
        "removed": _cut_all(removed),
        "changed": [cut(change) for change in changed[:MOST_TOLD]],
        "counts": {
            "added": len(added),
            "removed": len(removed),
            "changed": len({change["id"] for change in changed}),
        },
    }


def cut(cells: Mapping[str, str]) -> dict[str, str]:
    """Keep what a person reads: the first cells, none long."""
    first = list(cells.items())[:MOST_TOLD]
    return {str(name)[:LONGEST_CELL_TOLD]: str(value or "")[:LONGEST_CELL_TOLD] for name, value in first}


def _cut_all(values: Sequence[str]) -> list[str]:
    return [value[:LONGEST_CELL_TOLD] for value in values[:MOST_TOLD]]
