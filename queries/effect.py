"""What differs between two answers of `totals_by_place`: each place and measure, before and after, in both scenarios.

Rule: both sides are answers, compared and never summed here; powers and jobs by their split only (rule 5).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

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


def find_changes(before: Iterable[Mapping[Any, Any]], after: Iterable[Mapping[Any, Any]]) -> list[Change]:
    """Return what differs between the rows of two answers: the country first, then the regions."""
    old, new = _by_key(before), _by_key(after)
    keys = sorted(old.keys() | new.keys(), key=_rank)
    changes = [Change(*key, old.get(key, (0.0, 0.0)), new.get(key, (0.0, 0.0))) for key in keys]
    return [change for change in changes if change.before != change.after]


def _by_key(rows: Iterable[Mapping[Any, Any]]) -> dict[tuple[str, str, str], Ends]:
    return {(row["place_code"], row["metric"], row["segment"]): (float(row["low"]), float(row["high"])) for row in rows}


def _rank(key: tuple[str, str, str]) -> tuple[bool, bool, str, int, str]:
    place, metric, segment = key
    return place != COUNTRY, place == NOT_LOCATED, place, MEASURES.index(metric), segment
