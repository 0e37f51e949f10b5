"""What each row changed, as sentences grouped by the day they were recorded, a page at a time.

Rule: one row of `changes`, one sentence, with its project and its source linked; whatever comes from the data is
escaped here. Days keep their whole counts, even where a page shows a part of them.
"""

from dataclasses import dataclass
from html import escape

import pandas as pd
import streamlit as st

from pages.shared import data, dates, filters, layout, numbers
from pages.shared.markup import html_link, web_address
from pages.shared.project_words import Row, coded, listed, project_name
from pages.shared.texts import text
from queries import Selection
from queries.parts import CHANGES_A_PAGE

# No file has pages of a longer number.
LONGEST_NUMBER = 7
EFFECTS = ("new_project", "status_change", "new_figure", "new_source", "repeat")
STAGES = ("ambition", "announced", "permitted", "under_construction", "operational")
STOPS = ("suspended", "cancelled")
# The ends of each figure of a row.
ENDS = {
    "investment_meur": ("investment_low_meur", "investment_high_meur"),
    "power_mw": ("power_low_mw", "power_high_mw"),
    "jobs": ("jobs_low", "jobs_high"),
    "construction_jobs": ("construction_jobs_low", "construction_jobs_high"),
    "sites_count": ("sites_count", "sites_count"),
    "area_ha": ("area_ha", "area_ha"),
}


@dataclass(frozen=True)
class Page:
    """One page of the changes: its number from 1, how many there are, its rows of `changes`."""

    number: int
    count: int
    rows: pd.DataFrame


def read_page(selection: Selection) -> Page:
    """Return the page that the address asks for; the nearest there is when it asks for one too far."""
    asked = st.query_params.get("page", "1")
    is_number = asked.isascii() and asked.isdigit()
    number = max(1, int(asked.lstrip("0")[:LONGEST_NUMBER] or 1)) if is_number else 1
    rows = _rows(selection, number)
    if rows.empty and number > 1:
        count = _count(_rows(selection, 1))
        return Page(count, count, _rows(selection, count))
    return Page(number, _count(rows), rows)


def _rows(selection: Selection, number: int) -> pd.DataFrame:
    return data.query("changes_page", selection, first=(number - 1) * CHANGES_A_PAGE)


