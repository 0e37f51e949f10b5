"""A browser is told the name of the script, never where it lies."""

from types import SimpleNamespace

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession

from pages.shared import script_path


def test_the_path_becomes_a_name_and_nothing_else_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    told = ForwardMsg()
    told.new_session.main_script_path = "/srv/somewhere/pages/_frame.py"
    told.new_session.page_script_hash = "abc"
    monkeypatch.setattr(script_path, "_create", lambda *asked, **named: told)
    monkeypatch.setattr(AppSession, "_create_new_session_message", AppSession._create_new_session_message)
    script_path.hide_script_path()
    message = AppSession._create_new_session_message(SimpleNamespace(), "abc", None)  # type: ignore[arg-type]
    assert message.new_session.main_script_path == "_frame.py"
    assert message.new_session.page_script_hash == "abc"
