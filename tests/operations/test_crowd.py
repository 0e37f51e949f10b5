"""A crowd: as many live pages as may be, a word to who comes too late, and all the rest is answered."""

import asyncio
import threading

import pytest

from answering.work import Busy, Work
from operations.crowd import FULL_RETRY_S, Crowd
from pages.shared.document import DOCUMENTS
from tests.operations.asking import Told, ask, header

STREAM = "/_stcore/stream"


def full(most: int = 2) -> Crowd:
    app = Crowd(Told(), most, DOCUMENTS)
    app.open = most
    return app


def test_a_live_page_is_counted_as_long_as_it_is_open() -> None:
    seen = []
    app = Crowd(Told(lambda: seen.append(app.open)), 2, DOCUMENTS)
    ask(app, STREAM, kind="websocket")
    assert (seen, app.open) == ([1], 0)


def test_a_live_page_that_fails_is_counted_no_more() -> None:
    def fail() -> None:
        raise OSError

    app = Crowd(Told(fail), 2, DOCUMENTS)
    with pytest.raises(OSError):
        ask(app, STREAM, kind="websocket")
    assert app.open == 0


def test_one_live_page_too_many_is_refused_before_it_is_opened() -> None:
    refusal = ask(full(), STREAM, kind="websocket")
    assert [one["type"] for one in refusal] == ["websocket.http.response.start", "websocket.http.response.body"]
    assert (refusal[0]["status"], header(refusal, "retry-after")) == (503, str(FULL_RETRY_S))


@pytest.mark.parametrize("path", ["/", "/carte", "/projets"])
def test_who_would_open_one_too_many_reads_when_to_come_back_in_both_languages(path: str) -> None:
    refusal = ask(full(), path)
    page = refusal[1]["body"].decode()
    assert (refusal[0]["status"], header(refusal, "retry-after")) == (503, str(FULL_RETRY_S))
    assert "Trop de monde" in page and "Too many people" in page and "/fiche" in page


@pytest.mark.parametrize("path", ["/api/v1/projects.csv", "/fiche/region/32", "/static/js/index.js"])
def test_files_and_plain_pages_are_answered_however_many_live_pages_are_open(path: str) -> None:
    assert ask(full(), path)[0]["status"] == 200


def test_a_plain_page_that_cannot_be_made_now_says_so() -> None:
    def refuse() -> None:
        raise Busy

    refusal = ask(Crowd(Told(refuse), 2, DOCUMENTS), "/fiche/region/32")
    assert (refusal[0]["status"], header(refusal, "retry-after")) == (503, "5")
    assert "déjà tout ce qu’il peut" in refusal[1]["body"].decode()


def test_some_work_at_once_some_waits_and_one_more_is_refused_at_once() -> None:
    work, gate = Work(at_once=2, waiting=1), threading.Event()
    running = []

    def make() -> int:
        running.append(threading.get_ident())
        gate.wait(10)
        return len(running)

    async def crowd() -> list[int]:
        asked = [asyncio.create_task(work.run(make)) for _ in range(3)]
        while len(running) < 2:
            await asyncio.sleep(0.01)
        assert (len(running), work.under_way) == (2, 3)
        with pytest.raises(Busy):
            await work.run(make)
        gate.set()
        return await asyncio.gather(*asked)

    assert sorted(asyncio.run(crowd()))[-1] == 3
    assert work.under_way == 0
