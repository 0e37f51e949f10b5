"""A row tried in its place: what it alone makes wrong in the file, and what deserves a look.

Rule: the file is judged twice by `check`, without the row and with it, in a folder that does not last; only what the
row changes is said.
"""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from etl.check import check_file
from etl.placing import Placed, place_row
from etl.problems import Problem
from etl.schema import ANNOUNCEMENTS, Schema


@dataclass(frozen=True)
class Trial:
    """A row in its place, the problems that it brings and, where it brings none, the alerts on single lines."""

    placed: Placed
    problems: tuple[Problem, ...]
    alerts: tuple[Problem, ...]


def try_row(
    content: str, row: Mapping[str, str], schema: Schema, today: date | None = None, *, is_sound: bool = False
) -> Trial:
    """Check `content` with `row` in its place; what it has without the row is left out.

    `is_sound` says that it is known to have no problem, which spares half the time. Alerts are looked for where
    `today` is given: that takes half a second, and is of no use before the row is whole.
    """
    placed = place_row(content, row)
    problems = tuple(_found(placed.content, schema, None)) if is_sound else _caused(content, placed, schema, None)
    alerts = _caused(content, placed, schema, today) if today and not problems else ()
    return Trial(placed, problems, alerts)


def _caused(content: str, placed: Placed, schema: Schema, today: date | None) -> tuple[Problem, ...]:
    """Return the problems that the row brings or, where `today` is given, the alerts on single lines."""
    known = {_identity(problem, problem.line) for problem in _found(content, schema, today)}
    return tuple(
        problem
        for problem in _found(placed.content, schema, today)
        if problem.line == placed.number or _identity(problem, placed.line_before(problem.line or 0)) not in known
    )


def _found(content: str, schema: Schema, today: date | None) -> list[Problem]:
    with tempfile.TemporaryDirectory(prefix="infra-ia-row-") as folder:
        path = Path(folder) / ANNOUNCEMENTS.name
        path.write_bytes(content.encode("utf-8", errors="replace"))
        report = check_file(path, schema=schema, today=today)
    return list(report.problems) if today is None else [alert for alert in report.warnings if alert.line]


def _identity(problem: Problem, line: int | None) -> tuple[Any, ...]:
    """Return what makes two problems the same; their sentences may name lines, which a new row moves."""
    return problem.code, problem.column or "", problem.value, line or 0
