"""The HTML document that carries the site, in the visitor's language.

Rule: Streamlit's own `index.html`, with what it fixes in English made ours (architecture, trap 15: `<html lang>`; the
title read before its JavaScript runs; the link that skips to the content), our rules of style, which a browser keeps
for a year under the name of their content, and the first words of the page. Nothing else of it is touched.
"""

import hashlib
from functools import lru_cache, partial
from html import escape
from pathlib import Path
from urllib.parse import parse_qs

import streamlit
from anyio import to_thread
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from answering.conditions import base_address
from pages.shared.addresses import ADDRESSES, CONTENT
from pages.shared.first_words import first_words
from pages.shared.language import choose
from pages.shared.preview import PREVIEWS, Preview
from pages.shared.texts import LOCALES, text

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
HERE = Path(__file__).parent


def _address(content: bytes, name: str) -> str:
    """Return the address of a file of ours, which names its content: a browser keeps it for a year."""
    stem, suffix = name.split(".")
    return f"/{stem}.{hashlib.sha256(content).hexdigest()[:16]}.{suffix}"


# The serif of the titles, cut to our letters (docs/fonts.py): a tenth of Streamlit's own.
SERIF = (HERE / "fonts" / "infra-serif.woff2").read_bytes()
SERIF_URL = _address(SERIF, "infra-serif.woff2")
STYLE = (HERE / "style.css").read_text(encoding="utf-8").replace("infra-serif.woff2", SERIF_URL).encode()
STYLE_URL = _address(STYLE, "style.css")
KEPT = {"Cache-Control": "public, max-age=31536000, immutable"}
# Where the first words of a page are put, after the style that places them.
FIRST_WORDS = "<!-- first words -->"
# Where the picture of a shared link is told: its address is whole, so it follows from what was asked.
PREVIEW = "<!-- preview -->"
DOCUMENTS = frozenset(ADDRESSES.values())


class Document:
    """ASGI middleware: answers the addresses of the pages with the document, leaves all others to the app."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        is_page = scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and scope["path"] in DOCUMENTS
        if not is_page:
            await self.app(scope, receive, send)
            return
        told_by = Headers(scope=scope)
        asked = parse_qs(scope["query_string"].decode("latin-1"))
        lang = choose(asked.get("lang", [""])[0], told_by.get("accept-language", ""))
        words = await to_thread.run_sync(partial(first_words, scope["path"], lang, is_plain=set(asked) <= {"lang"}))
        base = base_address(scope.get("scheme", "http"), told_by.get("host", ""))
        told = document(lang).replace(PREVIEW, "".join(PREVIEWS[lang].tags(base))).replace(FIRST_WORDS, words)
        headers = {"Cache-Control": "no-cache", "Content-Language": lang, "Vary": "Accept-Language"}
        await HTMLResponse(told, headers=headers)(scope, receive, send)


def routes() -> list[BaseRoute]:
    """Return the routes to give to the ASGI application."""
    previews = [Route(preview.path, partial(picture, preview)) for preview in PREVIEWS.values()]
    return [Route(STYLE_URL, style), Route(SERIF_URL, serif), *previews]


def style(_request: Request) -> Response:
    """Answer our rules of style."""
    return Response(STYLE, headers=KEPT, media_type="text/css")


def serif(_request: Request) -> Response:
    """Answer the font of the titles."""
    return Response(SERIF, headers=KEPT, media_type="font/woff2")


def picture(preview: Preview, _request: Request) -> Response:
    """Answer the picture of a shared link."""
    return Response(preview.content, headers=KEPT, media_type="image/png")


@lru_cache
def document(lang: str) -> str:
    """Return the document in `lang`. Raises ValueError when Streamlit's own no longer has what we replace."""
    page = INDEX.read_text(encoding="utf-8")
    tagline = escape(text("frame.tagline", lang), quote=True)
    replaced = {
        '<html lang="en">': f'<html lang="{lang}">',
        "<title>Streamlit</title>": f"<title>{escape(text('frame.title', lang))}</title>"
        f'<meta name="description" content="{tagline}">'
        f'<meta property="og:type" content="website"><meta property="og:locale" content="{LOCALES[lang]}">'
        f'<meta property="og:title" content="{escape(text("frame.title", lang))}">'
        f'<meta property="og:description" content="{tagline}">{PREVIEW}',
        # Streamlit 1.67 has one of its own, in English, that stops before the links to the pages: style.css hides it.
        '<div id="root">': f'<a class="skip" href="#{CONTENT}">{escape(text("frame.skip", lang))}</a><div id="root">',
        # Asked for at once: the rules that name it come last.
        "</head>": f'<link rel="preload" as="font" type="font/woff2" href="{SERIF_URL}" crossorigin></head>',
        # After Streamlit's own rules, which it writes in the head while it runs: of two of one weight the last counts.
        "</body>": f'<link rel="stylesheet" href="{STYLE_URL}">{FIRST_WORDS}</body>',
    }
    for theirs, ours in replaced.items():
        if page.count(theirs) != 1:
            raise ValueError(f"{INDEX}: {theirs} is not there once; see what Streamlit changed")
        page = page.replace(theirs, ours)
    return page
