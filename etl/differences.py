"""What a new version of the announcements changes in the one that is there, claim by claim.

Rule: a claim is known by its identifier, a cell by the name of its column; where they stand does not matter.
"""

from collections.abc import Iterator, Sequence

from etl.problems import Problem
from etl.reading import Record

Claims = dict[str, tuple[int, dict[str, str]]]


def find_differences(old: Sequence[Record], new: Sequence[Record], key: str) -> Iterator[Problem]:
    """Yield the claims added and removed and the cells changed from `old` to `new`, each beginning with its header.

    The lines are those of `new`, but for a removed claim.
    """
    before, after = _claims(old, key), _claims(new, key)
    for name, (line, cells) in after.items():
        if name not in before:
            yield Problem(line, None, "row-added", name)
            continue
        held = before[name][1]
        for column in dict.fromkeys((*held, *cells)):
            was, now = held.get(column, ""), cells.get(column, "")
            if was != now:
                yield Problem(line, column, "cell-changed", was, now)
    for name, (line, _) in before.items():
        if name not in after:
            yield Problem(line, None, "row-removed", name)


def _claims(records: Sequence[Record], key: str) -> Claims:
    header, *rows = records
    claims: Claims = {}
    for row in rows:
        cells = dict(zip(header.cells, row.cells, strict=False))
        name, number = cells.get(key, ""), 1
        while name in claims:  # a mistake that the check will tell: here, neither of the two must be lost
            number += 1
            name = f"{cells.get(key, '')} ({number})"
        claims[name] = (row.line, cells)
    return claims
