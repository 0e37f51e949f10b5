"""« Sources contradictoires »: each figure with a mark a claim, above its table.

Rule: every claim with a number is drawn and listed, retained or not (`source_table`).
"""

import pandas as pd
import streamlit as st

from pages.shared import charts, data, layout
from pages.shared.markup import plain
from pages.shared.project_words import WITH_HISTORY, Row
from pages.shared.source_table import COUNTED_SITES, shown_metrics, source_table, sources_title, tell_sources
from pages.shared.texts import text
from queries import Selection


def show_sources(row: Row, claims: pd.DataFrame, selection: Selection, lang: str) -> None:
    """Show each figure of a project that somebody puts a number on; nothing where nobody does.

    `claims` are the project's rows of `claims_list`, `selection` the one that gives them.
    """
    metrics = shown_metrics(row, claims)
    if not metrics:
        return
    has_history = row["kind"] in WITH_HISTORY
    layout.section(sources_title(row, claims, lang), anchor="sources")
    st.caption(plain(f"{tell_sources(row, claims, lang)} {_note(has_history, lang)}".strip()))
    for metric in metrics:
        layout.subsection(text(f"projects.metric.{metric}", lang))
        _draw(metric, selection, lang)
        st.html(source_table(claims[claims["metric"] == metric], metric, lang, has_history=has_history))


def _draw(metric: str, selection: Selection, lang: str) -> None:
    key = f"dossier-{metric}"
    if metric == COUNTED_SITES:
        drawn = (("histories",), selection, lang)
        layout.chart(
            data.figure(charts.history, *drawn),
            data.made(charts.describe_history, *drawn),
            key=key,
            reuse=layout.project_kit("inventaire", selection.project, lang),
        )
        return
    drawn = (("claims_list",), selection, lang)
    layout.chart(
        data.figure(charts.claims, *drawn, metric=metric),
        data.made(charts.describe_claims, *drawn, metric=metric),
        key=key,
        reuse=layout.project_kit("declarations", selection.project, lang, metric=metric),
    )


def _note(has_history: bool, lang: str) -> str:
    return text(f"dossier.sources.note{'_history' if has_history else ''}", lang)
