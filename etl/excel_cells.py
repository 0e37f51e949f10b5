"""The cells of a worksheet as the text that a CSV holds.

Rule: a typed cell says what it shows, not how Excel counts it: a day is ISO, a month has no day, a number has a point
and no exponent, 20 % stays 20 %. A formula is not computed: its last value is read, and the formula told.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

MOST_ROWS = 200_000
MOST_COLUMNS = 1_000
# Formats of dates that Excel numbers and does not spell; 17 is « mmm-yy », what it makes of 2025-02.
DATE_FORMATS = {14, 15, 16, 22, *range(27, 37), *range(50, 59)}
MONTH_FORMATS = {17}
PERCENT_FORMATS = {9, 10}
LONGEST_FORMAT = 255  # as Excel says; `NOT_LETTERS` would look again and again at what follows a bracket left open
NOT_LETTERS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
REFERENCE = re.compile(r"([A-Z]{1,3})[0-9]+")
DAY, MONTH, PERCENT = "day", "month", "percent"
FIRST_DAY, FIRST_DAY_OF_1904 = date(1899, 12, 30), date(1904, 1, 1)
DIGITS_OF_EXCEL = 15  # beyond, a float shows its own noise: 0.1 + 0.2


class TooLarge(Exception):
    """More rows or columns than a file of announcements can have."""


class Enough(Exception):
    """The rows that were asked for are read."""


@dataclass
class Sheet:
    """The cells of a sheet that hold something, by row (as Excel numbers it) and column (from 0); its formulas."""

    name: str
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    formulas: list[tuple[int, int, str]] = field(default_factory=list)


class CellHandler:
    """Fills a sheet from the elements of its part. Raises `TooLarge`, and `Enough` after `most_rows`."""

    def __init__(
        self, sheet: Sheet, strings: Sequence[str], formats: Sequence[str], first_day: date, most_rows: int | None
    ) -> None:
        self._sheet, self._strings, self._formats, self._first_day = sheet, strings, formats, first_day
        self._most_rows = most_rows
        self._row, self._column = 0, -1
        self._type, self._style = "n", ""
        self._read: list[str] | None = None
        self._value: list[str] = []
        self._formula: list[str] = []
        self._is_phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a row, a cell, or a text of one."""
        name = name.rpartition(" ")[2]
        if name == "c":
            reference = REFERENCE.fullmatch(attributes.get("r", ""))
            self._column = _column_number(reference[1]) if reference else self._column + 1
            self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._value, self._formula = [], []
        elif name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = -1
        elif name == "rPh":
            self._is_phonetic = True
        elif name in ("v", "t") and not self._is_phonetic:
            self._read = self._value
        elif name == "f":
            self._formula.append("=")
            self._read = self._formula

    def text(self, data: str) -> None:
        """Keep the text of the cell that is being read."""
        if self._read is not None:
            self._read.append(data)

    def end(self, name: str) -> None:
        """End a text, a cell, or a row."""
        name = name.rpartition(" ")[2]
        if name in ("v", "t", "f"):
            self._read = None
        elif name == "rPh":
            self._is_phonetic = False
        elif name == "c":
            self._end_cell()
        elif name == "row" and self._most_rows is not None and len(self._sheet.rows) >= self._most_rows:
            raise Enough

    def _end_cell(self) -> None:
        text = self._as_text("".join(self._value))
        if self._formula:
            self._sheet.formulas.append((self._row, self._column, "".join(self._formula)))
        elif not text:
            return
        if self._column >= MOST_COLUMNS or len(self._sheet.rows) > MOST_ROWS:
            raise TooLarge
        self._sheet.rows.setdefault(self._row, {})[self._column] = text

    def _as_text(self, value: str) -> str:
        if self._type == "s":
            return self._strings[int(value)] if value else ""
        if self._type in ("str", "inlineStr"):
            return unescaped(value)
        if self._type == "b":
            return {"1": "true", "0": "false"}.get(value, value)
        if self._type == "d":
            return value.removesuffix("T00:00:00")
        if self._type != "n" or not value:
            return value
        style = int(self._style or 0)
        kind = self._formats[style] if style < len(self._formats) else ""
        if kind == PERCENT:
            return _percent(value)
        return (_day(value, kind, self._first_day) if kind else None) or _number(value)


def unescaped(text: str) -> str:
    """Return what Excel wrote, with its line ends as line feeds and its `_x000D_` as the signs they stand for."""
    signs = ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
    return signs.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "ignore").decode("utf-8")


def kind_of_format(number: int, code: str | None) -> str:
    """Return DAY, MONTH or PERCENT for such a format, by its number or the code it spells, "" for another."""
    if code is None:
        kinds = {DAY: DATE_FORMATS, MONTH: MONTH_FORMATS, PERCENT: PERCENT_FORMATS}
        return next((kind for kind, numbers in kinds.items() if number in numbers), "")
    letters = set(NOT_LETTERS.sub("", code[:LONGEST_FORMAT].partition(";")[0]).casefold())
    if "%" in letters:
        return PERCENT
    if "y" not in letters and "d" not in letters:
        return ""
    return DAY if "d" in letters else MONTH if "m" in letters else ""


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _day(value: str, kind: str, first_day: date) -> str | None:
    """Return the day that Excel counts, the month where the cell shows no day; None out of the calendar."""
    try:
        moment = datetime.combine(first_day, time()) + timedelta(days=float(value))
    except (ValueError, OverflowError):
        return None
    moment = (moment + timedelta(milliseconds=500)).replace(microsecond=0)
    if kind == MONTH and moment.day == 1:
        return f"{moment:%Y-%m}"
    return moment.date().isoformat() if moment.time() == time() else moment.isoformat(" ")


def _percent(value: str) -> str:
    try:
        return f"{_number(str(Decimal(value) * 100))} %"
    except InvalidOperation:
        return value


def _number(value: str) -> str:
    try:
        number = Decimal(value)
        if not number.is_finite() or abs(number.adjusted()) > 2 * DIGITS_OF_EXCEL:
            return value
        shown = Decimal(f"{number:.{DIGITS_OF_EXCEL}g}")
    except InvalidOperation:
        return value
    text = f"{shown:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) if shown else "0"
