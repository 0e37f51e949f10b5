"""The allowed value closest to what somebody typed: a code, a number, a date.

Rule: codes and names are compared without accents, case, punctuation or leading zeros; nothing close, or two
readings, gives None: never a wild guess.
"""

import calendar
import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping

SIMILARITY = 0.72  # below, suggestions seen on real typing mistakes were wrong more often than right
# Looking for similar names is slow: enough for people, a bound for a hostile file.
MOST_SIMILAR_TRIES = 200
DIGITS = re.compile(r"[0-9]+")
# A space, or an apostrophe, between thousands; a comma or a point before decimals; then perhaps a unit.
# « 1,500 » may be two numbers: three decimals are left to who typed them.
TYPED_NUMBER = re.compile(
    r"\+?([0-9]+|[0-9]{1,3}(?:[\s'’_][0-9]{3})+)(?:[.,]([0-9]{1,2}|[0-9]{4,}))?\s*(?:M€|MW|ha|emplois|jobs)?"
)
TYPED_DATES = (
    re.compile(r"(?P<day>[0-9]{1,2})[/.-](?P<month>[0-9]{1,2})[/.-](?P<year>[0-9]{4})"),
    re.compile(r"(?P<year>[0-9]{4})[/.-]?(?P<month>[0-9]{1,2})[/.-]?(?P<day>[0-9]{1,2})(?:[T ].*)?"),
    re.compile(r"(?P<month>[0-9]{1,2})[/.-](?P<year>[0-9]{4})"),
    re.compile(r"(?P<year>[0-9]{4})[/.](?P<month>[0-9]{1,2})"),
)


def plain(text: str) -> str:
    """Return `text` without accents, case or punctuation: « Île-de-France » → ile de france."""
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe").casefold())
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", letters.replace("_", " ")))


class Names:
    """Codes under all the names by which somebody may mean them."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        """Index `names`: code → its other names. Of two codes under one name, the first is kept."""
        self._meant: dict[str, str] = {}
        self._tries = MOST_SIMILAR_TRIES
        for code, others in names.items():
            for name in (code, *others):
                self._meant.setdefault(_comparable(name), code)

    def closest(self, value: str, besides: str = "") -> str | None:
        """Return the code meant by `value`, or None; never the code `besides`.

        A code or a name written otherwise wins over one that is only similar.
        """
        wanted = _comparable(value)
        written = self._meant.get(wanted)
        if written is not None and written != besides:
            return written
        if not wanted or not self._tries:
            return None
        self._tries -= 1
        digits = DIGITS.findall(wanted)
        # Two numbers that look alike are two different codes, and the summit of 2023 is not that of 2024.
        likely = [name for name, code in self._meant.items() if code != besides and DIGITS.findall(name) == digits]
        near = difflib.get_close_matches(wanted, likely, n=1, cutoff=SIMILARITY)
        return self._meant[near[0]] if near else None


def closest(value: str, names: Mapping[str, Iterable[str]]) -> str | None:
    """Return the code of `names` (code → its other names) meant by `value`, or None; see `Names`."""
    return Names(names).closest(value)


def _comparable(text: str) -> str:
    """Spreadsheets drop the zero of « 06 » and « 01004 »."""
    return plain(text).lstrip("0")


def closest_number(value: str) -> str | None:
    """Return the number meant by « 1 500,5 M€ » (1500.5), or None when the text may mean several."""
    match = TYPED_NUMBER.fullmatch(value.strip())
    if not match:
        return None
    whole = re.sub(r"[\s'’_]", "", match[1]).lstrip("0") or "0"
    decimals = (match[2] or "").rstrip("0")
    return f"{whole}.{decimals}" if decimals else whole


def closest_integer(value: str) -> str | None:
    """Return the whole number meant by « 1 500 emplois » or « 100.0 », or None."""
    number = closest_number(value)
    return number if number and number.isdigit() else None


def closest_date(value: str) -> str | None:
    """Return the ISO day or month meant by « 3/2/2025 » (2025-02-03) or « 02/2025 », or None."""
    for order in TYPED_DATES:
        if match := order.fullmatch(value.strip()):
            parts = {name: int(number) for name, number in match.groupdict().items()}
            written = f"{parts['year']:04}-{parts['month']:02}"
            if "day" not in parts:
                return written if 1 <= parts["month"] <= 12 else None
            day = f"{written}-{parts['day']:02}"
            return day if day[-2:] > "00" and day <= last_day(day) else None
    return None


def last_day(day: str) -> str:
    """Return the last day of the month of an ISO day (2025-02-31 → 2025-02-28), "" if there is no such month."""
    year, month = int(day[:4]), int(day[5:7])
    if not (year >= 1 and 1 <= month <= 12):
        return ""
    return f"{day[:7]}-{calendar.monthrange(year, month)[1]:02}"


def slug(value: str) -> str:
    """Return `value` as an identifier: « Campus IA (Fouju) » → campus-ia-fouju."""
    return plain(value).replace(" ", "-")
