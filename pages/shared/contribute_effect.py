"""What a draft changes in the totals: each place and measure that differs, before and after, in both scenarios.

Rule: both sides are answers of `totals_by_place`, compared and never summed here; powers and jobs by their split only
(rule 5). No Streamlit here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pages.shared import data, explanation, numbers
from pages.shared.texts import text

COUNTRY, NOT_LOCATED = "all", "none"
# In the order to read; the units are those of the file.
MEASURES = ("investment_meur", "power_mw", "jobs", "construction_jobs", "projects")
Ends = tuple[float, float]


@dataclass(frozen=True)
class Change:
    """A total that differs: its place, metric and segment, and both scenarios (low, high), 0 where it had none."""

    place: str
    metric: str
    segment: str
    before: Ends
    after: Ends


def find_changes(before: pd.DataFrame, after: Sequence[Mapping[str, Any]]) -> list[Change]:
    """Return what differs between two answers of `totals_by_place`: the country first, then the regions."""
    old, new = _by_key(before.to_dict("records")), _by_key(after)
    keys = sorted(old.keys() | new.keys(), key=_rank)
    changes = [Change(*key, old.get(key, (0.0, 0.0)), new.get(key, (0.0, 0.0))) for key in keys]
    return [change for change in changes if change.before != change.after]


def effect_table(changes: Sequence[Change], lang: str) -> pd.DataFrame:
    """Return the changes in words: place, measure, low scenario, high scenario."""
    columns = [text(f"contribute.column.{name}", lang) for name in ("place", "measure", "low", "high")]
    rows = [
        [
            _place(change.place, lang),
            measure_name(change.metric, change.segment, lang),
            *(_step(old, new, lang) for old, new in zip(change.before, change.after, strict=True)),
        ]
        for change in changes
    ]
    return pd.DataFrame(rows, columns=columns)


def measure_name(metric: str, segment: str, lang: str) -> str:
    """Return « Emplois durables, directs » or « Investissement (M€) »."""
    name = text(f"contribute.measure.{metric}", lang)
    if not segment:
        return name
    return text("contribute.of_segment", lang, measure=name, segment=explanation.segment_name(metric, segment, lang))


def _by_key(rows: Iterable[Mapping[Any, Any]]) -> dict[tuple[str, str, str], Ends]:
    return {(row["place_code"], row["metric"], row["segment"]): (float(row["low"]), float(row["high"])) for row in rows}


def _rank(key: tuple[str, str, str]) -> tuple[bool, bool, str, int, str]:
    place, metric, segment = key
    return place != COUNTRY, place == NOT_LOCATED, place, MEASURES.index(metric), segment


def _place(code: str, lang: str) -> str:
    if code in (COUNTRY, NOT_LOCATED):
        return text(f"contribute.place.{code}", lang)
    return data.names("regions")[code]


def _step(old: float, new: float, lang: str) -> str:
    """Return « 174 995 → 194 995 (+20 000) »; the figure alone where this scenario does not move."""
    before, after = numbers.exact(old, lang), numbers.exact(new, lang)
    if old == new:
        return text("contribute.unmoved", lang, figure=after)
    sign = "+" if new > old else "−"
    return text(
        "contribute.step", lang, before=before, after=after, change=sign + numbers.exact(abs(round(new - old, 6)), lang)
    )
