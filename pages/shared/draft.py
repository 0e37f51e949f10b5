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

from etl.check import check_file
from etl.database import BUILD_PREFIX, write_database
from etl.messages import advice, form_line, summary
from etl.placing import Placed
from etl.reading import Reading, Record, as_csv, read_records
from etl.schema import ANNOUNCEMENTS, Schema, load_schema
from etl.trial import try_row
from pages.shared.draft_changes import LONGEST_CELL_TOLD, MOST_TOLD, compare, cut
from pages.shared.texts import LANGUAGES
from queries import Selection, open_database

# A file of 20 MB whose every line is a row needs less; one made to exhaust the server does not get more.
MOST_BYTES = 2 * 2**30
MOST_SECONDS = 45
WORKBOOK, FROM_SHEET = ".xlsx", "sheet-"


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

    It may be a workbook. `project` asks for the disagreements between its claims. `totals` is None where the file has
    problems.
    """
    reading = read_records(path, load_schema().names, workbook=True)
    name = ANNOUNCEMENTS.with_suffix(ANNOUNCEMENTS.suffix if reading.sheet is None else WORKBOOK).name
    report = replace(check_file(path, today=date.today(), workbook=True), file=name)
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
    rows, told["rows"] = _rows(reading, faulty)
    told["is_read"] = bool(rows)
    told |= compare(_rows(read_records(current, load_schema().names))[0], rows)
    if report.ok:
        database_path = path.with_name(f"{BUILD_PREFIX}duckdb")
        write_database(_as_file(path, reading), database_path)
        database = open_database(database_path)
        told["totals"] = _records(database.run("totals_by_place"))
        if project:
            told["disagreements"] = _records(database.run("disagreements", Selection(project=project)))
    return told


def _records(frame: Any) -> Any:
    return json.loads(frame.to_json(orient="records", date_format="iso"))


def _as_file(path: Path, reading: Reading) -> Path:
    """Return the CSV file to build from: the file itself or, for a workbook, what its sheet holds, beside it."""
    if reading.sheet is None:
        return path
    written = path.with_name(f"{FROM_SHEET}{ANNOUNCEMENTS.name}")
    written.write_bytes(as_csv(reading.records))
    return written


def _rows(reading: Reading, shown: Collection[int] = ()) -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """Return the rows by id, as far as they can be told apart, and those at the lines `shown` by line."""
    by_id: dict[str, dict[str, str]] = {}
    by_line: dict[str, dict[str, str]] = {}
    header, *records = reading.records or [Record(1, ())]
    for record in records:
        cells = dict(zip(header.cells, record.cells, strict=False))
        if record.line in shown:
            by_line[str(record.line)] = cut(cells)
        if identifier := cells.get("id"):
            by_id.setdefault(identifier, cells)
    return by_id, by_line


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
