"""CSV: RFC 4180 (comma, CRLF, quotes doubled), UTF-8, a header; or the dialect that French Excel opens by itself.

Rule: numbers are written in full and without trailing zeros, days as ISO 8601, blanks as nothing. The plain dialect
gives a text as it is; `excel-fr` is made for a spreadsheet, and there no text may start a formula.
"""

import csv
import io
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa

from api.formats.notes import Notes

# What a spreadsheet takes for the start of a formula (OWASP, « CSV injection »).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BOM = "\ufeff"


def write_csv(table: pa.Table, notes: Notes) -> bytes:
    """Write the table as CSV in the dialect of the notes."""
    is_excel = notes.dialect == "excel-fr"
    out = io.StringIO(newline="")
    if is_excel:
        out.write(BOM)
    writer = csv.writer(out, delimiter=";" if is_excel else ",", lineterminator="\r\n")
    writer.writerow(table.column_names)
    written = excel_text if is_excel else plain_text
    columns: list[Iterable[str]] = [[written(value) for value in column.to_pylist()] for column in table.itercolumns()]
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue().encode("utf-8", "replace")


def plain_text(value: Any) -> str:
    """Write a value for machines: `30000`, `148.8`, `2025-02-10`, `true`, nothing for a blank."""
    for kind, write in PLAIN:
        if isinstance(value, kind):
            return write(value)
    return "" if value is None else str(value)


def excel_text(value: Any) -> str:
    """Write a value for French Excel: `148,8`, `VRAI`; a text that would start a formula is led by an apostrophe."""
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, (Decimal, float)):
        return plain_text(value).replace(".", ",")
    text = plain_text(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA_STARTS) else text


def number_text(value: Decimal) -> str:
    """Write a decimal without exponent and without trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


PLAIN: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (str, str),
    (Decimal, number_text),
    (bool, lambda value: "true" if value else "false"),
    (float, lambda value: repr(value).removesuffix(".0")),
    (date, date.isoformat),
)
