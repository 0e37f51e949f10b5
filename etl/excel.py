"""An Excel workbook as the records of a CSV file: the first sheet whose header is ours.

Rule: a workbook is only read: nothing is computed, nothing it points to is fetched, and what would cost too much is
refused. The standard library is enough for that: its parser builds no tree, so that a hostile file costs no more than
the bounds below, and an archive cannot lie about its sizes, since what is unpacked is counted.
"""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Collection, Mapping
from typing import Protocol
from xml.parsers import expat

from etl.closest import plain
from etl.excel_cells import (
    FIRST_DAY,
    FIRST_DAY_OF_1904,
    CellHandler,
    Enough,
    Sheet,
    TooLarge,
    kind_of_format,
    unescaped,
)

LARGEST_FILE = 20_000_000  # bytes; the file of November 2026 makes a workbook of 0.1 MB
MOST_UNPACKED = 60_000_000  # bytes of all that is read of it: some 20,000 claims
LEAST_KNOWN = 3  # names of columns that make a header ours
CHUNK = 65_536
# Where the standard library finds an archive or a text that is none: broken, encrypted, cut, or made to deceive.
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, NotImplementedError, RuntimeError, LookupError,
    ValueError, OSError,
)  # fmt: skip

Attributes = Mapping[str, str]


class Refused(Exception):
    """A workbook that is not read: `code` is that of the problem."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Handler(Protocol):
    """What takes the elements of a part in their order."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element."""

    def text(self, data: str) -> None:
        """Go on with the text of an element."""

    def end(self, name: str) -> None:
        """End an element."""


def read_sheet(content: bytes, names: Collection[str]) -> Sheet:
    """Return the first sheet of a workbook whose first row bears some of `names`, or else its first sheet.

    Raises `Refused`, whatever the bytes, where nothing can be read.
    """
    if len(content) > LARGEST_FILE:
        raise Refused("workbook-large")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _Book(archive).find({plain(name) for name in names})
    except TooLarge as error:
        raise Refused("workbook-large") from error
    except UNREADABLE as error:
        raise Refused("file-archive") from error


class _Book:
    """The parts of a workbook that hold cells: the sheets, by name, with the texts and formats they share."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._parts = set(archive.namelist())
        self._unpacked = 0
        root = self._targets("_rels/.rels", "")
        path = next((path for kind, path in root.values() if kind == "officeDocument"), "")
        folder, name = posixpath.split(path)
        targets = self._targets(posixpath.join(folder, "_rels", f"{name}.rels"), folder)
        self._sheets: list[tuple[str, str]] = []
        self._first_day = FIRST_DAY

        def add_sheet(attributes: Attributes, _: str) -> None:
            kind, target = targets.get(attributes.get("id", ""), ("", ""))
            if kind == "worksheet" and target in self._parts:
                self._sheets.append((attributes.get("name", ""), target))

        def set_first_day(attributes: Attributes, _: str) -> None:
            if attributes.get("date1904") in ("1", "true"):
                self._first_day = FIRST_DAY_OF_1904

        self._parse(path, _Elements({"sheet": add_sheet, "workbookPr": set_first_day}))
        shared = dict(targets.values())
        self._strings = self._read_strings(shared.get("sharedStrings", ""))
        self._formats = self._read_formats(shared.get("styles", ""))

    def find(self, known: Collection[str]) -> Sheet:
        for name, path in self._sheets:
            header = next(iter(self._read(name, path, most_rows=1).rows.values()), {})
            if sum(plain(label) in known for label in header.values()) >= LEAST_KNOWN:
                return self._read(name, path)
        return self._read(*self._sheets[0])

    def _targets(self, path: str, folder: str) -> dict[str, tuple[str, str]]:
        """Return the kind and the path of what a part refers to inside the archive."""
        found: dict[str, tuple[str, str]] = {}

        def add(attributes: Attributes, _: str) -> None:
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            if attributes.get("TargetMode") != "External":
                found[attributes.get("Id", "")] = attributes.get("Type", "").rpartition("/")[2], target

        if path in self._parts:
            self._parse(path, _Elements({"Relationship": add}))
        return found

    def _read_strings(self, path: str) -> list[str]:
        strings: list[str] = []
        if path in self._parts:
            self._parse(path, _Elements({"si": lambda _, text: strings.append(unescaped(text))}))
        return strings

    def _read_formats(self, path: str) -> list[str]:
        """Return what each style of cell shows of a number: a kind of date, a share, "" where the number itself."""
        codes: dict[int, str] = {}
        styles: list[int] = []
        if path in self._parts:
            calls: dict[str, Callable[[Attributes, str], None]] = {
                "numFmt": lambda found, _: codes.update({int(found["numFmtId"]): found.get("formatCode", "")}),
                "cellXfs/xf": lambda found, _: styles.append(int(found.get("numFmtId", 0))),
            }
            self._parse(path, _Elements(calls))
        return [kind_of_format(number, codes.get(number)) for number in styles]

    def _read(self, name: str, path: str, most_rows: int | None = None) -> Sheet:
        sheet = Sheet(name)
        try:
            self._parse(path, CellHandler(sheet, self._strings, self._formats, self._first_day, most_rows))
        except Enough:
            return sheet
        return sheet

    def _parse(self, path: str, handler: Handler) -> None:
        """Feed a part to `handler` piece by piece, up to what the whole may unpack, and no document type."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = handler.start
        parser.EndElementHandler = handler.end
        parser.CharacterDataHandler = handler.text
        parser.StartDoctypeDeclHandler = _refuse
        with self._archive.open(path) as part:
            while chunk := part.read(CHUNK):
                self._unpacked += len(chunk)
                if self._unpacked > MOST_UNPACKED:
                    raise Refused("workbook-large")
                parser.Parse(chunk, False)
        parser.Parse(b"", True)


def _refuse(*_: object) -> None:
    raise Refused("file-archive")


class _Elements:
    """Calls what is given for an element, or for « parent/element », at its end: with its attributes and its text.

    Of the text, that of `t` alone is kept, but for the reading of Japanese words beside them (`rPh`).
    """

    def __init__(self, calls: Mapping[str, Callable[[Attributes, str], None]]) -> None:
        self._calls = calls
        self._path: list[tuple[str, Attributes]] = []
        self._texts: list[str] = []
        self._phonetic = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self._phonetic += local == "rPh"
        self._path.append((local, {key.rpartition(" ")[2]: value for key, value in attributes.items()}))

    def text(self, data: str) -> None:
        if self._path[-1][0] == "t" and not self._phonetic:
            self._texts.append(data)

    def end(self, name: str) -> None:
        local, attributes = self._path.pop()
        self._phonetic -= local == "rPh"
        parent = self._path[-1][0] if self._path else ""
        call = self._calls.get(local) or self._calls.get(f"{parent}/{local}")
        if call:
            call(attributes, "".join(self._texts))
            self._texts.clear()
