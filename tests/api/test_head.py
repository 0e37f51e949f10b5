"""HEAD answers what GET does without its body; OPTIONS lets any web page read."""

import pytest
from starlette.testclient import TestClient

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
