"""What a new row changes: the totals of the country and of the regions, and the claims that say otherwise.

Rule: both sides are built by the rules of `etl` in a folder that does not last, then asked the questions of `queries`.
This module alone of `etl` imports `queries`: the question is written once, and nothing that builds imports this one.
"""

import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from etl.database import BUILD_PREFIX, write_database
from etl.figures import written
from etl.messages import told
from etl.reference import Reference
from etl.schema import ANNOUNCEMENTS, Schema
from queries import Selection, open_database
from queries.effect import COUNTRY, NOT_LOCATED, Change, find_changes

# The code lists that split a metric (rule 5).
SEGMENTS = {"power_mw": "power_kind", "jobs": "jobs_scope"}

Answer = list[dict[Any, Any]]


@dataclass(frozen=True)
class Effect:
    """The totals that differ, and the identifiers of the claims whose figure is far from that of the row."""

    changes: Sequence[Change]
    disagreements: Sequence[str]


def find_effect(before: str, after: str, row: Mapping[str, str]) -> Effect:
    """Build the file before and after the row, and compare. Takes a few seconds."""
    with ThreadPoolExecutor() as pool:  # DuckDB works outside Python's lock: both at once take half the time
        old, new = pool.submit(_totals, before), pool.submit(_ask, after, row["project_id"])
        totals, claims = new.result()
        others = [claim["other_id"] for claim in claims if claim["id"] == row["id"]]
        return Effect(find_changes(old.result(), totals), list(dict.fromkeys(others)))


@lru_cache(maxsize=1)  # of the file as it is, which a correction of the row does not change
def _totals(content: str) -> Answer:
    return _ask(content, "")[0]


def _ask(content: str, project: str) -> tuple[Answer, Answer]:
    """Return the totals by place of a file, and the disagreements between the claims of a project."""
    # A database that Windows still holds open does not keep the command from ending.
    with tempfile.TemporaryDirectory(prefix="infra-ia-add-", ignore_cleanup_errors=True) as folder:
        path, database_path = Path(folder, ANNOUNCEMENTS.name), Path(folder, f"{BUILD_PREFIX}duckdb")
        path.write_text(content, encoding="utf-8", newline="")
        write_database(path, database_path)
        database = open_database(database_path)
        try:
            totals = database.run("totals_by_place").to_dict("records")
            claims = database.run("disagreements", Selection(project=project)).to_dict("records") if project else []
        finally:
            database.connection.close()
    return totals, claims


def effect_lines(changes: Sequence[Change], schema: Schema, reference: Reference, lang: str) -> list[str]:
    """Return a line for each total that differs: place, measure, both scenarios.

    A measure that moves between regions only is said to leave that of the country as it is.
    """
    if not changes:
        return [told("add", "no_effect", lang)]
    national = {(change.metric, change.segment) for change in changes if change.place == COUNTRY}
    regional = {(change.metric, change.segment): change for change in changes}
    still = [change for measure, change in regional.items() if measure not in national]
    country = _place(COUNTRY, reference, lang)
    return [
        told("add", "effect_none", lang, place=country, measure=_measure(change, schema, lang)) for change in still
    ] + [
        told(
            "add",
            "effect",
            lang,
            place=_place(change.place, reference, lang),
            measure=_measure(change, schema, lang),
            low=_step(change.before[0], change.after[0], lang),
            high=_step(change.before[1], change.after[1], lang),
        )
        for change in changes
    ]


def _place(code: str, reference: Reference, lang: str) -> str:
    if code in (COUNTRY, NOT_LOCATED):
        return told("add_place", code, lang)
    return reference.regions[code].name


def _measure(change: Change, schema: Schema, lang: str) -> str:
    name = told("add_measure", change.metric, lang)
    if not change.segment:
        return name
    segment = schema.label(SEGMENTS[change.metric], change.segment, lang)
    return told("add", "of_segment", lang, measure=name, segment=segment.lower() if segment[1:2].islower() else segment)


def _step(before: float, after: float, lang: str) -> str:
    """Return « 174 995 → 194 995 (+20 000) », the figure alone where this scenario does not move."""
    old, new = (Decimal(str(end)) for end in (before, after))
    if old == new:
        return told("add", "unmoved", lang, figure=written(new, lang))
    sign = "+" if new > old else "−"
    words = {"before": written(old, lang), "after": written(new, lang), "change": sign + written(abs(new - old), lang)}
    return told("add", "step", lang, **words)
