"""Each cell against its declaration: by frictionless (Table Schema) and, where it is lenient, by us.

Rule: one problem a cell, the most telling; of a line with too many or too few cells, only that is said.
frictionless 5.21 takes `1_000`, `NaN`, `2025-2-3`, and under a pattern a day that does not exist: so numbers and
dates are read a second time here, as DuckDB and people read them. Cells come with their form repaired (`forms`).
"""

import re
from collections.abc import Callable, Iterator, Sequence

from etl.declared import check_declared
from etl.forms import DAY, INTEGER, NUMBER
from etl.problems import Problem
from etl.reading import Record, values_of
from etl.schema import Field, Schema
from etl.typed import closest_date, closest_integer, closest_number, last_day

# The first that applies to a cell is the one said.
PRIORITY = (
    "required", "required-choice", "date-impossible", "type-number", "type-integer", "type-date",
    "type-boolean", "too-large", "decimals", "enum", "pattern", "minimum", "maximum", "constraint", "unique",
)  # fmt: skip
LARGEST_INTEGER = 2**31 - 1  # INTEGER in DuckDB
DECIMAL = re.compile(r"DECIMAL\(([0-9]+),([0-9]+)\)")


def check_cells(
    records: Sequence[Record], columns: Sequence[str | None], schema: Schema
) -> tuple[list[Problem], set[int]]:
    """Return the problems of the cells, and the lines whose cells cannot be told apart (too many, too few).

    `columns` says which field each column of the file holds; a column that holds none is not judged.
    """
    shapes = [problem for record in records if (problem := _check_shape(record, columns))]
    shapeless = {problem.line for problem in shapes if problem.line is not None}
    shaped = [record for record in records if record.line not in shapeless]
    found = check_declared(shaped, columns, schema)
    for position, name in enumerate(columns):
        if name:
            found += _check_column(shaped, position, schema.field(name))
    return shapes + _most_telling(found), shapeless


def _check_shape(record: Record, columns: Sequence[str | None]) -> Problem | None:
    details = {"found": len(record.cells), "wanted": len(columns)}
    if len(record.cells) > len(columns):
        return Problem(record.line, None, "row-extra-cell", record.cells[len(columns)], details=details)
    if len(record.cells) < len(columns):
        return Problem(record.line, None, "row-missing-cell", record.cells[-1], details=details)
    return None


def _most_telling(problems: list[Problem]) -> list[Problem]:
    chosen: dict[tuple[int | None, str | None], Problem] = {}
    for problem in problems:
        held = chosen.setdefault(problem.place, problem)
        if PRIORITY.index(problem.code) < PRIORITY.index(held.code):
            chosen[problem.place] = problem
    return list(chosen.values())


def _check_column(records: Sequence[Record], position: int, field: Field) -> Iterator[Problem]:
    check = _checker(field)
    if not check:
        return
    # A value is looked at once, however many cells hold it.
    odd = {value for value in values_of(records, position) if value and any(check(0, field, value))}
    for record in records if odd else ():
        if record.cells[position] in odd:
            yield from check(record.line, field, record.cells[position])


def _checker(field: Field) -> Callable[[int, Field, str], Iterator[Problem]] | None:
    if field.type == "number":
        return _check_number
    if field.type == "integer":
        return _check_integer
    return _check_date if field.type == "date" or field.name.endswith(("_on", "_date")) else None


def _check_number(line: int, field: Field, value: str) -> Iterator[Problem]:
    """A number that the column of the database would round or refuse is not the number of the source."""
    match, stored = NUMBER.fullmatch(value), DECIMAL.fullmatch(field.duckdb_type)
    if not match:
        yield Problem(line, field.name, "type-number", value, closest_number(value))
    elif stored and len(match[3] or "") > int(stored[2]):
        yield Problem(line, field.name, "decimals", value, details={"most": stored[2]})
    elif stored and len(match[1]) > int(stored[1]) - int(stored[2]):
        yield Problem(line, field.name, "too-large", value)


def _check_integer(line: int, field: Field, value: str) -> Iterator[Problem]:
    if not INTEGER.fullmatch(value):
        yield Problem(line, field.name, "type-integer", value, closest_integer(value))
    elif len(value) > len(str(LARGEST_INTEGER)) + 1 or abs(int(value)) > LARGEST_INTEGER:
        yield Problem(line, field.name, "too-large", value)


def _check_date(line: int, field: Field, value: str) -> Iterator[Problem]:
    if field.type == "date" and not DAY.fullmatch(value):
        yield Problem(line, field.name, "type-date", value, closest_date(value))
    elif DAY.fullmatch(value) and value > (last := last_day(value)):
        yield Problem(line, field.name, "date-impossible", value, last or None)
