"""What the list of all sheets holds: the regions with their amounts, then every project.

Rule: a row of a query is a row of a list; the country's sum and what of it is not located are rows too.
"""

import unicodedata
from collections.abc import Mapping
from typing import Any

from pages.shared.numbers import count
from pages.shared.project_items import ordered
from pages.shared.region_figures import INVESTMENT, NOT_LOCATED, figure, is_known, pick
from queries import Database
from sheets.addresses import Page
from sheets.data import region_names
from sheets.region import project_row
from sheets.words import say


def read_index(database: Database, lang: str) -> Mapping[str, Any]:
    """Return all that the template `index.html` shows."""
    rows = database.run("totals_by_region")
    investment = rows[rows["metric"] == INVESTMENT]
    total = figure(pick(database.run("totals"), metric=INVESTMENT), INVESTMENT, lang)
    elsewhere = pick(investment, region_code=NOT_LOCATED)
    located = {"amount": total, "elsewhere": figure(elsewhere, INVESTMENT, lang)}
    sentence = say("index.total" if is_known(elsewhere) else "index.total_alone", lang, **located)
    names = region_names(database, lang)
    regions = []
    for code, name in sorted(names.items(), key=_in_order):
        row = pick(investment, region_code=code)
        regions.append(
            {
                "name": name,
                "path": Page("region", lang, code).path,
                "amount": figure(row, INVESTMENT, lang) if is_known(row) else "",
                "projects": "" if row is None else count(row["projects"], lang),
            }
        )
    return {
        "title": say("index.title", lang),
        "sentence": sentence[:1].upper() + sentence[1:],
        "description": say("index.description", lang),
        "regions": regions,
        "projects": [project_row(row, lang) for row in ordered(database.run("projects_list")).to_dict("records")],
    }


def _in_order(named: tuple[str, str]) -> tuple[bool, str]:
    """Sort by name whatever its accents, what is not located last."""
    code, name = named
    return code == NOT_LOCATED, unicodedata.normalize("NFD", name.casefold()).encode("ascii", "ignore").decode()
