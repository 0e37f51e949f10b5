"""Judge a file of announcements: every problem at once, in the order of the file.

Rule: facts only (the words are in `messages`); nothing printed, nothing written, and no content, however
broken, raises.
"""

from pathlib import Path

from etl.cells import check_cells
from etl.header import read_header
from etl.order import check_order
from etl.problems import Problem, Report
from etl.project_rules import check_projects
from etl.reading import Reading, read_records
from etl.reference import Reference, load_reference
from etl.row_rules import check_rows
from etl.rows import rows_of
from etl.schema import ROOT, Schema, load_schema

# Their values must be found elsewhere: in a reference table, or in another row.
REFERRING = {"region_code", "departement_code", "commune_code", "event", "part_of"}


class CheckFailed(Exception):
    """A file that must not be built; `report` says why."""

    def __init__(self, report: Report) -> None:
        super().__init__(f"{report.file}: {len(report.problems)} problems")
        self.report = report


def check_file(path: Path | str, *, schema: Schema | None = None, reference: Reference | None = None) -> Report:
    """Check `path` against the schema, then by the rules between cells and between rows.

    The rules between rows wait until every column is there. The file is named from the root of the project
    when it is inside. `claims` and `projects` count the lines that could be told apart.
    """
    schema = schema or load_schema()
    path = Path(path)
    reading = read_records(path)
    problems = list(reading.problems)
    claims = projects = 0
    if reading.records:
        found, claims, projects = _check_records(reading, schema, reference or load_reference())
        problems += found
    return Report(_name(path), tuple(_sorted(problems, schema)), claims, projects)


def _check_records(reading: Reading, schema: Schema, reference: Reference) -> tuple[list[Problem], int, int]:
    """Return the problems, the number of claims and that of projects."""
    header, *records = reading.records
    columns, problems = read_header(header, schema)
    if not any(columns):
        return problems, 0, 0
    if not records and not reading.unreadable:
        return [*problems, Problem(None, None, "no-claim")], 0, 0
    cell_problems, shapeless = check_cells(records, columns, schema)
    complete = set(schema.names) <= set(columns)
    if complete:  # the rules below say what a code should be; its pattern would only say that it is none
        cell_problems = [found for found in cell_problems if not _is_judged_below(found)]
    problems += cell_problems
    rows = rows_of([record for record in records if record.line not in shapeless], columns, cell_problems)
    if complete:
        doubtful = [record for record in records if record.line in shapeless] + list(reading.unreadable)
        at = columns.index("project_id")
        doubted = [(record.cells[at], record.line) for record in doubtful if len(record.cells) > at]
        problems += check_rows(rows, schema, reference)
        problems += check_projects(rows, doubted, schema)
        problems += check_order(rows)
    projects = {row.cells.get("project_id", "") for row in rows} - {""}
    return problems, len(rows), len(projects)


def _is_judged_below(problem: Problem) -> bool:
    return problem.code == "pattern" and problem.column in REFERRING


def _sorted(problems: list[Problem], schema: Schema) -> list[Problem]:
    """By line (the whole file first), then by column in the order of the schema (the whole line first)."""
    rank = {name: position for position, name in enumerate(schema.names)}
    return sorted(problems, key=lambda problem: (problem.line or 0, rank.get(problem.column or "", -1)))


def _name(path: Path) -> str:
    absolute = path.absolute()
    return absolute.relative_to(ROOT).as_posix() if absolute.is_relative_to(ROOT) else str(path)
