"""Régions: the region filter opens one region, compares two, or, without it, invites to choose one of all."""

import streamlit as st

from pages.shared import data, filters, language, layout
from pages.shared.explanation_view import show_asked
from pages.shared.region_table import show_regions
from pages.shared.region_view import COMPARED, read_region, show_one, show_picker, show_two
from pages.shared.region_words import tell_all
from pages.shared.texts import text

lang = language.current()
selection = filters.selection()
chosen = selection.region

if chosen:
    first, *others = [read_region(code, selection) for code in chosen[:COMPARED]]
    if others:
        show_two(first, others[0], selection, lang)
    else:
        show_one(first, selection, lang)
    if len(chosen) > COMPARED:
        layout.section(text("regions.section.table", lang))
        show_regions(selection, lang)
else:
    totals = data.query("totals_by_region", selection)
    if data.query("projects_list", selection).empty:
        layout.page_header(text("regions.title", lang), text("layout.empty", lang))
        layout.empty_selection()
    else:
        layout.page_header(text("regions.title", lang), tell_all(totals, lang))
        st.markdown(text("regions.pick.invitation", lang))
        show_picker((), lang)
        show_regions(selection, lang)
show_asked(selection, lang)
