"""The way around everything else, for an address that was answered before and whose body is still kept.

Rule: it knows no resource. It keeps the headers of an answer under the request as it was written (path, query,
encoding, host) and the version of the data; the body stays where bodies are kept. What it does not know goes on.
"""

from collections import OrderedDict
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import data
from api.answers import is_unchanged, negotiated
from queries import DatabaseMissing

# Each is a few hundred bytes; the bodies have their own limit.
HEADERS_KEPT = 4096
# A longer query is no address that people share.
LONGEST_QUERY = 2048
# What a 304 does not bear (RFC 9110, 15.4.5): they tell of a body.
OF_A_BODY = (b"content-length", b"content-type", b"content-encoding", b"content-disposition")

RawHeaders = list[tuple[bytes, bytes]]
Key = tuple[str, bytes, str, str, str]


class Shortcut:
    """ASGI middleware: answers from what is kept, or passes on and keeps what comes back."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._kept: OrderedDict[Key, RawHeaders] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        key = _key(scope)
        if key is None:
            await self.app(scope, receive, send)
            return
        kept = self._kept.get(key)
        if kept is not None and await _answer(kept, Headers(scope=scope), send):
            self._kept.move_to_end(key)
            return

        async def keep(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                headers = list(message["headers"])
                # Of another version where the file was replaced on the way: not what the key says.
                if (b"x-data-version", key[-1].encode()) in headers:
                    self._kept[key] = headers
                    if len(self._kept) > HEADERS_KEPT:
                        self._kept.popitem(last=False)
            await send(message)

        await self.app(scope, receive, keep)


def _key(scope: Scope) -> Key | None:
    """Return what names a request and its answer, None for what is not kept."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return None
    headers = Headers(scope=scope)
    if "range" in headers or len(scope["query_string"]) > LONGEST_QUERY:
        return None
    try:
        version = data.database().version
    except DatabaseMissing:
        return None
    return scope["path"], scope["query_string"], negotiated(headers), headers.get("host", ""), version


async def _answer(kept: RawHeaders, asked: Mapping[str, str], send: Send) -> bool:
    """Send the kept answer, or 304; False, and nothing sent, where its body is kept no more."""
    known = dict(kept)
    tag = known[b"etag"].decode()
    if is_unchanged(asked, tag, known[b"last-modified"].decode()):
        unchanged = [(name, value) for name, value in kept if name not in OF_A_BODY]
        await send({"type": "http.response.start", "status": 304, "headers": unchanged})
        await send({"type": "http.response.body", "body": b""})
        return True
    body = data.bodies.get(tag)
    if body is None:
        return False
    await send({"type": "http.response.start", "status": 200, "headers": list(kept)})
    await send({"type": "http.response.body", "body": body})
    return True
