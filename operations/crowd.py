"""How many live pages may be open at once, and what is answered when more is asked than can be made.

Rule: a live page holds memory as long as it is open, so they are counted; one too many is told so in words, and comes
back by itself: a browser that lost its page tries again, a person reads when to. Nothing that is open is closed.
"""

from collections.abc import Iterable

from prometheus_client import Gauge
from starlette.types import ASGIApp, Receive, Scope, Send

from answering.work import RETRY_S, Busy
from operations.refusals import refuse

FULL_RETRY_S = 30

OPEN = Gauge("infra_ia_sessions", "Live pages that are open now.")


class Crowd:
    """ASGI middleware: counts the live pages, at most `most`, and tells who comes too late or asks too much.

    `documents` are the addresses that open one.
    """

    def __init__(self, app: ASGIApp, most: int, documents: Iterable[str]) -> None:
        self.app = app
        self.most, self.documents = most, frozenset(documents)
        self.open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on, or refuse."""
        is_session = scope["type"] == "websocket"
        is_full = self.open >= self.most
        if is_full and (is_session or (scope["type"] == "http" and scope["path"] in self.documents)):
            await refuse(scope, send, "sessions", FULL_RETRY_S)
        elif is_session:
            await self._hold(scope, receive, send)
        else:
            try:
                await self.app(scope, receive, send)
            except Busy:  # raised before anything was sent
                await refuse(scope, send, "busy", RETRY_S)

    async def _hold(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.open += 1
        OPEN.inc()
        try:
            await self.app(scope, receive, send)
        finally:
            self.open -= 1
            OPEN.dec()
