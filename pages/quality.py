"""Qualité (`/qualite`): the named checks, what each saw and warns about, and what is known of the projects."""

import streamlit as st

from pages.shared import charts, data, filters, language, layout, quality_view
from pages.shared.texts import text

lang = language.current()
chosen = filters.selection()


def show_quality() -> None:
    """Every check, and what is known of the projects."""
    checks = quality_view.read_checks(data.query("quality_rows", chosen), lang)
    layout.page_header(text("quality.title", lang), quality_view.tell_quality(checks, lang))
    if chosen.until:
        st.caption(text("quality.today", lang))
    layout.section(text("quality.coverage.section", lang))
    layout.chart(
        data.figure(charts.coverage, ("quality_rows",), chosen, lang),
        data.made(charts.describe_coverage, ("quality_rows",), chosen, lang),
        key="quality-coverage",
        reuse=layout.kit_link("completude", lang),
    )
    layout.section(text("quality.section", lang))
    for check in checks:
        quality_view.show_check(check, lang)


if data.query("quality_rows", chosen).empty:
    layout.page_header(text("quality.title", lang), text("layout.empty", lang))
    layout.empty_selection()
else:
    data.part(show_quality)
