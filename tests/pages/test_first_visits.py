"""The site that visits itself: every page in each language and theme, again with new data, and never in the way."""

import asyncio
import json
import urllib.request
from pathlib import Path

import pytest

from pages.shared import first_visits
from pages.shared.filters import ADDRESSES
from pages.shared.texts import LANGUAGES
from tests.browser.server import running_site


def test_every_page_is_visited_in_each_language_and_theme_the_overview_first() -> None:
    visits = list(first_visits.visits())
    assert len(visits) == len(set(visits)) == len(ADDRESSES) * len(LANGUAGES) * len(first_visits.THEMES)
    assert {visit[0] for visit in visits[:4]} == {""}


def parts(site: str) -> dict[str, int]:
    with urllib.request.urlopen(f"{site}/api/health") as answer:  # noqa: S310 – the site just started
        return json.load(answer)["caches"]["parts"]


def test_a_running_site_visits_itself_and_sends_the_next_visitor_what_it_keeps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_visits, "ADDRESSES", {"overview": "/", "method": "/methode"})
    with running_site(tmp_path) as site:
        root = site.replace("http://", "ws://") + "/"
        asyncio.run(first_visits.visit_all(root))
        before = parts(site)
        assert before["kept"] >= 4 * (6 + 1)
        asyncio.run(first_visits._visit(root, "methode", "en", "dark"))
        after = parts(site)
    # Nothing of that page is drawn anew, whatever the site visits of others meanwhile.
    assert after["hits"] - before["hits"] >= 3
    assert after["most"] >= after["kept"] >= before["kept"]


def test_new_data_are_visited_again_and_a_failure_is_nobodys(monkeypatch: pytest.MonkeyPatch) -> None:
    visited: list[str] = []
    versions = iter(["", "a", "a", "b", "b"])

    async def visit_all() -> None:
        visited.append("now")
        raise OSError("no socket")

    monkeypatch.setattr(first_visits, "visit_all", visit_all)
    monkeypatch.setattr(first_visits, "EVERY_S", 0.0)
    with pytest.raises(RuntimeError):  # the versions come to an end
        asyncio.run(first_visits.keep_visited(lambda: next(versions)))
    assert len(visited) == 2


def test_its_own_address_follows_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {"server.address": None, "server.port": 8501, "server.baseUrlPath": ""}
    monkeypatch.setattr(first_visits.st, "get_option", settings.__getitem__)
    assert first_visits.own_root() == "ws://127.0.0.1:8501/"
    settings |= {"server.address": "10.0.0.1", "server.baseUrlPath": "/ia/"}
    assert first_visits.own_root() == "ws://10.0.0.1:8501/ia/"
