"""A switch of a page whose state is one parameter of the address, and what every such widget is set by.

Rule: the address is the only state; the language is in the key (architecture, trap 3). The first code is what an
address without the parameter means.
"""

from collections.abc import Callable, Sequence

import streamlit as st

from pages.shared import filters


def follow(key: str, value: object) -> str:
    """Set the widget of that key to what the address says, unless it says so already; return the key.

    A widget that is not there yet, or empty, says nothing: where the address says nothing either it is left alone.
    """
    said = st.session_state.get(key)
    if said != value and (said or value):
        st.session_state[key] = value
    return key


def show_choice(
    name: str, codes: Sequence[str], chosen: str, *, label: str, words: Callable[[str], str], key: str
) -> None:
    """Show the switch of the parameter `name` between `codes`, set on `chosen`; `key` holds page and language."""
    follow(key, chosen)

    def changed() -> None:
        code = st.session_state[key]
        filters.write(name, [] if code == codes[0] else [code])

    st.segmented_control(label, codes, format_func=words, required=True, wrap=True, key=key, on_change=changed)
