"""Numbers in words: amounts, powers, jobs, shares and dates, in French and English.

Rule: every figure a visitor reads passes here, so that a range is never shown as a point, two different ends
never round to one number, and something never rounds to nothing. No Streamlit here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import SupportsFloat

import pandas as pd
from babel.numbers import format_decimal

from pages.shared.dates import day as day
from pages.shared.dates import partial_day as partial_day
from pages.shared.texts import LOCALES, text

NARROW_SPACE = "\u202f"
# Digits kept in a scaled unit (Md€, GW), and decimals kept in a base unit (M€, MW).
SIGNIFICANT = 3
BASE_DECIMALS = 1
MAX_DECIMALS = 6

Figure = SupportsFloat | None


@dataclass(frozen=True)
class Measure:
    """How a metric is written: its unit, the unit a thousand times larger if any, and whether it is whole."""

    unit: str
    thousand: str | None = None
    whole: bool = False


MEASURES = {
    "investment_meur": Measure("million_eur", "billion_eur"),
    "power_mw": Measure("megawatt", "gigawatt"),
    "jobs": Measure("jobs", whole=True),
    "construction_jobs": Measure("construction_jobs", whole=True),
    "projects": Measure("projects", whole=True),
    "area_ha": Measure("hectare"),
    "sites_count": Measure("sites", whole=True),
}


def metric(code: str, low: Figure, high: Figure, lang: str, is_floor: bool = False, form: str = "long") -> str:
    """Write a figure of the metric `code` from its two ends, in its base unit (M€, MW, jobs, ha…).

    Low alone is « au moins », high alone (or a low of zero) « jusqu’à », neither « inconnu »; `is_floor`
    says that an « au moins » is inside. `form` is "long" (a sentence), "short" (a table, an axis) or "bare"
    (long, before words that name what is counted: « 35 », but « 20 Md€ »).
    Raises KeyError on an unknown metric.
    """
    measure, bottom, top = MEASURES[code], to_float(low), to_float(high)
    if form == "bare" and measure.whole:
        measure = Measure("none", whole=True)
    if top is None:
        if bottom is None:
            return text("numbers.unknown.short" if form == "short" else f"numbers.unknown.{code}", lang)
        return _open(measure, bottom, "at_least", lang, form)
    if bottom is None or (bottom == 0 < top):
        return _open(measure, top, "up_to", lang, form)
    if bottom == top:
        return _open(measure, top, "at_least" if is_floor else "", lang, form)
    bottom, top = sorted((bottom, top))
    return _range(measure, bottom, top, lang, form=form, is_floor=is_floor)


def amount(low: Figure, high: Figure, lang: str, is_floor: bool = False, form: str = "long") -> str:
    """Write an investment in M€: « entre 175 et 214 Md€ », "between €175bn and €214bn"."""
    return metric("investment_meur", low, high, lang, is_floor=is_floor, form=form)


def power(low: Figure, high: Figure, lang: str, is_floor: bool = False, form: str = "long") -> str:
    """Write a power in MW: « 148,8 MW », « 28,6 GW »."""
    return metric("power_mw", low, high, lang, is_floor=is_floor, form=form)


def jobs(low: Figure, high: Figure, lang: str, is_floor: bool = False, form: str = "long") -> str:
    """Write lasting jobs: « 1 000 emplois »."""
    return metric("jobs", low, high, lang, is_floor=is_floor, form=form)


def count(n: SupportsFloat, lang: str) -> str:
    """Write a whole number with the separators of the language."""
    return _decimal(float(n), 0, lang)


def exact(value: Figure, lang: str) -> str:
    """Write a number with all its decimals and no unit, for a column that a reader may add up; a blank is unknown."""
    number = to_float(value)
    return text("numbers.unknown.short", lang) if number is None else _decimal(number, MAX_DECIMALS, lang)


def percent(share: Figure, lang: str) -> str:
    """Write a share (0 to 1) as a percentage: « 38 % »; small ones keep a decimal, never « 0 % » for some."""
    value = to_float(share)
    if value is None:
        return text("numbers.unknown.short", lang)
    points = value * 100
    if 0 < points < 0.1:
        tenth = text("numbers.unit.percent", lang, written=_decimal(0.1, 1, lang))
        return text("numbers.less_than", lang, high=tenth)
    return text("numbers.unit.percent", lang, written=_decimal(points, 0 if points >= 10 else 1, lang))


def percent_range(low: Figure, high: Figure, lang: str) -> str:
    """Write a share with two ends, from the smaller to the larger; one number when they read the same."""
    ends = sorted(value for value in (to_float(low), to_float(high)) if value is not None)
    words = [percent(value, lang) for value in ends] or [percent(None, lang)]
    if words[0] == words[-1]:
        return words[0]
    return text("numbers.between", lang, low=words[0], high=words[-1])


def to_float(value: Figure) -> float | None:
    """Return the number, or None for a blank (None, NaN, NA)."""
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return None
    return float(value)


def _open(measure: Measure, value: float, words: str, lang: str, form: str) -> str:
    figure = _write(measure, value, lang)
    if not words:
        return figure
    key = f"numbers.short_{words}" if form == "short" else f"numbers.{words}"
    return text(key, lang, high=figure)


def _range(measure: Measure, low: float, high: float, lang: str, *, form: str, is_floor: bool) -> str:
    one_unit = _is_scaled(measure, low) == _is_scaled(measure, high)
    unit, divisor = _unit(measure, high)
    plus = "+" if is_floor else ""
    if one_unit:
        decimals = _decimals_apart(measure, low / divisor, high / divisor, divisor > 1)
        bottom, top = (_decimal(end / divisor, decimals, lang) for end in (low, high))
        if form == "short":
            return _in_unit(unit, f"{bottom}–{top}", high, lang) + plus
        # The unit is said once when it follows the number, twice when a sign stands in front of it.
        leads = not _in_unit(unit, "\0", high, lang).startswith("\0")
        first = _in_unit(unit, bottom, low, lang) if leads else bottom
        last = _in_unit(unit, top, high, lang)
    else:
        first, last = _write(measure, low, lang), _write(measure, high, lang)
        if form == "short":
            return f"{first}–{last}{plus}"
    return text("numbers.between_floor" if is_floor else "numbers.between", lang, low=first, high=last)


def _write(measure: Measure, value: float, lang: str) -> str:
    unit, divisor = _unit(measure, value)
    scaled = value / divisor
    return _in_unit(unit, _decimal(scaled, _decimals(measure, scaled, divisor > 1), lang), value, lang)


def _is_scaled(measure: Measure, value: float) -> bool:
    # 999.96 M€ is read « 1 Md€ », not « 1 000 M€ ».
    return measure.thousand is not None and _rounded(value, BASE_DECIMALS) >= 1000


def _unit(measure: Measure, value: float) -> tuple[str, float]:
    if _is_scaled(measure, value) and measure.thousand:
        return measure.thousand, 1000.0
    return measure.unit, 1.0


def _decimals(measure: Measure, value: float, scaled: bool) -> int:
    if measure.whole or value == 0:
        return 0
    if not scaled:
        return _first(lambda decimals: _rounded(value, decimals) != 0, BASE_DECIMALS)
    whole_digits = len(str(int(abs(value))))
    return max(0, SIGNIFICANT - whole_digits)


def _decimals_apart(measure: Measure, low: float, high: float, scaled: bool) -> int:
    start = max(_decimals(measure, end, scaled) for end in (low, high))
    return _first(lambda decimals: _rounded(low, decimals) != _rounded(high, decimals), start)


def _first(enough: Callable[[int], bool], start: int) -> int:
    return next((decimals for decimals in range(start, MAX_DECIMALS) if enough(decimals)), MAX_DECIMALS)


def _rounded(value: float, decimals: int) -> Decimal:
    # Through the decimal digits of the float, so that 26.85 rounds as it reads.
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)


def _decimal(value: float, decimals: int, lang: str) -> str:
    pattern = "#,##0" + ("." + "#" * decimals if decimals else "")
    written: str = format_decimal(_rounded(value, decimals), pattern, locale=LOCALES[lang])
    return written.replace("\xa0", NARROW_SPACE)


def _in_unit(unit: str, written: str, value: float, lang: str) -> str:
    return text(f"numbers.unit.{unit}", lang, n=value, written=written)
