"""What no reader sends: an address or headers so long that each room would spend its time on reading them.

Rule: refused before any room looks at them, in a sentence, in both languages, with nothing of what was sent. How long a
head may be before it is whole is for the proxy to say (uvicorn 0.54 reads it to its end).
"""

from starlette.types import ASGIApp, Receive, Scope, Send

from answering.pages import UNKEPT, headers

# The kit, whose addresses are the longest, answers up to half of it in its own words.
LONGEST_ADDRESS = 16_384
# Bytes of all headers together: browsers send some two thousand.
LONGEST_HEADERS = 32_768
MOST_HEADERS = 128
TEXT = "text/plain; charset=utf-8"
REFUSED = {
    414: "Cette adresse est trop longue.\nThis address is too long.\n",
    431: "Les en-têtes de cette demande sont trop longs.\nThe headers of this request are too long.\n",
}


class Bounds:
    """ASGI middleware: refuses what is too long (414, 431; a socket is not opened), passes all else on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on."""
        status = _refusal(scope) if scope["type"] in ("http", "websocket") else 0
        if not status:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close"})
        else:
            body = REFUSED[status].encode()
            told = headers(TEXT, len(body), UNKEPT, access_control_allow_origin="*", connection="close")
            await send({"type": "http.response.start", "status": status, "headers": told})
            await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def _refusal(scope: Scope) -> int:
    """Return the status of a refusal, 0 where there is none."""
    # A path is longest as it was written, with its signs escaped.
    if len(scope.get("raw_path") or scope["path"]) + len(scope.get("query_string", b"")) > LONGEST_ADDRESS:
        return 414
    asked = scope["headers"]
    if len(asked) > MOST_HEADERS or sum(len(name) + len(value) for name, value in asked) > LONGEST_HEADERS:
        return 431
    return 0
