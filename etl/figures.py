"""A figure in a few signs, for names and subjects of commits: « 20 Md€ », « 30–50 Md€ », « ≥ 2 GW », « ≤ 40 emplois ».

Rule: written as the tables of the site write it (a test compares them on every claim of the file): three digits in a
unit a thousand times larger, one decimal otherwise, and more of them where two ends would read the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from etl.messages import told

# The columns of each metric, low end and high end, in the order in which one figure stands for a row.
METRICS = {
    "investment_meur": ("investment_low_meur", "investment_high_meur"),
    "power_mw": ("power_low_mw", "power_high_mw"),
    "jobs": ("jobs_low", "jobs_high"),
    "sites_count": ("sites_count", "sites_count"),
}
UNITS = {"investment_meur": ("meur", "bneur"), "power_mw": ("mw", "gw"), "jobs": ("jobs",), "sites_count": ("sites",)}
WHOLE = ("jobs", "sites_count")
COUNTED = ("jobs", "sites")  # units with a plural
SIGNIFICANT, BASE_DECIMALS, MOST_DECIMALS = 3, 1, 6
LARGEST = Decimal("1e15")  # beyond, nobody means it


@dataclass(frozen=True)
class _Scale:
    """The unit of an end, what it is divided by, and the decimals that it is read with."""

    unit: str
    divisor: int
    decimals: int


def short_figure(row: Mapping[str, str], lang: str) -> str:
    """Return the first figure that the row gives, in `lang`, with ordinary spaces; "" where it gives none."""
    for metric, columns in METRICS.items():
        low, high = (_number(row.get(column, "")) for column in columns)
        if low is not None or high is not None:
            return " ".join(_short(metric, low, high, lang).split())
    return ""


def written(number: Decimal, lang: str, decimals: int = MOST_DECIMALS) -> str:
    """Return a number with its thousands apart and its decimals as `lang` writes them, without idle zeros."""
    text = f"{number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN):,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(",", "\u202f").replace(".", ",") if lang == "fr" else text


def _short(metric: str, low: Decimal | None, high: Decimal | None, lang: str) -> str:
    ends = sorted(end for end in (low, high) if end is not None)
    sign = "≥ " if high is None else "≤ " if low is None or (low == 0 and high > 0) else ""
    if sign or ends[0] == ends[-1]:
        return sign + _end(metric, ends[-1], lang)
    first, last = (_scale(metric, end) for end in ends)
    if first.unit != last.unit:
        return "–".join(_end(metric, end, lang) for end in ends)
    decimals = max(first.decimals, last.decimals)
    bottom, top = (end / last.divisor for end in ends)
    while decimals < MOST_DECIMALS and written(bottom, lang, decimals) == written(top, lang, decimals):
        decimals += 1
    return _in_unit(last.unit, "–".join(written(end, lang, decimals) for end in (bottom, top)), ends[-1], lang)


def _end(metric: str, end: Decimal, lang: str) -> str:
    scale = _scale(metric, end)
    return _in_unit(scale.unit, written(end / scale.divisor, lang, scale.decimals), end, lang)


def _scale(metric: str, end: Decimal) -> _Scale:
    units = UNITS[metric]
    if metric in WHOLE or end == 0:
        return _Scale(units[0], 1, 0)
    if round(end, BASE_DECIMALS) >= 1000:
        return _Scale(units[-1], 1000, max(0, SIGNIFICANT - len(str(int(end / 1000)))))
    decimals = BASE_DECIMALS
    while decimals < MOST_DECIMALS and round(end, decimals) == 0:
        decimals += 1
    return _Scale(units[0], 1, decimals)


def _in_unit(unit: str, number: str, end: Decimal, lang: str) -> str:
    is_one = abs(end) < 2 if lang == "fr" else end == 1
    name = f"{unit}_many" if unit in COUNTED and not is_one else unit
    return told("unit", name, lang, number=number)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < LARGEST else None
