"""A thousand cases of every kind, always the same ones: nothing raises, leaks, echoes a mark, or takes long.

`python -m benchmarks.fuzz` throws a hundred thousand.
"""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from api import data as api_data
from kit import data as kit_data
from pages.shared import data as pages_data
from sheets import data as sheets_data
from tests.fuzz.kinds import Kind, cells, files, run, selections, words
from tests.fuzz.requests import Answer, Question, judge_answer, of_requests

SEED = 2026
CASES = {"cells": 100, "files": 150, "words": 250, "selections": 200, "addresses": 200, "headers": 150}


@pytest.fixture(scope="module")
def kinds(database_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Kind]]:
    folder = tmp_path_factory.mktemp("fuzz")
    with pytest.MonkeyPatch.context() as patch, asyncio.Runner() as runner:
        for module in (api_data, kit_data, sheets_data, pages_data):
            patch.setattr(module, "DATABASE", database_path)
        made = (cells(folder), files(folder), words(), selections(database_path), *of_requests(runner))
        yield {kind.name: kind for kind in made}


@pytest.mark.parametrize("name", CASES)
def test_nothing_that_is_thrown_does_harm(kinds: dict[str, Kind], name: str) -> None:
    done = run(kinds[name], CASES[name], SEED)
    assert done.breaches == []
    assert done.cases >= CASES[name] * 0.8


def test_harm_is_seen() -> None:
    asked = Question("GET", "/")
    page = {b"content-type": b"text/html"}
    assert judge_answer(asked, Answer(500, {}, b"")) == ["status 500"]
    assert judge_answer(asked, Answer(503, {}, b"")) and not judge_answer(
        asked, Answer(503, {b"retry-after": b"30"}, b"")
    )
    assert judge_answer(asked, Answer(200, {}, b"Traceback (most recent call last)"))
    assert judge_answer(asked, Answer(200, page, b"<script>window.pwned=1</script>"))
    assert not judge_answer(asked, Answer(200, page, b"&lt;script>window.pwned=1"))
    assert judge_answer(asked, Answer(200, {b"x": b"a\nb"}, b""))
