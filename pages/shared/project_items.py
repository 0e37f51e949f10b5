"""The projects as a list, for a phone: a name whole, its figures in words, its status and place.

Rule: it says what the table says, row by row and in the same order, where a table has no room. No Streamlit here.
"""

from html import escape
from urllib.parse import quote

import pandas as pd

from pages.shared.markup import html_link
from pages.shared.project_words import WITH_HISTORY, Row, coded, marks, own_ends, place, project_name, retained_figure
from pages.shared.texts import text

SHOWN = ("investment_meur", "power_mw")


def ordered(projects: pd.DataFrame, histories: bool = True) -> pd.DataFrame:
    """Return `projects_listed` with what is counted first, then by retained investment, the largest first.

    `histories` keeps inventories and targets, which have no retained figure.
    """
    kept = projects if histories else projects[~projects["kind"].isin(WITH_HISTORY)]
    largest = kept["investment_high_meur"].fillna(kept["investment_low_meur"])
    return kept.assign(largest=largest).sort_values(
        ["is_counted", "largest", "project_id"], ascending=[False, False, True], na_position="last"
    )


def address(project_id: str, base: str) -> str:
    """Return the address that opens a project, from the address of the page with the visit's filters."""
    return f"{base}{'&' if '?' in base else '?'}project={quote(project_id)}"


def all_marks(row: Row, lang: str) -> list[str]:
    """Return what to beware of in a row, beginning with « hors sommes » for what is not counted."""
    apart = [] if row["is_counted"] else [text("projects.mark.not_counted", lang)]
    return [*apart, *marks(row, lang)]


def project_items(projects: pd.DataFrame, lang: str, *, base: str, histories: bool) -> str:
    """Return the HTML list of `projects_listed`; `base` is the address of the page with the visit's filters."""
    items = "".join(_item(row, lang, base) for row in ordered(projects, histories).to_dict("records"))
    return f'<ul class="projects">{items}</ul>'


def _item(row: Row, lang: str, base: str) -> str:
    figures = [retained_figure(row, metric, lang) for metric in SHOWN if own_ends(row, metric) != (None, None)]
    rest = [coded("status", row["status"], lang), place(row, lang), *all_marks(row, lang)]
    known = f"<strong>{escape(', '.join(figures))}</strong> · " if figures else ""
    name = html_link(project_name(row, lang), address(row["project_id"], base))
    return f"<li>{name}<br>{known}{escape(' · '.join(rest))}</li>"
