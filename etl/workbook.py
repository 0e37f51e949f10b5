"""The announcements as a workbook that French Excel opens well, to be edited there and given back to `check`.

Rule: nothing that Excel could take for something else: codes, days and words are texts, figures are numbers, no cell is
a formula; what may be chosen from a list is, and the lists come from the schema and the reference tables.
"""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from etl.reference import load_reference
from etl.schema import ANNOUNCEMENTS, Field, Schema, load_schema

SHEET, HELP, LISTS = "announcements", "Aide", "Listes"
# Rows of the grid that keep lists and formats below the last claim, for those to come.
ROOM = 500
# A text cell, in Excel's own code: Excel leaves `01053` and `2025-02` as they are.
AS_TEXT = "@"
WIDTHS = {"integer": 12, "number": 14, "date": 12}
TEXT_WIDTH, WIDE = 18, 40
WIDE_COLUMNS = {"project_name", "project_name_en", "source_title", "source_url", "note"}
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
ADVICE = (
    "Ajoutez vos lignes sous la dernière, sur la feuille « announcements » : une ligne par déclaration.",
    "Les codes se choisissent dans les listes ; les dates s’écrivent AAAA-MM-JJ (ou AAAA-MM si le jour est inconnu).",
    "Un chiffre inconnu reste vide : jamais zéro. « Plus de » : seulement low. « Jusqu’à » : seulement high.",
    "Enregistrez, puis : python -m etl check FICHIER.xlsx ; python -m etl normalise FICHIER.xlsx répare la forme.",
)


def export_workbook(csv_path: Path = ANNOUNCEMENTS, path: Path | None = None, schema: Schema | None = None) -> Path:
    """Write the claims of a checked `csv_path` as a workbook; return its path (beside the CSV by default).

    Raises OSError where it cannot be written.
    """
    schema = schema or load_schema()
    path = path or csv_path.with_suffix(".xlsx")
    with csv_path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        sheet = book.add_worksheet(SHEET)
        _write_help(book, book.add_worksheet(HELP), schema)
        _write_rows(book, sheet, rows, schema)
        _offer_lists(book.add_worksheet(LISTS), sheet, len(rows), schema)
    path.write_bytes(out.getvalue())
    return path


def _write_rows(book: Workbook, sheet: Worksheet, rows: Sequence[dict[str, str]], schema: Schema) -> None:
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F1EEE7"})
    text, number = book.add_format({"num_format": AS_TEXT}), book.add_format({"num_format": "0.###"})
    for place, field in enumerate(schema.fields):
        is_number = field.type in ("integer", "number")
        sheet.set_column(place, place, _width(field), number if is_number else text)
        sheet.write_string(0, place, field.name, head)
        for line, row in enumerate(rows, start=1):
            value = row[field.name]
            if value and is_number:
                sheet.write_number(line, place, float(value), number)
            elif value:
                sheet.write_string(line, place, value, text)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(1, len(rows)), len(schema.fields) - 1)


def _offer_lists(lists: Worksheet, sheet: Worksheet, rows: int, schema: Schema) -> None:
    """Write each list of codes in a column of a hidden sheet, and offer it in the cells of its column."""
    reference = load_reference()
    known: dict[str, Sequence[str]] = {
        "region_code": list(reference.regions),
        "departement_code": list(reference.departements),
        "event": list(reference.events),
    }
    for place, field in enumerate(schema.fields):
        codes = field.enum or known.get(field.name, ())
        if not codes:
            continue
        for line, code in enumerate(codes):
            lists.write_string(line, place, code)
        column = xlsxwriter.utility.xl_col_to_name(place, col_abs=True)
        sheet.data_validation(
            1,
            place,
            rows + ROOM,
            place,
            {
                "validate": "list",
                "source": f"={LISTS}!{column}$1:{column}${len(codes)}",
                "error_title": "Code inconnu",
                "error_message": f"Choisissez un code de la liste ; la feuille {HELP} les explique.",
            },
        )
    lists.hide()


def _write_help(book: Workbook, sheet: Worksheet, schema: Schema) -> None:
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for line, advice in enumerate(ADVICE):
        sheet.write_string(line, 0, advice)
    top = len(ADVICE) + 1
    for place, title in enumerate(("Colonne", "Titre", "À remplir", "Ce qu’elle contient", "Exemple", "Codes permis")):
        sheet.write_string(top, place, title, bold)
    for line, field in enumerate(schema.fields, start=top + 1):
        cells: tuple[Any, ...] = (
            field.name,
            field.title,
            "oui" if field.required else "",
            field.description,
            field.example,
            "\n".join(f"{code} : {label.fr}" for code, label in field.codes.items()),
        )
        for place, cell in enumerate(cells):
            sheet.write_string(line, place, str(cell), wrap)
    sheet.set_column(0, 2, 24)
    sheet.set_column(3, 3, 70)
    sheet.set_column(4, 5, 40)
    sheet.freeze_panes(top + 1, 1)


def _width(field: Field) -> int:
    return WIDE if field.name in WIDE_COLUMNS else max(WIDTHS.get(field.type, TEXT_WIDTH), len(field.name) + 2)
