"""What the sheet of a project holds: its retained figures and their rule, its place, its family, all its sources.

Rule: rows of the queries for the project alone, in the words of its dossier; every claim is shown, retained or not.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pages.shared.charts.project_stages import stages
from pages.shared.claim_list import claim_list
from pages.shared.dossier_words import COUNTED_KINDS, all_marks, dossier_facts, eyebrow, figure_cards, tell_dossier
from pages.shared.family_words import ADDRESS, family_table, undetailed
from pages.shared.markup import html_table, web_address
from pages.shared.numbers import count
from pages.shared.project_words import WITH_HISTORY, Row, full_place, project_name
from pages.shared.source_table import shown_metrics, source_table, sources_title, tell_sources
from pages.shared.texts import text
from queries import Database, Selection
from sheets.addresses import Page
from sheets.picture import Picture, draw, place
from sheets.words import say

OFF_MAP, EXACT = "none", "commune"


def read_project(project_id: str, database: Database, lang: str) -> Mapping[str, Any]:
    """Return all that the template `project.html` shows. Raises KeyError on an unknown project."""
    own = Selection(project=project_id)
    found = database.run("projects_list", own).to_dict("records")
    if not found:
        raise KeyError(project_id)
    row = found[0]
    announcements, claims = database.run("announcements_list", own), database.run("claims_list", own)
    family = database.run("family", own)
    has_history = row["kind"] in WITH_HISTORY
    n = len(announcements)
    return {
        "name": project_name(row, lang),
        "title": say("project.title", lang, name=project_name(row, lang)),
        "sentence": tell_dossier(row, announcements, lang),
        "eyebrow": eyebrow(row, lang),
        "marks": all_marks(row, claims, lang),
        "cards": () if has_history else figure_cards(row, family, claims, lang),
        "stages": _stages(row, announcements, lang),
        "facts": dossier_facts(row, announcements, lang),
        "picture": _picture(row, lang),
        "family": _family(row, family, lang),
        "undetailed": _undetailed(row, family, lang),
        "sources": {
            "title": sources_title(row, claims, lang),
            "told": tell_sources(row, claims, lang),
            "note": text("dossier.sources.note_history", lang) if has_history else say("project.sources", lang),
            "tables": [
                (
                    text(f"projects.metric.{metric}", lang),
                    _table(claims, metric, lang, has_history),
                )
                for metric in shown_metrics(row, claims)
            ],
        },
        "claims": {
            "title": text("projects.claims.title", lang, n=n, count=count(n, lang)),
            "note": text(f"projects.claims.note{'_history' if has_history else ''}", lang),
            "list": claim_list(announcements, claims, lang),
        },
        "addresses": list(dict.fromkeys(filter(None, map(web_address, announcements["source_url"])))),
        "point": None if row["location_precision"] != EXACT else (row["latitude"], row["longitude"]),
        "place": full_place(row, lang),
        "region": row["region_code"] if isinstance(row["region_code"], str) else None,
        "region_name": row["region_name"],
        "selection": own,
    }


def _table(claims: pd.DataFrame, metric: str, lang: str, has_history: bool) -> str:
    return source_table(claims[claims["metric"] == metric], metric, lang, has_history=has_history, has_caption=True)


def _stages(row: Row, announcements: pd.DataFrame, lang: str) -> list[Mapping[str, str | None]]:
    return [
        {
            "words": stage.words,
            "date": stage.date(lang),
            "publisher": stage.publisher,
            "address": web_address(stage.address),
        }
        for stage in stages(announcements, row, lang)
        if stage.claim is not None
    ]


def _picture(row: Row, lang: str) -> Picture | None:
    precision = row["location_precision"]
    if precision == OFF_MAP:
        return None
    told = text(f"dossier.locator.{'exact' if precision == EXACT else precision}", lang)
    described = text("dossier.locator.described", lang, place=full_place(row, lang), precision=told)
    dot = place(row["region_code"], row["longitude"], row["latitude"])
    return draw(row["region_code"], described, told, dot=dot, is_exact=precision == EXACT)


def _undetailed(row: Row, family: pd.DataFrame, lang: str) -> list[str]:
    has_parts = row["kind"] in COUNTED_KINDS and (family["relation"] == "child").any()
    return undetailed(row, lang) if has_parts else []


def _family(row: Row, family: pd.DataFrame, lang: str) -> str | None:
    if family.empty:
        return None
    table = family_table(row, family, lang, address=lambda project: Page("project", lang, project).path)
    written = html_table(
        table,
        links={text("projects.family.project", lang): ADDRESS},
        figures=(),
        caption=text("projects.family.alt", lang),
        kind="stacked",
    )
    return written
