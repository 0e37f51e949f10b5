"""From bytes to records that know their line.

Rule: UTF-8, commas and line feeds are imposed, never detected (detection would accept `;` and Latin-1 in
silence); what cannot be read is said, and the reading goes on at the next line.
"""

import csv
import io
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from etl.problems import Problem

BOM = b"\xef\xbb\xbf"
# Each unreadable line makes the reader start again behind it: a bound keeps a hostile file cheap.
LONGEST_CELL = 131_072  # characters, as the messages say
MOST_UNREADABLE_LINES = 50
BYTES_SHOWN_AROUND = 12


@dataclass(frozen=True)
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
    """All records, the header first, the lines that cannot be split, and the problems of the file itself."""

    records: tuple[Record, ...]
    unreadable: tuple[Record, ...]
    problems: tuple[Problem, ...]


def read_records(path: Path) -> Reading:
    """Read `path` into records, in the order of the file, blank lines included.

    Never raises on the content or on a missing file: `problems` say what is wrong and, when nothing could be
    read, `records` is empty. A line that breaks the quoting rules is in `unreadable`, split roughly.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return _nothing(Problem(None, None, "file-missing"))
    except IsADirectoryError:
        return _nothing(Problem(None, None, "file-directory"))
    except (OSError, ValueError):  # ValueError: a path with a NUL
        return _nothing(Problem(None, None, "file-unreadable"))
    return parse_records(content)


def parse_records(content: bytes) -> Reading:
    """Split the bytes of a CSV file into records; see `read_records`."""
    problems = []
    if content.startswith(BOM):
        content = content.removeprefix(BOM)
        problems.append(Problem(1, None, "byte-order-mark"))
    if not content.strip():
        return _nothing(Problem(None, None, "file-empty"))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _nothing(_encoding_problem(content, error.start))
    if "\r" in text:
        problems.append(Problem(text[: text.index("\r")].count("\n") + 1, None, "line-ending"))
    return _split(text, problems)


def _nothing(problem: Problem) -> Reading:
    return Reading((), (), (problem,))


def _encoding_problem(content: bytes, at: int) -> Problem:
    """Show the words around the first byte that is not UTF-8, as Windows would have written them."""
    start = max(content.rfind(b"\n", 0, at) + 1, at - BYTES_SHOWN_AROUND)
    around = content[start : at + BYTES_SHOWN_AROUND].split(b"\n")[0]
    value = around.decode("cp1252", errors="replace")
    line = content.count(b"\n", 0, at) + 1
    return Problem(line, None, "encoding", value, details={"byte": f"0x{content[at]:02X}"})


def _split(text: str, problems: list[Problem]) -> Reading:
    # The limit is one for the whole process, and a library that reads CSV may have raised it.
    csv.field_size_limit(LONGEST_CELL)
    lines = list(io.StringIO(text, newline=""))
    records: list[Record] = []
    unreadable: list[Record] = []
    start = 0
    while start < len(lines):
        reader = csv.reader(islice(lines, start, None), strict=True)
        before = 0
        try:
            for cells in reader:
                records.append(Record(start + before + 1, tuple(cells)))
                before = reader.line_num
            break
        except csv.Error as error:
            start += before
            code = "cell-too-long" if "field limit" in str(error) else "quoting"
            problems.append(Problem(start + 1, None, code))
            unreadable.append(Record(start + 1, tuple(lines[start].split(","))))
            start += 1
            if len(unreadable) == MOST_UNREADABLE_LINES:
                problems.append(Problem(start + 1, None, "reading-stopped", details={"left": len(lines) - start}))
                break
    return Reading(tuple(records), tuple(unreadable), tuple(problems))
