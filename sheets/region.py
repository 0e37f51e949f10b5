"""What the sheet of a region holds: its figures, its projects, its inventories and targets, where it is.

Rule: rows of the queries for the region alone, in the words of the page Régions; nothing is added up here.
"""

from collections.abc import Mapping
from typing import Any

from pages.shared.project_items import all_marks, ordered
from pages.shared.project_words import WITH_HISTORY, Row, coded, own_ends, place, project_name, retained_figure
from pages.shared.region_figures import NOT_LOCATED, RegionAnswers, region_cards, tell_one
from pages.shared.texts import text
from queries import Database, Selection
from sheets.addresses import Page
from sheets.data import region_names
from sheets.picture import draw
from sheets.words import say

QUERIES = (
    "explanation_totals", "totals_by_purpose", "totals_by_status", "totals_by_region", "projects_listed",
    "histories",
)  # fmt: skip
METRICS = ("investment_meur", "power_mw", "jobs")
SCOPES = {"power_mw": "power_kind", "jobs": "jobs_scope"}


def read_region(code: str, database: Database, lang: str) -> Mapping[str, Any]:
    """Return all that the template `region.html` shows. Raises KeyError on an unknown code."""
    name = region_names(database, lang)[code]
    own = Selection(region=(code,))
    answers = RegionAnswers(code, **{query: database.run(query, own) for query in QUERIES})
    # Paper has room for all of them: a page lists the first ones.
    projects = ordered(database.run("projects_list", own)).to_dict("records")
    has_total, is_empty = not answers.totals.empty, answers.projects_listed.empty
    # What is told of a region without any announcement says so itself.
    sentence = say("region.none", lang, name=name) if is_empty else tell_one(answers, name, lang)
    is_placed = code != NOT_LOCATED
    return {
        "name": name,
        "title": say("region.title", lang, name=name),
        "sentence": sentence,
        "note": "" if is_placed else text("regions.not_located_note", lang),
        "cards": region_cards(answers, lang) if has_total else (),
        "projects": [project_row(row, lang) for row in projects if row["kind"] not in WITH_HISTORY],
        "histories": [project_row(row, lang) for row in projects if row["kind"] in WITH_HISTORY],
        "picture": draw(code, say("region.map", lang, name=name), say("map.insets", lang)) if is_placed else None,
        "selection": own,
    }


def project_row(row: Row, lang: str) -> Mapping[str, Any]:
    """Return the cells of a project in a list: name, sheet, status, place, retained figures, what to beware of."""
    return {
        "name": project_name(row, lang),
        "path": Page("project", lang, row["project_id"]).path,
        "status": coded("status", row["status"], lang),
        "kind": coded("kind", row["kind"], lang),
        "place": place(row, lang),
        "figures": [_figure(row, metric, lang) for metric in METRICS],
        "marks": ", ".join(all_marks(row, lang)),
    }


def _figure(row: Row, metric: str, lang: str) -> tuple[str, str]:
    """Return a retained figure and its scope or kind, which never goes unsaid; two blanks where it is unknown."""
    if row["kind"] in WITH_HISTORY or own_ends(row, metric) == (None, None):
        return "", ""
    scope = SCOPES.get(metric)
    words = coded(scope, row[scope], lang) if scope else ""
    return retained_figure(row, metric, lang), words[:1].lower() + words[1:]
