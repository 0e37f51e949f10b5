"""Vue d'ensemble (`/`): what the announcements add up to, and the figures that everybody quotes."""

import streamlit as st

from pages.shared import cards, charts, data, explanation, filters, findings, first_steps, language, layout
from pages.shared.explanation_view import show_asked
from pages.shared.texts import text

METRIC = "investment_meur"

lang = language.current()
chosen = filters.selection()
events = data.query("events", chosen)


def show_headline() -> None:
    """What the selection adds up to, in a sentence."""
    totals = explanation.totals(data.query("explanation_totals", chosen))
    sentence = findings.headline(totals, data.query("totals_by_purpose", chosen), chosen, lang)
    layout.page_header(text("overview.title", lang), sentence)
    if chosen.event:
        layout.note(text("overview.event_note", lang), link="#events", label=text("overview.events", lang))


def show_quoted() -> None:
    """What everybody quotes."""
    if quoted := findings.landmarks(data.query("landmarks", chosen), events, lang):
        layout.section(text("overview.landmarks", lang))
        layout.landmark_list(quoted)


def show_places() -> None:
    """The map, and the regions side by side."""
    layout.section(text("overview.where", lang))
    table = findings.region_table(data.query("totals_by_region", chosen), METRIC, lang)
    links = {text("overview.figure", lang): "why_link"}
    left, right = st.columns(2, gap="medium")
    with left:
        on_map = (("totals_by_region", "sites"), chosen, lang)
        layout.chart(
            data.figure(charts.france_map, *on_map, metric=METRIC),
            data.made(charts.describe_map, *on_map, metric=METRIC),
            key="overview-map",
            reuse=layout.kit_link("carte", lang, metric=METRIC),
            table=table,
            links=links,
            name=text("frame.page.map", lang),
        )
        layout.page_link("map", text("overview.to_map", lang))
    with right:
        ranked = (("totals_by_region",), chosen, lang)
        layout.chart(
            data.figure(charts.ranking, *ranked, metric=METRIC),
            data.made(charts.describe_ranking, *ranked, metric=METRIC),
            key="overview-ranking",
            reuse=layout.kit_link("classement", lang, metric=METRIC),
            table=table,
            links=links,
            name=text("frame.page.regions", lang),
        )
        layout.page_link("regions", text("overview.to_regions", lang))


def show_events() -> None:
    """What each summit headlined, beside what is traced and what was new."""
    layout.section(text("overview.events", lang), anchor="events")
    st.caption(text("overview.events_sentence", lang))
    table = findings.event_accounts(events, lang)
    name, *amounts = [str(column) for column in table if column != "project_link"]
    layout.table(table, alt=text("overview.events", lang), links={name: "project_link"}, figures=amounts)


def show_latest() -> None:
    """The newest announcements with their sources."""
    layout.section(text("overview.latest", lang))
    layout.table(
        findings.announcements(data.query("latest_announcements", chosen), lang),
        alt=text("overview.latest", lang),
        links={text("overview.project", lang): "project_link", text("overview.source", lang): "source_url"},
        languages={text("overview.figure", lang): "figure_language"},
    )
    layout.page_link("projects", text("overview.to_projects", lang))


if data.query("totals", chosen).empty:
    layout.page_header(text("overview.title", lang), text("overview.empty", lang))
    layout.empty_selection()
else:
    data.part(show_headline)
    data.part(first_steps.show_first_steps, lang)
    layout.kpi_cards(
        data.made(cards.overview_cards, ("explanation_totals", "totals_by_purpose"), chosen, lang), level=2
    )
    data.part(show_quoted)
    data.part(show_places)
    if not events.empty:
        data.part(show_events)
    data.part(show_latest)
show_asked(chosen, lang)
