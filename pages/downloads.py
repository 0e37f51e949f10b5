"""Données (`/donnees`): the selection on screen as files, an address and lines of code; its columns and licence."""

import streamlit as st

from pages.shared import data, dictionary_view, downloads_links, downloads_view, filters, language, layout
from pages.shared.texts import text

lang = language.current()
resource = downloads_view.read_resource()
chosen = downloads_view.read_selection()
extract = downloads_view.read_extract(resource, chosen)


def show_sentence() -> None:
    """How many rows there are, and what a row is."""
    layout.page_header(text("downloads.title", lang), downloads_view.tell_rows(resource, extract, lang))


def show_files() -> None:
    """The files, the address of one, the first rows, the lines of code, the licence, the service, the columns."""
    st.html(downloads_links.link_list(downloads_links.files(resource, chosen, lang)))

    layout.section(text("downloads.address.title", lang), anchor="address")
    downloads_view.show_address(resource, chosen, lang)

    if extract.count:
        layout.section(text("downloads.preview.title", lang), anchor="preview")
        downloads_view.show_preview(extract, lang)

    layout.section(text("downloads.code.title", lang), anchor="code")
    downloads_view.show_snippets(resource, extract.rows, chosen, lang)

    layout.section(text("downloads.licence.title", lang), anchor="licence")
    downloads_view.show_licence(resource, chosen, lang)

    layout.section(text("downloads.service.title", lang), anchor="service")
    st.html(downloads_links.link_list(downloads_links.service(chosen, lang)))

    layout.section(text("downloads.columns.title", lang), anchor="columns")
    dictionary_view.show_dictionary(resource, lang)


data.part(show_sentence)
downloads_view.show_notices(chosen, lang)
downloads_view.show_resources(resource, lang)

layout.section(text("downloads.files.title", lang), anchor="files")
if not extract.count and not chosen.is_whole:
    st.button(text("frame.reset", lang), key=f"empty-reset-{lang}", on_click=filters.reset, args=("project",))
data.part(show_files)
