"""Where the site is, as the visitor's browser knows it: for what leaves the page (a citation, a snippet, a report).

Rule: read from the visit itself, never set: one site answers under several names, behind a proxy or not.
"""

from urllib.parse import urlsplit

import streamlit as st

from pages.shared.filters import ADDRESSES


def base() -> str:
    """Return "https://host[:port]"; "" where nothing tells the host."""
    if st.context.url:
        parts = urlsplit(str(st.context.url))
        return f"{parts.scheme}://{parts.netloc}"
    host = st.context.headers.get("Host")
    return f"{st.context.headers.get('X-Forwarded-Proto', 'http')}://{host}" if host else ""


def page(name: str) -> str:
    """Return the whole address of a page, without parameters; its path alone where nothing tells the host."""
    return base() + ADDRESSES[name]
