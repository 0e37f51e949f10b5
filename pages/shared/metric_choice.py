"""The switch of a page between metrics, kept in the address as `?metric=`.

Rule: a metric that is not offered is read as the first one, which an address without any means.
"""

from collections.abc import Sequence

import streamlit as st

from pages.shared import choice
from pages.shared.texts import text


def read_metric(metrics: Sequence[str]) -> str:
    """Return the metric that the address of this run asks for, among `metrics`."""
    asked = st.query_params.get("metric", "")
    return asked if asked in metrics else metrics[0]


def show_metrics(metrics: Sequence[str], chosen: str, page: str, lang: str) -> None:
    """Show the switch between `metrics`, set on `chosen`; `page` keeps its key apart from those of other pages."""
    choice.show_choice(
        "metric",
        metrics,
        chosen,
        label=text("map.metric", lang),
        words=lambda code: text(f"map.metric_{code}", lang),
        key=f"{page}-metric-{lang}",
    )
