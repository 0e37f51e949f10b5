"""The order of the file: by `announced_on` as text (a month before its days), then by `id`.

Rule: one problem, on the line that is out of place, not one on each line that it displaces.
"""

from etl.problems import Problem
from etl.rows import Row

Key = tuple[str, str]


def check_order(rows: list[Row]) -> list[Problem]:
    """Return at most one problem: the first line out of order, and before which line it belongs."""
    keyed = [((row.cell("announced_on"), row.cell("id")), row) for row in rows]
    keyed = [(key, row) for key, row in keyed if all(key)]
    fall = next((at for at in range(1, len(keyed)) if keyed[at][0] < keyed[at - 1][0]), None)
    if fall is None:
        return []
    at = fall - 1 if _is_displaced(keyed, fall - 1) else fall
    key, row = keyed[at]
    others = keyed[:at] + keyed[at + 1 :]
    after = next((other for other_key, other in others if other_key > key), None)
    if after is None:
        details = {"id": key[1], "last": others[-1][1].line}
        return [Problem(row.line, "announced_on", "unsorted-last", key[0], details=details, is_form=True)]
    details = {"id": key[1], "before": after.line, "next_id": after.cell("id")}
    return [Problem(row.line, "announced_on", "unsorted", key[0], details=details, is_form=True)]


def _is_displaced(keyed: list[tuple[Key, Row]], at: int) -> bool:
    """Whether the line before the fall is the one that came too early: without it, the order holds longer."""
    before = keyed[at - 1][0] if at else ("", "")
    following = keyed[at + 1][0]
    then = keyed[at + 2][0] if at + 2 < len(keyed) else None
    return before <= following and then is not None and then < keyed[at][0]
