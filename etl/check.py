"""Judge a file of announcements: every problem at once, in the order of the file.

Rule: facts only (the words are in `messages`); nothing printed, nothing written, and no content, however
broken, raises.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

from etl.alerts import find_alerts
from etl.cells import check_cells
from etl.forms import repair_records
from etl.header import drop_repeats, read_header
from etl.order import check_order
from etl.problems import Problem, Report, fold
from etl.project_rules import check_projects
from etl.reading import Reading, read_records
from etl.reference import Reference, load_reference
from etl.row_rules import check_rows
from etl.rows import Row, rows_of
from etl.schema import ROOT, Schema, load_schema
from etl.shapes import trim_records

# Their values must be found elsewhere: in a reference table, or in another row.
REFERRING = {"region_code", "departement_code", "commune_code", "event", "part_of"}
# Rules between rows that judge a cell by itself, as a wrong code.
ABOUT_ONE_CELL = {"unknown-region", "unknown-departement", "unknown-commune", "unknown-event", "parent-unknown"}


class CheckFailed(Exception):
    """A file that must not be built; `report` says why."""

    def __init__(self, report: Report) -> None:
        super().__init__(f"{report.file}: {len(report.problems)} problems")
        self.report = report


def check_file(
    path: Path | str,
    *,
    schema: Schema | None = None,
    reference: Reference | None = None,
    today: date | None = None,
    workbook: bool = False,
) -> Report:
    """Check `path` against the schema, then by the rules between cells and between rows.

    What `normalise` can repair is said, then judged as if it were repaired. The rules between rows wait until every
    column is there. The file is named from the root of the project when it is inside. `claims` and `projects`
    count the lines that could be told apart. Warnings are looked for where `today` is given. A workbook
    is judged where `workbook` allows it; elsewhere, as for a build, it is a problem.
    """
    schema = schema or load_schema()
    path = Path(path)
    reading = read_records(path, schema.names, workbook=workbook)
    problems = list(reading.problems)
    warnings: list[Problem] = []
    rows: list[Row] = []
    if reading.records:
        found, rows, complete = _check_records(reading, schema, reference or load_reference())
        problems += found
        if today and complete:
            warnings = find_alerts(rows, schema, today)
    projects = {row.cells.get("project_id", "") for row in rows} - {""}
    problems = list(fold(_sorted(problems, schema)))
    return Report(named(path), tuple(problems), len(rows), len(projects), tuple(fold(warnings)))


def _check_records(reading: Reading, schema: Schema, reference: Reference) -> tuple[list[Problem], list[Row], bool]:
    """Return the problems, the lines that could be told apart, and whether every column is there."""
    (header, *records), shape_problems = trim_records(reading.records)
    columns, problems = read_header(header, schema)
    if not any(columns):
        return problems, [], False
    problems += shape_problems
    records, repeats = drop_repeats(records, header, columns)
    problems += repeats
    if not records and not reading.unreadable:
        return [*problems, Problem(None, None, "no-claim")], [], False
    records, form_problems = repair_records(records, columns, schema, reference)
    cell_problems, shapeless = check_cells(records, columns, schema)
    complete = set(schema.names) <= set(columns)
    if complete:  # the rules below say what a code should be; its pattern would only say that it is none
        cell_problems = [found for found in cell_problems if not _is_judged_below(found)]
    rows = rows_of([record for record in records if record.line not in shapeless], columns, cell_problems)
    rule_problems: list[Problem] = []
    if complete:
        doubtful = [record for record in records if record.line in shapeless] + list(reading.unreadable)
        at = columns.index("project_id")
        doubted = [(record.cells[at], record.line) for record in doubtful if len(record.cells) > at]
        rule_problems += check_rows(rows, schema, reference)
        rule_problems += check_projects(rows, doubted, schema)
        rule_problems += check_order(rows)
    return problems + _with_forms(form_problems, cell_problems, rule_problems), rows, complete


def _with_forms(forms: list[Problem], of_cells: list[Problem], of_rules: list[Problem]) -> list[Problem]:
    """Join them; where a repaired cell is still wrong, say only what is wrong with it, of the text as it stands."""
    written = {found.place: found.value for found in forms}
    said = {found.place for found in of_cells}
    said |= {found.place for found in of_rules if found.code in ABOUT_ONE_CELL}
    others = [
        replace(found, value=written[found.place]) if found.place in written and found.place in said else found
        for found in (*of_cells, *of_rules)
    ]
    return [found for found in forms if found.place not in said] + others


def _is_judged_below(problem: Problem) -> bool:
    return problem.code == "pattern" and problem.column in REFERRING


def _sorted(problems: list[Problem], schema: Schema) -> list[Problem]:
    """By line (the whole file first), then by column in the order of the schema (the whole line first)."""
    rank = {name: position for position, name in enumerate(schema.names)}
    return sorted(problems, key=lambda problem: (problem.line or 0, rank.get(problem.column or "", -1)))


def named(path: Path) -> str:
    """Return the path as it is said: from the root of the project when it is inside."""
    absolute = path.absolute()
    return absolute.relative_to(ROOT).as_posix() if absolute.is_relative_to(ROOT) else str(path)
