"""Regions on the page Régions: the box that chooses them, one region whole, two side by side.

Rule: the region filter of the address is the selector; the other filters narrow what a region shows, and ranks and
shares never move with them (rule 11).
"""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from pages.shared import charts, choice, data, filters, layout
from pages.shared.card import Card
from pages.shared.history_view import show_histories
from pages.shared.project_table import show_projects
from pages.shared.project_words import WITH_HISTORY
from pages.shared.region_figures import (
    INVESTMENT,
    NOT_LOCATED,
    RegionAnswers,
    is_known,
    pick,
    region_cards,
    status_table,
    tell_one,
)
from pages.shared.region_words import region_name, tell_two
from pages.shared.texts import text
from queries import Selection

COMPARED = 2
QUERIES = (
    "explanation_totals", "totals_by_purpose", "totals_by_status", "totals_by_region", "projects_listed",
    "histories",
)  # fmt: skip


def show_picker(chosen: Sequence[str], lang: str) -> None:
    """Show the box that chooses regions; a change is written in the address, where the page reads it."""
    key = choice.follow(f"regions-pick-{lang}", list(chosen))
    st.multiselect(
        text("regions.pick.label", lang),
        data.facets().region,
        format_func=lambda code: region_name(code, lang),
        placeholder=text("regions.pick.placeholder", lang),
        key=key,
        on_change=lambda: filters.write("region", st.session_state[key]),
    )


def read_region(code: str, selection: Selection) -> RegionAnswers:
    """Ask every question about one region, under the other filters of the selection."""
    own = replace(selection, region=(code,))
    return RegionAnswers(code, **{name: data.query(name, own) for name in QUERIES})


def show_one(answers: RegionAnswers, selection: Selection, lang: str) -> None:
    """Show one region whole: cards, stages, projects, inventories and targets."""
    name = region_name(answers.code, lang)
    data.part(_show_sentence, answers, lang)
    show_picker((answers.code,), lang)
    data.part(_show_ways, answers.code, lang)
    if answers.code == NOT_LOCATED:
        layout.remark(text("regions.not_located_note", lang))
    if answers.projects_listed.empty:
        st.info(text("regions.empty.at_all", lang, name=name), icon=":material/search_off:")
        return
    _show_cards(answers, selection, lang)
    data.part(_show_details, answers, selection, lang)


def _show_sentence(answers: RegionAnswers, lang: str) -> None:
    name = region_name(answers.code, lang)
    layout.page_header(name, tell_one(answers, name, lang))


def _show_details(answers: RegionAnswers, selection: Selection, lang: str) -> None:
    if not answers.totals_by_status.empty:
        left, right = st.columns(2, gap="large")
        with left:
            _show_statuses(answers, selection, lang)
        with right:
            _show_power(answers, selection, lang)
    else:
        _show_power(answers, selection, lang)
    _show_projects(answers, selection, lang)
    show_histories(answers.projects_listed, answers.histories, lang)


def show_two(first: RegionAnswers, second: RegionAnswers, selection: Selection, lang: str) -> None:
    """Show two regions side by side, then the projects, inventories and targets of each."""
    both = (first, second)
    names = [region_name(answers.code, lang) for answers in both]
    title = text("regions.compare_title", lang, first=names[0], second=names[1])
    layout.page_header(title, tell_two(first, second, lang))
    show_picker(selection.region, lang)
    if len(selection.region) > COMPARED:
        st.info(text("regions.pick.too_many", lang, first=names[0], second=names[1]), icon=":material/info:")
    data.part(_show_comparison, replace(selection, region=(first.code, second.code)), lang)
    for column, answers in zip(st.columns(COMPARED, gap="large"), both, strict=True):
        with column:
            data.part(_show_name, answers.code, lang, of=answers.code)
            _show_cards(answers, selection, lang, among_others=True)
            data.part(_show_stages, answers, selection, lang, of=answers.code)
    for name, answers in zip(names, both, strict=True):
        data.part(_show_lists, answers, selection, name, lang, of=answers.code)


