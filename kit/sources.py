"""Who said what a chart draws: the claims behind it, all of them where they are few, else those of what weighs most.

Rule: a claim is quoted as its source gives it, with its date and its address; what is not quoted is counted, and an
extract has it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kit import data
from kit.drawing import Drawn
from pages.shared import dates
from pages.shared.charts.measure import answers
from pages.shared.charts.register import PROJECT
from pages.shared.markup import web_address
from pages.shared.project_words import METRICS
from queries import Database, Selection

# So many are read at the end of an article; beyond, the first projects stand for them.
FEW, PROJECTS, EACH = 12, 6, 2
INVESTMENT = "investment_meur"


@dataclass(frozen=True)
class Source:
    """A source of a claim: its publisher, its title, its date in words, its address (None: not one of the web)."""

    publisher: str
    title: str
    date: str
    address: str | None
    project: str = ""


@dataclass(frozen=True)
class Sources:
    """The sources that are quoted, each once, of the `total` claims behind what is shown; `are_all`: none is left."""

    quoted: tuple[Source, ...]
    total: int
    are_all: bool


def read_sources(drawn: Drawn, database: Database) -> Sources:
    """Return the sources of a chart: the claims of its project, else the retained ones of what it measures."""
    selection, lang = drawn.asked.selection, drawn.asked.lang
    if drawn.declared.about == PROJECT:
        shown = set(drawn.table["announcement_id"]) if "announcement_id" in drawn.table else None
        return sources_of_project(selection, database, lang, shown)
    if event := drawn.given.options.get("event"):
        rows = data.answer(database, "announcements_list", Selection(until=selection.until))
        return _quoted(rows[rows["event"] == event], None, database, selection, lang)
    metric = drawn.metric if drawn.metric in METRICS else ""
    return sources_of_selection(selection, database, lang, metric)


def sources_of_project(selection: Selection, database: Database, lang: str, shown: set[str] | None = None) -> Sources:
    """Return the sources of the claims of one project, those of the ids `shown` alone where they are given."""
    rows = data.answer(database, "announcements_list", selection)
    if shown is not None:
        rows = rows[rows["id"].isin(shown)]
    return _quoted(rows, None, database, selection, lang)


def sources_of_selection(selection: Selection, database: Database, lang: str, metric: str = "") -> Sources:
    """Return the sources of the retained claims of a metric, of any where none is given."""
    rows = data.answer(database, "claims_list", selection)
    rows = rows[rows["is_retained"] & (rows["metric"].isin([metric] if metric else list(METRICS)))]
    return _quoted(rows.drop_duplicates("announcement_id"), metric or INVESTMENT, database, selection, lang)


def _quoted(rows: pd.DataFrame, metric: str | None, database: Database, selection: Selection, lang: str) -> Sources:
    names = data.project_names(database)
    found = [_source(row, names, lang) for row in answers(rows)]
    if len(found) <= FEW or selection.project:
        return Sources(tuple(dict.fromkeys(found)), len(found), True)
    kept: list[Source] = []
    for project in _largest(metric or INVESTMENT, database, selection):
        own = rows[rows["project_id"] == project].head(EACH)
        kept += [_source(row, names, lang) for row in answers(own)]
        if len(_once(kept)) >= PROJECTS * EACH:
            break
    return Sources(tuple(_once(kept)[: PROJECTS * EACH]), len(found), False)


def _once(sources: Sequence[Source]) -> list[Source]:
    """Return each article once, under the first project that it speaks of."""
    return list({(one.publisher, one.title, one.address): one for one in reversed(sources)}.values())[::-1]


def _largest(metric: str, database: Database, selection: Selection) -> Sequence[str]:
    """Return the projects of a selection, from the largest net amount down."""
    name, unit, _ = METRICS[metric]
    rows = data.answer(database, "projects_list", selection)
    return list(rows.sort_values(f"{name}_net_high{unit}", ascending=False, na_position="last")["project_id"])


def _source(row: Mapping[Any, Any], names: Mapping[str, tuple[str, str]], lang: str) -> Source:
    stated, precision = row["source_date"], "day"
    if not isinstance(stated, str) and pd.isna(stated):
        stated, precision = row["announced_on"], row["announced_on_precision"]
    return Source(
        publisher=str(row["source_publisher"]),
        title=row["source_title"] if isinstance(row["source_title"], str) else "",
        date=dates.partial_day(stated, lang) if isinstance(stated, str) else dates.day(stated, precision, lang),
        address=web_address(row["source_url"]) if isinstance(row["source_url"], str) else None,
        project=names.get(row["project_id"], ("", ""))[lang == "en"],
    )
