"""Repair what is only form in a file of announcements: its bytes, its edges, the writing of its cells, its order.

A workbook stays as it is: the CSV file beside it is written.

Rule: whatever may mean two things stays as it is, and a file that cannot be read whole is left alone. A repair is
planned first, whole, and written only when asked: beside a copy of the file as it was, and at one stroke.
"""

import os
import shutil
import tempfile
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.differences import find_differences
from etl.forms import Forms, repair_records
from etl.header import drop_repeats, read_header
from etl.problems import Problem
from etl.reading import Reading, Record, as_csv, parse_records, read_content
from etl.reference import Reference, load_reference
from etl.schema import Schema, load_schema
from etl.shapes import trim_records

BACKUP = ".bak"
CSV = ".csv"


class FileChanged(Exception):
    """The file is no longer the one that was planned for: nothing was written."""


@dataclass(frozen=True)
class Plan:
    """What would be written to `target`, and every change it makes, in the order of the file.

    `obstacle` says why the file is left alone; `content` is then `before`, the bytes that `target` holds (None where
    there is no such file yet).
    """

    target: Path
    before: bytes | None
    content: bytes | None
    changes: tuple[Problem, ...] = ()
    obstacle: Problem | None = None


def plan_repair(path: Path, *, schema: Schema | None = None, reference: Reference | None = None) -> Plan:
    """Plan the repair of `path`; nothing is written, and no content makes it raise."""
    schema = schema or load_schema()
    content = read_content(path)
    if isinstance(content, Problem):
        return Plan(path, None, None, obstacle=content)
    reading = parse_records(content, schema.names, workbook=True)
    obstacle = next((problem for problem in reading.problems if not problem.is_form), None)
    if obstacle or not reading.records:
        return Plan(path, content, content, obstacle=obstacle)
    columns, header_problems = read_header(reading.records[0], schema)
    if not any(columns):
        return Plan(path, content, content, obstacle=header_problems[0])
    records, changes = repair(reading, schema, reference or load_reference())
    if reading.sheet is not None:
        return _plan_export(path, reading.sheet, records, changes, schema)
    return Plan(path, content, as_csv(records) if changes else content, tuple(changes))


def _plan_export(path: Path, sheet: str, records: list[Record], changes: list[Problem], schema: Schema) -> Plan:
    """Plan the CSV file that stands beside a workbook: what changes is what differs from the one which is there."""
    target = path.with_suffix(CSV)
    content = as_csv(records)
    before = read_content(target)
    if before == content:
        return Plan(target, content, content)
    written = Problem(None, None, "workbook", sheet, target.name)
    if isinstance(before, Problem):
        if before.code != "file-missing":
            return Plan(target, None, None, obstacle=before)
        return Plan(target, None, content, (written, *changes))
    there = parse_records(before, schema.names).records
    differences = find_differences(there, records, schema.primary_key) if there else changes
    return Plan(target, before, content, (written, *differences))


def repair(reading: Reading, schema: Schema, reference: Reference) -> tuple[list[Record], list[Problem]]:
    """Return the records of a file whose header is known with their form repaired, and the changes made."""
    (header, *rows), shapes = trim_records(reading.records)
    columns, found = read_header(header, schema)
    rows, repeats = drop_repeats(rows, header, columns)
    renamed = [problem for problem in found if problem.code == "column-unknown" and problem.is_form]
    names = {problem.value: problem.expected or "" for problem in renamed}
    header = Record(header.line, tuple(names.get(label, label) for label in header.cells))
    rows, cells = repair_records(rows, columns, schema, reference)
    rows, moved = _in_order(rows, columns, schema, Forms(reference))
    changes = [*reading.problems, *shapes, *repeats, *renamed, *cells, *moved]
    records, columns_moved = _columns_in_order([header, *rows], columns, schema)
    return records, sorted([*changes, *columns_moved], key=lambda change: change.line or 0)


