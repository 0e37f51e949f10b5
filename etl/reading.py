"""From a file to records that know their line.

Rule: UTF-8, commas and line feeds are what a file must hold; another form that can only mean one thing is said,
then read as if it were repaired, so that all its problems come at once. What cannot be read is said too, and the
reading goes on at the next line.
"""

import csv
import io
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.closest import plain
from etl.decoding import ZIP_MARK, Text, decode, is_workbook
from etl.excel import LARGEST_FILE, Refused, read_sheet
from etl.problems import Problem

COMMA = ","
QUOTED = set('";\n')  # what makes a spreadsheet put quotes round a cell, where it separates by semicolons
DELIMITERS = (COMMA, ";", "\t", "|")  # of equals, the first
# Each unreadable line makes the reader start again behind it: a bound keeps a hostile file cheap.
LONGEST_CELL = 131_072  # characters, as the messages say
MOST_UNREADABLE_LINES = 50
# Values that are remembered, to be held once however many cells have them.
MOST_KNOWN = 100_000


@dataclass(frozen=True, slots=True)
class Record:
    """One record of the CSV: the physical line where it starts, and its cells as text."""

    line: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        """Whether the record holds nothing but white space."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True)
class Reading:
    """All records, the header first, the lines that cannot be split, and the problems of the file itself.

    `sheet` is the name of the sheet that they come from, None where they come from a CSV file.
    """

    records: tuple[Record, ...]
    unreadable: tuple[Record, ...]
    problems: tuple[Problem, ...]
    sheet: str | None = None


def values_of(records: Iterable[Record], position: int) -> set[str]:
    """Return the values of the column at `position`, each once: most columns hold few."""
    return {record.cells[position] for record in records}


def read_content(path: Path) -> bytes | Problem:
    """Return the bytes of `path`, or why there are none."""
    try:
        with path.open("rb") as file:
            start = file.read(len(ZIP_MARK))
            if start == ZIP_MARK and path.stat().st_size > LARGEST_FILE:
                return Problem(None, None, "workbook-large")
            return start + file.read()
    except FileNotFoundError:
        return Problem(None, None, "file-missing")
    except IsADirectoryError:
        return Problem(None, None, "file-directory")
    except (OSError, ValueError):  # ValueError: a path with a NUL
        return Problem(None, None, "file-unreadable")


def read_records(path: Path, names: Collection[str], *, workbook: bool = False) -> Reading:
    """Read `path` into records, in the order of the file, blank lines included.

    `names` are those of the columns, by which the delimiter is known. Never raises on the content or on a missing
    file: `problems` say what is wrong and, when nothing could be read, `records` is empty. A line that breaks the
    quoting rules is in `unreadable`, split roughly. A workbook is read where `workbook` allows it.
    """
    content = read_content(path)
    if isinstance(content, Problem):
        return Reading((), (), (content,))
    if workbook and is_workbook(content):
        return _from_workbook(content, names)
    decoded = decode(content)
    del content  # a large file is held once, not as bytes beside its text
    return _from_text(decoded, names)


def parse_records(content: bytes, names: Collection[str], *, workbook: bool = False) -> Reading:
    """Split the bytes of a file into records; see `read_records`."""
    if workbook and is_workbook(content):
        return _from_workbook(content, names)
    return _from_text(decode(content), names)


def _from_text(decoded: Text, names: Collection[str]) -> Reading:
    if decoded.text is None:
        return Reading((), (), decoded.problems)
    problems = list(decoded.problems)
    delimiter = _delimiter(decoded.text, names)
    if delimiter != COMMA:
        code = "delimiter-tab" if delimiter == "\t" else "delimiter"
        problems.append(Problem(1, None, code, delimiter, COMMA, is_form=True))
    reading = _split(decoded.text, delimiter)
    if delimiter == COMMA and (unwrapped := _unwrap(decoded.text, reading)):
        problems.append(Problem(1, None, "wrapped", is_form=True))
        reading = unwrapped
    return Reading(reading.records, reading.unreadable, (*problems, *reading.problems))


def as_csv(records: Iterable[Record]) -> bytes:
    """Return the records as the CSV that is kept: UTF-8, commas, line feeds, quotes where needed."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(record.cells for record in records)
    return text.getvalue().encode("utf-8")


