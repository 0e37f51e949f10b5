"""The switch of a page between metrics, kept in the address as `?metric=`.

Rule: the address is the only state; the language is in the key (architecture, trap 3). A metric that is not offered is
read as the first one, which an address without any means.
"""

from collections.abc import Sequence

import streamlit as st

from pages.shared import filters
from pages.shared.texts import text


def read_metric(metrics: Sequence[str]) -> str:
    """Return the metric that the address of this run asks for, among `metrics`."""
    asked = st.query_params.get("metric", "")
    return asked if asked in metrics else metrics[0]


def show_metrics(metrics: Sequence[str], chosen: str, page: str, lang: str) -> None:
    """Show the switch between `metrics`, set on `chosen`; `page` keeps its key apart from those of other pages."""
    key = f"{page}-metric-{lang}"
    if st.session_state.get(key) != chosen:
        st.session_state[key] = chosen

    def changed() -> None:
        code = st.session_state[key]
        filters.write("metric", [] if code == metrics[0] else [code])

    st.segmented_control(
        text("map.metric", lang),
        metrics,
        format_func=lambda code: text(f"map.metric_{code}", lang),
        required=True,
        wrap=True,
        key=key,
        on_change=changed,
    )
