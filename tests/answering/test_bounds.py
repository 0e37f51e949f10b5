"""What is too long is refused in a sentence before any room reads it; what a reader sends passes untouched."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from answering.bounds import LONGEST_ADDRESS, LONGEST_HEADERS, MOST_HEADERS, Bounds


async def read(request: Request) -> Response:
    return Response(str(len(request.url.query)))


async def open_socket(socket: WebSocket) -> None:
    await socket.accept()
    await socket.close()


@pytest.fixture
def client() -> TestClient:
    routes = [Route("/{path:path}", read), WebSocketRoute("/socket", open_socket)]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(Bounds)]), headers={"user-agent": "a"})


def test_the_longest_address_and_the_longest_headers_pass(client: TestClient) -> None:
    assert client.get("/?" + "x" * (LONGEST_ADDRESS - 1)).text == str(LONGEST_ADDRESS - 1)
    assert client.get("/", headers={"accept-language": "x" * (LONGEST_HEADERS - 500)}).status_code == 200


@pytest.mark.parametrize("address", ["/?" + "x" * LONGEST_ADDRESS, "/" + "x" * LONGEST_ADDRESS, "/" + "%00" * 6000])
def test_a_longer_address_is_414(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 414
    assert answer.text == "Cette adresse est trop longue.\nThis address is too long.\n"
    assert (answer.headers["cache-control"], answer.headers["access-control-allow-origin"]) == ("no-store", "*")
    assert client.head(address).status_code == 414 and not client.head(address).content


@pytest.mark.parametrize(
    "headers", [{"accept-language": "x" * LONGEST_HEADERS}, {f"x-{n}": "1" for n in range(MOST_HEADERS)}]
)
def test_more_headers_are_431(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.get("/", headers=headers)
    assert answer.status_code == 431 and "too long" in answer.text


def test_a_socket_under_a_longer_address_is_not_opened(client: TestClient) -> None:
    with client.websocket_connect("/socket"):
        pass
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/socket?" + "x" * LONGEST_ADDRESS):
        pass
