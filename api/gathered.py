"""What a websocket says within one turn of the loop, written to the system in one go.

Rule: a workaround, and nothing else. uvicorn writes each message by itself, and uvloop at once: a page is a hundred
small messages, hence a hundred calls of the system and as many packets, which cost more than the messages do. Gathered,
they leave when the turn ends, or once they are many: no message waits for another that is not there yet.
"""

import asyncio
from asyncio.transports import BaseTransport
from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

# Beyond so many bytes they are written at once, so that a slow client is noticed as before.
MOST_BYTES = 65_536

_connection_made = WebSocketsSansIOProtocol.connection_made


class Gathered:
    """A transport that gathers what is written in one turn of the loop; in all else the transport that it is given."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._loop = asyncio.get_running_loop()
        self._waiting: list[bytes] = []
        self._bytes = 0

    def write(self, data: bytes) -> None:
        """Write these bytes after those before them, when this turn of the loop ends at the latest."""
        if not self._waiting:
            self._loop.call_soon(self._write_all)
        self._waiting.append(data)
        self._bytes += len(data)
        if self._bytes >= MOST_BYTES:
            self._write_all()

    def close(self) -> None:
        """Write what waits, and close."""
        self._write_all()
        self._transport.close()

    def _write_all(self) -> None:
        waiting, self._waiting, self._bytes = self._waiting, [], 0
        if waiting and not self._transport.is_closing():
            self._transport.write(b"".join(waiting))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


def gather_writes() -> None:
    """Have the websockets of this process that open from now on gather what they write."""
    WebSocketsSansIOProtocol.connection_made = _made  # type: ignore[method-assign, assignment]


def _made(protocol: WebSocketsSansIOProtocol, transport: BaseTransport) -> None:
    gathered = Gathered(cast(asyncio.Transport, transport))
    _connection_made(protocol, cast(asyncio.Transport, gathered))
