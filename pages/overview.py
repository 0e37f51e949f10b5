"""Vue d'ensemble (`/`): what the announcements add up to, and the figures that everybody quotes."""

import streamlit as st

from pages.shared import cards, charts, data, filters, findings, language, layout
from pages.shared.texts import text

METRIC = "investment_meur"
LATEST = 12

lang = language.current()
chosen = filters.selection()
totals = data.query("totals", chosen)

if totals.empty:
    layout.page_header(text("overview.title", lang), text("overview.empty", lang))
    layout.empty_selection()
    st.stop()

purposes, scopes = data.query("totals_by_purpose", chosen), data.query("totals_by_scope", chosen)
layout.page_header(text("overview.title", lang), findings.headline(totals, purposes, chosen, lang))
if chosen.event:
    layout.note(text("overview.event_note", lang), link="#events", label=text("overview.events", lang))

layout.kpi_cards(
    [
        cards.investment_card(totals, purposes, lang),
        cards.power_card(totals, scopes, lang),
        cards.jobs_card(totals, scopes, lang),
        cards.status_card(data.query("totals_by_status", chosen), lang),
    ]
)

events = data.query("events", chosen)
quoted = findings.landmarks(data.query("landmarks", chosen), events, lang)
if quoted:
    layout.section(text("overview.landmarks", lang))
    layout.landmark_list(quoted)

layout.section(text("overview.where", lang))
regions = findings.region_table(data.query("totals_by_region", chosen), METRIC, lang)
left, right = st.columns(2, gap="medium")
with left:
    on_map = (("totals_by_region", "sites"), chosen, lang)
    layout.chart(
        data.figure(charts.france_map, *on_map, metric=METRIC),
        data.words(charts.describe_map, *on_map, metric=METRIC),
        key="overview-map",
        table=regions,
    )
    layout.page_link("map", text("overview.to_map", lang))
with right:
    ranked = (("totals_by_region",), chosen, lang)
    layout.chart(
        data.figure(charts.ranking, *ranked, metric=METRIC),
        data.words(charts.describe_ranking, *ranked, metric=METRIC),
        key="overview-ranking",
    )
    layout.page_link("regions", text("overview.to_regions", lang))

if not events.empty:
    layout.section(text("overview.events", lang), anchor="events")
    st.caption(text("overview.events_sentence", lang))
    accounts = findings.event_accounts(events, lang)
    layout.table(
        accounts,
        alt=text("overview.events", lang),
        links={text("overview.event", lang): "project_link"},
        figures=[str(column) for column in accounts][1:5],
    )

layout.section(text("overview.latest", lang))
layout.table(
    findings.announcements(data.query("announcements_list", chosen).head(LATEST), lang),
    alt=text("overview.latest", lang),
    links={text("overview.project", lang): "project_link", text("overview.source", lang): "source_url"},
)
layout.page_link("projects", text("overview.to_projects", lang))
