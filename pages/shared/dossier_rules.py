"""Which step of the rule of retained values (rule 1) settled a figure.

Rule: the steps are those of the data model, in their order, on the rows that anybody can read on the page; the first
step after which all that is left gives one figure is the one that decided. No Streamlit and no words here.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from etl.schema import load_schema

Row = Mapping[Hashable, Any]
Rows = Sequence[Row]

WEAK = "other"
UNSTATED_SCOPE = "unspecified"
LENGTHS = {"day": 10, "month": 7}


@dataclass(frozen=True)
class Decision:
    """How a figure was retained.

    `step` is "only", "agreed", "stronger", "recent", "source", "scope", "majority" or "range". `retained` are the
    claims kept; `beside` counts the claims with a number that are not, `weak` those of them set aside because a
    better source exists; `tied` counts the claims still standing when the deciding step came.
    """

    step: str
    retained: Rows
    beside: int
    weak: int
    tied: int

    @property
    def claim(self) -> Row:
        """One of the retained claims: they share their date and their kind of source."""
        return self.retained[0]


def decide(claims: pd.DataFrame) -> Decision | None:
    """Return how the figure of one project and one metric was retained; None where no claim gives a number.

    `claims` are its rows of `claims_list`. Inventories and targets retain nothing (rule 10): do not ask.
    """
    said = [row for row in claims.to_dict("records") if _ends(row) != (None, None)]
    if not said:
        return None
    step, tied = ("only" if len(said) == 1 else "agreed" if _agree(said) else ""), len(said)
    left: Rows = said
    for name, narrow in STEPS:
        before, left = left, narrow(left)
        if not step and _agree(left):
            step, tied = name, len(before)
    if not step:
        step, tied = "range", len(left)
    return Decision(step, left, len(said) - len(left), len(said) - len(_stronger(said)), tied)


def announced_text(row: Row) -> str:
    """Return the date as the file writes it, so that a month comes before its days."""
    return str(row["announced_on"].date().isoformat()[: LENGTHS[row["announced_on_precision"]]])


def source_rank(row: Row) -> int:
    """Return the place of the claim's kind of source in the order of the schema, the best first."""
    return list(load_schema().field("source_kind").codes).index(row["source_kind"])


def _stronger(rows: Rows) -> Rows:
    return [row for row in rows if row["source_kind"] != WEAK] or rows


def _recent(rows: Rows) -> Rows:
    last = max(map(announced_text, rows))
    return [row for row in rows if announced_text(row) == last]


def _best_source(rows: Rows) -> Rows:
    best = min(map(source_rank, rows))
    return [row for row in rows if source_rank(row) == best]


def _best_scope(rows: Rows) -> Rows:
    if rows[0]["metric"] != "jobs":
        return rows
    order = list(load_schema().field("jobs_scope").codes)
    best = min(order.index(_scope(row)) for row in rows)
    return [row for row in rows if order.index(_scope(row)) == best]


def _majority(rows: Rows) -> Rows:
    votes = Counter(map(_ends, rows))
    most = max(votes.values())
    return [row for row in rows if votes[_ends(row)] == most]


# Rule 1, step by step.
STEPS: tuple[tuple[str, Callable[[Rows], Rows]], ...] = (
    ("stronger", _stronger),
    ("recent", _recent),
    ("source", _best_source),
    ("scope", _best_scope),
    ("majority", _majority),
)


def _agree(rows: Rows) -> bool:
    return len({(_ends(row), _scope(row) if row["metric"] == "jobs" else "") for row in rows}) == 1


def _ends(row: Row) -> tuple[float | None, float | None]:
    return _end(row["low"]), _end(row["high"])


def _end(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _scope(row: Row) -> str:
    return row["scope"] if isinstance(row["scope"], str) and row["scope"] else UNSTATED_SCOPE
