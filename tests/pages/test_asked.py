"""What each page asks of the database is what the benchmark measures: `benchmarks.queries.PAGES`."""

from typing import Any

import pandas as pd
import pytest
from streamlit.runtime.state.common import TESTING_KEY
from streamlit.testing.v1 import AppTest

from benchmarks.queries import PAGES
from pages.shared import data, replay
from pages.shared.layout import SCRIPTS
from queries import Database
from tests.pages.conftest import FRAME, SECONDS

# Asked once a version of the data, whatever the page.
ONCE = {"facet_values"}
# What an address opens on a page, by its name in the benchmark.
OPENED: dict[str, tuple[str, dict[str, str]]] = {
    **{page: (page, {}) for page in SCRIPTS},
    "timeline": ("timeline", {"metric": "power_mw"}),
    "a figure explained": ("overview", {"why": "investment_meur"}),
    "region": ("regions", {"region": "32"}),
    "project": ("projects", {"project": "cambrai"}),
    "downloads of figures": ("downloads", {"resource": "claims"}),
    "downloads of projects": ("downloads", {"resource": "projects"}),
    "downloads of regions": ("downloads", {"resource": "regions"}),
    "downloads of events": ("downloads", {"resource": "events"}),
    "downloads of errata": ("downloads", {"resource": "errata"}),
}
# Stands on the page that it opens.
OVER = {"a figure explained": "overview"}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The questions that were asked, none of them from memory."""
    names: set[str] = set()
    run = Database.run

    def noted(self: Database, name: str, *args: Any, **options: Any) -> pd.DataFrame:
        names.add(name)
        return run(self, name, *args, **options)

    monkeypatch.setattr(Database, "run", noted)
    return names


def test_every_page_of_the_site_is_measured() -> None:
    assert set(OPENED) == set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_what_is_measured_and_nothing_else(name: str, asked: set[str], real_data: None) -> None:
    page, params = OPENED[name]
    visit = AppTest.from_file(str(FRAME), default_timeout=SECONDS)
    visit.session_state[TESTING_KEY] = {}
    visit.run()  # the overview, which every visit of a test begins with
    data._query.cache_clear()
    data._drawn.cache_clear()
    asked.clear()
    for parameter, value in params.items():
        visit.query_params[parameter] = value
    visit.switch_page(SCRIPTS[page])
    # Nothing drawn before is sent again.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(data, "_parts", replay.Parts(data.PARTS_KEPT))
        visit.run()
    assert not visit.exception
    assert asked - ONCE == {*PAGES[name], *PAGES.get(OVER.get(name, ""), ())}
