"""Contribuer (`/contribuer`): a row written and judged as it is filled, or a whole file checked before it is sent."""

import streamlit as st

from pages.shared import choice, contribute_file, contribute_form, contribute_view, data, draft, language, layout
from pages.shared.texts import text

MODES = ("row", "file")

lang = language.current()
mode = "file" if st.query_params.get("mode") == "file" else "row"

layout.page_header(text("contribute.title", lang), text("contribute.lead", lang))
choice.show_choice(
    "mode",
    MODES,
    mode,
    label=text("contribute.mode.label", lang),
    words=lambda code: text(f"contribute.mode.{code}", lang),
    key=f"contribute-mode-{lang}",
)

if mode == "file":
    contribute_file.show_file(lang)
else:
    row = contribute_form.read_row(lang)
    checked = draft.check_row(row, data.schema()) if contribute_form.is_begun(lang) else None
    contribute_form.show_form(row, contribute_form.by_column(checked), lang)
    contribute_view.show_outcome(row, checked, lang)
