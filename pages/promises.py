"""Promesse → réalité (`/promesses`): what became of what was announced, where, since when, and what is late."""

import streamlit as st

from pages.shared import charts, data, filters, language, layout, metric_choice, promises_lists, promises_view
from pages.shared.texts import text

lang = language.current()
chosen = filters.selection()
promises = data.query("promises", chosen)
projects = data.query("pledges", chosen)


def show_sentence() -> None:
    """What became of the promises, in a sentence."""
    layout.page_header(text("promises.title", lang), promises_view.tell_promises(promises, projects, lang))


def show_whole(metric: str) -> None:
    """The outcomes of the whole selection, and the projects behind each."""
    layout.section(text("promises.outcomes.section", lang))
    asked = (("promises",), chosen, lang)
    layout.chart(
        data.figure(charts.outcomes, *asked, metric=metric),
        data.made(charts.describe_outcomes, *asked, metric=metric),
        key="promises-outcomes",
        reuse=layout.kit_link("devenir", lang, metric=metric),
    )
    layout.remark(text("promises.outcomes.silent_note", lang))
    layout.subsection(text("promises.outcomes.list", lang))
    promises_lists.show_outcomes(projects, lang)
    promises_lists.show_stopped(projects, lang)


def show_regions(metric: str) -> None:
    """The outcomes region by region, each of which opens its page."""
    layout.section(text("promises.regions.section", lang))
    asked = (("promises", "totals_by_region"), chosen, lang)
    layout.chart(
        data.figure(charts.promises, *asked, metric=metric),
        data.made(charts.describe_promises, *asked, metric=metric),
        key="promises-regions",
        reuse=layout.kit_link("devenir-par-region", lang, metric=metric),
    )
    table = promises_view.region_table(promises, data.query("totals_by_region", chosen), metric, lang)
    name, *figures = [str(column) for column in table if column != "region_link"]
    layout.table(table, alt=text("promises.regions.alt", lang), links={name: "region_link"}, figures=figures)
    st.caption(text("promises.regions.note", lang))


def show_years(metric: str) -> None:
    """The rate of realisation by year of announcement."""
    layout.section(text("promises.years.section", lang))
    asked = (("realisation",), chosen, lang)
    layout.chart(
        data.figure(charts.realisation, *asked, metric=metric),
        data.made(charts.describe_realisation, *asked, metric=metric),
        key="promises-years",
        reuse=layout.kit_link("realisation", lang, metric=metric),
        table=promises_view.year_table(data.query("realisation", chosen), metric, lang),
    )
    layout.remark(text("promises.years.note", lang), field="status")


if promises.empty:
    layout.page_header(text("promises.title", lang), text("promises.sentence.none", lang))
    layout.empty_selection()
else:
    data.part(show_sentence)
    measure = metric_choice.read_metric(promises_view.METRICS)
    metric_choice.show_metrics(promises_view.METRICS, measure, "promises", lang)
    data.part(show_whole, measure)
    data.part(show_regions, measure)
    data.part(show_years, measure)
    data.part(promises_lists.show_overdue, projects, chosen, lang)
