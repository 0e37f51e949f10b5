"""Where the site lies on its server, which is nobody's to know, kept out of what a browser is sent.

Rule: a workaround, and nothing else. Streamlit 1.67 tells each visitor the whole path of the script at the start of
every run. A browser needs no more than a text that stays the same, by which it knows that the site is still the same.
"""

from pathlib import Path
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession

_create = AppSession._create_new_session_message


def hide_script_path() -> None:
    """Have Streamlit tell the name of the script alone."""
    AppSession._create_new_session_message = _create_without_path  # type: ignore[assignment, method-assign]


def _create_without_path(session: AppSession, *asked: Any, **named: Any) -> ForwardMsg:
    message = _create(session, *asked, **named)
    message.new_session.main_script_path = Path(message.new_session.main_script_path).name
    return message
