"""A new row in the file of announcements: the line as it is to be written, and where it goes.

Rule: text in, text out; no other line of the file is touched.
"""

import csv
import io
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LINE_END = "\r\n"
ORDER = ("announced_on", "id")


@dataclass(frozen=True)
class Placed:
    """The file with the new row: `line` is its text without a line end, `number` the physical line where it starts.

    `after` and `before` are the ids of the rows around it, "" at the ends of the file.
    """

    content: str
    line: str
    number: int
    after: str
    before: str

    def line_before(self, number: int) -> int:
        """Return the line that stood at `number` before the row took its own."""
        return number if number < self.number else number - 1 - self.line.count("\n")


def write_line(columns: Sequence[str], row: Mapping[str, str]) -> str:
    """Return the row as a line of CSV (RFC 4180: quotes where they are needed), without a line end."""
    written = io.StringIO()
    # A cell is quoted where it holds a sign of the line end: both of them, so.
    csv.writer(written, lineterminator=LINE_END).writerow([row.get(column, "") for column in columns])
    return written.getvalue().removesuffix(LINE_END)


def place_row(content: str, row: Mapping[str, str]) -> Placed:
    """Return `content` with `row` at its place: by `announced_on`, then `id`; last where its date is blank.

    The columns are those of the file, in its order; one that the row does not know is left blank.
    """
    lines = list(io.StringIO(content, newline=""))
    reader = csv.reader(lines)
    starts: list[int] = []
    records: list[list[str]] = []
    read = 0
    try:
        for record in reader:
            starts.append(read)
            records.append(record)
            read = reader.line_num
    except csv.Error:  # the check says what is wrong with the file; the row goes to its end
        pass
    header = records[0] if records else list(row)
    keys = [_key(header, record) for record in records[1:]]
    key = tuple(row.get(name, "") for name in ORDER)
    at = bisect_right(keys, key) if key[0] else len(keys)
    line = write_line(header, row)
    start = starts[at + 1] if at + 1 < len(starts) else len(lines)
    before, after = "".join(lines[:start]), "".join(lines[start:])
    if before and not before.endswith("\n"):
        before += "\n"
    return Placed(
        content=f"{before}{line}\n{after}",
        line=line,
        number=start + 1,
        after=keys[at - 1][1] if at else "",
        before=keys[at][1] if at < len(keys) else "",
    )


def _key(header: Sequence[str], record: Sequence[str]) -> tuple[str, ...]:
    cells = dict(zip(header, record, strict=False))
    return tuple(cells.get(name, "") for name in ORDER)
