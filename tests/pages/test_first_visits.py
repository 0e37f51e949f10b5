"""The site that visits itself: every page in each language and theme, again with new data, and never in the way."""

import asyncio
import json
import time
import urllib.request
from pathlib import Path

import pytest

from benchmarks.sessions import open_visitor
from pages.shared import first_visits
from pages.shared.filters import ADDRESSES
from pages.shared.texts import LANGUAGES
from tests.browser.server import running_site

PATIENCE_S = 120.0


def test_every_page_is_visited_in_each_language_and_theme_the_overview_first() -> None:
    visits = list(first_visits.visits())
    assert len(visits) == len(set(visits)) == len(ADDRESSES) * len(LANGUAGES) * len(first_visits.THEMES)
    assert {visit[0] for visit in visits[:4]} == {""}
    assert visits[0] == ("", LANGUAGES[0], first_visits.THEMES[0])


def parts(site: str) -> dict[str, int]:
    with urllib.request.urlopen(f"{site}/api/health") as answer:  # noqa: S310 – the site just started
        return json.load(answer)["caches"]["parts"]


async def open_page(site: str, page: str = "") -> None:
    visitor = await open_visitor(site, page)
    await visitor.first_view()
    await visitor.connection.close()


def test_nobody_is_the_first_visitor(tmp_path: Path) -> None:
    with running_site(tmp_path) as site:
        # The site is served: the page at which people arrive has been drawn, and drawn again.
        assert parts(site)["kept"] >= 6
        hits = parts(site)["hits"]
        asyncio.run(open_page(site))
        assert parts(site)["hits"] >= hits + 6
        # The others follow; the last of them is that of the method.
        deadline = time.monotonic() + PATIENCE_S
        kept, before = 0, -1
        while time.monotonic() < deadline and kept != before:
            time.sleep(3)
            before, kept = kept, parts(site)["kept"]
        assert kept >= len(ADDRESSES) * len(LANGUAGES) * len(first_visits.THEMES)
        misses = parts(site)["misses"]
        for page in ADDRESSES.values():
            asyncio.run(open_page(site, page.strip("/")))
        assert parts(site)["misses"] == misses


def test_new_data_are_visited_again_and_a_failure_is_nobodys(monkeypatch: pytest.MonkeyPatch) -> None:
    visited: list[str] = []
    versions = iter(["", "a", "a", "b", "b"])

    async def visit_all() -> None:
        visited.append("now")
        raise OSError("no server")

    monkeypatch.setattr(first_visits, "visit_all", visit_all)
    monkeypatch.setattr(first_visits, "EVERY_S", 0.0)
    monkeypatch.setattr(first_visits, "LETS_IN_S", 0.0)
    with pytest.raises(RuntimeError):  # the versions come to an end
        asyncio.run(first_visits.keep_visited(lambda: next(versions)))
    assert len(visited) == 2


def test_without_a_server_the_first_visit_is_not_made_and_nothing_breaks(caplog: pytest.LogCaptureFixture) -> None:
    asyncio.run(first_visits.visit_first())
    assert "could not visit itself" in caplog.text
