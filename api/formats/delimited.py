"""CSV: RFC 4180 (comma, CRLF, quotes doubled), UTF-8, a header; or the dialect that French Excel opens by itself.

Rule: numbers are written in full and without trailing zeros, days as ISO 8601, blanks as nothing. The plain dialect
gives a text as it is; `excel-fr` is made for a spreadsheet, and there no text may start a formula.
"""

import csv
import io
from collections.abc import Iterable

import pyarrow as pa

from answering.cells import BOM, excel_text, plain_text
from api.formats.notes import Notes


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
