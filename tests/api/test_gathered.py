"""A websocket writes in one go what it says in one turn of the loop, in its order, and keeps nothing back."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
import uvicorn
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.asyncio.client import connect

from api import gathered
from tests.browser.server import free_port

MESSAGES = 40


class Transport(SimpleNamespace):
    """A transport that notes what is written, and whether it was closed."""

    def __init__(self) -> None:
        super().__init__(written=[], closed=False)

    def write(self, data: bytes) -> None:
        self.written.append(data)

    def is_closing(self) -> bool:
        return bool(self.closed)

    def close(self) -> None:
        self.closed = True

    def get_extra_info(self, name: str) -> str:
        return f"the {name}"


@pytest.fixture
def transport() -> Transport:
    return Transport()


def test_what_is_written_in_one_turn_leaves_in_one_go(transport: Any) -> None:
    async def turn() -> None:
        socket = gathered.Gathered(transport)
        socket.write(b"one ")
        socket.write(b"two")
        assert transport.written == []
        await asyncio.sleep(0)
        assert transport.written == [b"one two"]
        socket.write(b"three")
        await asyncio.sleep(0)
        assert transport.written == [b"one two", b"three"]

    asyncio.run(turn())


def test_much_leaves_at_once_and_only_once(transport: Any) -> None:
    async def turn() -> None:
        socket = gathered.Gathered(transport)
        socket.write(b"few")
        socket.write(b"x" * gathered.MOST_BYTES)
        assert [len(data) for data in transport.written] == [gathered.MOST_BYTES + 3]
        socket.write(b"after")
        await asyncio.sleep(0)
        assert transport.written[1:] == [b"after"]

    asyncio.run(turn())


def test_what_waits_is_written_before_it_closes_and_nothing_after(transport: Any) -> None:
    async def turn() -> None:
        socket = gathered.Gathered(transport)
        socket.write(b"farewell")
        socket.close()
        socket.write(b"too late")
        await asyncio.sleep(0)
        assert (transport.written, transport.closed) == ([b"farewell"], True)

    asyncio.run(turn())


def test_in_all_else_it_is_the_transport(transport: Any) -> None:
    async def turn() -> None:
        assert gathered.Gathered(transport).get_extra_info("peername") == "the peername"

    asyncio.run(turn())


@pytest.mark.parametrize("implementation", ["asyncio", "auto"])
def test_a_real_socket_is_sent_all_messages_in_few_writes(monkeypatch: pytest.MonkeyPatch, implementation: str) -> None:
    writes: list[int] = []
    inner = gathered.Gathered._write_all

    def count(socket: gathered.Gathered) -> None:
        writes.append(len(socket._waiting))
        inner(socket)

    async def answer(scope: Any, _receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            return
        await send({"type": "websocket.accept"})
        for number in range(MESSAGES):
            await send({"type": "websocket.send", "bytes": f"message {number}".encode()})
        await send({"type": "websocket.close"})

    async def visit() -> list[Any]:
        port = free_port()
        server = uvicorn.Server(uvicorn.Config(answer, port=port, lifespan="off", log_level="error", ws="auto"))
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        async with connect(f"ws://127.0.0.1:{port}/") as client:
            received = [message async for message in client]
        server.should_exit = True
        await serving
        return received

    monkeypatch.setattr(WebSocketsSansIOProtocol, "connection_made", WebSocketsSansIOProtocol.connection_made)
    monkeypatch.setattr(gathered.Gathered, "_write_all", count)
    gathered.gather_writes()
    with asyncio.Runner(loop_factory=uvicorn.Config(answer, loop=implementation).get_loop_factory()) as runner:
        assert runner.run(visit()) == [f"message {number}".encode() for number in range(MESSAGES)]
    assert max(writes) >= MESSAGES
