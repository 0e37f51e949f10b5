"""Numbers and dates as people and office suites write them.

Rule: `certain_*` read what can mean one thing only, and may repair a file; `closest_*` also read what probably
means one thing, and only propose. Two readings, or none, give None.
"""

import calendar
import re
from datetime import date, timedelta

# A space, or an apostrophe, between thousands; a comma or a point before decimals.
# « 1,500 » may be two numbers: three decimals are left to who typed them.
DIGITS = r"\+?([0-9]+|[0-9]{1,3}(?:[\s'’_][0-9]{3})+)(?:[.,]([0-9]{1,2}|[0-9]{4,}))?"
CERTAIN_NUMBER = re.compile(DIGITS)
TYPED_NUMBER = re.compile(DIGITS + r"\s*(?:M€|MW|ha|emplois|jobs)?")
MONTHS = (
    ("janvier", "janv", "jan", "january"), ("février", "fevrier", "févr", "fevr", "fév", "feb", "february"),
    ("mars", "mar", "march"), ("avril", "avr", "apr", "april"), ("mai", "may"), ("juin", "jun", "june"),
    ("juillet", "juil", "jul", "july"), ("août", "aout", "aug", "august"), ("septembre", "sept", "sep", "september"),
    ("octobre", "oct", "october"), ("novembre", "nov", "november"),
    ("décembre", "decembre", "déc", "dec", "december"),
)  # fmt: skip
FIRST_DAY_OF_SPREADSHEETS, CENTURY = date(1899, 12, 30), range(2000, 2100)
MONTH_NUMBERS = {word: number for number, words in enumerate(MONTHS, start=1) for word in words}
MIDNIGHT = r"(?:[T ]0?0:00(?::00(?:\.0+)?)?)?"
CERTAIN_DATES = (
    re.compile(r"(?P<day>[0-9]{1,2})[/.-](?P<month>[0-9]{1,2})[/.-](?P<year>[0-9]{4})" + MIDNIGHT),
    re.compile(r"(?P<year>[0-9]{4})[/.-](?P<month>[0-9]{1,2})[/.-](?P<day>[0-9]{1,2})" + MIDNIGHT),
    re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"),
    re.compile(r"(?P<month>[0-9]{1,2})[/.-](?P<year>[0-9]{4})"),
    re.compile(r"(?P<year>[0-9]{4})[/.-](?P<month>[0-9]{1,2})"),
    re.compile(r"(?:(?P<day>[0-9]{1,2})(?:er)?\s+)?(?P<word>[^\W\d]+)\.?\s+(?P<year>[0-9]{4})"),
)
TYPED_DATES = (
    *CERTAIN_DATES,
    re.compile(r"(?P<year>[0-9]{4})[/.-](?P<month>[0-9]{1,2})[/.-](?P<day>[0-9]{1,2})[T ].*"),
    # « févr-25 »: what Excel makes of 2025-02, though it might be the 25th of a February.
    re.compile(r"(?P<word>[^\W\d]+)\.?-(?P<short>[0-9]{2})"),
)


def certain_number(value: str) -> str | None:
    """Return the number written « 1 500,5 » (1500.5), or None when it is none, has a unit or may be several."""
    return _number(CERTAIN_NUMBER.fullmatch(value.strip()))


def certain_integer(value: str) -> str | None:
    """Return the whole number written « 1 500 » or « 100,0 », or None."""
    return _whole(certain_number(value))


def certain_date(value: str) -> str | None:
    """Return the ISO day or month written « 3/2/2025 », « 1er mars 2025 » or « 02/2025 », or None."""
    return _date(value, CERTAIN_DATES)


def closest_number(value: str) -> str | None:
    """Return the number meant by « 1 500,5 M€ » (1500.5), or None when the text may mean several."""
    return _number(TYPED_NUMBER.fullmatch(value.strip()))


def closest_integer(value: str) -> str | None:
    """Return the whole number meant by « 1 500 emplois » or « 100.0 », or None."""
    return _whole(closest_number(value))


def closest_date(value: str) -> str | None:
    """Return the ISO day or month meant by « 3/2/2025 » (2025-02-03), « févr-25 » or « 45698 », or None."""
    return _date(value, TYPED_DATES) or _serial(value)


def last_day(day: str) -> str:
    """Return the last day of the month of an ISO day (2025-02-31 → 2025-02-28), "" if there is no such month."""
    year, month = int(day[:4]), int(day[5:7])
    if not (year >= 1 and 1 <= month <= 12):
        return ""
    return f"{day[:7]}-{calendar.monthrange(year, month)[1]:02}"


def _serial(value: str) -> str | None:
    """Return the day of this century that a spreadsheet counts so, and shows in a cell without a format."""
    if not re.fullmatch(r"[0-9]{5}", value.strip()):
        return None
    day = FIRST_DAY_OF_SPREADSHEETS + timedelta(days=int(value))
    return day.isoformat() if day.year in CENTURY else None


def _number(match: re.Match[str] | None) -> str | None:
    if not match:
        return None
    whole = re.sub(r"[\s'’_]", "", match[1]).lstrip("0") or "0"
    decimals = (match[2] or "").rstrip("0")
    return f"{whole}.{decimals}" if decimals else whole


def _whole(number: str | None) -> str | None:
    return number if number and number.isdigit() else None


def _date(value: str, orders: tuple[re.Pattern[str], ...]) -> str | None:
    for order in orders:
        if match := order.fullmatch(value.strip()):
            parts = {name: text for name, text in match.groupdict().items() if text}
            month = int(parts["month"]) if "month" in parts else MONTH_NUMBERS.get(parts["word"].casefold(), 0)
            written = f"{parts.get('year') or '20' + parts['short']}-{month:02}"
            if "day" not in parts:
                return written if 1 <= month <= 12 else None
            day = f"{written}-{int(parts['day']):02}"
            return day if day[-2:] > "00" and day <= last_day(day) else None
    return None
