"""CSV: RFC 4180 (comma, CRLF, quotes doubled), UTF-8, a header; or the dialect that French Excel opens by itself.

Rule: numbers are written in full and without trailing zeros, days as ISO 8601, blanks as nothing. The plain dialect
gives a text as it is; `excel-fr` is made for a spreadsheet, and there no text may start a formula.
"""

import pyarrow as pa

from answering import cells
from answering.cells import excel_text, plain_text
from api.formats.notes import Notes


def write_csv(table: pa.Table, notes: Notes) -> bytes:
    """Write the table as CSV in the dialect of the notes."""
    is_excel = notes.dialect == "excel-fr"
    columns = (column.to_pylist() for column in table.itercolumns())
    return cells.write_csv(table.column_names, columns, excel_text if is_excel else plain_text, is_excel=is_excel)
