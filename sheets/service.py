"""How sheets are answered: conditions, encodings, HEAD, what does not exist, a database that is missing.

Rule: pure ASGI, before everything else of the site: a page that is kept is one look at the file's identity, one in a
dictionary and two messages. What is not ours goes on.
"""

import logging
from collections.abc import Mapping

import duckdb

from answering import pages
from answering.conditions import accepted_encoding, encoded, is_unchanged
from answering.files import answer_file
from answering.pages import HTML, Answer
from answering.work import work
from queries import Database, DatabaseMissing
from sheets import data
from sheets.addresses import STYLE_PREFIX, STYLE_SUFFIX, Page, read_path
from sheets.rendering import render, render_notice
from sheets.style import STYLE
from sheets.words import say

MEDIA_TYPES = {"sitemap": "application/xml", "robots": "text/plain; charset=utf-8"}
# A sheet runs nothing and fetches nothing but its style; it is shown in no other site's frame.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
# The rooms whose code and words make a page.
MADE_BY = ("sheets", "pages/shared", "queries", "answering", "data/reference/geometry")
CODE_VERSION = pages.code_version(*MADE_BY)

log = logging.getLogger("infra_ia_france")


class Sheets(pages.Room[Page]):
    """The room of the sheets."""

    def read(self, path: str) -> Page | None:
        """Return what a path asks for, None where it is no sheet's."""
        return read_path(path)

    async def answer(self, page: Page, query: bytes, asked: Mapping[str, str], base: str) -> Answer:
        """Return a sheet or the style; no parameter changes one."""
        return _style(page, asked) if page.nature == "style" else await _answer(page, asked, base)

    def refuse(self, page: Page, **more: str) -> Answer:
        """Return the notice that a sheet is only read."""
        return _notice(405, render_notice("refused", page.lang), page, **more)


async def _answer(page: Page, asked: Mapping[str, str], base: str) -> Answer:
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
            return pages.unchanged(_headers(page, tag, encoding, modified, 0))
        body = data.bodies.get(tag)
        if body is None:
            body = await work.run(_made, page, database, base, encoding)
    except (DatabaseMissing, duckdb.Error) as error:
        if isinstance(error, duckdb.Error):
            # An older database, asked by newer questions.
            log.exception("the sheet %s could not be read", page)
        return _notice(503, render_notice("nothing", page.lang), page, retry_after=pages.RETRY_S)
    return 200, _headers(page, tag, encoding, modified, len(body)), body


def _made(page: Page, database: Database, base: str, encoding: str) -> bytes:
    """Return the body in an encoding, and keep it; what is written for one encoding serves the others."""
    plain_tag, tag = (entity_tag(database.version, page, base, name) for name in ("identity", encoding))
    body = encoded(data.bodies.made(plain_tag, lambda: render(page, database, base)), encoding)
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
    return pages.entity_tag(CODE_VERSION, data_version, page.nature, page.lang, page.code, base, encoding)


def _headers(page: Page, tag: str, encoding: str, modified: str, length: int) -> pages.RawHeaders:
    media_type = MEDIA_TYPES.get(page.nature, HTML)
    of_html = {"content_language": page.lang, "content_security_policy": POLICY} if media_type == HTML else {}
    return pages.headers(media_type, length, pages.FRESH, tag=tag, encoding=encoding, last_modified=modified, **of_html)


def _style(page: Page, asked: Mapping[str, str]) -> Answer:
    if f"{STYLE_PREFIX}{page.code}{STYLE_SUFFIX}" != STYLE.path:
        return _notice(404, render_notice("missing", page.lang, say("missing.unknown", page.lang)), page)
    return answer_file(STYLE, asked)


def _notice(status: int, body: bytes, page: Page, **more: str) -> Answer:
    return pages.notice(status, body, page.lang, POLICY, **more)
