"""The frame of every page: name, navigation, language, filters, notices, footer.

Rule: this is the script that Streamlit runs; a page runs inside it and never draws what is drawn here.
"""

import streamlit as st

from pages.shared import data, filters, frame, language, run, runs, sidebar

lang = language.current()

with data.one_version(), runs.measured() as known:
    # `position="top"` would drop the query string of whoever changes page; the links of the masthead carry it.
    pages = frame.pages(lang)
    page = st.navigation(list(pages.values()), position="hidden")
    filters.confirm(page.url_path)
    name = next(name for name, one in pages.items() if one.url_path == page.url_path)
    known.page = name
    frame.configure(name, lang)
    # In somebody else's page there is the page alone, and the way to the site.
    is_embedded = run.is_embedded()
    if not is_embedded:
        frame.masthead(lang)
    if filters.is_long():
        frame.too_long(name, lang)
    elif data.is_built():
        if name not in frame.UNFILTERED and not is_embedded:
            sidebar.show_filters(lang)
        frame.notices(lang)
        if name in frame.PERSONAL:
            page.run()
        elif data.part(page.run, of=name):
            known.source = "memory"
        if is_embedded:
            frame.embedded(name, lang)
        else:
            frame.data_link(name, lang)
            frame.footer(lang)
    else:
        frame.no_data(lang)
