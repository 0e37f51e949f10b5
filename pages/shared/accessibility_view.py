"""The page Accessibilité: the declaration in the form of the RGAA 4.1, part by part.

Rule: what it claims is true of the code, and tests hold it to it.
"""

from datetime import date
from html import escape

import streamlit as st

from pages.shared import data, layout
from pages.shared.addresses import ADDRESSES, SHEETS
from pages.shared.dates import day
from pages.shared.markup import ROOM, html_link, html_sentence
from pages.shared.reports import Report, report_html
from pages.shared.texts import text

# The day on which the code was read and tried for this declaration: move it when that is done again, never alone.
TRIED_ON = date(2026, 11, 25)
BEFORE = ("state", "tested", "faults", "otherwise")
# Whom to turn to when nothing is answered.
DEFENDER = "https://formulaire.defenseurdesdroits.fr/"
DELEGATES = "https://www.defenseurdesdroits.fr/saisir/delegues"


def show_declaration(lang: str) -> None:
    """Show the whole declaration."""
    _show_state(lang)
    _show_contact(lang)
    _show_recourse(lang)


def _show_state(lang: str) -> None:
    """The state, what was tried and how, what is known to fail, and what to read instead."""
    tried = day(TRIED_ON, "day", lang)
    layout.page_header(text("accessibility.title", lang), text("accessibility.sentence", lang))
    for name in BEFORE:
        layout.section(text(f"accessibility.{name}.title", lang), anchor=name)
        st.markdown(text(f"accessibility.{name}.body", lang, date=tried))
    st.html(f"<p>{html_link(text('accessibility.otherwise.sheets', lang), SHEETS[lang])}</p>")


def _show_contact(lang: str) -> None:
    """Whom to write to, where somebody takes reports."""
    layout.section(text("accessibility.contact.title", lang), anchor="contact")
    name = text("accessibility.title", lang)
    link = report_html(Report("page", "accessibility", name, ADDRESSES["accessibility"], data.data_version()), lang)
    said = html_sentence(text("accessibility.contact.body", lang, link=ROOM), link) if link else ""
    st.html(f"<p>{said or escape(text('accessibility.contact.nobody', lang))}</p>")


def _show_recourse(lang: str) -> None:
    """Whom to turn to when nothing is answered, and the day of the declaration."""
    layout.section(text("accessibility.recourse.title", lang), anchor="recourse")
    ways = (
        html_link(text("accessibility.recourse.form", lang), DEFENDER),
        html_link(text("accessibility.recourse.delegate", lang), DELEGATES),
        escape(text("accessibility.recourse.post", lang)),
    )
    items = "".join(f"<li>{way}</li>" for way in ways)
    st.html(f"<p>{escape(text('accessibility.recourse.body', lang))}</p><ul>{items}</ul>")
    layout.remark(text("accessibility.dated", lang, date=day(TRIED_ON, "day", lang)))
