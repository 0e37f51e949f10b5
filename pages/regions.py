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


def show_invitation() -> None:
    """What all regions add up to, in a sentence, and how to open one."""
    layout.page_header(text("regions.title", lang), tell_all(data.query("totals_by_region", selection), lang))
    st.markdown(text("regions.pick.invitation", lang))


if chosen:
    first, *others = [read_region(code, selection) for code in chosen[:COMPARED]]
    if others:
        show_two(first, others[0], selection, lang)
    else:
        show_one(first, selection, lang)
    if len(chosen) > COMPARED:
        layout.section(text("regions.section.table", lang))
        data.part(show_regions, selection, lang)
else:
    if not filters.has_projects(selection):
        layout.page_header(text("regions.title", lang), text("layout.empty", lang))
        layout.empty_selection()
    else:
        data.part(show_invitation)
        show_picker((), lang)
        data.part(show_regions, selection, lang)
show_asked(selection, lang)
