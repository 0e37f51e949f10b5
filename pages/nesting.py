"""Emboîtement (`/emboitement`): which programme holds which site and phase, and what each event really added."""

import streamlit as st

from pages.shared import data, event_view, filters, language, layout, metric_choice, nesting_view
from pages.shared.charts.forest import describe_forest, forest
from pages.shared.charts.theme import CONFIG
from pages.shared.texts import text

METRICS = ("investment_meur", "power_mw")

lang = language.current()
chosen = filters.selection()
metric = metric_choice.read_metric(METRICS)


def show_forest() -> None:
    """The icicle, the project chosen in it, and the same as a table."""
    metric_choice.show_metrics(METRICS, metric, "nesting", lang)
    st.caption(text("nesting.how", lang))
    address = filters.link("projects")
    st.plotly_chart(
        data.figure(forest, ("forest",), chosen, lang, metric=metric, address=address),
        key=nesting_view.CHART,
        alt=data.made(describe_forest, ("forest",), chosen, lang, metric=metric),
        theme=None,
        config=CONFIG,
        on_select=nesting_view.clicked,
        selection_mode="points",
    )
    nesting_view.show_project(data.query("forest", chosen), metric, lang)
    data.part(show_nested)


def show_nested() -> None:
    """The line under the picture, and the same as a table."""
    layout.chart_notes(key=nesting_view.CHART, reuse=layout.kit_link("emboitement", lang, metric=metric))
    layout.section(text("nesting.table", lang))
    nesting_view.show_table(data.query("forest", chosen), metric, lang)


def show_sentence() -> None:
    """How much nests into how many trees, in a sentence."""
    sentence = nesting_view.tell(data.query("forest", chosen), data.query("totals", chosen), metric, lang)
    layout.page_header(text("nesting.title", lang), sentence)


if data.query("totals", chosen).empty:
    layout.page_header(text("nesting.title", lang), text("layout.empty", lang))
    layout.empty_selection()
else:
    nesting_view.follow(data.query("forest", chosen), metric)
    data.part(show_sentence)
    show_forest()
    event_view.show_events(chosen, lang)
