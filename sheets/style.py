"""The one style sheet, under the name of its content: a browser keeps it for a year.

Rule: it is read once, when the room opens; another digest does not exist.
"""

from pathlib import Path

from answering.files import file_named
from sheets.addresses import STYLE_PREFIX, STYLE_SUFFIX

CSS = "text/css; charset=utf-8"
STYLE = file_named(STYLE_PREFIX.rstrip(".") + STYLE_SUFFIX, CSS, (Path(__file__).parent / "style.css").read_bytes())
