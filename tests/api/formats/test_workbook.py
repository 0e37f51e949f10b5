"""XLSX: typed cells under a frozen header, notes that say all, and nothing live whatever the data says."""

import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet
from starlette.testclient import TestClient

from answering.bodies import Bodies
from api import data
from queries import RESOURCES, Database
from queries.dictionary import dictionary
from tests.api.conftest import Asked, Serve
from tests.api.hostile import LONG, WIDE
from tests.api.reading import held, workbook

NAMES = list(RESOURCES)
LONGEST = 32_767
# A formula, a link, a drawing, a macro, an outside source: parts and marks of a workbook that do something.
LIVE_PARTS = re.compile(r"(externalLinks|drawings|vbaProject|connections|hyperlinks|embeddings|queryTables)")


@pytest.mark.parametrize("name", NAMES)
def test_openpyxl_reads_what_the_database_holds_typed(asked: Asked, name: str) -> None:
    sheet = workbook(asked.get(f"/api/v1/{name}.xlsx")).worksheets[0]
    header, *found = sheet.iter_rows(values_only=True)
    expected = held(asked.database, name)
    assert list(header) == list(expected[0])
    assert len(found) == len(expected)
    for cells, row in zip(found, expected, strict=True):
        for cell, (column, value) in zip(cells, row.items(), strict=True):
            _assert_same(cell, value, column)


def _assert_same(cell: Any, value: Any, column: str) -> None:
    if isinstance(value, str):
        assert type(cell) is str and cell == _in_a_cell(value), column
    elif isinstance(value, bool) or value is None:
        assert cell is value, column
    elif isinstance(value, date):
        assert cell == datetime.combine(value, datetime.min.time()), column
    else:
        assert isinstance(cell, (int, float)) and not isinstance(cell, bool), column
        assert float(cell) == pytest.approx(float(value), rel=1e-15), column


def _in_a_cell(text: str) -> str:
    if len(text.encode("utf-16-le")) > 2 * LONGEST:
        text = (text.encode("utf-16-le")[: 2 * LONGEST - 2]).decode("utf-16-le", "ignore") + "…"
    # What XML cannot hold is written so in a workbook (ECMA-376, ST_Xstring); Excel reads it back, openpyxl does not.
    return re.sub("[\x00-\x08\x0b-\x1f\ufffe\uffff]", lambda found: f"_x{ord(found[0]):04X}_", text)


@pytest.mark.parametrize("name", NAMES)
def test_no_cell_is_live_whatever_the_data_says(serve: Serve, hostile_path: Path, name: str) -> None:
    content = serve(hostile_path).get(f"/api/v1/{name}.xlsx").content
    for sheet in workbook(content).worksheets:
        assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
        assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.hyperlink] == []
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert [part for part in parts.namelist() if LIVE_PARTS.search(part)] == []
        sheets = [parts.read(part) for part in parts.namelist() if part.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 2
    assert [mark for sheet in sheets for mark in (b"<f>", b"<f ", b"<hyperlink") if mark in sheet] == []


def test_a_text_that_no_cell_holds_is_cut_with_an_ellipsis(serve: Serve, hostile_path: Path) -> None:
    sheet = workbook(serve(hostile_path).get("/api/v1/announcements.xlsx?columns=note").content).worksheets[0]
    notes = [row[0] or "" for row in sheet.iter_rows(values_only=True)]
    assert len(LONG) > LONGEST and LONG[: LONGEST - 1] + "…" in notes
    assert len(WIDE) < LONGEST and WIDE[: LONGEST // 2] + "…" in notes
    assert max(len(note.encode("utf-16-le")) // 2 for note in notes) == LONGEST


@pytest.mark.parametrize("name", NAMES)
def test_the_header_stays_in_sight_and_filters_all_rows(client: TestClient, served: Database, name: str) -> None:
    sheet = workbook(client.get(f"/api/v1/{name}.xlsx").content).worksheets[0]
    corner = "ABC"[len(RESOURCES[name].key)] + "2"
    assert sheet.freeze_panes == corner
    rows = len(held(served, name))
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(rows + 1, sheet.max_column).coordinate}"
    assert all(cell.font.bold for cell in sheet[1])


def test_an_empty_selection_is_a_header_and_its_notes(client: TestClient) -> None:
    book = workbook(client.get("/api/v1/projects.xlsx?q=zzzzzz").content)
    assert book.worksheets[0].max_row == 1
    assert _notes(book.worksheets[1])["Sélection"] == "Rechercher\u202f: «\u202fzzzzzz\u202f»"


@pytest.mark.parametrize(
    ("lang", "title", "expected"),
    [
        (
            "fr",
            ["Projets", "Notes"],
            {
                "Sélection": "Région\u202f: Hauts-de-France; Tel que connu le\u202f: 1er juin 2025",
                "Annonces relevées jusqu’au": "{covered}",
                "Version des données": "{version}",
                "Licence": "Licence Ouverte 2.0 (Etalab) – https://www.etalab.gouv.fr/licence-ouverte-open-licence",
            },
        ),
        (
            "en",
            ["Projects", "Notes"],
            {
                "Selection": "Region: Hauts-de-France; As known on: 1 June 2025",
                "Announcements collected up to": "{covered}",
                "Data version": "{version}",
                "Licence": "Licence Ouverte 2.0 (Etalab), open licence – "
                "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
            },
        ),
    ],
)
def test_the_notes_say_the_selection_the_version_the_licence_and_each_column(
    client: TestClient, served: Database, lang: str, title: list[str], expected: dict[str, str]
) -> None:
    path = f"/api/v1/projects.xlsx?region=32&until=2025-06-01&lang={lang}"
    book = workbook(client.get(path).content)
    assert book.sheetnames == title
    notes = _notes(book.worksheets[1])
    values = {"version": served.version, "covered": f"{served.metadata['covered_until']:%Y-%m-%d}"}
    assert {name: notes[name] for name in expected} == {name: said.format(**values) for name, said in expected.items()}
    assert client.get(notes["Adresse" if lang == "fr" else "Address"]).content == client.get(path).content
    columns = dictionary(served, "projects")
    assert [notes[column.name] for column in columns] == [column.title(lang) for column in columns]
    status = next(row for row in book.worksheets[1].iter_rows(values_only=True) if row[0] == "status")
    assert status[4].startswith("ambition = ") and "; cancelled = " in status[4]


def _notes(sheet: Worksheet) -> dict[str, str]:
    return {row[0]: row[1] for row in sheet.iter_rows(values_only=True) if row[0]}


def test_the_workbook_is_the_same_to_the_byte_when_it_is_made_again(
    serve: Serve, database_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = serve(database_path)
    first = client.get("/api/v1/regions.xlsx").content
    monkeypatch.setattr(data, "bodies", Bodies(data.BODIES_BYTES))
    assert client.get("/api/v1/regions.xlsx").content == first
