"""Dates in words, with the precision that is known: « 12 février 2025 », « février 2025 », « 2025 ».

Rule: a month is never shown as a day. No Streamlit here.
"""

from datetime import date

import pandas as pd
from babel.dates import format_date

from pages.shared.texts import LOCALES
from queries import words

PATTERNS = {"month": "MMMM y", "year": "y"}
# How many parts a date written in the file has.
PRECISIONS = {1: "year", 2: "month", 3: "day"}


def day(when: date | str | None, precision: str, lang: str) -> str:
    """Write a date, or an ISO text, with its precision ("day", "month" or "year"); "" for a blank."""
    if when is None or (not isinstance(when, str) and pd.isna(when)):
        return ""
    known = pd.Timestamp(when).date()
    if precision == "day":
        return words.day(known, lang)
    written: str = format_date(known, PATTERNS[precision], locale=LOCALES[lang])
    return written


def partial_day(stated: str | None, lang: str) -> str:
    """Write a date as the file has it (YYYY, YYYY-MM or YYYY-MM-DD), with that precision; "" for a blank."""
    if not isinstance(stated, str) or not stated:
        return ""
    return day(stated, PRECISIONS[stated.count("-") + 1], lang)
