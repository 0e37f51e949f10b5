"""The only module that knows frictionless: its errors become our problems, none of its words come out.

Rule: it is given text already split, and the declared types and constraints alone; so it detects, guesses
and fetches nothing.
"""

import re
from collections.abc import Sequence
from typing import Any

from etl.closest import closest, closest_date, closest_number, slug
from etl.problems import Problem
from etl.reading import Record
from etl.schema import Field, Schema

# frictionless names these only in the note of an error.
CONSTRAINT = re.compile(r'constraint "(\w+)" is "(.*)"', re.DOTALL)
POSITION = re.compile(r"position (\d+)")


def check_declared(records: Sequence[Record], columns: Sequence[str | None], schema: Schema) -> list[Problem]:
    """Return the problems of well-shaped `records` against the declared types and constraints.

    Several may be about one cell. Raises ValueError when the declaration itself is not a Table Schema.
    """
    if not records:
        return []
    # Imported here: it takes about a second, which `--help` or an unreadable file need not wait for.
    from frictionless import Resource
    from frictionless import Schema as TableSchema

    held = [(position, name) for position, name in enumerate(columns) if name]
    rows = [[name for _, name in held]]
    rows += [[record.cells[position] for position, _ in held] for record in records]
    table_schema = TableSchema.from_descriptor(_descriptor(schema, rows[0]))
    report = Resource(data=rows, schema=table_schema).validate(limit_errors=9 * len(rows) * len(held))
    problems = []
    for error in report.tasks[0].errors:
        if not hasattr(error, "row_number"):
            raise ValueError(f"the schema of announcements is not a Table Schema: {error.message}")
        name = getattr(error, "field_name", schema.primary_key)
        cells = dict(zip(rows[0], rows[error.row_number - 1], strict=True))
        problems.append(_translate(error, schema.field(name), cells[name], records))
    return problems


def _descriptor(schema: Schema, names: Sequence[str]) -> dict[str, Any]:
    """The declaration of the columns of the file, in the order of the file, without what is not a check."""
    declared = {field["name"]: field for field in schema.descriptor["fields"]}
    kept = ("name", "type", "format", "constraints")
    return {
        "fields": [{key: declared[name][key] for key in kept if key in declared[name]} for name in names],
        "missingValues": list(schema.descriptor.get("missingValues", [""])),
        "primaryKey": [schema.primary_key] if schema.primary_key in names else [],
    }


def _translate(error: Any, field: Field, value: str, records: Sequence[Record]) -> Problem:
    """Turn an error of frictionless about a cell or a key into a problem of ours."""
    line = records[error.row_number - 2].line  # frictionless counts from one, header included
    if error.type == "type-error":
        meant = {"number": closest_number, "date": closest_date}.get(field.type)
        return Problem(line, field.name, f"type-{field.type}", value, meant(value) if meant else None)
    if error.type in ("unique-error", "primary-key") and value:
        position = POSITION.search(error.note)
        first = records[int(position[1]) - 2].line if position else 0
        return Problem(line, field.name, "unique", value, f"{value}-2", {"first_line": first})
    constraint = CONSTRAINT.search(error.note)
    name, bound = (constraint[1], constraint[2]) if constraint else (error.type, "")
    if error.type == "primary-key" or name == "required":
        code = "required-choice" if field.enum else "required"
        return Problem(line, field.name, code, details={"example": field.example, "allowed": field.enum})
    if name == "enum":
        return _enum(line, field, value)
    if name == "pattern":
        return Problem(line, field.name, "pattern", value, _fitting(field, value), {"example": field.example})
    if name in ("minimum", "maximum"):
        return Problem(line, field.name, name, value, details={"bound": bound})
    return Problem(line, field.name, "constraint", value, details={"rule": f"{name} {bound}".strip()})


def _enum(line: int, field: Field, value: str) -> Problem:
    names = {code: _labels(field, code) for code in field.enum}
    meant = closest(value, names)
    details = {"allowed": field.enum, "label": field.codes.get(meant or "")}
    return Problem(line, field.name, "enum", value, meant, details)


def _labels(field: Field, code: str) -> tuple[str, ...]:
    label = field.codes.get(code)
    return (label.fr, label.en) if label else ()


def _fitting(field: Field, value: str) -> str | None:
    """Return what was probably meant, if it fits the pattern: a date, a slug."""
    meant = (closest_date(value), slug(value))
    return next((text for text in meant if text and re.match(field.pattern or "", text)), None)
