"""The picture shown beside a link to the site where it is shared, one a language: drawn by `python -m docs.preview`.

Rule: it holds no figure, which would be shared long after it has changed. A kept copy never changes under its name. No
Streamlit here: pages and sheets name it.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from types import MappingProxyType

from pages.shared.texts import LANGUAGES, text

FOLDER = Path(__file__).parent / "previews"
# What those who show previews ask for.
WIDTH, HEIGHT = 1200, 630


@dataclass(frozen=True)
class Preview:
    """A picture: where it is served, which holds its digest, what it shows in words, and its content (PNG)."""

    path: str
    alt: str
    content: bytes

    def tags(self, base: str) -> Iterator[str]:
        """Yield what a document says of it (Open Graph); `base` is the address of the site."""
        told = {"": base + self.path, ":type": "image/png", ":width": WIDTH, ":height": HEIGHT, ":alt": self.alt}
        for name, value in told.items():
            yield f'<meta property="og:image{name}" content="{escape(str(value))}">'
        yield '<meta name="twitter:card" content="summary_large_image">'


def _read(lang: str) -> Preview:
    content = (FOLDER / f"{lang}.png").read_bytes()
    said = f"{text('frame.title', lang)}. {text('frame.tagline', lang)}"
    return Preview(f"/preview-{lang}.{hashlib.sha256(content).hexdigest()[:16]}.png", said, content)


PREVIEWS = MappingProxyType({lang: _read(lang) for lang in LANGUAGES})
