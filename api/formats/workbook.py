"""XLSX: typed cells, a frozen and titled header, a sheet of notes. No formula, no link, nothing live.

Rule: a text is written as a text whatever it starts with; a workbook bears no clock, so that it is the same twice.
"""

import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from api.formats.notes import LICENCE_EN, LICENCE_FR, LICENCE_URL, TITLE_EN, TITLE_FR, Notes
from queries.dictionary import Column

# A cell holds no more (Excel's own limit); XlsxWriter leaves a longer one out altogether.
LONGEST_CELL = 32_767
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}
WIDTHS = {"date": 12, "boolean": 9, "number": 14, "integer": 12}
TEXT_WIDTH, WIDEST = 18, 48
WORDS = {
    "fr": {
        "notes": "Notes",
        "selection": "Sélection",
        "rows": "Lignes",
        "version": "Version des données",
        "covered": "Annonces relevées jusqu’au",
        "address": "Adresse",
        "licence": "Licence",
        "cite": "Pour citer",
        "blank": "Une case vide veut dire inconnu, jamais zéro.",
        "columns": ("Colonne", "Titre", "Unité", "Description", "Codes"),
    },
    "en": {
        "notes": "Notes",
        "selection": "Selection",
        "rows": "Rows",
        "version": "Data version",
        "covered": "Announcements collected up to",
        "address": "Address",
        "licence": "Licence",
        "cite": "How to cite",
        "blank": "A blank cell means unknown, never zero.",
        "columns": ("Column", "Title", "Unit", "Description", "Codes"),
    },
}


def write_xlsx(table: pa.Table, notes: Notes) -> bytes:
    """Write the table and its notes as a workbook."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        noon = datetime.combine(notes.recorded_until, datetime.min.time())
        book.set_properties({"title": notes.resource.title(notes.lang), "author": "Infra IA France", "created": noon})
        _write_rows(book, book.add_worksheet(notes.resource.title(notes.lang)[:31]), table, notes)
        _write_notes(book, book.add_worksheet(WORDS[notes.lang]["notes"]), table, notes)
    return out.getvalue()


def _write_rows(book: Workbook, sheet: Worksheet, table: pa.Table, notes: Notes) -> None:
    bold = book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for place, column in enumerate(notes.columns):
        sheet.set_column(place, place, _width(column))
        sheet.write_string(0, place, column.name, bold)
        for row, value in enumerate(table.column(column.name).to_pylist(), start=1):
            write_cell(sheet, row, place, value, day)
    sheet.freeze_panes(1, len(notes.resource.key))
    if table.num_rows:
        sheet.autofilter(0, 0, table.num_rows, len(notes.columns) - 1)


def write_cell(sheet: Worksheet, row: int, place: int, value: Any, day: Format) -> None:
    """Write one value by its type; a text is never a formula, a link or a number; a blank writes nothing."""
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, (int, float, Decimal)):
        sheet.write_number(row, place, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, datetime.combine(value, datetime.min.time()), day)
    elif value is not None:
        sheet.write_string(row, place, _cut(str(value)))


def _cut(text: str) -> str:
    """Cut a text to what a cell holds, which Excel counts in UTF-16: most emoji count twice."""
    if len(text) <= LONGEST_CELL // 2:
        return text
    units = text.encode("utf-16-le", "replace")
    if len(units) <= 2 * LONGEST_CELL:
        return text
    return units[: 2 * (LONGEST_CELL - 1)].decode("utf-16-le", "ignore") + "…"


def _write_notes(book: Workbook, sheet: Worksheet, table: pa.Table, notes: Notes) -> None:
    bold, lang = book.add_format({"bold": True}), notes.lang
    words = WORDS[lang]
    english = lang == "en"
    lines = [
        (TITLE_EN if english else TITLE_FR, notes.resource.title(lang)),
        ("", notes.resource.description(lang)),
        (words["selection"], notes.words(lang)),
        (words["rows"], str(table.num_rows)),
        (words["version"], notes.version),
        (words["covered"], notes.covered_until.isoformat()),
        (words["address"], notes.path),
        (words["licence"], f"{LICENCE_EN if english else LICENCE_FR} – {LICENCE_URL}"),
        (words["cite"], notes.citation(lang)),
        ("", words["blank"]),
    ]
    for row, (name, value) in enumerate(lines):
        sheet.write_string(row, 0, str(name), bold)
        sheet.write_string(row, 1, str(value))
    top = len(lines) + 1
    for place, name in enumerate(words["columns"]):
        sheet.write_string(top, place, name, bold)
    for row, column in enumerate(notes.columns, start=top + 1):
        codes = "; ".join(f"{code} = {label.name(lang)}" for code, label in column.codes.items())
        for place, text in enumerate(
            (column.name, column.title(lang), column.unit or "", column.description(lang), codes)
        ):
            sheet.write_string(row, place, text[:LONGEST_CELL])
    sheet.set_column(0, 1, 32)
    sheet.set_column(3, 4, 60)


def _width(column: Column) -> int:
    return min(WIDEST, max(WIDTHS.get(column.type, TEXT_WIDTH), len(column.name) + 2))
