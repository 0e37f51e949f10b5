"""CSV (RFC 4180, UTF-8), and a value in a cell of it: as a machine reads it, or as French Excel does.

Rule: numbers are written in full and without trailing zeros, days as ISO 8601, blanks as nothing; in what is made for a
spreadsheet no text may start a formula.
"""

import csv
import io
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

# What a spreadsheet takes for the start of a formula (OWASP, « CSV injection »).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BOM = "\ufeff"


def write_csv(
    names: Iterable[str], columns: Iterable[Iterable[Any]], write: Callable[[Any], str], *, is_excel: bool = False
) -> bytes:
    """Write columns under their names, each value by `write`, with the separator and the mark that French Excel takes
    where it is for it.
    """
    out = io.StringIO(newline="")
    if is_excel:
        out.write(BOM)
    writer = csv.writer(out, delimiter=";" if is_excel else ",", lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows(zip(*([write(value) for value in column] for column in columns), strict=True))
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
    return safe_text(value)


def safe_text(value: Any) -> str:
    """Write a value for machines, a text that a spreadsheet would take for a formula being led by an apostrophe."""
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
