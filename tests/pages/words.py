"""All that a page says, word by word: what a browser would show of it, and in which language it says that it is.

Rule: read in the messages that Streamlit sends, whatever their element: a new kind of element is read too.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

import pandas as pd
from google.protobuf.message import Message
from streamlit.proto.Dataframe_pb2 import Dataframe
from streamlit.testing.v1 import AppTest

# What no visitor reads: names, addresses, code, styles, data of a table (read as rows elsewhere).
UNREAD = frozenset(
    (
        *("id", "key", "form_id", "icon", "url", "url_path", "page", "page_script_hash", "query_string", "language"),
        *("element_id", "columns", "arrow_data", "styler", "config", "color", "type", "name", "script", "css_style"),
        *("anchor", "code_text", "format", "column_order"),
    )
)
# The texts of a figure; the names of its traces are shown nowhere.
DRAWN = frozenset(("text", "ticktext", "hovertext", "hovertemplate"))
MARKDOWN = re.compile(r":[a-z]+-?[a-z]*\[|:material/\w+:|\]\([^)]*\)|[*`\[\]\\]|^\s*[-#]+\s", re.MULTILINE)
VOID = frozenset(("br", "img", "input", "hr", "meta", "link", "wbr"))


@dataclass(frozen=True)
class Said:
    """Words that stand together, and the language that the page declares for them ("" is that of the page)."""

    words: str
    lang: str = ""


def said(visit: AppTest) -> set[Said]:
    """Return all that the page of a visit says."""
    found: set[Said] = set()
    for node in (*visit.main, *visit.sidebar):
        message = getattr(node, "proto", None)
        found.update(_of_message(message))
        if isinstance(message, Dataframe):
            found.update(_of_table(message, node.value))
    return {item for item in found if item.words}


def _of_table(message: Dataframe, rows: pd.DataFrame) -> Iterator[Said]:
    """Yield the titles of the columns and the words of the cells of a table that is drawn as a picture."""
    for settings in json.loads(message.columns or "{}").values():
        for name in ("label", "help"):
            yield from _of_html(str((settings or {}).get(name) or ""))
    for column in rows.select_dtypes(exclude=["number", "bool", "datetime"]):
        for cell in rows[column].dropna():
            if not str(cell).startswith(("/", "http")):
                yield Said(_plain(str(cell)))


def _of_message(message: object) -> Iterator[Said]:
    if not isinstance(message, Message):
        return
    for field, value in message.ListFields():
        if field.name in UNREAD:
            continue
        values = value if field.is_repeated else [value]
        for one in values:
            if isinstance(one, Message):
                yield from _of_message(one)
            elif isinstance(one, str) and field.name == "spec":
                yield from _of_figure(json.loads(one))
            elif isinstance(one, str):
                yield from _of_html(MARKDOWN.sub(" ", one) if field.name != "body" or "<" not in one else one)


def _of_figure(node: object) -> Iterator[Said]:
    if isinstance(node, Mapping):
        for name, value in node.items():
            if name in DRAWN:
                for one in value if isinstance(value, list) else [value]:
                    if isinstance(one, str):
                        yield from _of_html(re.sub(r"%\{[^}]*\}|<br>", " ", one))
                    else:
                        yield from _of_figure(one)
            elif name not in ("data", "layout", "annotations", "title", "xaxis", "yaxis", "colorbar", "marker"):
                continue
            else:
                yield from _of_figure(value)
    elif isinstance(node, list):
        for one in node:
            yield from _of_figure(one)


def _of_html(body: str) -> Iterator[Said]:
    reader = _Reader()
    reader.feed(body)
    yield from reader.found


class _Reader(HTMLParser):
    """The texts of HTML but for code, and the attributes that are read aloud, each with the nearest `lang`."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Said] = []
        self.langs = [""]
        self.code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        lang = given.get("lang") or self.langs[-1]
        self.found += [
            Said(_plain(given[name] or ""), lang) for name in ("aria-label", "alt", "title") if name in given
        ]
        self.code += tag == "code"
        if tag not in VOID:
            self.langs.append(lang)

    def handle_endtag(self, tag: str) -> None:
        self.code -= tag == "code"
        if tag not in VOID and len(self.langs) > 1:
            self.langs.pop()

    def handle_data(self, data: str) -> None:
        if not self.code:
            self.found.append(Said(_plain(data), self.langs[-1]))


def _plain(words: str) -> str:
    return " ".join(words.split())
