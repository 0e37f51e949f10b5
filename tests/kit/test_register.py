"""The charts of the register are those of the pages: every link of a page opens the picture that stands above it."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from plotly.graph_objects import Figure
from streamlit.testing.v1 import AppTest

from kit.addresses import read_path
from kit.asking import read_asked
from kit.drawing import draw
from pages.shared.addresses import ADDRESSES
from pages.shared.charts.register import CHARTS, CLAIMED
from pages.shared.charts.settle import settle
from pages.shared.project_words import METRICS
from queries import Database
from tests.answering.finished import HOST
from tests.pages.conftest import OpenPage
from tests.pages.conftest import open_page as open_page
from tests.pages.conftest import real_data as real_data

REUSE = re.compile(r"\]\((/(?:en/)?reprendre/[^)]*)\)")
# Scripts and addresses that show, together, every chart of the site; some with filters, a day, other options.
VISITS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("overview.py", {}),
    ("overview.py", {"purpose": "ai", "until": "2025-06-30", "lang": "en"}),
    ("map.py", {}),
    ("map.py", {"metric": "jobs", "level": "departement", "per": "inhabitant", "lang": "en"}),
    ("map.py", {"place": "32", "status": ["announced", "operational"]}),
    ("timeline.py", {"metric": "power_mw"}),
    ("timeline.py", {"lang": "en", "region": ["32"], "until": "2025-12-31"}),
    ("promises.py", {"metric": "projects"}),
    ("promises.py", {"lang": "en"}),
    ("nesting.py", {"metric": "power_mw", "lang": "en"}),
    ("nesting.py", {"region": ["11"]}),
    ("reannouncements.py", {}),
    ("quality.py", {"lang": "en"}),
    ("regions.py", {"region": ["32"]}),
    ("regions.py", {"region": ["11", "32"], "lang": "en", "until": "2025-12-31"}),
    ("projects.py", {"project": "mgx-campus", "lang": "en"}),
    ("projects.py", {"project": "campus-ia-fouju", "until": "2025-12-31"}),
    ("projects.py", {"project": "edf-foncier"}),
)
OFTEN = {4, 5, 9, 14, 15}


def charts_of(visit: AppTest) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the link and the figure of each chart of a page, in its order."""
    figures = [json.loads(element.proto.spec) for element in visit.get("plotly_chart")]
    links = [found for caption in visit.caption for found in REUSE.findall(caption.value)]
    assert len(links) == len(figures) > 0
    return zip(links, figures, strict=True)


def marks(figure: dict[str, Any]) -> dict[str, Any]:
    """The marks of a figure and its titles; where its links lead is told by the host."""
    written = json.dumps({"data": figure["data"], "title": figure["layout"]["title"]})
    return json.loads(re.sub(r'href=\\"[^"]*\\"', "", written))


@pytest.mark.parametrize(
    ("script", "params"),
    [visit if i in OFTEN else pytest.param(*visit, marks=pytest.mark.whole) for i, visit in enumerate(VISITS)],
)
def test_a_link_opens_the_picture_above_it(
    open_page: OpenPage, database: Database, script: str, params: dict[str, Any]
) -> None:
    lang = params.get("lang", "fr")
    for link, shown in charts_of(open_page(script, **params)):
        parts = urlsplit(link)
        page = read_path(parts.path)
        assert page is not None and page.lang == lang
        asked = read_asked(page, parse_qs(parts.query), database)
        assert asked.ignored == ()
        drawn = draw(asked, database, HOST)
        assert CHARTS[asked.page.subject].page in (script.removesuffix(".py"), "map")
        # As a page sends it: its template written where it applies.
        figure = json.loads(settle(Figure(drawn.figure)).to_json())
        assert marks(figure) == marks(shown)


@pytest.mark.whole
def test_the_visits_show_every_chart(open_page: OpenPage) -> None:
    seen = {
        urlsplit(link).path.rpartition("/")[2]
        for script, params in VISITS
        for link, _ in charts_of(open_page(script, **params))
    }
    assert seen == set(CHARTS)


def test_each_chart_stands_on_a_page_and_is_named_once() -> None:
    assert {chart.page for chart in CHARTS.values()} <= set(ADDRESSES)
    assert all(name == chart.name and name.replace("-", "").isascii() for name, chart in CHARTS.items())
    assert tuple(METRICS) == CLAIMED
