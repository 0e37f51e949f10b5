"""The files that a page of the kit needs, each under the name of its content: a browser keeps them for a year.

Rule: read once, when the room opens; compressed once, on the first request or before it. Nothing comes from elsewhere.
"""

import gzip
import hashlib
import threading
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import brotli  # type: ignore[import-untyped]

from kit.addresses import file_path
from sheets.style import STYLE

HERE = Path(__file__).parent
FONTS = HERE.parent / "pages" / "shared" / "fonts"
# 9 takes a fifth of the time of 11 and leaves three hundredths more.
QUALITY = 9
JAVASCRIPT, CSS, WOFF2 = "text/javascript; charset=utf-8", "text/css; charset=utf-8", "font/woff2"

_kept: dict[tuple[str, str], bytes] = {}
_lock = threading.Lock()


@dataclass(frozen=True)
class File:
    """A file: its name, which holds its digest, its media type and its content."""

    name: str
    media_type: str
    content: bytes

    @property
    def path(self) -> str:
        """Where it is served."""
        return file_path(self.name)

    def encoded(self, encoding: str) -> bytes:
        """Return the content in an encoding: `br`, `gzip` or `identity`; a font, which is compressed, as it is."""
        if encoding == "identity" or self.media_type == WOFF2:
            return self.content
        with _lock:  # compressed by one request, not by all that come first
            if (self.name, encoding) not in _kept:
                body = (
                    brotli.compress(self.content, quality=QUALITY)
                    if encoding == "br"
                    else gzip.compress(self.content, mtime=0)
                )
                _kept[self.name, encoding] = body
            return _kept[self.name, encoding]


def _file(name: str, media_type: str, content: bytes) -> File:
    stem, _, suffix = name.rpartition(".")
    return File(f"{stem}.{hashlib.sha256(content).hexdigest()[:16]}.{suffix}", media_type, content)


def _plotly() -> bytes:
    """Return plotly.js as the package `plotly` ships it. Raises FileNotFoundError where it no longer does."""
    found = find_spec("plotly")
    if found is None or found.origin is None:
        raise FileNotFoundError("plotly")
    return (Path(found.origin).parent / "package_data" / "plotly.min.js").read_bytes()


SERIF = _file("infra-serif.woff2", WOFF2, (FONTS / "infra-serif.woff2").read_bytes())
SANS = _file("infra-sans.woff2", WOFF2, (FONTS / "infra-sans.woff2").read_bytes())
OWN_STYLE = (HERE / "style.css").read_text(encoding="utf-8")
FACES = OWN_STYLE.replace("infra-serif.woff2", SERIF.path).replace("infra-sans.woff2", SANS.path)
# The look of the sheets, then what a kit adds to it.
PAGE_STYLE = _file("style.css", CSS, STYLE + FACES.encode())
SCRIPT = _file("kit.js", JAVASCRIPT, (HERE / "kit.js").read_bytes())
PLOTLY = _file("plotly.js", JAVASCRIPT, _plotly())
FILES = {file.name: file for file in (SERIF, SANS, PAGE_STYLE, SCRIPT, PLOTLY)}


def compress_all() -> threading.Thread:
    """Compress in the background what any browser of today will ask for; return the thread that does it."""

    def work() -> None:
        for file in FILES.values():
            file.encoded("br")

    thread = threading.Thread(target=work, name="compress-kit", daemon=True)
    thread.start()
    return thread
