"""Méthode (`/methode`): what is counted and how, told for a citizen; the words of the data; what is not known."""

import streamlit as st

from pages.shared import data, language, layout, method_parts
from pages.shared.markup import plain
from pages.shared.numbers import count, day
from pages.shared.texts import text

PARTS = ("counted", "example", "definitions", "dictionary", "sources", "limits", "unmeasured")

lang = language.current()
schema = data.schema()
known = data.metadata()
values = {
    "covered": day(known["covered_until"], "day", lang),
    "claims": count(known["announcements_count"], lang),
    "projects": count(known["projects_count"], lang),
}


def part(name: str) -> None:
    """Show the title of a part, which the contents link to."""
    layout.section(text(f"method.{name}.title", lang), anchor=name)


def show_method() -> None:
    """The whole page: all of it follows from the data and its schema."""
    layout.page_header(text("method.title", lang), text("method.sentence", lang))
    layout.contents(text("method.contents", lang), {name: text(f"method.{name}.title", lang) for name in PARTS})

    part("counted")
    st.markdown(text("method.counted.body", lang))

    part("example")
    example = method_parts.worked_example(lang)
    if example:
        st.markdown(text("method.example.body", lang, name=plain(example.name), total=plain(example.total)))
        site, _, amount = [str(column) for column in example.sites][:3]
        layout.table(example.sites, alt=example.name, links={site: "link"}, figures=[amount])
        st.markdown(plain(example.rest))
        layout.page_link("projects", text("method.example.link", lang), project=method_parts.EXAMPLE.project)

    part("definitions")
    for name in method_parts.DEFINED:
        field = schema.field(name)
        layout.subsection(field.title_in(lang))
        st.caption(plain(field.description_in(lang)))
        layout.table(method_parts.definitions(schema, name, lang), alt=field.title_in(lang))

    part("dictionary")
    st.markdown(text("method.dictionary.body", lang, version=plain(schema.version)))
    layout.table(method_parts.dictionary(schema, lang), alt=text("method.dictionary.title", lang))

    part("sources")
    st.markdown(text("method.sources.body", lang, **values))

    part("limits")
    st.markdown(text("method.limits.body", lang, **values))

    part("unmeasured")
    st.markdown(text("method.unmeasured.body", lang))


data.part(show_method)
