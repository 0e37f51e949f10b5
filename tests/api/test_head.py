"""HEAD answers what GET does without its body; OPTIONS lets any web page read."""

import asyncio

import pytest
from starlette.testclient import TestClient
from starlette.types import Message

from queries import Database
from tests.api.addresses import ANSWERED, published

VARYING = {"/api/health"}  # it counts what it is asked


@pytest.mark.parametrize(
    "path", [*ANSWERED, "/api/v1/observatory.duckdb", "/api/v1/nothing.csv", "/api/v1/claims.csv?x=1"]
)
def test_head_is_get_without_its_body(client: TestClient, path: str) -> None:
    client.get(path)
    get, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (get.status_code, b"")
    differing = {"content-length"} if path in VARYING else set()
    assert {name: value for name, value in head.headers.items() if name not in differing} == {
        name: value for name, value in get.headers.items() if name not in differing
    }


@pytest.mark.parametrize("path", ["/api/v1/projects.csv", "/api/v1/nothing.csv", "observatory"])
def test_no_byte_is_sent_after_the_headers(client: TestClient, served: Database, path: str) -> None:
    # Asked without a client: one drops by itself whatever comes after a HEAD.
    sent: list[Message] = []

    async def ask() -> None:
        async def receive() -> Message:
            await asyncio.sleep(0)
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        place = next(iter(published(served.version))) if path == "observatory" else path
        scope = {
            "type": "http",
            "method": "HEAD",
            "scheme": "http",
            "path": place,
            "root_path": "",
            "query_string": b"",
            "headers": [(b"host", b"observatoire.test")],
            "asgi": {"version": "3.0", "spec_version": "2.4"},
        }
        await client.app(scope, receive, send)

    asyncio.run(ask())
    start, *bodies = sent
    length = int(dict(start["headers"])[b"content-length"])
    assert length > 0 and bodies and not bodies[-1].get("more_body")
    assert b"".join(body["body"] for body in bodies) == b""


def test_head_of_a_published_file_tells_its_size(client: TestClient, served: Database) -> None:
    for path in published(served.version):
        get, head = client.get(path), client.head(path)
        assert (head.status_code, head.content, dict(head.headers)) == (200, b"", dict(get.headers))
        assert int(head.headers["content-length"]) == len(get.content)


@pytest.mark.parametrize("path", ["/api/v1/projects.csv", "/api/v1/versions", "/api/nothing"])
def test_a_web_page_may_ask_with_a_condition_or_a_range(client: TestClient, path: str) -> None:
    asked = {"Origin": "https://other.example", "Access-Control-Request-Method": "GET"}
    answer = client.options(path, headers=asked)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert {"If-None-Match", "Range"} <= set(answer.headers["access-control-allow-headers"].split(", "))
    assert "access-control-allow-credentials" not in answer.headers
