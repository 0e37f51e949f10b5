"""What each request cost: a line in the log, and its place among the measures.

Rule: a request is known by the room that answers it and by the form of its path, never by what the path or the query
holds, and who asks is not looked at. Counted outside of everything else that answers.
"""

import logging
import time
from collections.abc import Iterable
from functools import lru_cache

from prometheus_client import Counter, Histogram
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from answering.bodies import making
from operations.logs import NAME
from pages.shared.addresses import ADDRESSES, KITS, SHEET_SEGMENTS, SHEETS

OTHER = "other"
# What an address may be for each room, beside the addresses of the service; the first that fits tells it.
FORMS = (
    ("/api/metrics", "service"),
    *((path, "page") for path in ADDRESSES.values()),
    *((f"{root}/{segment}/{{code}}", "sheets") for root in SHEETS.values() for segment in SHEET_SEGMENTS.values()),
    *((path, "sheets") for path in (*SHEETS.values(), "/sitemap.xml", "/robots.txt", "/fiche/{style}.css")),
    *((root, "kit") for root in KITS.values()),
    *((f"{root}/{form}", "kit") for root in KITS.values() for form in ("fichier/{name}", "{subject}.csv", "{subject}")),
    ("/static/{file:path}", "files"),
    ("/geo/{name}.geojson", "files"),
    ("/geo/topojson/{name}.json", "files"),
    ("/{name}.css", "files"),
    ("/{name}.woff2", "files"),
    ("/_stcore/{name:path}", "sessions"),
    ("/media/{name:path}", "sessions"),
    ("/component/{name:path}", "sessions"),
)
BUCKETS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
VERSION = b"x-data-version"

SECONDS = Histogram(
    "infra_ia_request_seconds",
    "Requests by the room that answers and the class of the status, and how long they took.",
    ("room", "status"),
    buckets=BUCKETS_S,
)
BYTES = Counter("infra_ia_response_bytes", "Bytes of the bodies sent, by the room that answers.", ("room",))

log = logging.getLogger(NAME)


class Observed:
    """ASGI middleware: measures what all the others answer; `service` are the paths of the data service."""

    def __init__(self, app: ASGIApp, service: Iterable[str], is_logged: bool) -> None:
        self.app = app
        self.is_logged = is_logged
        forms = (*((path, "service") for path in service), *FORMS)
        patterns = [(compile_path(form)[0], form, room) for form, room in forms]

        @lru_cache(maxsize=4096)
        def known(path: str) -> tuple[str, str]:
            fitting = ((room, form) for pattern, form, room in patterns if pattern.fullmatch(path))
            return next(fitting, (OTHER, OTHER))

        self.known = known
        self._measured = lru_cache(maxsize=256)(lambda room, status: SECONDS.labels(room, f"{status}xx"))
        self._weighed = lru_cache(maxsize=64)(BYTES.labels)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on, and tell what came of it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status, size, version = 500, 0, b""
        made: list[bool] = []
        making.set(made)

        async def look(message: Message) -> None:
            nonlocal status, size, version
            if message["type"] == "http.response.start":
                status = message["status"]
                version = next((value for name, value in message["headers"] if name == VERSION), b"")
            else:
                size += len(message.get("body", b""))
            await send(message)

        started = time.perf_counter()
        try:
            await self.app(scope, receive, look)
        finally:
            took = time.perf_counter() - started
            room, form = self.known(scope["path"])
            self._measured(room, status // 100).observe(took)
            self._weighed(room).inc(size)
            if self.is_logged and log.isEnabledFor(logging.INFO):
                told = {
                    "method": scope["method"] if scope["method"] in ("GET", "HEAD") else OTHER,
                    "room": room,
                    "route": form,
                    "status": status,
                    "ms": round(took * 1000, 2),
                    "bytes": size,
                    "made": bool(made),
                    "data_version": version.decode("latin-1"),
                }
                # As `log.info` does, without looking for the line of code that calls it: half of what a line costs.
                log.handle(log.makeRecord(NAME, logging.INFO, "", 0, "request", (), None, extra={"told": told}))
