"""Text made safe where Streamlit reads Markdown: what staff type in the data is shown as typed.

Rule: what comes from the data passes `plain` before Markdown, `web_address` before a link. No Streamlit here.
"""

import re
from urllib.parse import urlsplit

# A backslash escapes any ASCII punctuation mark (CommonMark 0.31, 2.4), and `$`, which opens a formula.
PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# Streamlit turns `:name:` into an emoji or an icon after Markdown is read, so a backslash does not stop it:
# an invisible word joiner does.
SHORTCODE = re.compile(r":(?=[\w+\-/]+:)")
WORD_JOINER = "\u2060"
LINE_BREAKS = re.compile(r"[\r\n\u2028\u2029]+")


def plain(value: object) -> str:
    """Return a text that Markdown shows as it is: no markup, HTML, formula, directive, emoji, line break."""
    one_line = LINE_BREAKS.sub(" ", str(value))
    return PUNCTUATION.sub(r"\\\1", SHORTCODE.sub(f":{WORD_JOINER}", one_line))


def web_address(value: object) -> str | None:
    """Return an address that may be linked (http or https, with a host), or None."""
    if not isinstance(value, str):
        return None
    parts = urlsplit(value.strip())
    return value.strip() if parts.scheme in ("http", "https") and parts.netloc else None


def markdown_link(label: object, address: object) -> str:
    """Return a Markdown link to a web or site address (it begins with "/"), or the label alone."""
    own = address if isinstance(address, str) and address.startswith("/") else None
    target = own or web_address(address)
    if target is None:
        return plain(label)
    # Inside <…> only these could end the address (CommonMark 0.31, 6.3).
    safe = target.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C").replace("\n", "")
    return f"[{plain(label)}](<{safe}>)"
