"""The dictionary of a resource: each column with its name, type, unit, meaning and codes.

Rule: every word is that of `queries.dictionary`; each cell is escaped, and on a phone a column is a block, not a row.
"""

from collections.abc import Iterable
from html import escape

import streamlit as st

from pages.shared import data, numbers
from pages.shared.texts import text
from queries import Resource
from queries.dictionary import Column

HEAD = ("column", "name", "type", "meaning")


def show_dictionary(resource: Resource, lang: str) -> None:
    """Show what names a row of the resource, then its columns in the order of the extract."""
    key = ", ".join(f"`{column}`" for column in resource.key)
    st.caption(text("downloads.columns.note", lang, columns=key))
    st.html(dictionary_table(data.dictionary(resource.name), lang))


def dictionary_table(columns: Iterable[Column], lang: str) -> str:
    """Return the HTML table of the columns; the codes of each are folded beneath its meaning."""
    head = "".join(f'<th scope="col">{escape(text(f"downloads.columns.{name}", lang))}</th>' for name in HEAD)
    body = "".join(f"<tr>{_cells(column, lang)}</tr>" for column in columns)
    return (
        f'<div class="table dictionary" role="region" tabindex="0" '
        f'aria-label="{escape(text("downloads.columns.alt", lang))}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cells(column: Column, lang: str) -> str:
    kind = ", ".join(filter(None, [text(f"downloads.type.{column.type}", lang), column.unit]))
    meaning = escape(column.description(lang)) + _codes(column, lang)
    cells = (f"<code>{escape(column.name)}</code>", escape(column.title(lang)), escape(kind), meaning)
    return "".join(f"<td>{cell}</td>" for cell in cells)


def _codes(column: Column, lang: str) -> str:
    if not column.codes:
        return ""
    n = len(column.codes)
    codes = "".join(f"<li>{_code(code, label.name(lang), lang)}</li>" for code, label in column.codes.items())
    title = escape(text("downloads.columns.codes", lang, n=n, count=numbers.count(n, lang)))
    return f"<details><summary>{title}</summary><ul>{codes}</ul></details>"


def _code(code: str, label: str, lang: str) -> str:
    return text("downloads.columns.code", lang, code=f"<code>{escape(code)}</code>", label=escape(label))
