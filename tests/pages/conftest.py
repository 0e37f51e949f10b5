"""The site on the real data: each page opened through the frame, as Streamlit runs it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.runtime.state.common import TESTING_KEY
from streamlit.testing.v1 import AppTest

from etl.schema import ROOT
from pages.shared import data, replay

FRAME = ROOT / "pages" / "_frame.py"
# The first run of a page imports pandas and Plotly.
SECONDS = 60

OpenPage = Callable[..., AppTest]


@pytest.fixture
def real_data(database_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Serve the database just built, whatever stands in `data/`; nothing drawn for another test is sent again."""
    monkeypatch.setattr(data, "DATABASE", database_path)
    monkeypatch.setattr(data, "_parts", replay.Parts(data.PARTS_KEPT))


@pytest.fixture
def open_page(real_data: None) -> OpenPage:
    """Return a function that opens the script of a page with the parameters of its address."""
    # How the labels of each widget are made, which AppTest notes as a widget is drawn: one sent from memory is not.
    noted: dict[str, object] = {}

    def opened(script: str = "overview.py", **params: str | list[str]) -> AppTest:
        visit = AppTest.from_file(str(FRAME), default_timeout=SECONDS)
        visit.session_state[TESTING_KEY] = noted
        visit.run()
        for name, value in params.items():
            visit.query_params[name] = value
        visit.switch_page(script)
        return visit.run()

    return opened


def unlinked(html: str) -> str:
    """Return HTML without the links of its words to the glossary, which change no word."""
    return re.sub(r'<a class="term"[^>]*>(.*?)</a>', r"\1", html)


def read(visit: AppTest) -> str:
    """Return all the words of a page: titles, paragraphs, HTML blocks, captions, notices; no link to the glossary."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "warning", "error", "info")
    words = [element.value for kind in kinds for element in getattr(visit, kind)]
    return "\n".join([*words, *(unlinked(element.proto.body) for element in visit.get("html"))])
