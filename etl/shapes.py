"""The shape of a table: blank lines and blank cells that a spreadsheet leaves at its edges.

Rule: only what is blank is taken away; a cell with a value is never moved nor dropped.
"""

from collections.abc import Sequence

from etl.problems import Problem
from etl.reading import Record


def trim_records(records: Sequence[Record]) -> tuple[list[Record], list[Problem]]:
    """Return the header and the lines without blank columns behind the last named one and without blank lines.

    `records` begins with the header; its problems say what was taken away: once for the columns, once for the
    lines at the end, once for each blank line or overhang elsewhere.
    """
    header, *rows = records
    filled = [record for record in rows if not record.is_blank]
    named, declared = _width(header.cells), len(header.cells)
    overhangs = 0 < named < declared and all(_width(record.cells) <= named for record in filled)
    width = named if overhangs else declared
    long = {record.line for record in filled if len(record.cells) > width >= _width(record.cells)}
    if overhangs:
        code = "columns-blank" if declared - named > 1 else "column-blank"
        details = {"count": declared - named, "last": named, "position": declared}
        problems = [Problem(header.line, None, code, details=details, is_form=True)]
    else:
        problems = [Problem(line, None, "row-blank-cells", is_form=True) for line in sorted(long)]
    trimmed = [Record(one.line, one.cells[:width]) if one.line in long else one for one in filled]
    return [Record(header.line, header.cells[:width]), *trimmed], problems + _blank_lines(rows)


def _width(cells: Sequence[str]) -> int:
    """Return the number of cells up to the last that is not blank."""
    return next((at for at in range(len(cells), 0, -1) if cells[at - 1].strip()), 0)


def _blank_lines(rows: Sequence[Record]) -> list[Problem]:
    last = next((at for at in range(len(rows), 0, -1) if not rows[at - 1].is_blank), 0)
    inside = [Problem(row.line, None, "row-blank", is_form=True) for row in rows[:last] if row.is_blank]
    after = rows[last:]
    if not after:
        return inside
    if len(after) == 1:
        return [*inside, Problem(after[0].line, None, "row-blank", is_form=True)]
    details = {"count": len(after), "last": after[-1].line}
    return [*inside, Problem(after[0].line, None, "rows-blank", details=details, is_form=True)]
