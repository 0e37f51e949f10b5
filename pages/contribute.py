"""Contribuer (`/contribuer`): a row written and judged as it is filled, or a whole file checked before it is sent."""

import streamlit as st

from pages.shared import choice, contribute_file, contribute_form, contribute_view, data, draft, language, layout
from pages.shared.texts import text

MODES = ("row", "file")

lang = language.current()
mode = "file" if st.query_params.get("mode") == "file" else "row"


def show_head() -> None:
    """What the page is for, and its two ways."""
    layout.page_header(text("contribute.title", lang), text("contribute.lead", lang))
    choice.show_choice(
        "mode",
        MODES,
        mode,
        label=text("contribute.mode.label", lang),
        words=lambda code: text(f"contribute.mode.{code}", lang),
        key=f"contribute-mode-{lang}",
    )


def show_row(checked: draft.CheckedRow | None) -> None:
    """The form, and what it answers: nothing yet where nothing was written."""
    row = contribute_form.read_row(lang)
    contribute_form.show_form(row, contribute_form.by_column(checked), lang)
    contribute_view.show_outcome(row, checked, lang)


data.part(show_head)
if mode == "file":
    contribute_file.show_file(lang)
elif contribute_form.is_blank(lang):
    data.part(show_row, None)
else:
    show_row(draft.check_row(contribute_form.read_row(lang), data.schema()))
