"""Chronologie (`/chronologie`): how each total grew and shrank, and the whole site as it was known on a day."""

import streamlit as st

from pages.shared import charts, data, filters, language, layout, metric_choice, timeline_view
from pages.shared.charts.timeline import describe_timeline, timeline
from pages.shared.charts.timeline_by_status import describe_timeline_by_status, timeline_by_status
from pages.shared.texts import text

METRICS = ("investment_meur", "power_mw", "jobs")

lang = language.current()
chosen = filters.selection()
metric = metric_choice.read_metric(METRICS)
end = timeline_view.last_day(chosen).isoformat()


def show_sentence() -> None:
    """How the total rose and fell, in a sentence."""
    layout.page_header(text("timeline.title", lang), timeline_view.tell(data.query("timeline", chosen), metric, lang))


def show_growth() -> None:
    """The total through time; a click on a step shows the site on that day."""
    questions = ("timeline", "events")
    st.plotly_chart(
        data.figure(timeline, questions, chosen, lang, metric=metric, end=end),
        key=timeline_view.CHART,
        alt=data.made(describe_timeline, questions, chosen, lang, metric=metric),
        theme=None,
        config=charts.CONFIG,
        on_select=timeline_view.clicked,
        selection_mode="points",
    )
    reuse = layout.kit_link("chronologie", lang, metric=metric)
    layout.chart_notes(key=timeline_view.CHART, reuse=reuse, hint=text("timeline.click", lang))


def show_stages() -> None:
    """The same by stage, and the parts that may not be added."""
    layout.section(text("timeline.by_status", lang))
    staged = (("timeline_by_status",), chosen, lang)
    layout.chart(
        data.figure(timeline_by_status, *staged, metric=metric, end=end),
        data.made(describe_timeline_by_status, *staged, metric=metric),
        key="timeline-stages",
        reuse=layout.kit_link("chronologie-par-statut", lang, metric=metric),
    )
    if metric != METRICS[0]:
        layout.section(text("timeline.split", lang), anchor="split")
        split = (("totals_by_scope",), chosen, lang)
        layout.chart(
            data.figure(charts.scope_bar, *split, metric=metric),
            data.made(charts.describe_scope_bar, *split, metric=metric),
            key="timeline-split",
            reuse=layout.kit_link("perimetres", lang, metric=metric),
        )


if data.query("totals", chosen).empty:
    layout.page_header(text("timeline.title", lang), text("layout.empty", lang))
    timeline_view.choose_day(chosen, lang)
    layout.empty_selection()
else:
    data.part(show_sentence)
    with st.container(horizontal=True, gap="medium", key="timeline-choice"):
        metric_choice.show_metrics(METRICS, metric, "timeline", lang)
        timeline_view.choose_day(chosen, lang)
    show_growth()
    data.part(show_stages)
    data.part(timeline_view.show_steps, data.query("timeline", chosen), metric, lang)
