"""The projects announced more than once: a list of projects with their occasions, and a table of occasions.

Rule: figures are those said on each occasion, in order; they are never added nor turned into a retained value.
"""

from html import escape

import pandas as pd

from pages.shared import dates, filters, numbers
from pages.shared.charts.reannouncements import occasion_name, said
from pages.shared.markup import html_link
from pages.shared.project_words import Row, project_name
from pages.shared.texts import text


def project_items(reannouncements: pd.DataFrame, lang: str) -> str:
    """Return the projects of `reannouncements` as an HTML list: each linked, with what was said on each occasion."""
    items = []
    for project_id, group in reannouncements.groupby("project_id", sort=False):
        occasions = group.to_dict("records")
        name = html_link(project_name(occasions[0], lang), filters.link("projects", project=str(project_id)))
        n = len(occasions)
        times = text("reannouncements.list.times", lang, n=n, count=numbers.count(n, lang))
        steps = "".join(f"<li>{escape(_step(row, lang))}</li>" for row in occasions)
        items.append(f"<li>{name} – {escape(times)}<ol>{steps}</ol></li>")
    return f'<ul class="again">{"".join(items)}</ul>'


def occasion_table(reannouncements: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return one row an occasion in words: project, occasion, date, what was said, sources."""
    rows = reannouncements.to_dict("records")
    return pd.DataFrame(
        {
            text("reannouncements.table.project", lang): [project_name(row, lang) for row in rows],
            text("reannouncements.table.occasion", lang): [occasion_name(row, lang) for row in rows],
            text("reannouncements.table.date", lang): [
                dates.day(row["announced_on"], row["announced_on_precision"], lang) for row in rows
            ],
            text("reannouncements.table.said", lang): [said(row, lang) for row in rows],
            text("reannouncements.table.sources", lang): [", ".join(row["publishers"]) for row in rows],
        }
    )


def _step(row: Row, lang: str) -> str:
    return text("reannouncements.list.step", lang, when=occasion_name(row, lang), figure=said(row, lang))
