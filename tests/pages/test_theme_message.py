"""The theme copied is the theme that Streamlit writes."""

from collections.abc import Iterator

import pytest
from streamlit.proto.NewSession_pb2 import NewSession
from streamlit.runtime import app_session

from pages.shared import theme_message

SECTIONS = ("theme", "theme.light", "theme.dark", "theme.sidebar", "theme.light.sidebar", "theme.dark.sidebar")


def written() -> NewSession:
    """Return a message with the six sections, each where Streamlit writes it."""
    message = NewSession()
    theme = message.custom_theme
    places = (theme, theme.light, theme.dark, theme.sidebar, theme.light.sidebar, theme.dark.sidebar)
    for place, section in zip(places, SECTIONS, strict=True):
        app_session._populate_theme_msg(place, section)
    return message


@pytest.fixture
def once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(app_session, "_populate_theme_msg", theme_message._write)
    yield


def test_a_copied_theme_is_the_written_one(once: None) -> None:
    before = written()
    assert before.custom_theme.light.primary_color
    theme_message.write_themes_once()
    assert written() == before
    assert written() == before


def test_a_message_changed_by_streamlit_changes_no_other(once: None) -> None:
    theme_message.write_themes_once()
    message = written()
    message.custom_theme.light.primary_color = "changed"
    assert written().custom_theme.light.primary_color != "changed"
