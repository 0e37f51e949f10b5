"""How a finished page is answered: its headers, its entity tag, 304, HEAD, and the notice where there is no page.

Rule: what every room of finished pages says alike is said here; what a page holds, and who may frame it, is its room's.
"""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Generic, TypeVar

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from answering.conditions import base_address

FRESH = "public, max-age=300, must-revalidate"
FOREVER = "public, max-age=31536000, immutable"
UNKEPT = "no-store"
RETRY_S = "30"
HTML = "text/html; charset=utf-8"
# What a 304 does not bear (RFC 9110, 15.4.5): they tell of a body.
OF_A_BODY = (b"content-type", b"content-encoding", b"content-length")
ROOT = Path(__file__).parent.parent
SUFFIXES = (".py", ".toml", ".html", ".css", ".js", ".woff2", ".sql", ".geojson", ".json")

RawHeaders = list[tuple[bytes, bytes]]
Answer = tuple[int, RawHeaders, bytes]
# What an address asks for, in the words of its room.
Page = TypeVar("Page")


class Room(ABC, Generic[Page]):
    """ASGI middleware of a room of pages: answers the addresses that are its own, leaves all others to the app."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on; who asks for headers alone gets no body."""
        page = self.read(scope["path"]) if scope["type"] == "http" else None
        if page is None:
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        if scope["method"] in ("GET", "HEAD"):
            base = base_address(scope.get("scheme", "http"), asked.get("host", ""))
            status, told, body = await self.answer(page, scope.get("query_string", b""), asked, base)
        else:
            status, told, body = self.refuse(page, allow="GET, HEAD")
        await send({"type": "http.response.start", "status": status, "headers": told})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    @abstractmethod
    def read(self, path: str) -> Page | None:
        """Return what a path (decoded) asks for, None where it is not the room's to answer."""

    @abstractmethod
    async def answer(self, page: Page, query: bytes, asked: Mapping[str, str], base: str) -> Answer:
        """Return the answer to a page; absolute addresses are on `base`."""

    @abstractmethod
    def refuse(self, page: Page, **more: str) -> Answer:
        """Return the answer to who would do more than read (405)."""


def headers(
    media_type: str, length: int, cache: str, *, tag: str = "", encoding: str = "identity", **more: str
) -> RawHeaders:
    """Return the headers of a body; `tag` is that of a body that has one for each encoding, `more` are others."""
    told = {"content-type": media_type, "content-length": str(length), "cache-control": cache}
    told |= {"etag": tag, "vary": "Accept-Encoding"} if tag else {}
    told |= {name.replace("_", "-"): value for name, value in more.items()}
    told |= {"content-encoding": encoding} if encoding != "identity" else {}
    return [(name.encode(), value.encode()) for name, value in told.items()]


def unchanged(told: RawHeaders) -> Answer:
    """Return the answer to who has the body already: the headers that do not tell of it."""
    return 304, [(name, value) for name, value in told if name not in OF_A_BODY], b""


def notice(status: int, body: bytes, lang: str, policy: str, **more: str) -> Answer:
    """Return a page that says why there is none: kept by nobody."""
    told = headers(HTML, len(body), UNKEPT, content_language=lang, content_security_policy=policy, **more)
    return status, told, body


def entity_tag(*parts: str) -> str:
    """Return a strong entity tag of all that decides a body: two bodies that differ by a byte have two."""
    named = "\0".join(parts)
    return f'"{hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:24]}"'


def code_version(*rooms: str) -> str:
    """Return what changes when another page would be written from the same data by the code of these rooms."""
    digest = hashlib.sha256(version("babel").encode())
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*")):
            if path.suffix in SUFFIXES:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
