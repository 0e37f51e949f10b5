"""Text made safe for Markdown and HTML: what staff type in the data is shown as typed.

Rule: what comes from the data passes `plain` before Markdown, `escape` before HTML, `web_address` before a link.
No Streamlit here.
"""

import re
from collections.abc import Collection, Hashable, Mapping
from html import escape
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

# A backslash escapes any ASCII punctuation mark (CommonMark 0.31, 2.4), and `$`, which opens a formula.
PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# Streamlit turns `:name:` into an emoji or an icon after Markdown is read, so a backslash does not stop it:
# an invisible word joiner does.
SHORTCODE = re.compile(r":(?=[\w+\-/]+:)")
# So does it with an address or a mailbox that stands bare, which becomes a link.
BARE_LINK = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=@)(?=\w)", re.IGNORECASE)
WORD_JOINER = "\u2060"
LINE_BREAKS = re.compile(r"[\r\n\u2028\u2029]+")


def plain(value: object) -> str:
    """Return a text that Markdown shows as it is: no markup, link, HTML, formula, directive, emoji, line break."""
    one_line = LINE_BREAKS.sub(" ", str(value))
    broken = BARE_LINK.sub(WORD_JOINER, SHORTCODE.sub(f":{WORD_JOINER}", one_line))
    return PUNCTUATION.sub(r"\\\1", broken)


def web_address(value: object) -> str | None:
    """Return an address that may be linked (http or https, with a host), or None."""
    if not isinstance(value, str):
        return None
    parts = urlsplit(value.strip())
    return value.strip() if parts.scheme in ("http", "https") and parts.netloc else None


def html_link(label: object, address: object) -> str:
    """Return an HTML link, in the same tab inside the site and in a new one outside, or the label alone."""
    shown = escape(str(label))
    if isinstance(address, str) and address.startswith(("/", "#")) and not address.startswith("//"):
        return f'<a href="{escape(address)}" target="_self">{shown}</a>'
    target = web_address(address)
    if target is None:
        return shown
    return f'<a href="{escape(target)}" target="_blank" rel="noopener noreferrer">{shown}</a>'


# Where a sentence leaves room for HTML; no text holds it.
ROOM = "\0"


def html_sentence(sentence: str, markup: str) -> str:
    """Return a plain sentence as HTML, `markup` in the place of its ROOM. Raises ValueError where it has not one."""
    before, after = sentence.split(ROOM)
    return f"{escape(before)}{markup}{escape(after)}"


STACKED = "stacked"
# The language of the words of sources, and of our notes, which are quoted as they are on English pages.
SOURCES_SPEAK = "fr"
NO_LANGUAGES: Mapping[str, str] = MappingProxyType({})


def html_table(
    frame: pd.DataFrame,
    *,
    links: Mapping[str, str],
    figures: Collection[str],
    caption: str,
    kind: str = "",
    languages: Mapping[str, str] = NO_LANGUAGES,
) -> str:
    """Return a frame of plain words as an HTML table that scrolls by itself when the screen is narrow.

    `links` gives, for a shown column, the column of its addresses (not shown); `figures` are set to the right; `kind`
    is a class of style: where it is « stacked », each cell bears its title, which a phone shows beside; `languages`
    gives, for a shown column that quotes, the column of the language of each quotation ("" for none, not shown).
    """
    hidden = {*links.values(), *languages.values()}
    shown = [str(column) for column in frame if column not in hidden]
    head = "".join(f'<th scope="col"{_side(column, figures)}>{escape(str(column))}</th>' for column in shown)
    rows = "".join(
        "<tr>"
        + "".join(
            _cell(row, column, links, figures, STACKED in kind.split(), row.get(languages.get(column, ""), ""))
            for column in shown
        )
        + "</tr>"
        for row in frame.to_dict("records")
    )
    name, classes = escape(caption), escape(f"table {kind}".strip())
    return (
        f'<div class="{classes}" role="region" tabindex="0" aria-label="{name}"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cell(
    row: Mapping[Hashable, Any],
    column: str,
    links: Mapping[str, str],
    figures: Collection[str],
    is_titled: bool,
    quoted_in: str,
) -> str:
    value = row[column]
    is_blank = value is None or value == "" or value != value
    shown = "–" if is_blank else value
    # A dash would be a link that says nothing of where it goes.
    content = html_link(shown, row[links[column]]) if column in links and not is_blank else escape(str(shown))
    blank = ' class="blank"' if is_blank else ""
    title = f' data-label="{escape(column)}"' if is_titled else ""
    spoken = f' lang="{escape(quoted_in)}"' if quoted_in and not is_blank else ""
    return f"<td{_side(column, figures) or blank}{title}{spoken}>{content}</td>"


def _side(column: str, figures: Collection[str]) -> str:
    return ' class="figure"' if column in figures else ""
