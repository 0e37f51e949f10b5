"""What the site is and for whom, in a line, and the three first steps of whoever asks, on the overview.

Rule: three sentences, each with the link to the page that it speaks of; folded until asked for, and no pop-up.
"""

from html import escape

import streamlit as st

from pages.shared.filters import link
from pages.shared.markup import ROOM, html_link, html_sentence
from pages.shared.texts import text

# Each step, with the page that it leads to.
STEPS = {"look": "map", "open": "projects", "take": "downloads"}


def show_first_steps(lang: str) -> None:
    """Show the line, and the steps folded beneath."""
    steps = "".join(f"<li>{_step(name, page, lang)}</li>" for name, page in STEPS.items())
    st.html(
        f'<div class="first"><p>{escape(text("overview.first.purpose", lang))}</p>'
        f"<details><summary>{escape(text('overview.first.title', lang))}</summary><ol>{steps}</ol></details></div>"
    )


def _step(name: str, page: str, lang: str) -> str:
    words = html_link(text(f"overview.first.{name}_link", lang), link(page))
    return html_sentence(text(f"overview.first.{name}", lang, link=ROOM), words)
