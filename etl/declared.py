"""The only module that knows frictionless: its findings become our problems, none of its words come out.

Rule: its readers of cells are given text already split, and the declared types and constraints alone; so it
detects, guesses and fetches nothing. (Its whole `validate` finds the same, in English sentences to be parsed,
after a third of a second spent on loading formats that we do not read.)
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from etl.closest import closest, slug
from etl.problems import Problem
from etl.reading import Record, values_of
from etl.schema import Field, Schema
from etl.typed import closest_date, closest_integer, closest_number

GUESSES = {"number": closest_number, "integer": closest_integer, "date": closest_date}

# Takes the text of a cell; returns the typed value, and what is wrong by the name of the constraint, or None.
CellReader = Callable[[str], tuple[Any, Mapping[str, str] | None]]


def check_declared(records: Sequence[Record], columns: Sequence[str | None], schema: Schema) -> list[Problem]:
    """Return the problems of well-shaped `records` against the declared types and constraints.

    Several may be about one cell. Raises KeyError when the schema declares a type that no column may have.
    """
    problems: list[Problem] = []
    readers = _cell_readers(schema)
    for position, name in enumerate(columns):
        if name is None:
            continue
        field, read = schema.field(name), readers[name]
        # A value is read once, however many cells hold it.
        notes = {value: list(found) for value in values_of(records, position) if (found := read(value)[1])}
        for record in records if notes else ():
            value = record.cells[position]
            problems += [_translate(record.line, field, value, note) for note in notes.get(value, ())]
        if field.unique or name == schema.primary_key:
            problems += _repeated(records, position, name)
    return problems


def _cell_readers(schema: Schema) -> dict[str, CellReader]:
    # Imported here: it takes about a second, which `--help` or an unreadable file need not wait for.
    from frictionless import fields

    types: dict[str, Any] = {
        "string": fields.StringField,
        "number": fields.NumberField,
        "integer": fields.IntegerField,
        "date": fields.DateField,
        "boolean": fields.BooleanField,
    }
    missing = list(schema.descriptor.get("missingValues", [""]))
    return {
        declared["name"]: types[declared["type"]](
            name=declared["name"], constraints=dict(declared.get("constraints", {})), missing_values=missing
        ).create_cell_reader()
        for declared in schema.descriptor["fields"]
    }


def _repeated(records: Sequence[Record], position: int, name: str) -> Iterator[Problem]:
    lines: dict[str, int] = {}
    for record in records:
        value = record.cells[position]
        first = lines.setdefault(value, record.line)
        if value and first != record.line:
            free = next(text for n in range(2, len(records) + 2) if (text := f"{value}-{n}") not in lines)
            yield Problem(record.line, name, "unique", value, free, {"first_line": first})


def _translate(line: int, field: Field, value: str, constraint: str) -> Problem:
    """Turn what frictionless finds in a cell, by the name of the constraint, into a problem of ours."""
    if constraint == "type":
        guess = GUESSES.get(field.type)
        return Problem(line, field.name, f"type-{field.type}", value, guess(value) if guess else None)
    if constraint == "required":
        code = "required-choice" if field.enum else "required"
        return Problem(line, field.name, code, details={"example": field.example, "allowed": field.enum})
    if constraint == "enum":
        return _enum(line, field, value)
    if constraint == "pattern":
        return Problem(line, field.name, "pattern", value, _fitting(field, value), {"example": field.example})
    if constraint in ("minimum", "maximum"):
        return Problem(line, field.name, constraint, value, details={"bound": getattr(field, constraint)})
    return Problem(line, field.name, "constraint", value, details={"rule": constraint})


def _enum(line: int, field: Field, value: str) -> Problem:
    labels = {code: field.codes.get(code) for code in field.enum}
    names = {code: (label.fr, label.en) if label else () for code, label in labels.items()}
    meant = closest(value, names)
    details = {"allowed": field.enum, "label": labels.get(meant or "")}
    return Problem(line, field.name, "enum", value, meant, details)


def _fitting(field: Field, value: str) -> str | None:
    """Return what was probably meant, if it fits the pattern: a date, a slug."""
    meant = (closest_date(value), slug(value))
    return next((text for text in meant if text and re.match(field.pattern or "", text)), None)
