"""What protects a reader, said with every answer of the site: its pages, their files, the service, the errors.

Rule: what no room says for itself is said here, once, around all of them; a room that has its own policy keeps it.
Sockets and bodies pass untouched, and 304 too: what a browser has keeps the headers that it came with.
"""

import base64
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Headers = tuple[tuple[bytes, bytes], ...]

# Streamlit 1.67 counts by WebAssembly, and writes rules of style while it runs; the picture of a chart is drawn from a
# blob or from data; `connect-src 'self'` allows Streamlit's socket. Nothing says who may frame a page: everybody may, a
# file on a reader's own disk too, which `frame-ancestors *` would refuse.
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' {inline}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'"
)
# What is no page, opened as one (a text, a drawing, data): it runs nothing and asks for nothing.
NO_PAGE = b"default-src 'none'; style-src 'unsafe-inline'; sandbox"
# What no page asks of a browser, nor of whatever it frames.
UNUSED = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation", "gyroscope"),
    *("magnetometer", "microphone", "midi", "payment", "publickey-credentials-get", "screen-wake-lock", "usb"),
)
EVERYWHERE: Headers = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    # Data, files and frames are for every site; no answer is for one reader.
    (b"cross-origin-resource-policy", b"cross-origin"),
)
ON_A_PAGE: Headers = (
    *EVERYWHERE,
    (b"permissions-policy", ", ".join(f"{name}=()" for name in UNUSED).encode()),
    # A window that opened a page, or that a page opened, cannot reach into it.
    (b"cross-origin-opener-policy", b"same-origin"),
)
OFF_A_PAGE: Headers = (*EVERYWHERE, (b"content-security-policy", NO_PAGE))
FAILED = (
    "Cette adresse n’a pas pu répondre ; l’incident est noté.\nThis address could not answer; it has been logged.\n"
)
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


class Protection:
    """ASGI middleware: adds to each answer the headers that it does not bear."""

    def __init__(self, app: ASGIApp, index: Path) -> None:
        """Protect `app`, whose pages are written in the file `index`: the scripts within it may run, no other may."""
        self.app = app
        policy = page_policy(index.read_text(encoding="utf-8"))
        self._on_a_page: Headers = (*ON_A_PAGE, (b"content-security-policy", policy.encode()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and add to the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def protect(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] != 304:
                message = {**message, "headers": self._protected(message["headers"])}
            await send(message)

        await self.app(scope, receive, protect)

    def _protected(self, told: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        known = dict(told)
        is_page = known.get(b"content-type", b"").startswith(b"text/html")
        added = self._on_a_page if is_page else OFF_A_PAGE
        return [*told, *(one for one in added if one[0] not in known)]


def page_policy(document: str) -> str:
    """Return the policy of a page: what it may load, and the digests of the scripts written in it."""
    digests = (hashlib.sha256(script.encode()).digest() for script in INLINE.findall(document))
    return POLICY.format(inline=" ".join(f"'sha256-{base64.b64encode(one).decode()}'" for one in digests))


async def failed(_request: Request, _error: Exception) -> PlainTextResponse:
    """Answer where the site itself failed: around the middleware, so that nothing is added to it."""
    headers = {name.decode(): value.decode() for name, value in OFF_A_PAGE}
    return PlainTextResponse(FAILED, 500, {**headers, "Cache-Control": "no-store"})
