"""The colours and fonts of the site, in the form in which Streamlit sends them: written once, not at every run.

Rule: a workaround, and nothing else. Streamlit 1.67 writes the six sections of the theme anew at the start of every run
of every visitor, one option of the settings after the other: two fifths of what a run of ours costs. The settings do
not change while the site is served.
"""

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

_write = app_session._populate_theme_msg
_written: dict[str, CustomThemeConfig] = {}


def write_themes_once() -> None:
    """Have Streamlit copy each section of the theme instead of writing it again."""
    _written.clear()
    app_session._populate_theme_msg = _copy_theme


def _copy_theme(msg: CustomThemeConfig, section: str = "theme") -> None:
    if section not in _written:
        theme = CustomThemeConfig()
        _write(theme, section)
        _written[section] = theme
    # A section without options is left out of the message, as Streamlit leaves it out.
    if _written[section].ByteSize():
        msg.MergeFrom(_written[section])
