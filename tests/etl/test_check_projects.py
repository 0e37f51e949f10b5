"""The rules that need several lines: who a project is, its parents, and the order of the file."""

import pytest

from etl.check import check_file
from etl.messages import sentence
from tests.etl.conftest import Write
from tests.etl.sheet import COLUMNS, edited, table


def set_cells(rows: list[list[str]], line: int, **cells: str) -> None:
    for name, value in cells.items():
        rows[line - 1][COLUMNS.index(name)] = value


def found(write: Write, rows: list[list[str]]) -> list[tuple[int | None, str | None, str, str | None]]:
    problems = check_file(write(rows)).problems
    return [(problem.line, problem.column, problem.code, problem.expected) for problem in problems]


@pytest.mark.parametrize("column", ["project_name", "project_name_en", "kind", "purpose"])
def test_a_name_given_only_later_is_asked_for_on_the_first_line(write: Write, column: str) -> None:
    rows = table()
    given = rows[2][COLUMNS.index(column)]
    set_cells(rows, 3, **{column: ""})
    set_cells(rows, 4, **{column: given})
    assert found(write, rows) == [(3, column, "identity-missing", given)]
    (problem,) = check_file(write(rows)).problems
    assert sentence(problem, "f.csv", "en") == (
        f"f.csv, line 3, column {column}: the cell is blank but this is the first line of project "
        f"“campus-bethune”; write {f'“{given}”' if ' ' in given else given}."
    )


def test_a_later_line_may_repeat_the_identity(write: Write) -> None:
    repeated = {name: table()[2][COLUMNS.index(name)] for name in ("project_name", "kind", "part_of")}
    assert found(write, edited(4, **repeated)) == []


def test_every_contradiction_names_the_first_line_of_the_project(write: Write) -> None:
    rows = edited(4, project_name="Autre", project_name_en="Other", kind="programme", purpose="mixed")
    problems = check_file(write(rows)).problems
    assert [(problem.column, problem.code, problem.details["first_line"]) for problem in problems] == [
        ("project_name", "identity-changed", 3),
        ("project_name_en", "identity-changed", 3),
        ("kind", "identity-changed", 3),
        ("purpose", "identity-changed", 3),
    ]


def test_a_parent_added_after_a_first_line_without_one_is_an_error(write: Write) -> None:
    rows = edited(4, part_of="plan")
    set_cells(rows, 3, part_of="")
    (problem,) = check_file(write(rows)).problems
    assert (problem.line, problem.column, problem.code, problem.expected) == (4, "part_of", "parent-added", "")
    assert sentence(problem, "f.csv", "fr") == (
        "f.csv, ligne 4, colonne part_of\u00a0: «\u202fplan\u202f» contredit la première ligne du projet "
        "«\u202fcampus-bethune\u202f» (ligne 3), qui n’a pas de projet parent\u202f; laissez la cellule vide, "
        "ou écrivez-le ligne 3."
    )
    assert sentence(problem, "f.csv", "en") == (
        "f.csv, line 4, column part_of: “plan” contradicts the first line of project “campus-bethune” (line 3), "
        "which has no parent; leave the cell blank, or write it on line 3."
    )


def test_a_mistyped_kind_on_the_first_line_accuses_no_later_line(write: Write) -> None:
    rows = edited(3, kind="sitte")
    set_cells(rows, 4, kind="site")
    assert found(write, rows) == [(3, "kind", "enum", "site")]


@pytest.mark.parametrize(
    ("parents", "path"),
    [
        ({2: "plan"}, "plan → plan"),
        ({2: "campus-bethune"}, "plan → campus-bethune → plan"),
        ({2: "phase-1"}, "plan → phase-1 → campus-bethune → plan"),
    ],
)
def test_a_circle_of_any_length_is_said_once_at_its_first_project(
    write: Write, parents: dict[int, str], path: str
) -> None:
    rows = table()
    for line, parent in parents.items():
        set_cells(rows, line, part_of=parent)
    (problem,) = check_file(write(rows)).problems
    assert (problem.line, problem.details["path"]) == (2, path)
    assert problem.code == ("parent-self" if path.count("→") == 1 else "parent-cycle")


def test_two_circles_are_two_problems(write: Write) -> None:
    rows = edited(2, part_of="campus-bethune")
    set_cells(rows, 5, part_of="sites-etat")
    assert [problem[:3] for problem in found(write, rows)] == [
        (2, "part_of", "parent-cycle"),
        (5, "part_of", "parent-self"),
    ]


ALLOWED = {
    ("programme", "programme"),
    ("programme", "site"),
    ("site", "programme"),
    ("site", "site"),
    ("inventory", "inventory"),
    ("target", "target"),
}
KINDS = ("programme", "site", "inventory", "target", "event_total", "context")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("parent_kind", KINDS)
def test_a_parent_is_of_the_same_family(write: Write, kind: str, parent_kind: str) -> None:
    rows = edited(2, kind=parent_kind)
    set_cells(rows, 6, kind=kind, part_of="plan")
    set_cells(rows, 3, part_of="")
    problems = found(write, rows)
    if (kind, parent_kind) in ALLOWED:
        assert problems == []
    else:
        childless = kind in ("event_total", "context")
        code = "parent-forbidden" if childless else "parent-family"
        assert problems == [(6, "part_of", code, "")]


def test_one_displaced_line_is_one_problem_whichever_way_it_moved(write: Write) -> None:
    rows = table()
    late_on_top = [rows[0], rows[5], *rows[1:5]]
    (problem,) = check_file(write(late_on_top)).problems
    assert (problem.line, problem.code, problem.details["last"]) == (2, "unsorted-last", 6)
    early_at_the_end = [rows[0], *rows[2:6], rows[1]]
    (problem,) = check_file(write(early_at_the_end)).problems
    assert (problem.line, problem.code, problem.details["before"]) == (6, "unsorted", 2)


def test_on_one_day_the_identifiers_are_in_order_and_a_month_comes_before_its_days(write: Write) -> None:
    assert found(write, edited(4, announced_on="2025-02-10", id="2025-02-zz")) == []
    (problem,) = check_file(write(edited(4, announced_on="2025-02-10", id="2025-02-aa"))).problems
    assert (problem.line, problem.code) == (4, "unsorted")
    (problem,) = check_file(write(edited(4, announced_on="2025-02"))).problems
    assert (problem.line, problem.code, problem.details["before"]) == (4, "unsorted", 3)


def test_a_later_line_too_long_hides_no_contradiction_in_its_project(write: Write) -> None:
    rows = edited(4, kind="programme")
    rows.insert(4, [*rows[3], "une de trop"])
    rows[4][COLUMNS.index("id")] = "2025-03-campus-zz"
    codes = [(line, code) for line, _, code, _ in found(write, rows)]
    assert codes == [(4, "identity-changed"), (5, "row-extra-cell")]


def test_when_the_first_line_cannot_be_read_no_other_line_is_accused_for_it(write: Write) -> None:
    rows = table()
    rows[2].append("une de trop")
    assert [(line, code) for line, _, code, _ in found(write, rows)] == [(3, "row-extra-cell")]


def test_a_mistyped_parent_on_the_first_line_accuses_no_later_line(write: Write) -> None:
    rows = edited(3, part_of="plam")
    set_cells(rows, 4, part_of="plan")
    assert found(write, rows) == [(3, "part_of", "parent-unknown", "plan")]
