"""The table of all the regions, in words: one row a region, with or without announcements, the largest first.

Rule: one row a region of the country and one for what is not located; ranks are those of the whole country, and
the scopes of jobs are columns, never a sum (rule 5).
"""

from dataclasses import replace

import pandas as pd
import streamlit as st

from pages.shared import data, filters, layout, numbers
from pages.shared.region_figures import INVESTMENT, NOT_LOCATED, figure, is_known, per_inhabitant, pick
from pages.shared.region_words import region_name
from pages.shared.texts import text
from queries import Selection

ADDRESS = "address"
# The columns of addresses of explanations: this, then the metric.
WHY = "why_"
EXPLAINED = (INVESTMENT, "power_mw", "jobs", "projects")


def show_regions(selection: Selection, lang: str) -> None:
    """Show all the regions under the filters, whatever region is chosen; a name opens its region."""
    table = region_table(selection, lang)
    links = _links(lang)
    figures = [str(column) for column in table if column not in links.values()][1:]
    with st.container(key="regions-table"):
        layout.table(table, alt=text("regions.table.alt", lang), links=links, figures=figures)
    notes = ("explanation.in_table", "regions.table.note", "regions.standing.whole")
    st.caption(" ".join(text(note, lang) for note in notes))


def region_table(selection: Selection, lang: str) -> pd.DataFrame:
    """Return the rows in words, columns titled in `lang`, and the addresses: of each region, of each explanation."""
    everywhere = replace(selection, region=())
    totals, places = data.query("totals_by_region", everywhere), data.query("totals_by_place", everywhere)
    jobs = places[places["metric"] == "jobs"]
    order = {code: place for place, code in enumerate(_ordered(totals))}
    codes = sorted(data.facets().region, key=lambda code: (code == NOT_LOCATED, order.get(code, len(order))))
    rows = [(totals[totals["region_code"] == code], jobs[jobs["place_code"] == code], code) for code in codes]
    return pd.DataFrame([_row(code, of_region, scopes, lang) for of_region, scopes, code in rows])


def _row(code: str, rows: pd.DataFrame, scopes: pd.DataFrame, lang: str) -> dict[str, object]:
    investment = pick(rows, metric=INVESTMENT)
    jobs = {title: _words(pick(scopes, segment=scope), "jobs", lang) for scope, title in _job_titles(lang).items()}
    rank = None if investment is None else numbers.to_float(investment["rank"])
    return {
        text("regions.table.region", lang): region_name(code, lang),
        text("regions.table.investment", lang): _words(investment, INVESTMENT, lang),
        text("regions.table.rank", lang): "" if rank is None else numbers.count(rank, lang),
        text("regions.table.per_inhabitant", lang): per_inhabitant(rows, lang, short=True),
        text("regions.table.power", lang): _words(pick(rows, metric="power_mw"), "power_mw", lang),
        **jobs,
        text("regions.table.projects", lang): "0"
        if investment is None
        else numbers.count(investment["projects"], lang),
        ADDRESS: filters.link("regions", region=code),
        **{
            f"{WHY}{metric}": None if rows.empty else filters.link("regions", region=code, why=metric)
            for metric in EXPLAINED
        },
    }


def _links(lang: str) -> dict[str, str]:
    """The columns that open something: a region by its name, the explanation of a figure by the figure."""
    return {
        text("regions.table.region", lang): ADDRESS,
        text("regions.table.investment", lang): f"{WHY}{INVESTMENT}",
        text("regions.table.power", lang): f"{WHY}power_mw",
        **dict.fromkeys(_job_titles(lang).values(), f"{WHY}jobs"),
        text("regions.table.projects", lang): f"{WHY}projects",
    }


def _job_titles(lang: str) -> dict[str, str]:
    scopes = data.schema().field("jobs_scope").codes
    return {scope: text("regions.table.jobs", lang, scope=words.name(lang).lower()) for scope, words in scopes.items()}


def _words(row: pd.Series | None, metric: str, lang: str) -> str:
    return figure(row, metric, lang, form="short") if is_known(row) else ""


def _ordered(totals: pd.DataFrame) -> list[str]:
    """The regions as the query orders them: by the high end of the investment."""
    return list(totals.loc[totals["metric"] == INVESTMENT, "region_code"])
