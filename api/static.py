"""Streamlit's own JavaScript and styles, compressed once and kept, instead of sent whole (architecture, trap 14).

Rule: only files that lie in the folder, whose names hold their digest, so that what is kept never changes; any other
request goes on to Streamlit. Compressed in a thread, on the first request or before it.
"""

import gzip
import mimetypes
import threading
from pathlib import Path

import brotli  # type: ignore[import-untyped]
from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from answering.aside import work_aside
from api.answers import negotiated
from api.assets import A_YEAR

PREFIX = "/static/"
SUFFIXES = frozenset({".js", ".css", ".svg", ".json", ".map"})
# 9 takes a fifth of the time of 11 and leaves three hundredths more.
QUALITY = 9
# A smaller file fits a packet with its headers.
SMALLEST = 1024

# By path and encoding: Streamlit has some three hundred files, six megabytes when compressed.
kept: dict[tuple[Path, str], bytes] = {}


class Static:
    """ASGI middleware: answers the files of `folder` (what Streamlit serves under `/static/`), compressed."""

    def __init__(self, app: ASGIApp, folder: Path) -> None:
        self.app = app
        self.folder = folder.resolve()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        path = self._file(scope)
        encoding = negotiated(Headers(scope=scope)) if path else "identity"
        if path is None or encoding == "identity":
            await self.app(scope, receive, send)
            return
        body = kept.get((path, encoding)) or await to_thread.run_sync(compressed, path, encoding)
        tag = f'"{path.name}-{encoding}"'
        headers = {"Cache-Control": A_YEAR, "Vary": "Accept-Encoding", "ETag": tag}
        if Headers(scope=scope).get("if-none-match") == tag:
            await Response(status_code=304, headers=headers)(scope, receive, send)
            return
        headers["Content-Encoding"] = encoding
        media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        await Response(body, headers=headers, media_type=media_type)(scope, receive, send)

    def _file(self, scope: Scope) -> Path | None:
        """Return the file that a request asks for, None where it is not ours to answer."""
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith(PREFIX):
            return None
        if "range" in Headers(scope=scope) or "\0" in scope["path"]:
            return None
        path = (self.folder / scope["path"].removeprefix(PREFIX)).resolve()
        is_ours = path.is_relative_to(self.folder) and path.suffix in SUFFIXES and path.is_file()
        return path if is_ours and path.stat().st_size >= SMALLEST else None


def compressed(path: Path, encoding: str) -> bytes:
    """Return a file in an encoding (`br` or `gzip`), and keep it."""
    content = path.read_bytes()
    body: bytes = brotli.compress(content, quality=QUALITY) if encoding == "br" else gzip.compress(content, mtime=0)
    kept[path, encoding] = body
    return body


def compress_all(folder: Path) -> threading.Thread:
    """Compress in the background what any browser of today will ask for; return the thread that does it."""
    files = [path for path in sorted(folder.resolve().rglob("*")) if path.suffix in SUFFIXES and path.is_file()]

    def work() -> None:
        for path in sorted(files, key=lambda path: path.stat().st_size, reverse=True):
            if (path, "br") not in kept:
                compressed(path, "br")

    return work_aside(work, "compress-static")
