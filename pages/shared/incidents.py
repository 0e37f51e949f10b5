"""What a visitor reads when a page fails: a sentence, never a traceback.

Rule: the incident is logged whole, without what the visitor looked for; the visitor is told in words. `st.stop` and
`st.rerun` are no incident: Streamlit does not bring them here.
"""

import logging
from urllib.parse import urlsplit

import streamlit as st

from pages.shared import language
from pages.shared.texts import text
from queries.limits import GIVEN_UP

log = logging.getLogger("infra_ia_france")


def show_incident(error: Exception) -> bool:
    """Log where `error` came, show the sentence in its place; True tells Streamlit to show nothing of its own.

    Streamlit has logged the traceback already.
    """
    log.error("%s failed: %r", urlsplit(st.context.url or "").path, error)
    reason = "frame.given_up" if isinstance(error, GIVEN_UP) else "frame.error"
    st.error(text(reason, language.current()), icon=":material/error:")
    return True