def write_repair(plan: Plan) -> Path | None:
    """Write the plan; return the copy of the file as it was, None where there was none.

    The file is whole at any time: either the old one or the new one. Raises `FileChanged`, or OSError where it cannot
    be written; nothing has changed then.
    """
    if plan.content is None:
        raise ValueError("nothing was planned")
    return write_content(plan.target, plan.before, plan.content, keeps=True)


def write_content(path: Path, before: bytes | None, content: bytes, *, keeps: bool = False) -> Path | None:
    """Write `content` to `path`, which holds `before` (None: there is no file), at one stroke.

    `keeps` leaves a copy of the file as it was, whose path is returned. Raises `FileChanged`, or OSError where it
    cannot be written; nothing has changed then.
    """
    target = path.resolve()  # a link stays a link
    there = target.read_bytes() if target.exists() else None
    if there != before:
        raise FileChanged(str(path))
    backup = _back_up(target, there) if keeps and there is not None else None
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if there is not None:
            shutil.copymode(target, draft)
        else:
            draft.chmod(0o644)
        draft.replace(target)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    return backup


def _back_up(target: Path, content: bytes) -> Path:
    """Copy the file beside it, under a name that no file bears."""
    number = 1
    while True:
        backup = target.with_name(f"{target.name}{BACKUP}" + (f".{number}" if number > 1 else ""))
        try:
            with backup.open("xb") as file:
                file.write(content)
        except FileExistsError:
            number += 1
        else:
            return backup


def _in_order(
    rows: list[Record], columns: Sequence[str | None], schema: Schema, forms: Forms
) -> tuple[list[Record], list[Problem]]:
    """Sort by date, then identifier; a row that lacks one of them stays behind the row it follows."""
    if not {"announced_on", "id"} <= set(columns):
        return rows, []
    day, name = columns.index("announced_on"), columns.index("id")
    date = schema.field("announced_on")
    key = ("", "")
    keys = []
    for row in rows:
        if len(row.cells) == len(columns) and row.cells[name] and forms.fits(date, row.cells[day]):
            key = (row.cells[day], row.cells[name])
        keys.append(key)
    order = sorted(range(len(rows)), key=lambda at: keys[at])  # stable
    staying = _longest_rise(order)
    moved = []
    for place, at in enumerate(order):
        if at not in staying:
            after = rows[order[place - 1]].line if place else 1
            moved.append(Problem(rows[at].line, None, "unsorted", keys[at][1], details={"after": after}))
    return [rows[at] for at in order], moved


def _columns_in_order(
    records: list[Record], columns: Sequence[str | None], schema: Schema
) -> tuple[list[Record], list[Problem]]:
    """Put the columns in the order of the schema, unless one of them, or a line, is not of it."""
    width = len(columns)
    if None in columns or any(len(record.cells) != width for record in records):
        return records, []
    rank = {name: position for position, name in enumerate(schema.names)}
    order = sorted(range(width), key=lambda at: rank[columns[at] or ""])
    staying = _longest_rise(order)
    if len(staying) == width:
        return records, []
    moved = ", ".join(columns[at] or "" for at in order if at not in staying)
    changes = [Problem(records[0].line, None, "column-order", moved)]
    return [Record(one.line, tuple(one.cells[at] for at in order)) for one in records], changes


def _longest_rise(order: Sequence[int]) -> set[int]:
    """Return the members of the longest rising part of `order`: what need not move for the others to be in place."""
    tails: list[int] = []
    chain: list[int] = []
    before: dict[int, int | None] = {}
    for value in order:
        at = bisect_left(tails, value)
        before[value] = chain[at - 1] if at else None
        if at == len(tails):
            tails.append(value)
            chain.append(value)
        else:
            tails[at] = chain[at] = value
    rise: set[int] = set()
    last: int | None = chain[-1] if chain else None
    while last is not None:
        rise.add(last)
        last = before[last]
    return rise
