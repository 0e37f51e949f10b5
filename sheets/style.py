"""The one style sheet, under the name of its content: a browser keeps it for a year.

Rule: it is read once, when the room opens; another digest does not exist.
"""

import hashlib
from pathlib import Path

STYLE = (Path(__file__).parent / "style.css").read_bytes()
STYLE_DIGEST = hashlib.sha256(STYLE).hexdigest()[:16]
