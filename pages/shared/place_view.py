"""The details of a place, beside the map: its figures, its projects, the way to its region.

Rule: shows what `map_places` tells and computes nothing.
"""

import pandas as pd
import streamlit as st

from pages.shared import layout, numbers
from pages.shared.explanation_view import AREA
from pages.shared.filters import link
from pages.shared.map_choice import MapChoice
from pages.shared.map_places import FIGURES, Place, figures, project_rows
from pages.shared.markup import plain
from pages.shared.texts import text

# More would push the rest off the page; the region's page has them all.
PROJECTS_SHOWN = 12


def show_place(place: Place, choice: MapChoice, lang: str) -> None:
    """Show a chosen place: what it adds up to, then its projects, each with a link to its page."""
    layout.section(place.name)
    if place.totals.empty:
        st.markdown(plain(text("map.empty_place", lang)))
    else:
        _show_figures(place, choice, lang)
        _show_projects(place, choice, lang)
    if place.region_name:
        layout.page_link("regions", text("map.open_region", lang, name=place.region_name), region=place.region_code)


def _show_figures(place: Place, choice: MapChoice, lang: str) -> None:
    # The figure set large is that of the map, where it may be one number.
    metric = choice.metric if choice.metric in FIGURES else FIGURES[0]
    told = figures(place, lang)
    label, value = told.pop(FIGURES.index(metric) if len(told) > 1 else 0)
    notes = (text("map.approximate", lang),) if place.is_approximate else ()
    # An area is a selection, whose total is explained; a site is not.
    why = "" if "-" in choice.place else f"{metric}-{AREA[choice.level]}{choice.place}"
    layout.kpi_cards([layout.Card(label, value, notes, tuple(told), why)])


def _show_projects(place: Place, choice: MapChoice, lang: str) -> None:
    rows = project_rows(place, choice.metric, lang, PROJECTS_SHOWN)
    name, figure = text("map.project", lang), text("map.retained", lang)
    table = pd.DataFrame(
        [(label, words, link("projects", project=code)) for code, label, words in rows],
        columns=[name, figure, "address"],
    )
    layout.table(table, alt=text("map.projects_of", lang, name=place.name), links={name: "address"})
    more = len(place.projects) - len(rows)
    if more > 0:
        st.caption(plain(text("map.more", lang, n=more, written=numbers.count(more, lang))))
    st.caption(plain(text("map.own", lang)))
