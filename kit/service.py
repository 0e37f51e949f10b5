"""How the kit is answered: conditions, encodings, HEAD, what does not exist, an address too long, no database.

Rule: pure ASGI, before everything else of the site, as the sheets are. A page of the kit runs plotly.js and a script of
ours, and asks nobody else for anything; a chart made to be embedded is the only one that another site may frame.
"""

import logging
from collections.abc import Mapping
from functools import partial

import duckdb

from answering import pages
from answering.conditions import accepted_encoding, encoded, is_unchanged
from answering.files import answer_file
from answering.pages import HTML, Answer
from answering.work import work
from kit import data
from kit.addresses import Asked, Page, read_path, read_query
from kit.asking import Missing, read_asked, spoken
from kit.files import FILES
from kit.rendering import reason, render, render_notice
from queries import Database, DatabaseMissing
from sheets.rendering import render_notice as render_common
from sheets.service import MADE_BY

CSV = "text/csv; charset=utf-8; header=present"
# plotly.js writes rules of style as it draws; a picture is drawn from a blob and carries its fonts.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'"
)
# Without it anybody may, a page on a reader's own disk too, which `frame-ancestors *` would refuse.
OWN = "; frame-ancestors 'self'"
CODE_VERSION = pages.code_version("kit", *MADE_BY)

log = logging.getLogger("infra_ia_france")


class Kit(pages.Room[Page]):
    """The room of the kit."""

    def read(self, path: str) -> Page | None:
        """Return what a path asks for, None where it is not of the kit."""
        return read_path(path)

    async def answer(self, page: Page, query: bytes, asked: Mapping[str, str], base: str) -> Answer:
        """Return a file of the room, or what the address asks for."""
        answer = partial(_file, page, asked) if page.file else partial(_answer, page, query, asked, base)
        return await work.run(answer)

    def refuse(self, page: Page, **more: str) -> Answer:
        """Return the notice that a kit is only read."""
        return _notice(405, render_common("refused", page.lang), page.lang, **more)


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
        return _notice(503, render_common("nothing", lang), lang, retry_after=pages.RETRY_S)


def _told(wanted: Asked, database: Database, asked: Mapping[str, str], base: str) -> Answer:
    encoding = accepted_encoding(asked.get("accept-encoding", ""))
    tag, plain_tag = (entity_tag(database.version, wanted, base, name) for name in (encoding, "identity"))
    modified = data.modified(database)
    if is_unchanged(asked, tag, modified):
        return pages.unchanged(_headers(wanted, tag, encoding, modified, 0, database))
    body = data.bodies.get(tag)
    if body is None:
        plain = data.bodies.made(plain_tag, lambda: render(wanted, database, base))
        body = plain if tag == plain_tag else data.bodies.made(tag, lambda: encoded(plain, encoding))
    return 200, _headers(wanted, tag, encoding, modified, len(body), database), body


def entity_tag(data_version: str, wanted: Asked, base: str, encoding: str) -> str:
    """Return a strong entity tag: two bodies that differ by a byte have two."""
    return pages.entity_tag(CODE_VERSION, data_version, *wanted.key, base, encoding)


def _headers(
    wanted: Asked, tag: str, encoding: str, modified: str, length: int, database: Database
) -> pages.RawHeaders:
    more = {"content_language": wanted.lang, "last_modified": modified}
    if wanted.page.is_table:
        day = (wanted.selection.until or database.metadata["covered_until"].date()).isoformat()
        named = f"infra-ia-france-{wanted.page.subject}-{day}.csv"
        more["content_disposition"] = f'attachment; filename="{named}"'
    more["content_security_policy"] = POLICY + ("" if wanted.is_embedded else OWN)
    return pages.headers(CSV if wanted.page.is_table else HTML, length, pages.FRESH, tag=tag, encoding=encoding, **more)


def _file(page: Page, asked: Mapping[str, str]) -> Answer:
    if file := FILES.get(page.file):
        return answer_file(file, asked)
    missing = reason(Missing("unknown", page.file), page.lang)
    return _notice(404, render_notice("missing", page.lang, missing), page.lang)


def _notice(status: int, body: bytes, lang: str, **more: str) -> Answer:
    return pages.notice(status, body, lang, POLICY + OWN, **more)
