"""A row as the rules between cells and rows see it.

Rule: a cell that is wrong in itself is said once, and reads as blank here: no rule judges it a second time.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from etl.problems import Problem
from etl.reading import Record


@dataclass(frozen=True)
class Row:
    """The cells of a line by field name; `wrong` are the fields with a problem of their own."""

    line: int
    cells: Mapping[str, str]
    wrong: frozenset[str]

    def cell(self, name: str) -> str:
        """Return the text of a cell, "" when it is blank, absent or wrong."""
        return "" if name in self.wrong else self.cells.get(name, "")

    def is_blank(self, name: str) -> bool:
        """Whether nothing is written there (a wrong cell is not blank)."""
        return not self.cells.get(name, "")


def rows_of(records: Iterable[Record], columns: Sequence[str | None], problems: Iterable[Problem]) -> list[Row]:
    """Return the well-shaped `records` as rows, in their order, knowing the `problems` of their cells."""
    wrong: dict[int | None, set[str]] = {}
    for problem in problems:
        wrong.setdefault(problem.line, set()).add(problem.column or "")
    return [
        Row(
            record.line,
            {name: cell for name, cell in zip(columns, record.cells, strict=True) if name},
            frozenset(wrong.get(record.line, ())),
        )
        for record in records
    ]


def by_project(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Return the rows of each project, in the order of the file; a row without a project is left out."""
    projects: dict[str, list[Row]] = {}
    for row in rows:
        if not row.is_blank("project_id"):
            projects.setdefault(row.cells["project_id"], []).append(row)
    return projects
