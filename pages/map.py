"""Carte (`/carte`): where the announcements are, by region or département, with the details of a place beside."""

import streamlit as st

from pages.shared import charts, data, filters, language, layout, map_choice, map_places, map_table
from pages.shared.explanation_view import show_asked
from pages.shared.markup import plain
from pages.shared.place_view import show_place
from pages.shared.texts import text

lang = language.current()
chosen = filters.selection()
if data.query("totals", chosen).empty:
    layout.page_header(text("map.title", lang), text("layout.empty", lang))
    layout.empty_selection()
    st.stop()

choice = map_choice.read()
place = map_places.find_place(choice, chosen)
questions = (map_places.totals_query(choice.level), "sites")
shown = {"metric": choice.metric, "level": choice.level, "per_inhabitant": choice.per_inhabitant}


def show_sentence() -> None:
    """How many places the map has, in a sentence."""
    layout.page_header(text("map.title", lang), charts.describe_placing(data.query("sites", chosen), lang))


def show_source() -> None:
    """The line under the map."""
    layout.chart_notes(key=map_choice.CHART, reuse=map_choice.kit_link(choice, lang))


def show_table() -> None:
    """The areas of the map, side by side."""
    layout.section(text("map.table", lang))
    map_table.show_areas(data.query(questions[0], chosen), choice, lang)


data.part(show_sentence)
map_choice.show(choice, lang)

picture, details = st.columns([3, 2], gap="large")
with picture:
    st.plotly_chart(
        data.figure(charts.france_map, questions, chosen, lang, **shown, selected=choice.place if place else None),
        key=map_choice.CHART,
        alt=data.made(charts.describe_map, questions, chosen, lang, **shown),
        theme=None,
        config=charts.CONFIG,
        on_select=map_choice.clicked,
        selection_mode="points",
    )
    data.part(show_source)
with details:
    names = data.made(map_places.place_names, ("sites",), chosen, lang, level=choice.level)
    map_choice.show_places(choice, names, lang)
    if place:
        show_place(place, choice, lang)
    else:
        missing = text("map.unknown_place", lang, place=choice.place) if choice.place else ""
        st.markdown(plain(f"{missing} {text('map.hint', lang)}".strip()))

data.part(show_table)
show_asked(chosen, lang)
