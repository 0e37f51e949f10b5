"""The page Glossaire: the letters to jump to, and each term under its own title, which a link from any page reaches.

Rule: the words are those of `glossary`. All is one message, where a message for each term cost three times the run:
Streamlit's Markdown takes our HTML, and makes of a title with `data-anchor` one that scrolls to itself when the address
names it.
"""

from html import escape
from itertools import groupby

import streamlit as st

from pages.shared import filters
from pages.shared.glossary import Term, terms
from pages.shared.markup import ROOM, html_link, html_sentence
from pages.shared.texts import text

# Where the page Méthode tells our rules, its code lists, its columns, the sources and the licences.
RULES, CODES, COLUMNS, SOURCES = "#counted", "#definitions", "#dictionary", "#sources"


def show_glossary(lang: str) -> None:
    """Show the letters, then all the terms in their order."""
    letters = [(letter, list(group)) for letter, group in groupby(terms(lang), key=lambda term: term.letter)]
    names = {term.anchor: term.name for term in terms(lang)}
    blocks = [_letters([letter for letter, _ in letters], lang)]
    for letter, group in letters:
        blocks.append(_title(2, letter, _anchor(letter)))
        for term in group:
            blocks += (_title(3, term.name, term.anchor), entry(term, names, lang))
    st.markdown(f"<div>{''.join(blocks)}</div>", unsafe_allow_html=True)


def entry(term: Term, names: dict[str, str], lang: str) -> str:
    """Return what stands under the name of a term: its meaning, where it comes from, the terms beside it."""
    about = [_origin(term, lang)]
    if term.see:
        links = ", ".join(html_link(names[anchor], f"#{anchor}") for anchor in term.see)
        about.append(html_sentence(text("glossary.see", lang, terms=ROOM), links))
    return f'<div class="entry"><p>{escape(term.definition)}</p><p>{" · ".join(about)}</p></div>'


def _title(level: int, name: str, anchor: str) -> str:
    return f'<h{level} data-anchor="{anchor}">{escape(name)}</h{level}>'


def _origin(term: Term, lang: str) -> str:
    method = filters.link("method")
    if term.code:
        said = text("glossary.code", lang, column=term.column, code=term.code)
        return html_link(said, method + CODES)
    origins = []
    if term.rule:
        said = text("glossary.method", lang, rule=text(f"glossary.rule.{term.rule}", lang))
        origins.append(html_link(said, method + RULES))
    if term.column:
        origins.append(html_link(text("glossary.column", lang, column=term.column), method + COLUMNS))
    said = text("glossary.method", lang, rule=text("method.sources.title", lang))
    return " · ".join(origins) or html_link(said, method + SOURCES)


def _letters(letters: list[str], lang: str) -> str:
    links = "".join(f"<li>{html_link(letter, f'#{_anchor(letter)}')}</li>" for letter in letters)
    name = escape(text("glossary.letters", lang))
    return f'<nav class="letters" aria-label="{name}"><p>{name}</p><ul>{links}</ul></nav>'


def _anchor(letter: str) -> str:
    return f"letter-{letter.lower()}"