def _count(rows: pd.DataFrame) -> int:
    return 1 if rows.empty else -(-int(rows["all_changes"].iloc[0]) // CHANGES_A_PAGE)


def show_page(page: Page, lang: str) -> None:
    """Show the rows of a page, day by day, and the ways to the pages around it."""
    for _, rows in page.rows.groupby("recorded_on", sort=False):
        first = rows.iloc[0]
        layout.section(tell_day(first, lang))
        st.caption(tell_effects(first, lang))
        items = "".join(f"<li>{change_html(row, lang)}</li>" for row in rows.to_dict("records"))
        st.html(f'<ul class="changes">{items}</ul>')
    if page.count > 1:
        _show_ways(page, lang)


def tell_changes(changes: pd.DataFrame, lang: str) -> str:
    """Say how many rows there are on all pages, and the day of the newest; `changes` are those of any page."""
    n = int(changes["all_changes"].iloc[0])
    last = dates.day(changes["newest_on"].iloc[0], "day", lang)
    return text("changes.sentence", lang, n=n, count=numbers.count(n, lang), date=last)


def tell_day(row: pd.Series, lang: str) -> str:
    """Return the day of a row with the number of its rows: « 22 novembre 2026 : 439 lignes »."""
    n = int(row["day_changes"])
    rows = text("changes.rows", lang, n=n, count=numbers.count(n, lang))
    return text("changes.day", lang, date=dates.day(row["recorded_on"], "day", lang), rows=rows)


def tell_effects(row: pd.Series, lang: str) -> str:
    """Return how many rows of the day of a row had each effect."""
    counts = {effect: int(row[f"day_{effect}"]) for effect in EFFECTS}
    parts = [
        text(f"changes.effect.{effect}", lang, n=n, count=numbers.count(n, lang)) for effect, n in counts.items() if n
    ]
    return ", ".join(parts) + "."


def change_html(row: Row, lang: str) -> str:
    """Return what a row changed as a sentence in HTML, after the day of the announcement."""
    day = dates.day(row["announced_on"], row["announced_on_precision"], lang)
    return f'<span class="dated">{escape(day)}</span> {_sentence(row, lang)}.'


def _sentence(row: Row, lang: str) -> str:
    links = {
        "project": html_link(project_name(row, lang), filters.link("projects", project=row["project_id"])),
        "source": html_link(row["source_publisher"], web_address(row["source_url"])),
    }
    effect = row["effect"]
    if effect == "new_project":
        detail = _detail(row, links["source"], lang)
        return text(f"changes.new_project.{row['kind']}", lang, project=links["project"], detail=detail)
    if effect == "status_change":
        return _status_change(row, links, lang)
    if effect == "new_figure":
        metrics = [metric for metric in ENDS if metric in row["new_metrics"]]
        figures = escape(_figures(row, metrics, lang))
        return text("changes.new_figure", lang, n=len(metrics), figures=figures, **links)
    sentence = text(f"changes.{effect}", lang, **links)
    figures = _figures(row, list(ENDS), lang)
    return f"{sentence} ({escape(figures)})" if figures else sentence


def _detail(row: Row, source: str, lang: str) -> str:
    figures = escape(_figures(row, list(ENDS), lang) or text("changes.detail.no_figure", lang))
    announcer = listed(row["announcer"])
    if not announcer:
        return text("changes.detail.source", lang, figures=figures, source=source)
    return text("changes.detail.announcer", lang, figures=figures, announcer=escape(announcer), source=source)


def _status_change(row: Row, links: dict[str, str], lang: str) -> str:
    before, after = (escape(_status(row[name], lang)) for name in ("previous_status", "status"))
    sentence = text("changes.status_change", lang, before=before, after=after, **links)
    if not _is_ahead(row):
        return sentence
    retained = row["retained_status"]
    if not isinstance(retained, str):
        return f"{sentence} ({text('changes.unknown_retained', lang)})"
    return f"{sentence} ({text('changes.retained', lang, status=escape(_status(retained, lang)))})"


def _is_ahead(row: Row) -> bool:
    """Tell whether the row states what is not retained today: a stage never confirmed, or a stop since lifted."""
    retained, status = row["retained_status"], row["status"]
    if status in STOPS:
        return retained not in STOPS
    return retained not in STOPS and (retained not in STAGES or STAGES.index(status) > STAGES.index(retained))


def _status(code: object, lang: str) -> str:
    words = coded("status", code, lang)
    return words[:1].lower() + words[1:]


def _figures(row: Row, metrics: list[str], lang: str) -> str:
    """Return the figures that a row gives for these metrics, in words; "" where it gives none."""
    parts = []
    for metric in metrics:
        low, high = (numbers.to_float(row[end]) for end in ENDS[metric])
        if low is not None or high is not None:
            parts.append(numbers.metric(metric, low, high, lang))
    return ", ".join(parts)


def _show_ways(page: Page, lang: str) -> None:
    here = text("changes.page", lang, page=numbers.count(page.number, lang), pages=numbers.count(page.count, lang))
    with st.container(horizontal=True, vertical_alignment="center", key="changes-pages"):
        if page.number > 1:
            back = str(page.number - 1) if page.number > 2 else None
            _show_way(text("changes.newer", lang), ":material/arrow_back:", back)
        st.markdown(here, width="content")
        if page.number < page.count:
            _show_way(text("changes.older", lang), ":material/arrow_forward:", str(page.number + 1))


def _show_way(label: str, icon: str, number: str | None) -> None:
    st.page_link(layout.SCRIPTS["changes"], label=label, icon=icon, query_params=filters.params(page=number))