def _show_name(code: str, lang: str) -> None:
    layout.section(region_name(code, lang))
    _show_ways(code, lang, alone=True)


def _show_stages(answers: RegionAnswers, selection: Selection, lang: str) -> None:
    if not answers.totals_by_status.empty:
        _show_statuses(answers, selection, lang)
    _show_power(answers, selection, lang)


def _show_lists(answers: RegionAnswers, selection: Selection, name: str, lang: str) -> None:
    _show_projects(answers, selection, lang, name=name)
    show_histories(answers.projects_listed, answers.histories, lang, name=name)


def _cards(*frames: pd.DataFrame, code: str, lang: str) -> list[Card]:
    return region_cards(RegionAnswers(code, **dict(zip(QUERIES, frames, strict=True))), lang)


def _show_cards(answers: RegionAnswers, selection: Selection, lang: str, *, among_others: bool = False) -> None:
    if answers.totals.empty:
        st.info(text("regions.empty.projects", lang), icon=":material/search_off:")
        return
    shown = data.made(_cards, QUERIES, replace(selection, region=(answers.code,)), lang, code=answers.code)
    if among_others:  # each explains the figure of its own region
        shown = [replace(card, why=card.why and f"{card.why}-{answers.code}") for card in shown]
    layout.kpi_cards(shown, level=3 if among_others else 2)


def _show_ways(code: str, lang: str, *, alone: bool = False) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if alone:
            layout.page_link("regions", text("regions.pick.alone", lang), region=code)
        else:
            layout.page_link("regions", text("regions.pick.back", lang), region=None)
        if code != NOT_LOCATED:
            layout.page_link("map", text("regions.map_link", lang), region=code)
        layout.sheet_link("region", code, lang)


def _show_statuses(answers: RegionAnswers, selection: Selection, lang: str) -> None:
    own = (("totals_by_status",), replace(selection, region=(answers.code,)), lang)
    layout.chart(
        data.figure(charts.status_bar, *own),
        data.made(charts.describe_status_bar, *own),
        key=f"regions-status-{answers.code}-{lang}",
        reuse=layout.kit_link("statuts", lang, region=answers.code),
        table=status_table(answers.totals_by_status, lang),
    )


def _show_power(answers: RegionAnswers, selection: Selection, lang: str) -> None:
    if not _has_power(answers):
        return
    own = (("totals_by_status", "histories"), replace(selection, region=(answers.code,)), lang)
    layout.chart(
        data.figure(charts.power_stages, *own),
        data.made(charts.describe_power_stages, *own),
        key=f"regions-power-{answers.code}-{lang}",
        reuse=layout.kit_link("puissance", lang, region=answers.code),
    )
    layout.remark(text("regions.power_note", lang))


def _has_power(answers: RegionAnswers) -> bool:
    stages = answers.totals_by_status
    targets = answers.histories[answers.histories["kind"] == "target"]
    ends = pd.concat([frame.loc[frame["metric"] == "power_mw", ["low", "high"]] for frame in (stages, targets)])
    return bool(ends.notna().any(axis=None))


def _show_comparison(both: Selection, lang: str) -> None:
    rows = data.query("totals_by_region", both)
    if is_known(pick(rows, metric=INVESTMENT)):
        asked = (("totals_by_region",), both, lang)
        layout.chart(
            data.figure(charts.compare, *asked, metric=INVESTMENT),
            data.made(charts.describe_compare, *asked, metric=INVESTMENT),
            key=f"regions-compare-{'-'.join(both.region)}-{lang}",
            reuse=layout.kit_link("comparaison", lang, region=both.region),
        )


def _show_projects(answers: RegionAnswers, selection: Selection, lang: str, *, name: str = "") -> None:
    if answers.projects_listed["kind"].isin(WITH_HISTORY).all():
        return
    layout.section(text(f"regions.section.{'projects_of' if name else 'projects'}", lang, name=name))
    own = replace(selection, region=(answers.code,))
    key = f"regions-{answers.code}-{lang}"
    show_projects(answers.projects_listed, own, lang, key=key, histories=False, name=name)
