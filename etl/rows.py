"""A row as the rules between cells and rows see it.

Rule: a cell that is wrong in itself is said once, and reads as blank here: no rule judges it a second time.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from etl.problems import Problem
from etl.reading import Record


class Cells(Mapping[str, str]):
    """The cells of a line by field name: a look at those of its record, which a large file holds once."""

    __slots__ = ("_at", "_values")

    def __init__(self, at: Mapping[str, int], values: Sequence[str]) -> None:
        self._at = at
        self._values = values

    def __getitem__(self, name: str) -> str:
        return self._values[self._at[name]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)

    def __contains__(self, name: object) -> bool:
        return name in self._at


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a line by field name; `wrong` are the fields with a problem of their own."""

    line: int
    cells: Mapping[str, str]
    wrong: frozenset[str]

    def cell(self, name: str) -> str:
        """Return the text of a cell, "" when it is blank, absent or wrong."""
        return "" if name in self.wrong or name not in self.cells else self.cells[name]

    def is_blank(self, name: str) -> bool:
        """Whether nothing is written there (a wrong cell is not blank)."""
        return name not in self.cells or not self.cells[name]


def rows_of(records: Iterable[Record], columns: Sequence[str | None], problems: Iterable[Problem]) -> list[Row]:
    """Return the well-shaped `records` as rows, in their order, knowing the `problems` of their cells."""
    wrong: dict[int | None, set[str]] = {}
    for problem in problems:
        wrong.setdefault(problem.line, set()).add(problem.column or "")
    at = {name: position for position, name in enumerate(columns) if name}
    sound: frozenset[str] = frozenset()
    return [
        Row(record.line, Cells(at, record.cells), frozenset(wrong[record.line]) if record.line in wrong else sound)
        for record in records
    ]


def by_project(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Return the rows of each project, in the order of the file; a row without a project is left out."""
    projects: dict[str, list[Row]] = {}
    for row in rows:
        if not row.is_blank("project_id"):
            projects.setdefault(row.cells["project_id"], []).append(row)
    return projects
