"""A figure as people write it: « 20 Md€ », « jusqu’à 4 Md€ », « plus de 2 GW », « 30 à 50 milliards ».

Rule: the rules of the data model (« Figures »): exact is both ends, at least is the low one, at most the high one. What
has another currency, several stages or vague words is no figure; nothing is converted but the unit.
"""

import re
from decimal import Decimal

from etl.typed import closest_number

NUMBER = r"[0-9](?:[0-9 '’.,]*[0-9])?"
# By the unit of the column: how a unit is written, and what it is worth.
UNITS = {
    "meur": (
        (r"(?:md|mds)\s*(?:€|eur|d[’']euros?)?|milliards?(?:\s+d[’']euros?)?|bn|billion(?:\s+euros?)?", 1000),
        (r"m\s*(?:€|eur)|m|millions?(?:\s+d[’']euros?|\s+euros?)?", 1),
    ),
    "mw": ((r"gw|gigawatts?", 1000), (r"mw|m[eé]gawatts?", 1)),
    "jobs": ((r"emplois?|postes?|jobs?", 1),),
}
AT_LEAST = r"≥|>=?|au moins|plus de|au minimum|at least|more than|over"
AT_MOST = r"≤|<=?|jusqu[’']?\s*[aà]|au plus|au maximum|moins de|up to|at most|less than"
ABOUT = r"~|environ|pr[eè]s de|about|around|nearly|some"
BETWEEN = r"\s*(?:-|–|\b[aà]\b|\bet\b|\bto\b|\band\b)\s*"


def read_figure(typed: str, unit: str) -> tuple[str, str] | None:
    """Return the low and the high end that `typed` states, in the unit of the column ("meur", "mw" or "jobs").

    An end that is not stated is ""; None where the text is not a figure, or may be several.
    """
    text = " ".join(typed.casefold().strip(" .").split())
    units = "|".join(f"(?:{pattern})" for pattern, _ in UNITS[unit])
    amount = rf"€?\s*({NUMBER})\s*({units})?"
    if match := re.fullmatch(rf"(?:entre|between|from|de)?\s*{amount}{BETWEEN}{amount}", text):
        low, low_unit, high, high_unit = match.groups()
        ends = _amount(low, low_unit or high_unit, unit), _amount(high, high_unit, unit)
        return ends if all(ends) else None
    match = re.fullmatch(rf"(?:({AT_LEAST})|({AT_MOST})|{ABOUT})?\s*{amount}", text)
    number = _amount(match[3], match[4], unit) if match else ""
    if not match or not number:
        return None
    return ("" if match[2] else number), ("" if match[1] else number)


def _amount(number: str, written: str | None, unit: str) -> str:
    read = closest_number(number.strip())
    if read is None:
        return ""
    worth = next((worth for pattern, worth in UNITS[unit] if written and re.fullmatch(pattern, written)), 1)
    return f"{(Decimal(read) * worth).normalize():f}"
