"""An app that answers as it is told, and how one request is asked of what stands around it."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

Wrap = Callable[[ASGIApp], ASGIApp]


class Told:
    """An app that answers 200 and « ok » to everything, after `do` where there is one."""

    def __init__(self, do: Callable[[], None] | None = None) -> None:
        self.do, self.asked = do, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        if self.do:
            self.do()
        told = [(b"content-type", b"text/plain"), (b"x-data-version", b"of-today")]
        await send({"type": "http.response.start", "status": 200, "headers": told})
        await send({"type": "http.response.body", "body": b"ok"})


def ask(
    app: ASGIApp, path: str, *, client: str = "192.0.2.1", kind: str = "http", method: str = "GET"
) -> list[Message]:
    """Return the messages that an app sends to one request from an address."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    scope: dict[str, Any] = {"type": kind, "path": path, "query_string": b"q=a-secret", "headers": []}
    scope |= {"method": method, "client": (client, 1)}
    asyncio.run(app(scope, receive, send))
    return sent


def header(sent: Iterable[Message], name: str) -> str:
    """Return a header of the answer, "" where it has none."""
    return next((value.decode() for key, value in next(iter(sent))["headers"] if key == name.encode()), "")
