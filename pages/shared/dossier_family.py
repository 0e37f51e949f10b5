"""What a project is part of and what it holds, with net amounts: what adds up, what the parts leave undetailed.

Rule: amounts are those of the queries, from the smaller to the larger (rule 4); nothing is added up here.
"""

from html import escape

import pandas as pd
import streamlit as st

from pages.shared import filters, layout
from pages.shared.dossier_words import COUNTED_KINDS
from pages.shared.family_words import ADDRESS, family_table, undetailed
from pages.shared.project_words import Row
from pages.shared.texts import text


def show_family(row: Row, family: pd.DataFrame, lang: str) -> None:
    """Show the rows of `family` of one project, with what its parts leave undetailed; nothing without any."""
    if family.empty:
        return
    layout.section(text("projects.family.title", lang))
    if row["kind"] in COUNTED_KINDS:
        st.caption(text("projects.family.note", lang))
        if (family["relation"] == "child").any() and (told := undetailed(row, lang)):
            st.html("<ul>" + "".join(f"<li>{escape(line)}</li>" for line in told) + "</ul>")
    with st.container(key="family"):
        layout.table(
            family_table(row, family, lang, address=lambda project: filters.link("projects", project=project)),
            alt=text("projects.family.alt", lang),
            links={text("projects.family.project", lang): ADDRESS},
        )
