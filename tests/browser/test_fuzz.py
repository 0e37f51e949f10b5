"""What is written to the port of a running site, and to its sockets: answered or closed, with nothing told of it.

Two hundred cases, always the same; `python -m benchmarks.fuzz` throws thousands.
"""

import asyncio

from tests.fuzz.kinds import run
from tests.fuzz.live import messages, requests

SEED = 2026


def test_bytes_that_are_no_request_do_no_harm(site: str) -> None:
    assert run(requests(site), 150, SEED).breaches == []


def test_messages_that_no_browser_sends_do_no_harm(site: str) -> None:
    with asyncio.Runner() as runner:
        assert run(messages(site, runner), 40, SEED).breaches == []
