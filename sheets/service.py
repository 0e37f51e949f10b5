"""How sheets are answered: conditions, encodings, HEAD, what does not exist, a database that is missing.

Rule: pure ASGI, before everything else of the site: a page that is kept is one look at the file's identity, one in a
dictionary and two messages. What is not ours goes on.
"""

import hashlib
import logging
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import duckdb
from anyio import to_thread
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from answering.conditions import accepted_encoding, base_address, encoded, is_unchanged
from queries import Database, DatabaseMissing
from sheets import data
from sheets.addresses import Page, read_path
from sheets.rendering import render, render_notice
from sheets.style import STYLE, STYLE_DIGEST
from sheets.words import say

FRESH = "public, max-age=300, must-revalidate"
FOREVER = "public, max-age=31536000, immutable"
UNKEPT = "no-store"
RETRY_S = "30"
HTML = "text/html; charset=utf-8"
MEDIA_TYPES = {"sitemap": "application/xml", "robots": "text/plain; charset=utf-8", "style": "text/css; charset=utf-8"}
# A sheet runs nothing and fetches nothing but its style; it is shown in no other site's frame.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
# What a 304 does not bear (RFC 9110, 15.4.5): they tell of a body.
OF_A_BODY = (b"content-type", b"content-encoding", b"content-length")
ROOT = Path(__file__).parent.parent
# The rooms whose code and words make a page.
MADE_BY = ("sheets", "pages/shared", "queries", "answering", "data/reference/geometry")
SUFFIXES = (".py", ".toml", ".html", ".css", ".js", ".woff2", ".sql", ".geojson", ".json")

log = logging.getLogger("infra_ia_france")
RawHeaders = list[tuple[bytes, bytes]]


def code_version(*rooms: str) -> str:
    """Return what changes when another page would be written from the same data by the code of these rooms."""
    digest = hashlib.sha256(version("babel").encode())
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*")):
            if path.suffix in SUFFIXES:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


CODE_VERSION = code_version(*MADE_BY)


class Sheets:
    """ASGI middleware: answers the addresses of the sheets, leaves all others to the app."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        page = read_path(scope["path"]) if scope["type"] == "http" else None
        if page is None:
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        if scope["method"] not in ("GET", "HEAD"):
            status, headers, body = _notice(405, render_notice("refused", page.lang), page, allow="GET, HEAD")
        elif page.nature == "style":
            status, headers, body = _style(page, asked)
        else:
            base = base_address(scope.get("scheme", "http"), asked.get("host", ""))
            status, headers, body = await _answer(page, asked, base)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


async def _answer(page: Page, asked: Mapping[str, str], base: str) -> tuple[int, RawHeaders, bytes]:
    """Return the answer to a page: itself, 304, 404 where no region or project has that code, 503 without data."""
    try:
        database = data.database()
        if not exists(page, database):
            reason = say(f"missing.{page.nature}", page.lang, code=page.code)
            return _notice(404, render_notice("missing", page.lang, reason), page)
        encoding = accepted_encoding(asked.get("accept-encoding", ""))
        tag = entity_tag(database.version, page, base, encoding)
        modified = data.modified(database)
        if is_unchanged(asked, tag, modified):
            headers = _headers(page, tag, encoding, FRESH, 0)
            return 304, _unchanged([*headers, (b"last-modified", modified.encode())]), b""
        body = data.bodies.get(tag)
        if body is None:
            body = await to_thread.run_sync(_made, page, database, base, encoding)
    except (DatabaseMissing, duckdb.Error) as error:
        if isinstance(error, duckdb.Error):
            # An older database, asked by newer questions.
            log.exception("the sheet %s could not be read", page)
        return _notice(503, render_notice("nothing", page.lang), page, retry_after=RETRY_S)
    headers = _headers(page, tag, encoding, FRESH, len(body))
    return 200, [*headers, (b"last-modified", modified.encode())], body


def _made(page: Page, database: Database, base: str, encoding: str) -> bytes:
    """Return the body in an encoding, and keep it; what is written for one encoding serves the others."""
    plain_tag, tag = (entity_tag(database.version, page, base, name) for name in ("identity", encoding))
    plain = data.bodies.get(plain_tag)
    if plain is None:
        plain = render(page, database, base)
        data.bodies.put(plain_tag, plain)
    body = encoded(plain, encoding)
    data.bodies.put(tag, body)
    return body


def exists(page: Page, database: Database) -> bool:
    """Tell whether a page is there to be read."""
    if page.nature == "region":
        return page.code in data.region_names(database, page.lang)
    if page.nature == "project":
        return page.code in data.project_names(database)
    return page.nature != "unknown"


def entity_tag(data_version: str, page: Page, base: str, encoding: str) -> str:
    """Return a strong entity tag: two bodies that differ by a byte have two."""
    named = f"{CODE_VERSION}\0{data_version}\0{page.nature}\0{page.lang}\0{page.code}\0{base}\0{encoding}"
    return f'"{hashlib.sha256(named.encode()).hexdigest()[:24]}"'


def _headers(page: Page, tag: str, encoding: str, kept: str, length: int) -> RawHeaders:
    media_type = MEDIA_TYPES.get(page.nature, HTML)
    headers = [
        (b"content-type", media_type.encode()),
        (b"content-length", str(length).encode()),
        (b"etag", tag.encode()),
        (b"cache-control", kept.encode()),
        (b"vary", b"Accept-Encoding"),
        (b"x-content-type-options", b"nosniff"),
    ]
    if media_type == HTML:
        headers += [(b"content-language", page.lang.encode()), (b"content-security-policy", POLICY.encode())]
    if encoding != "identity":
        headers.append((b"content-encoding", encoding.encode()))
    return headers


def _style(page: Page, asked: Mapping[str, str]) -> tuple[int, RawHeaders, bytes]:
    if page.code != STYLE_DIGEST:
        return _notice(404, render_notice("missing", page.lang, say("missing.unknown", page.lang)), page)
    encoding = accepted_encoding(asked.get("accept-encoding", ""))
    tag = f'"{STYLE_DIGEST}-{encoding}"'
    if is_unchanged(asked, tag, ""):
        return 304, _unchanged(_headers(page, tag, encoding, FOREVER, 0)), b""
    body = data.bodies.get(tag)
    if body is None:
        body = encoded(STYLE, encoding)
        data.bodies.put(tag, body)
    return 200, _headers(page, tag, encoding, FOREVER, len(body)), body


def _unchanged(headers: RawHeaders) -> RawHeaders:
    return [(name, value) for name, value in headers if name not in OF_A_BODY]


def _notice(status: int, body: bytes, page: Page, **more: str) -> tuple[int, RawHeaders, bytes]:
    headers = [
        (b"content-type", HTML.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"content-language", page.lang.encode()),
        (b"content-security-policy", POLICY.encode()),
        (b"cache-control", UNKEPT.encode()),
        (b"x-content-type-options", b"nosniff"),
    ]
    headers += [(name.replace("_", "-").encode(), value.encode()) for name, value in more.items()]
    return status, headers, body
