"""A visitor's draft, a row or a whole file, judged and built as `etl` does, in a folder that does not last.

Rule: the only module of the site that checks and builds. What may be slow or hostile runs in a process of its own
(`python -m pages.shared.draft`, started by `draft_runner`), which reads a folder and answers JSON. No Streamlit here.
"""

import json
import resource
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from etl.build import BUILD_PREFIX, write_database
from etl.check import check_file
from etl.messages import advice, form_line, summary
from etl.placing import Placed
from etl.reading import Record, read_records
from etl.schema import ANNOUNCEMENTS, Schema, load_schema
from etl.trial import try_row
from pages.shared.texts import LANGUAGES
from queries import Selection, open_database

# What is told of a draft is read by a person: beyond, the counts say how much there is.
MOST_TOLD = 200
LONGEST_CELL_TOLD = 160
# A file of 20 MB whose every line is a row needs less; one made to exhaust the server does not get more.
MOST_BYTES = 2 * 2**30
MOST_SECONDS = 45


@dataclass(frozen=True)
class Fault:
    """One thing to correct, as `etl.problems` knows it, with a sentence for each language.

    `column` is "" where the line or the file is meant; `expected` is the text to write instead, None where unsure.
    """

    code: str
    column: str
    value: str
    expected: str | None
    sentences: Mapping[str, str]
    line: int | None = None


@dataclass(frozen=True)
class CheckedRow:
    """A row in its place in the file, with what the row alone makes wrong there, and what deserves a look."""

    placed: Placed
    faults: tuple[Fault, ...]
    alerts: tuple[Fault, ...]


def check_row(row: Mapping[str, str], schema: Schema, csv_path: Path = ANNOUNCEMENTS) -> CheckedRow:
    """Check the file with `row` in its place; what the file has without it is left out."""
    trial = try_row(csv_path.read_text(encoding="utf-8", errors="replace"), row, schema, date.today())
    faults, alerts = ([_fault(problem) for problem in found] for found in (trial.problems, trial.alerts))
    return CheckedRow(trial.placed, tuple(faults), tuple(alerts))


def _fault(problem: Any) -> Fault:
    said = {lang: advice(problem, ANNOUNCEMENTS.name, lang) for lang in LANGUAGES}
    value = problem.value[:LONGEST_CELL_TOLD]
    return Fault(problem.code, problem.column or "", value, problem.expected, said, problem.line)


def examine(path: Path, project: str = "", current: Path = ANNOUNCEMENTS) -> dict[str, Any]:
    """Return all that is told of the file at `path`, as plain values; the database it makes stays beside it.

    `project` asks for the disagreements between its claims. `totals` is None where the file has problems.
    """
    report = replace(check_file(path, today=date.today()), file=ANNOUNCEMENTS.name)
    told: dict[str, Any] = {
        "ok": report.ok,
        "summary": {lang: summary(report, lang) for lang in LANGUAGES},
        "form": {lang: form_line(report, lang) or "" for lang in LANGUAGES},
        "problems": [vars(_fault(problem)) for problem in report.problems[:MOST_TOLD]],
        "warnings": [vars(_fault(problem)) for problem in report.warnings[:MOST_TOLD]],
        "count": report.count,
        "totals": None,
    }
    faulty = {problem["line"] for problem in told["problems"]}
    rows, told["rows"] = _read(path, faulty)
    told |= _compare(_read(current)[0], rows)
    if report.ok:
        database_path = path.with_name(f"{BUILD_PREFIX}duckdb")
        write_database(path, database_path)
        database = open_database(database_path)
        told["totals"] = _records(database.run("totals_by_place"))
        if project:
            told["disagreements"] = _records(database.run("disagreements", Selection(project=project)))
    return told


def _records(frame: Any) -> Any:
    return json.loads(frame.to_json(orient="records", date_format="iso"))


def _read(path: Path, shown: Collection[int] = ()) -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """Return the rows by id, as far as they can be told apart, and those at the lines `shown` by line."""
    by_id: dict[str, dict[str, str]] = {}
    by_line: dict[str, dict[str, str]] = {}
    header, *records = read_records(path, load_schema().names).records or [Record(1, ())]
    for record in records:
        cells = dict(zip(header.cells, record.cells, strict=False))
        if record.line in shown:
            by_line[str(record.line)] = _cut(cells)
        if identifier := cells.get("id"):
            by_id.setdefault(identifier, cells)
    return by_id, by_line


def _compare(before: Mapping[str, Mapping[str, str]], after: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Return the rows added, changed and removed between two files, by id."""
    added = [identifier for identifier in after if identifier not in before]
    removed = [identifier for identifier in before if identifier not in after]
    changed = [
        {"id": identifier, "column": column, "before": old.get(column, ""), "after": cells.get(column, "")}
        for identifier, cells in after.items()
        if (old := before.get(identifier)) is not None and old != cells
        for column in dict.fromkeys([*old, *cells])
        if old.get(column, "") != cells.get(column, "")
    ]
    return {
        "added": _cut_all(added),
        "removed": _cut_all(removed),
        "changed": [_cut(change) for change in changed[:MOST_TOLD]],
        "counts": {
            "added": len(added),
            "removed": len(removed),
            "changed": len({change["id"] for change in changed}),
        },
    }


def _cut(cells: Mapping[str, str]) -> dict[str, str]:
    """Keep what a person reads: the first cells, none long."""
    first = list(cells.items())[:MOST_TOLD]
    return {str(name)[:LONGEST_CELL_TOLD]: str(value or "")[:LONGEST_CELL_TOLD] for name, value in first}


def _cut_all(values: Sequence[str]) -> list[str]:
    return [value[:LONGEST_CELL_TOLD] for value in values[:MOST_TOLD]]


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


def main(arguments: Sequence[str]) -> int:
    """Examine the file named, for the project named (or ""), against the current file; answer on standard output."""
    path, project, current = arguments
    _limit()
    json.dump(examine(Path(path), project, Path(current)), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
