"""What the map shows, kept in the address as codes: `level`, `metric`, `per`, `place`.

Rule: the address is the only state; a widget is set from it at every run and writes it when used, and the language
is in each key (architecture, traps 2 and 3). A code that is not offered is read as the first one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from pages.shared import filters, kit_links
from pages.shared.choice import follow
from pages.shared.texts import text

LEVELS = ("region", "departement")
METRICS = ("investment_meur", "power_mw", "jobs", "projects")
ABSOLUTE, PER_INHABITANT = "total", "inhabitant"
PERS = (ABSOLUTE, PER_INHABITANT)
CHART = "map-chart"


@dataclass(frozen=True)
class MapChoice:
    """The level of the areas, the metric, whether it is per inhabitant, and the chosen place's token or ""."""

    level: str
    metric: str
    per_inhabitant: bool
    place: str


def read() -> MapChoice:
    """Return what the address of this run asks for."""
    return MapChoice(
        level=_code("level", LEVELS),
        metric=_code("metric", METRICS),
        per_inhabitant=_code("per", PERS) == PER_INHABITANT,
        place=st.query_params.get("place", ""),
    )


def show(choice: MapChoice, lang: str) -> None:
    """Show the switches of the map: metric, total or per inhabitant, level."""
    with st.container(horizontal=True, gap="medium", key="map-choice"):
        _switch("metric", METRICS, choice.metric, lang)
        _switch("per", PERS, PERS[choice.per_inhabitant], lang)
        _switch("level", LEVELS, choice.level, lang)


def kit_link(choice: MapChoice, lang: str) -> str:
    """Return the address of the kit of this map."""
    shown = {"metric": choice.metric, "per": PERS[choice.per_inhabitant], "level": choice.level}
    return kit_links.kit_link("carte", lang, **shown, place=choice.place or None)


def show_places(choice: MapChoice, names: dict[str, str], lang: str) -> None:
    """Offer every place of `names` (token → name) in a box: what a click on the map does, by keyboard."""
    key = _follow("place", lang, choice.place if choice.place in names else None)
    st.selectbox(
        text("map.place", lang),
        list(names),
        index=None,
        format_func=lambda token: names.get(token, token),
        placeholder=text("map.place_placeholder", lang),
        key=key,
        on_change=lambda: _write_code("place", st.session_state[key] or ""),
    )


def clicked() -> None:
    """Write in the address the place that was clicked on the map; a second click lets it go."""
    points = st.session_state[CHART].selection.points
    token = next((point["customdata"][0] for point in points if point.get("customdata")), "")
    if token:
        _write_code("place", "" if token == st.query_params.get("place") else str(token))


def _switch(name: str, codes: Sequence[str], value: str, lang: str) -> None:
    key = _follow(name, lang, value)
    st.segmented_control(
        text(f"map.{name}", lang),
        codes,
        format_func=_labels(name, lang),
        required=True,
        wrap=True,
        key=key,
        # The first of the codes is what an address without it means.
        on_change=lambda: _changed(name, codes, st.session_state[key]),
    )


def _labels(name: str, lang: str) -> Callable[[str], str]:
    return lambda code: text(f"map.{name}_{code}", lang)


def _changed(name: str, codes: Sequence[str], value: str) -> None:
    _write_code(name, "" if value == codes[0] else value)
    if name == "level" and "-" not in st.query_params.get("place", ""):
        # 32 is a region at one level and a département at the other.
        _write_code("place", "")


def _code(name: str, codes: Sequence[str]) -> str:
    asked = st.query_params.get(name, "")
    return asked if asked in codes else codes[0]


def _write_code(name: str, code: str) -> None:
    filters.write(name, [code] if code else [])


def _follow(name: str, lang: str, value: str | None) -> str:
    return follow(f"map-{name}-{lang}", value)
