"""The workbook for Excel: every cell comes back as it was, nothing is live, and the lists are those of the schema."""

import csv
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.cell import range_boundaries

from etl.__main__ import main
from etl.schema import ANNOUNCEMENTS, load_schema
from etl.workbook import HELP, LISTS, SHEET, export_workbook

SCHEMA = load_schema()


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    return openpyxl.load_workbook(export_workbook(path=tmp_path_factory.mktemp("xlsx") / "annonces.xlsx"))


def rows_of_file(path: Path = ANNOUNCEMENTS) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def written(value: object) -> str:
    """Return a cell as the CSV writes it."""
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def test_every_cell_comes_back_as_it_was(book: openpyxl.Workbook) -> None:
    header, *rows = book[SHEET].iter_rows(values_only=True)
    assert list(header) == list(SCHEMA.names)
    expected = [dict(row) for row in rows_of_file()]
    found = [dict(zip(header, map(written, row), strict=True)) for row in rows]
    for row in expected:  # the file may write 35.0 where Excel gives 35
        for field in SCHEMA.fields:
            if field.type in ("number", "integer") and row[field.name]:
                row[field.name] = written(float(row[field.name]))
    assert found == expected


def test_codes_and_days_are_texts_and_figures_are_numbers(book: openpyxl.Workbook) -> None:
    header, *rows = book[SHEET].iter_rows()
    place = {cell.value: index for index, cell in enumerate(header)}
    for row in rows:
        for name in ("region_code", "departement_code", "commune_code", "announced_on", "recorded_on"):
            cell = row[place[name]]
            assert cell.value is None or (cell.data_type, cell.number_format) == ("s", "@"), (name, cell.value)
        money = row[place["investment_low_meur"]]
        assert money.value is None or money.data_type == "n"


def test_nothing_is_a_formula_even_when_a_cell_starts_like_one(tmp_path: Path) -> None:
    lines = rows_of_file()
    for row, start in zip(lines, ("=1+1", "+33", "-2", "@x", "\t=1", "http://x"), strict=False):
        row["note"] = start
    path = tmp_path / "announcements.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, SCHEMA.names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)
    sheet = openpyxl.load_workbook(export_workbook(path))[SHEET]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert sheet.cell(2, SCHEMA.names.index("note") + 1).value == "=1+1"
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)


def test_what_has_codes_is_chosen_from_a_list_of_them(book: openpyxl.Workbook) -> None:
    offered = {}
    for rule in book[SHEET].data_validations.dataValidation:
        sheet, _, area = rule.formula1.partition("!")
        assert sheet == LISTS
        column = range_boundaries(str(rule.sqref))[0]
        offered[SCHEMA.names[column - 1]] = [cell.value for (cell,) in book[LISTS][area.replace("$", "")]]
    assert {field.name for field in SCHEMA.fields if field.enum} <= set(offered)
    for field in SCHEMA.fields:
        if field.enum:
            assert offered[field.name] == list(field.enum)
    assert "32" in offered["region_code"] and "2A" in offered["departement_code"]
    assert book[LISTS].sheet_state == "hidden"


def test_the_help_sheet_explains_every_column_and_code(book: openpyxl.Workbook) -> None:
    words = "\n".join(str(cell) for row in book[HELP].iter_rows(values_only=True) for cell in row if cell)
    for field in SCHEMA.fields:
        assert field.name in words and field.description in words
        assert all(f"{code} : {label.fr}" in words for code, label in field.codes.items())


def test_the_header_stays_in_sight(book: openpyxl.Workbook) -> None:
    assert book[SHEET].freeze_panes == "C2"
    assert book[SHEET].auto_filter.ref.startswith("A1:")


def test_the_command_writes_the_workbook_and_refuses_a_file_that_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "annonces.xlsx"
    assert main(["export-xlsx", "--output", str(output)]) == 0
    assert f"{output}" in capsys.readouterr().out
    assert openpyxl.load_workbook(output, read_only=True).sheetnames == [SHEET, HELP, LISTS]
    wrong = tmp_path / "faux.csv"
    wrong.write_text("id\n", encoding="utf-8")
    assert main(["export-xlsx", str(wrong)]) == 1
    assert not wrong.with_suffix(".xlsx").exists()
    assert main(["export-xlsx", "--output", str(tmp_path / "nulle-part" / "x.xlsx")]) == 1
