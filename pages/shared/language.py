"""The visitor's language: `?lang=`, otherwise the browser's, otherwise French.

Rule: the address decides; nothing is remembered elsewhere, so a link reads the same for everybody.
"""

import streamlit as st

from pages.shared.texts import LANGUAGES

DEFAULT = LANGUAGES[0]


def current() -> str:
    """Return "fr" or "en" for this run of the script."""
    return choose(st.query_params.get("lang", ""), st.context.headers.get("Accept-Language", ""))


def choose(asked: str, accepted: str) -> str:
    """Return the language asked for, else the first of an Accept-Language header that we speak, else French.

    Quality values are respected (RFC 9110, 12.5.4); a tie keeps the order of the header.
    """
    if asked in LANGUAGES:
        return asked
    wishes = [_wish(part) for part in accepted.split(",") if part.strip()]
    for tag, quality in sorted(wishes, key=lambda wish: -wish[1]):
        spoken = tag.split("-")[0].lower()
        if quality > 0 and spoken in LANGUAGES:
            return spoken
    return DEFAULT


def _wish(part: str) -> tuple[str, float]:
    tag, _, rest = part.strip().partition(";")
    name, _, value = rest.strip().partition("=")
    try:
        return tag.strip(), float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return tag.strip(), 0.0