def _from_workbook(content: bytes, names: Collection[str]) -> Reading:
    """Return the rows that hold something, as wide as the header at least; a formula is a problem."""
    try:
        sheet = read_sheet(content, names)
    except Refused as refused:
        return Reading((), (), (Problem(None, None, refused.code),))
    if not sheet.rows:
        return Reading((), (), (Problem(None, None, "file-empty"),), sheet.name)
    first = sheet.rows[min(sheet.rows)]
    records = []
    for line, cells in sorted(sheet.rows.items()):
        width = max(*first, *cells) + 1 if cells else 0
        records.append(Record(line, tuple(cells.get(column, "") for column in range(width))))
    formulas = [
        Problem(line, first.get(column) or None, "formula", formula) for line, column, formula in sheet.formulas
    ]
    return Reading(tuple(records), (), tuple(formulas), sheet.name)


def _delimiter(text: str, names: Collection[str]) -> str:
    """Return the mark that cuts the header into the most known names and, where it holds none, into most cells."""
    header = text.partition("\n")[0][:LONGEST_CELL]
    known = {plain(name) for name in names}

    def found(mark: str) -> tuple[int, int]:
        labels = header.split(mark)
        return sum(plain(label) in known for label in labels), len(labels)

    return max(DELIMITERS, key=found)


def _unwrap(text: str, reading: Reading) -> Reading | None:
    """Undo a French Excel that opened commas as one column of whole lines, cut at semicolons, and saved them so.

    None unless the lines could not be told apart as they are, and all can afterwards.
    """
    width = len(reading.records[0].cells) if reading.records else 0
    is_even = all(len(record.cells) == width for record in reading.records if not record.is_blank)
    if width < 2 or (is_even and not reading.unreadable):
        return None
    outer = _split(text, ";")
    lines: list[str] = []
    numbers: list[int] = []  # of each line rejoined, the line of the file
    written = text.split("\n")
    for record in outer.records:
        if not record.is_blank:
            line = ";".join(record.cells).rstrip(";")
            if written[record.line - 1].startswith('"') and not QUOTED & set(line):
                return None  # a spreadsheet puts no quotes round such a line: it is one cell of a file at commas
            rejoined = line.split("\n")
            lines += rejoined
            numbers += [record.line] * len(rejoined)
    inner = _split("\n".join(lines), COMMA)
    is_whole = inner.records and not outer.unreadable and not inner.unreadable
    if not is_whole or any(len(record.cells) != width for record in inner.records):
        return None
    return Reading(tuple(Record(numbers[record.line - 1], record.cells) for record in inner.records), (), ())


class _Lines:
    """The lines of a text with their ends, from the character `at`, which moves on with them."""

    def __init__(self, text: str, at: int) -> None:
        self.text = text
        self.at = at

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.at >= len(self.text):
            raise StopIteration
        start, self.at = self.at, self.text.find("\n", self.at) + 1 or len(self.text)
        return self.text[start : self.at]


def _split(text: str, delimiter: str) -> Reading:
    # The limit is one for the whole process, and a library that reads CSV may have raised it.
    csv.field_size_limit(LONGEST_CELL)
    problems: list[Problem] = []
    records: list[Record] = []
    unreadable: list[Record] = []
    known: dict[str, str] = {}
    line, at = 0, 0  # where the next record begins: its line from 0, its character
    while at < len(text):
        lines = _Lines(text, at)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        first = line
        try:
            for cells in reader:
                # Codes, publishers and notes come back, mostly nearby: each is held once.
                if len(known) > MOST_KNOWN:
                    known.clear()
                records.append(Record(line + 1, tuple(map(known.setdefault, cells, cells))))
                line, at = first + reader.line_num, lines.at
            break
        except csv.Error as error:
            code = "cell-too-long" if "field limit" in str(error) else "quoting"
            problems.append(Problem(line + 1, None, code))
            lines = _Lines(text, at)
            unreadable.append(Record(line + 1, tuple(next(lines).split(delimiter))))
            line, at = line + 1, lines.at
            if len(unreadable) == MOST_UNREADABLE_LINES:
                left = sum(1 for _ in lines)
                problems.append(Problem(line + 1, None, "reading-stopped", details={"left": left}))
                break
    return Reading(tuple(records), tuple(unreadable), tuple(problems))
