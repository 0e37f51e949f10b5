"""Workbooks: typed cells read as the CSV holds them, hostile files refused in a sentence, the CSV written beside."""

import csv
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from etl.check import check_file
from etl.excel import read_sheet
from etl.messages import change, sentences
from etl.normalise import plan_repair, write_repair
from etl.schema import ANNOUNCEMENTS, load_schema
from tests.etl.command import run_etl
from tests.etl.sheet import COLUMNS, as_text, edited, table, write_table
from tests.etl.test_check_cells import typeset
from tests.etl.workbooks import HOSTILE, package, rows_xml

NAMES = load_schema().names
NUMBERS = {field.name for field in load_schema().fields if field.type in ("number", "integer")}


def typed(rows: list[list[str]]) -> list[list[Any]]:
    """The rows as somebody types them in Excel: numbers, dates, and codes that lose their zeros."""
    header, *claims = rows

    def cell(name: str, text: str) -> Any:
        if name in NUMBERS or name.endswith("_code"):
            return float(text) if text else None
        if name.endswith(("_on", "_date")) and len(text) == 10:
            return date.fromisoformat(text)
        return text or None

    return [header, *[[cell(name, text) for name, text in zip(header, row, strict=True)] for row in claims]]


def workbook(path: Path, rows: list[list[Any]], *, before: int = 0, first_sheets: int = 0) -> Path:
    """Write rows by openpyxl, behind blank rows and other sheets."""
    book = openpyxl.Workbook()
    for number in range(first_sheets):
        book.create_sheet(f"Notes {number}", 0)["A1"] = "à faire"
    sheet = book.worksheets[-1]
    sheet.title = "annonces"
    for line, row in enumerate(rows, start=before + 1):
        for column, value in enumerate(row, start=1):
            sheet.cell(line, column, value)
    book.save(path)
    return path


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    return lambda rows, **options: workbook(tmp_path / "annonces.xlsx", rows, **options)


PLACED = edited(3, region_code="84", departement_code="01", commune_code="01053", note="deux\nlignes ; =1+1")


def test_a_typed_workbook_says_only_the_zeros_it_lost_and_becomes_the_csv(book: Callable[..., Path]) -> None:
    path = book(typed(PLACED), first_sheets=2)
    said = [line.removeprefix(str(path)) for line in sentences(check_file(path, workbook=True), "fr")]
    assert said == [
        typeset(", ligne 3, colonne departement_code : « 1 » a perdu son zéro de tête ; écrivez 01 (Ain)."),
        typeset(
            ", ligne 3, colonne commune_code : « 1053 » a perdu son zéro de tête ; écrivez 01053 (Bourg-en-Bresse)."
        ),
    ]
    plan = plan_repair(path)
    assert (plan.target, plan.before, plan.content) == (path.with_suffix(".csv"), None, as_text(PLACED).encode())
    assert [change(made, "fr") for made in plan.changes] == [
        typeset("fichier : feuille « annonces » du classeur → « annonces.csv »"),
        typeset("ligne 3, departement_code : « 1 » → « 01 »"),
        typeset("ligne 3, commune_code : « 1053 » → « 01053 »"),
    ]


def test_lines_are_those_of_the_sheet(book: Callable[..., Path]) -> None:
    path = book(typed(edited(3, status="anounced")), before=4)
    (problem,) = check_file(path, workbook=True).problems
    assert (problem.line, problem.column) == (7, "status")


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (1500, "General", "1500"),
        (1500.0, "General", "1500"),
        (0.1 + 0.2, "General", "0.3"),
        (0.42, "0.00 %", "42 %"),
        (0.125, "0.0%", "12.5 %"),
        (5, '0" %"', "5"),
        (1234567.5, "#,##0.00", "1234567.5"),
        (0.00001, "General", "0.00001"),
        (-5, "General", "-5"),
        (0, "General", "0"),
        (True, "General", "true"),
        ("01053", "@", "01053"),
        ("=?", "@", "=?"),
        (datetime(2025, 2, 10), "dd/mm/yyyy", "2025-02-10"),
        (datetime(2025, 2, 10), "d mmmm yyyy", "2025-02-10"),
        (datetime(2025, 2, 1), "mmm-yy", "2025-02"),
        (datetime(2025, 2, 1), "[$-40C]mmmm yyyy;@", "2025-02"),
        (datetime(2025, 2, 10, 8, 30), "dd/mm/yyyy hh:mm", "2025-02-10 08:30:00"),
        (45698, '"d"0', "45698"),
        (45698, "General", "45698"),
        ("deux\nlignes", "General", "deux\nlignes"),
    ],
)
def test_a_typed_cell_says_what_it_shows(tmp_path: Path, value: object, number_format: str, text: str) -> None:
    made = openpyxl.Workbook()
    cell = made.active.cell(2, 3, value)
    cell.data_type = "s" if isinstance(value, str) else cell.data_type
    cell.number_format = number_format
    made.save(tmp_path / "a.xlsx")
    assert read_sheet((tmp_path / "a.xlsx").read_bytes(), NAMES).rows == {2: {2: text}}


