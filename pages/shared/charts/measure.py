"""What a chart measures: a metric, absolute or per inhabitant, and the words for it.

Rule: a picture is coloured, sized and ordered by the low scenario or drawn as a whole range; never by a midpoint,
and a figure that is unknown stays unknown (NaN or None, never 0).
"""

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any

import pandas as pd
from babel.numbers import format_decimal

from pages.shared import numbers
from pages.shared.texts import LOCALES, text

# Per inhabitant, each metric in a unit that gives readable numbers: € and W a head, jobs for 100,000
# inhabitants, projects for a million.
PER_INHABITANT = {
    "investment_meur": 1_000_000,
    "power_mw": 1_000_000,
    "jobs": 100_000,
    "construction_jobs": 100_000,
    "projects": 1_000_000,
}
# What adds up different things: scopes of jobs, kinds of power.
MIXED = ("jobs", "power_mw")
MAX_DIGITS = 6


# A row of a query's answer, by column.
Answer = Mapping[Hashable, Any]


@dataclass(frozen=True)
class Measure:
    """A metric code and whether it is divided by the population."""

    metric: str
    per_inhabitant: bool = False

    def of(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of this metric, `low` and `high` divided when asked, unknown ends as NaN.

        Per inhabitant, rows without a population (what is not located) are dropped.
        """
        rows = frame[frame["metric"] == self.metric].copy()
        rows[["low", "high"]] = rows[["low", "high"]].astype("float64")
        if self.per_inhabitant:
            rows = rows[rows["population"].notna()].copy()
            rate = PER_INHABITANT[self.metric] / rows["population"].astype("float64")
            rows["low"], rows["high"] = rows["low"] * rate, rows["high"] * rate
        return rows

    def name(self, lang: str) -> str:
        """Return what is measured, with its unit when per inhabitant, e.g. « Investissement annoncé »."""
        group = "per_name" if self.per_inhabitant else "name"
        return text(f"charts.{group}.{self.metric}", lang)

    def reserve(self, lang: str) -> str:
        """Return what must be said beside a sum of this metric, e.g. « (natures mêlées) » (rule 5), else ""."""
        return text(f"charts.mixed.{self.metric}", lang) if self.metric in MIXED else ""

    def tick(self, value: float, lang: str) -> str:
        """Return a bound or a tick as briefly as its unit allows; the name of the measure says what is counted."""
        if self.per_inhabitant or self.metric in ("investment_meur", "power_mw"):
            return "0" if value == 0 else self.format(value, value, lang, short=True)
        return numbers.count(value, lang)

    def format(self, low: float, high: float, lang: str, *, is_floor: bool = False, short: bool = False) -> str:
        """Return a range in words, e.g. « entre 26,8 et 31,8 Md€ » or « au moins 890 W par habitant »."""
        if not self.per_inhabitant:
            form = "short" if short else "long"
            return numbers.metric(self.metric, low, high, lang, is_floor=is_floor, form=form)
        if not is_known(low, high):
            return numbers.metric(self.metric, None, None, lang)
        bottom, top = rates(low, high, lang)
        if short:
            words = f"{bottom}–{top}" if bottom and top and bottom != top and low > 0 else top or bottom
            return self._number(words, lang)
        if math.isnan(low) or low == 0 < high:
            return text("numbers.up_to", lang, high=self._in_unit(top, lang))
        if math.isnan(high) or (low == high and is_floor):
            return text("numbers.at_least", lang, high=self._in_unit(bottom, lang))
        if low == high:
            return self._in_unit(bottom, lang)
        key = "numbers.between_floor" if is_floor else "numbers.between"
        return text(key, lang, low=self._number(bottom, lang), high=self._in_unit(top, lang))

    def _number(self, written: str, lang: str) -> str:
        # In English the sign of the euro stands before the number.
        return "€" + written if self.metric == "investment_meur" and lang == "en" else written

    def _in_unit(self, written: str, lang: str) -> str:
        return text(f"charts.per_unit.{self.metric}", lang, written=self._number(written, lang))


def areas(frame: pd.DataFrame, level: str) -> pd.DataFrame:
    """Return a frame of `totals_by_region` or `totals_by_departement` with its area in `code` and `name`.

    `level` is "region" or "departement".
    """
    return frame.rename(columns={f"{level}_code": "code", f"{level}_name": "name"})


def rates(low: float, high: float, lang: str) -> tuple[str, str]:
    """Return two ratios as numbers, with the digits that keep them apart when they differ; "" when unknown."""
    ends = [end for end in (low, high) if not math.isnan(end)]
    digits = max((0 if end >= 10 or end == 0 else 1 - math.floor(math.log10(end)) for end in ends), default=0)
    while low != high and len(ends) == 2 and round(low, digits) == round(high, digits) and digits < MAX_DIGITS:
        digits += 1
    return _ratio(low, digits, lang), _ratio(high, digits, lang)


def _ratio(value: float, digits: int, lang: str) -> str:
    if math.isnan(value):
        return ""
    pattern = "#,##0" + ("." + "#" * digits if digits else "")
    written: str = format_decimal(Decimal(str(value)), pattern, locale=LOCALES[lang])
    return written.replace("\u00a0", numbers.NARROW_SPACE)


def shade(low: float, high: float) -> float:
    """Return the value that a colour or an area stands for: the low scenario.

    An amount given as « jusqu'à » counts 0 in the low scenario (rule 3); NaN when nothing is known.
    """
    if not math.isnan(low):
        return low
    return math.nan if math.isnan(high) else 0.0


def is_known(low: float, high: float) -> bool:
    """Tell whether at least one end is known."""
    return not (math.isnan(low) and math.isnan(high))


def answers(frame: pd.DataFrame) -> list[Answer]:
    """Return the rows of a frame as mappings."""
    return list(frame.to_dict("records"))


def cell(value: object) -> str:
    """Return what comes from the data as Plotly shows it as it is: a label of Plotly reads some HTML."""
    return escape(str(value), quote=False)


def listed(items: list[str], lang: str) -> str:
    """Return the items one after the other, as a sentence separates them."""
    return text("charts.separator", lang).join(items)
