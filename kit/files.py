"""The files that a page of the kit needs, each under the name of its content; nothing comes from elsewhere."""

import threading
from importlib.util import find_spec
from pathlib import Path

from answering.aside import work_aside
from answering.files import WOFF2, File, file_named
from kit.addresses import file_path
from sheets.style import CSS, STYLE

HERE = Path(__file__).parent
FONTS = HERE.parent / "pages" / "shared" / "fonts"
JAVASCRIPT = "text/javascript; charset=utf-8"


def _file(name: str, media_type: str, content: bytes) -> File:
    return file_named(file_path(name), media_type, content)


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
PAGE_STYLE = _file("style.css", CSS, STYLE.content + FACES.encode())
SCRIPT = _file("kit.js", JAVASCRIPT, (HERE / "kit.js").read_bytes())
PLOTLY = _file("plotly.js", JAVASCRIPT, _plotly())
FILES = {file.name: file for file in (SERIF, SANS, PAGE_STYLE, SCRIPT, PLOTLY)}


def compress_all() -> threading.Thread:
    """Compress in the background what any browser of today will ask for; return the thread that does it."""

    def work() -> None:
        for file in FILES.values():
            file.encoded("br")

    return work_aside(work, "compress-kit")