def test_the_calendar_of_a_mac_is_known(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.epoch = CALENDAR_MAC_1904
    made.active["A1"] = date(2025, 2, 10)
    made.save(tmp_path / "a.xlsx")
    assert read_sheet((tmp_path / "a.xlsx").read_bytes(), NAMES).rows == {1: {0: "2025-02-10"}}


def test_texts_inline_rich_and_escaped_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as made:
        sheet = made.add_worksheet()
        sheet.write_string(0, 0, "en ligne")
        sheet.write_rich_string(0, 1, "en ", made.add_format({"bold": True}), "gras")
        sheet.write_string(0, 2, "a\x01b")
        sheet.write_blank(0, 3, None, made.add_format({"bold": True}))
    assert read_sheet(path.read_bytes(), NAMES).rows == {1: {0: "en ligne", 1: "en gras", 2: "a\x01b"}}


def test_the_real_file_comes_back_from_a_workbook_as_it_is(tmp_path: Path) -> None:
    with ANNOUNCEMENTS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    path = workbook(tmp_path / "a.xlsx", typed(rows))
    plan = plan_repair(path)
    assert plan.content == ANNOUNCEMENTS.read_bytes()
    sheet = read_sheet(path.read_bytes(), NAMES)
    read = openpyxl.load_workbook(path).active
    assert {(line, at) for line, cells in sheet.rows.items() for at in cells} == {
        (cell.row, cell.column - 1) for row in read.iter_rows() for cell in row if cell.value is not None
    }


def test_a_formula_is_told_and_never_computed(book: Callable[..., Path]) -> None:
    rows = typed(table())
    rows[2][COLUMNS.index("jobs_low")] = "=50+50"
    path = book(rows)
    report = check_file(path, workbook=True)
    assert [line.removeprefix(str(path)) for line in sentences(report, "fr")] == [
        typeset(
            ", ligne 3, colonne jobs_low : « =50+50 » est une formule ; remplacez-la par sa valeur (copier, puis "
            "collage spécial, valeurs)."
        )
    ]
    done = run_etl("normalise", path, "--yes")
    assert done.returncode == 1 and "est une formule" in done.stderr and not path.with_suffix(".csv").exists()


def test_the_csv_is_written_beside_and_the_workbook_stays(book: Callable[..., Path], tmp_path: Path) -> None:
    path = book(typed(table()))
    before = path.read_bytes()
    done = run_etl("normalise", path, "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == typeset(f"{tmp_path / 'annonces.csv'} : 1 changement.")
    assert (tmp_path / "annonces.csv").read_text(encoding="utf-8") == as_text(table())
    assert path.read_bytes() == before
    done = run_etl("normalise", path)
    assert (done.returncode, done.stdout) == (0, typeset(f"{path} : rien à changer.\n"))


def test_a_csv_that_is_there_is_compared_claim_by_claim_and_kept(book: Callable[..., Path], tmp_path: Path) -> None:
    there = write_table(tmp_path, [*edited(2, note="ancienne")[:3], *edited(4, id="2025-03-retirée")[3:4]])
    before = there.read_bytes()
    plan = plan_repair(book(typed(table())))
    assert [change(made, "fr") for made in plan.changes] == [
        typeset("fichier : feuille « annonces » du classeur → « annonces.csv »"),
        typeset("ligne 2, note : « ancienne » → «  »"),
        typeset("ligne 4 : « 2025-03-campus-ha » ajoutée"),
        typeset("ligne 5 : « 2025-05-sites-63 » ajoutée"),
        typeset("ligne 6 : « 2025-06-phase-1 » ajoutée"),
        typeset("ligne 4 : « 2025-03-retirée » enlevée du fichier"),
    ]
    backup = write_repair(plan)
    assert backup is not None and backup.read_bytes() == before
    assert there.read_text(encoding="utf-8") == as_text(table())


def test_a_build_refuses_a_workbook(book: Callable[..., Path], tmp_path: Path) -> None:
    path = book(typed(table()))
    done = run_etl("build", path, "--database", tmp_path / "observatory.duckdb")
    assert done.returncode == 1 and "c’est un classeur" in done.stderr
    assert [problem.code for problem in check_file(path).problems] == ["file-workbook"]


def test_the_smallest_workbook_is_read() -> None:
    sheet = rows_xml(1, '<c><v>1</v></c><c t="inlineStr"><is><t>b</t></is></c>')
    assert read_sheet(package(sheet), NAMES).rows == {1: {0: "1", 1: "b"}}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    make, code = HOSTILE[name]
    path = tmp_path / "a.xlsx"
    path.write_bytes(make())
    report = check_file(path, workbook=True)
    assert [problem.code for problem in report.problems] == [code]
    assert sentences(report, "fr")[0].startswith(typeset(f"{path} : ce "))
    obstacle = plan_repair(path).obstacle
    assert obstacle is not None and obstacle.code == code


def test_a_distant_blank_row_or_column_costs_nothing() -> None:
    far = '<row r="1048576"><c r="XFD1048576"/></row>'
    sheet = rows_xml(2).replace("</sheetData>", f"{far}</sheetData>")
    assert read_sheet(package(sheet), NAMES).rows == {1: {0: "1"}, 2: {0: "1"}}


GOOD = package(rows_xml(3))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_to_a_workbook_makes_it_raise(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(4, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert check_file(path, workbook=True).problems
    assert plan_repair(path).changes == ()


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(["n", "s", "str", "b", "d", "e", "inlineStr", "z"]),
    style=st.text(max_size=3),
    value=st.text(alphabet=st.characters(min_codepoint=32, exclude_categories=("Cs",)), max_size=12),
)
def test_no_cell_makes_it_raise(tmp_path: Path, kind: str, style: str, value: str) -> None:
    escaped = value.replace("&", "&amp;").replace("<", "&lt;")
    marked = style.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    cell = f'<c t="{kind}" s="{marked}"><v>{escaped}</v></c>'
    path = tmp_path / "a.xlsx"
    path.write_bytes(package(rows_xml(2, cell)))
    assert check_file(path, workbook=True).problems
