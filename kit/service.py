"""How the kit is answered: conditions, encodings, HEAD, what does not exist, an address too long, no database.

Rule: pure ASGI, before everything else of the site, as the sheets are. A page of the kit runs plotly.js and a script of
ours, and asks nobody else for anything; a chart made to be embedded is the only one that another site may frame.
"""

import hashlib
import logging
from collections.abc import Mapping
from functools import partial

import duckdb
from anyio import to_thread
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from answering.conditions import accepted_encoding, base_address, encoded, is_unchanged
from kit import data
from kit.addresses import Asked, Page, read_path, read_query
from kit.asking import Missing, read_asked, spoken
from kit.files import FILES
from kit.rendering import reason, render, render_notice
from queries import Database, DatabaseMissing
from sheets import service as sheets
from sheets.rendering import render_notice as render_common

FRESH, FOREVER, UNKEPT, RETRY_S, HTML = sheets.FRESH, sheets.FOREVER, sheets.UNKEPT, sheets.RETRY_S, sheets.HTML
CSV = "text/csv; charset=utf-8; header=present"
# plotly.js writes rules of style as it draws; a picture is drawn from a blob and carries its fonts.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors "
)
OWN, ANYBODY = "'self'", "*"
# The rooms whose code and words make a page.
CODE_VERSION = sheets.code_version("kit", *sheets.MADE_BY)

log = logging.getLogger("infra_ia_france")
RawHeaders = list[tuple[bytes, bytes]]
Answer = tuple[int, RawHeaders, bytes]


class Kit:
    """ASGI middleware: answers the addresses of the kit, leaves all others to the app."""

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
            answer = _notice(405, render_common("refused", page.lang), page.lang, allow="GET, HEAD")
        elif page.file:
            answer = await _file(page, asked)
        else:
            base = base_address(scope.get("scheme", "http"), asked.get("host", ""))
            answer = await to_thread.run_sync(partial(_answer, page, scope.get("query_string", b""), asked, base))
        status, headers, body = answer
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def _answer(page: Page, query: bytes, asked: Mapping[str, str], base: str) -> Answer:
    """Return the answer to an address: itself, 304, 404 where there is nothing, 414 where it is too long, 503."""
    lang = page.lang
    try:
        params = read_query(query)
    except ValueError:
        return _notice(414, render_notice("long", lang), lang)
    lang = spoken(page, params)
    try:
        database = data.database()
        return _told(read_asked(page, params, database), database, asked, base)
    except Missing as missing:
        return _notice(404, render_notice("missing", lang, reason(missing, lang)), lang)
    except (DatabaseMissing, duckdb.Error) as error:
        if isinstance(error, duckdb.Error):
            # An older database, asked by newer questions.
            log.exception("the kit of %s could not be made", page)
        return _notice(503, render_common("nothing", lang), lang, retry_after=RETRY_S)


def _told(wanted: Asked, database: Database, asked: Mapping[str, str], base: str) -> Answer:
    encoding = accepted_encoding(asked.get("accept-encoding", ""))
    tag, plain_tag = (entity_tag(database.version, wanted, base, name) for name in (encoding, "identity"))
    modified = data.modified(database)
    if is_unchanged(asked, tag, modified):
        headers = _headers(wanted, tag, encoding, 0, database)
        return 304, _unchanged([*headers, (b"last-modified", modified.encode())]), b""
    body = data.bodies.get(tag)
    if body is None:
        plain = data.kept(plain_tag, lambda: render(wanted, database, base))
        body = plain if tag == plain_tag else data.kept(tag, lambda: encoded(plain, encoding))
    headers = _headers(wanted, tag, encoding, len(body), database)
    return 200, [*headers, (b"last-modified", modified.encode())], body


def entity_tag(data_version: str, wanted: Asked, base: str, encoding: str) -> str:
    """Return a strong entity tag: two bodies that differ by a byte have two."""
    named = "\0".join((CODE_VERSION, data_version, *wanted.key, base, encoding))
    return f'"{hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:24]}"'


def _headers(wanted: Asked, tag: str, encoding: str, length: int, database: Database) -> RawHeaders:
    headers = [
        (b"content-type", (CSV if wanted.page.is_table else HTML).encode()),
        (b"content-length", str(length).encode()),
        (b"etag", tag.encode()),
        (b"cache-control", FRESH.encode()),
        (b"vary", b"Accept-Encoding"),
        (b"x-content-type-options", b"nosniff"),
        (b"content-language", wanted.lang.encode()),
    ]
    if wanted.page.is_table:
        day = (wanted.selection.until or database.metadata["covered_until"].date()).isoformat()
        headers.append(
            (
                b"content-disposition",
                f'attachment; filename="infra-ia-france-{wanted.page.subject}-{day}.csv"'.encode(),
            )
        )
    policy = POLICY + (ANYBODY if wanted.is_embedded else OWN)
    headers.append((b"content-security-policy", policy.encode()))
    if encoding != "identity":
        headers.append((b"content-encoding", encoding.encode()))
    return headers


async def _file(page: Page, asked: Mapping[str, str]) -> Answer:
    file = FILES.get(page.file)
    if file is None:
        missing = reason(Missing("unknown", page.file), page.lang)
        return _notice(404, render_notice("missing", page.lang, missing), page.lang)
    encoding = accepted_encoding(asked.get("accept-encoding", ""))
    body = await to_thread.run_sync(file.encoded, encoding)
    is_encoded = body is not file.content
    headers = [
        (b"content-type", file.media_type.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"etag", f'"{file.name}-{encoding if is_encoded else "identity"}"'.encode()),
        (b"cache-control", FOREVER.encode()),
        (b"vary", b"Accept-Encoding"),
        (b"x-content-type-options", b"nosniff"),
    ]
    if is_encoded:
        headers.append((b"content-encoding", encoding.encode()))
    if is_unchanged(asked, headers[2][1].decode(), ""):
        return 304, _unchanged(headers), b""
    return 200, headers, body


def _unchanged(headers: RawHeaders) -> RawHeaders:
    return [(name, value) for name, value in headers if name not in sheets.OF_A_BODY]


def _notice(status: int, body: bytes, lang: str, **more: str) -> Answer:
    headers = [
        (b"content-type", HTML.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"content-language", lang.encode()),
        (b"content-security-policy", (POLICY + OWN).encode()),
        (b"cache-control", UNKEPT.encode()),
        (b"x-content-type-options", b"nosniff"),
    ]
    headers += [(name.replace("_", "-").encode(), value.encode()) for name, value in more.items()]
    return status, headers, body
