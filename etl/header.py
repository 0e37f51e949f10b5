"""The header line against the columns of the schema.

Rule: a column is known by its name; a renamed or displaced one is said, then read as what it was meant to be,
so that its cells are judged in the same run.
"""

from collections.abc import Sequence

from etl.closest import closest, plain
from etl.problems import Problem
from etl.reading import Record
from etl.schema import Field, Schema

# Guessing is slow: enough for people, a bound for a hostile file.
MOST_GUESSED = 500


def read_header(header: Record, schema: Schema) -> tuple[list[str | None], list[Problem]]:
    """Return the field that each column of the file holds, and what is wrong with the header.

    A column that holds no field of the schema, or one already met, is None. No column at all is known when
    the first line is not a header: nothing more can then be judged.
    """
    labels = header.cells
    if header.is_blank:
        return [], [Problem(header.line, None, "header-blank", expected=",".join(schema.names))]
    columns: list[str | None] = [label if label in schema.names else None for label in labels]
    if not any(columns):
        return [], [Problem(header.line, None, "header-missing", expected=",".join(schema.names))]
    problems = _duplicates(header, columns)
    problems += _unknown(header, columns, schema)
    found = set(columns)
    missing = [field for field in schema.fields if field.name not in found]
    problems += [Problem(header.line, field.name, "column-missing", "", field.name) for field in missing]
    if not problems:
        problems = _order(header, columns, schema.names)
    return columns, problems


def drop_repeats(
    rows: Sequence[Record], header: Record, columns: Sequence[str | None]
) -> tuple[list[Record], list[Problem]]:
    """Return the rows but for those that say the header once more, as files pasted together do, told one by one."""
    names = [{plain(label), plain(name or label)} for label, name in zip(header.cells, columns, strict=True)]

    def repeats(row: Record) -> bool:
        return len(row.cells) == len(names) and all(
            # From the end: a row of claims has blanks there, which no name of a column is.
            plain(cell) in said
            for cell, said in zip(reversed(row.cells), reversed(names), strict=True)
        )

    again = {row.line for row in rows if repeats(row)}
    problems = [Problem(line, None, "header-again", is_form=True) for line in sorted(again)]
    return [row for row in rows if row.line not in again], problems


def _duplicates(header: Record, columns: list[str | None]) -> list[Problem]:
    problems = []
    met: set[str] = set()
    for position, name in enumerate(columns):
        if name in met:
            problems.append(Problem(header.line, name, "column-duplicate", name))
            columns[position] = None
        elif name is not None:
            met.add(name)
    return problems


def _unknown(header: Record, columns: list[str | None], schema: Schema) -> list[Problem]:
    """Say each label that no field bears, and read it as the free field it resembles."""
    problems = []
    free = {field.name: _titles(field) for field in schema.fields if field.name not in columns}
    for position, label in enumerate(header.cells):
        if columns[position] is not None or label in schema.names:
            continue
        if not label.strip():
            details = {"position": position + 1}
            problems.append(Problem(header.line, None, "column-blank", expected=None, details=details))
            continue
        columns[position] = name = closest(label, free) if position < MOST_GUESSED else None
        titles = free.pop(name) if name is not None else ()
        is_form = name is not None and plain(label) in {plain(name), *map(plain, titles)}
        problems.append(Problem(header.line, label, "column-unknown", label, name, is_form=is_form))
    return problems


def _titles(field: Field) -> tuple[str, str]:
    return field.title, field.title_en


def _order(header: Record, columns: list[str | None], names: Sequence[str]) -> list[Problem]:
    for position, (found, expected) in enumerate(zip(columns, names, strict=True)):
        if found != expected:
            details = {"position": position + 1}
            return [Problem(header.line, found, "column-order", found or "", expected, details, is_form=True)]
    return []
