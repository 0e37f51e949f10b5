"""What a page, a file or a picture does with marks that somebody typed in the data: nothing may be made of them.

Rule: each reader gives the breaches of a text in the language in which it is read; "" and words are no breach.
"""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from tests.api.hostile import CALL, HOST

# Elements that run, load or send something; none of ours is made of data.
ACTING = frozenset(("script", "iframe", "object", "embed", "form", "base", "meta", "link", "img", "video", "audio"))
# Attributes that are fetched at once, whoever reads.
FETCHED = ("src", "srcset", "poster", "background", "xlink:href", "action", "data")
# What Streamlit makes a link of once Markdown is read, escaped or not.
BARE_LINK = re.compile(r"https?://|\bwww\.|\w@\w", re.IGNORECASE)
ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")
# What Markdown, and Streamlit after it, would make something of; a text of the data bears one of these words.
MARKED = re.compile(
    rf"{re.escape(HOST)}|{re.escape(CALL)}|<script|\*\*gras|_souligné|~~barré|`code`|\[ref\]|\$\$|\\href"
    r"|:red\[|:smile:|:blue-background\[|:small\[|:material/delete:"
)
# Fields that Streamlit reads as Markdown; the others are shown as they are, or are no words.
MARKDOWN = frozenset(("body", "label", "help", "caption", "title", "element_label", "tooltip", "text"))
# Parts of a figure in which Plotly reads some HTML: bold, italics, links.
OF_A_FIGURE = frozenset(("text", "ticktext", "hovertext", "hovertemplate", "texttemplate", "name"))


class _Tags(HTMLParser):
    def __init__(self, links: frozenset[str]) -> None:
        super().__init__()
        self.links = links
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ACTING:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            value = value or ""
            if name.startswith("on") or (name in FETCHED and urlsplit(value).netloc):
                self.found.append(f"{name}={value}")
            if name == "href" and value not in self.links and _leads_away(value):
                self.found.append(f"{name}={value}")


def _leads_away(address: str) -> bool:
    return HOST in urlsplit(address).netloc or urlsplit(address).scheme not in ("", "http", "https", "mailto")


def in_html(body: str, links: frozenset[str] = frozenset()) -> list[str]:
    """Return what in HTML acts, is fetched from elsewhere, or leads where no source of the data is (`links`)."""
    reader = _Tags(links)
    reader.feed(body)
    return reader.found


def in_markdown(words: str) -> list[str]:
    """Return the marks of the data that are still marks once what is escaped is taken away, and bare addresses."""
    bare = [found for found in BARE_LINK.findall(words.replace("\\", "")) if HOST in words.replace("\\", "")]
    return MARKED.findall(ESCAPED.sub("", words)) + bare


def in_figure(node: Any) -> Iterator[str]:
    """Yield what in a figure of Plotly would be a link, a picture or a script."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name in OF_A_FIGURE:
                for one in value if isinstance(value, list) else [value]:
                    yield from in_html(one) if isinstance(one, str) else in_figure(one)
            else:
                yield from in_figure(value)
    elif isinstance(node, list):
        for one in node:
            yield from in_figure(one)


def in_page(visit: AppTest, links: frozenset[str]) -> list[str]:
    """Return the breaches of all that a visit was sent."""
    sent = (getattr(node, "proto", None) for node in (*visit.main, *visit.sidebar))
    return [breach for message in sent if isinstance(message, Message) for breach in _of_message(message, links)]


def _of_message(message: Message, links: frozenset[str]) -> Iterator[str]:
    for field, value in message.ListFields():
        for one in value if field.is_repeated else [value]:
            if isinstance(one, Message):
                yield from _of_message(one, links)
            elif isinstance(one, str) and field.name == "spec":
                yield from in_figure(json.loads(one))
            elif isinstance(one, str) and message.DESCRIPTOR.name in ("Html", "IFrame"):
                yield from in_html(one, links)
            elif isinstance(one, str) and field.name in MARKDOWN and message.DESCRIPTOR.name not in ("Text", "Code"):
                yield from in_markdown(one)
