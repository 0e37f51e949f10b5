"""A workbook dropped: judged and built as the CSV that it would become, refused in a sentence where it cannot be."""

import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.placing import place_row
from etl.schema import ANNOUNCEMENTS, load_schema
from etl.workbook import export_workbook
from pages.shared import draft, draft_runner
from pages.shared.draft_runner import NotExamined, examine_content
from tests.etl.test_libreoffice import MADE
from tests.etl.workbooks import HOSTILE, package, rows_xml

NAMES = load_schema().names
ROW = {
    "id": "2026-11-essai",
    "project_id": "brookfield-france",
    "announced_on": "2026-11-20",
    "investment_low_meur": "90000",
    "investment_high_meur": "90000",
    "source_publisher": "Le Monde",
    "source_title": "Encore",
    "source_url": "https://www.lemonde.fr/x",
    "source_kind": "national_press",
    "recorded_on": "2026-11-24",
}
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    **HOSTILE,
    "an old workbook under a new name": ((MADE / "french.xls").read_bytes, "workbook-old"),
    "a password": ((MADE / "sealed.xlsx").read_bytes, "workbook-sealed"),
    "a document of LibreOffice": ((MADE / "french.ods").read_bytes, "workbook-open"),
    "a web page under another name": ((MADE / "page.xls").read_bytes, "file-markup"),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of temporary files; it must be found empty."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The workbook that staff are given to edit."""
    return export_workbook(ANNOUNCEMENTS, tmp_path_factory.mktemp("export") / "annonces.xlsx").read_bytes()


def edit(content: bytes, change: Callable[[Any], None]) -> bytes:
    """The workbook changed in its sheet of announcements, as openpyxl saves it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(next(sheet for sheet in book.worksheets if sheet["A1"].value == "id"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def add_row(sheet: Any) -> None:
    """Insert the row where the check wants it, numbers typed as numbers."""
    at = place_row(ANNOUNCEMENTS.read_text(encoding="utf-8"), ROW).number
    sheet.insert_rows(at)
    for name, value in ROW.items():
        sheet.cell(at, NAMES.index(name) + 1, float(value) if name.endswith("_meur") else value)


@pytest.fixture(scope="module")
def current() -> dict[str, Any]:
    """What is told of the current file."""
    return examine_content(ANNOUNCEMENTS.read_bytes())


def test_the_exported_workbook_is_the_current_file_and_its_macros_are_never_read(
    folder: Path, exported: bytes, current: dict[str, Any]
) -> None:
    content = io.BytesIO(exported)
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + bytes(5_000))
    told = examine_content(content.getvalue())
    assert told["ok"] and told["problems"] == [] and told["counts"] == {"added": 0, "changed": 0, "removed": 0}
    assert told["totals"] == current["totals"]
    assert list(folder.iterdir()) == []


def test_a_row_added_in_a_workbook_has_the_effect_of_the_same_line(
    tmp_path: Path, exported: bytes, current: dict[str, Any]
) -> None:
    told = examine_content(edit(exported, add_row))
    assert told["ok"] and told["added"] == [ROW["id"]]
    assert told["counts"] == {"added": 1, "changed": 0, "removed": 0}
    path = tmp_path / "announcements.csv"
    path.write_text(place_row(ANNOUNCEMENTS.read_text(encoding="utf-8"), ROW).content, encoding="utf-8")
    same = draft.examine(path)
    assert told["totals"] == same["totals"] != current["totals"] and same["added"] == told["added"]


def test_a_spoiled_workbook_is_told_by_the_lines_of_its_sheet(exported: bytes) -> None:
    def spoil(sheet: Any) -> None:
        sheet.cell(5, NAMES.index("recorded_on") + 1, "hier")
        sheet.cell(6, NAMES.index("status") + 1, " announced")

    told = examine_content(edit(exported, spoil))
    assert [(problem["line"], problem["column"], problem["value"]) for problem in told["problems"]] == [
        (5, "recorded_on", "hier"),
        (6, "status", " announced"),
    ]
    assert told["rows"]["5"]["recorded_on"] == "hier" and told["totals"] is None
    assert "normalise announcements.xlsx" in told["form"]["fr"]


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_workbook_of_ours_gets_one_sentence(tmp_path: Path, name: str) -> None:
    make, code = REFUSED[name]
    path = tmp_path / "announcements.csv"
    path.write_bytes(make())
    told = draft.examine(path)
    assert [problem["code"] for problem in told["problems"]] == [code]
    assert all(problem["sentences"][lang].endswith(".") for problem in told["problems"] for lang in ("fr", "en"))
    assert told["totals"] is None and told["rows"] == {} and told["counts"]["added"] == 0


@pytest.mark.parametrize("name", ["a zip bomb", "one part under many names", "a password"])
def test_nothing_is_left_of_it(folder: Path, name: str) -> None:
    make, code = REFUSED[name]
    assert [problem["code"] for problem in examine_content(make())["problems"]] == [code]
    assert list(folder.iterdir()) == []


def test_a_workbook_that_takes_too_long_is_given_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft_runner, "WITHIN_S", 1.5)
    header = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in NAMES)
    sheet = rows_xml(60_000, "<c><v>1</v></c>" * 40).replace("<row>", f"<row>{header}</row><row>", 1)
    with pytest.raises(NotExamined, match="hard"):
        examine_content(package(sheet))
    assert list(folder.iterdir()) == []


SMALL = package(rows_xml(3))
anything = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@anything
@given(tail=st.binary(max_size=300), data=st.data())
def test_no_damage_to_a_workbook_makes_the_report_raise(tmp_path: Path, tail: bytes, data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from([SMALL, (MADE / "english.xlsx").read_bytes()])))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "announcements.csv"
    for spoiled in (bytes(content), b"PK\x03\x04" + tail, bytes(content[: len(tail)])):
        path.write_bytes(spoiled)
        told = draft.examine(path)
        assert told["ok"] is (told["problems"] == [])
        assert all(problem["sentences"]["en"] for problem in told["problems"])
