"""Projets: the table of the projects selected, or the project opened by `?project=`."""

import streamlit as st

from pages.shared import data, filters, language, project_list, project_view

lang = language.current()

if opened := st.query_params.get("project"):
    data.part(project_view.show_project, opened, lang)
else:
    project_list.show_list(filters.selection(), lang)
