"""The way around: the same answer the hundredth time, whatever those who pass it on add to it."""

import pytest
from starlette.middleware.gzip import GZipMiddleware
from starlette.testclient import TestClient

PATH = "/api/v1/announcements.csv"


@pytest.mark.parametrize("asked", [{"Accept-Encoding": "identity"}, {"Accept-Encoding": "br"}, {"If-None-Match": "*"}])
def test_what_is_kept_does_not_change_when_it_is_sent(client: TestClient, asked: dict[str, str]) -> None:
    # Streamlit's server compresses too, and writes in the headers that it is given.
    behind = TestClient(GZipMiddleware(client.app), base_url=client.base_url)
    first, second, *others = (behind.get(PATH, headers=asked) for _ in range(6))
    assert first.status_code in (200, 304) and first.headers["vary"].count("Accept-Encoding") <= 2
    assert first.content == second.content
    assert all(answer.headers == second.headers for answer in others)
