"""Addresses, headers and methods of any kind, thrown at every room of the site that answers over HTTP.

Rule: asked of the ASGI application itself, with the bytes that a server would hand on; what Streamlit answers by itself
is asked of a running site (`tests/fuzz/live.py`).
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, unquote

from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.types import ASGIApp, Message

from answering.bounds import Bounds
from api import assets, service
from api.parameters import FILTERS, SHAPES
from kit.service import Kit
from pages.shared import document
from sheets.service import Sheets
from tests.api.addresses import ANSWERED
from tests.fuzz.kinds import WORDS, Kind, live_in, told_in

LARGEST_ANSWER = 32 * 2**20
PATHS = (
    *ANSWERED, "/", "/projets", "/carte", "/contribuer", "/fiche", "/fiche/region/32", "/fiche/projet/cambrai",
    "/en/fiche/region/11", "/reprendre", "/reprendre/carte", "/reprendre/carte.csv", "/reprendre/projet", "/robots.txt",
    "/sitemap.xml", "/en/reprendre/region", "/reprendre/fichier/kit.js", "/api/v1/observatory.duckdb",
    "/static/js/a.js", "/api/v1/extract-000000000000-00000000.zip", "/_stcore/health", "/media/a.png", "/nulle-part",
)  # fmt: skip
NAMES = (*FILTERS, *SHAPES, "lang", "dialect", "resource", "metric", "place", "embed", "level", "scenario", "why", "")
METHODS = ("GET", "GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE")
HEADERS = (
    "accept-language", "accept-encoding", "if-none-match", "if-modified-since", "if-range", "range", "host", "origin",
    "x-forwarded-host", "x-forwarded-proto", "x-forwarded-for", "cookie", "user-agent", "content-type", "accept", "te",
)  # fmt: skip
TELLING = (
    "*",
    "bytes=0-",
    "bytes=-1",
    "bytes=9-1",
    "bytes=" + "0-1," * 200,
    'W/"x"',
    "q=;q=,,;=",
    "br;q=nan",
    "fr;q=1e999",
)
SHOWN = (b"text/html", b"image/svg+xml", b"application/xml")


@dataclass(frozen=True)
class Question:
    """A request as a server hands it on: `path` is decoded."""

    method: str
    path: str
    query: bytes = b""
    headers: tuple[tuple[bytes, bytes], ...] = ()
    body: bytes = b""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[bytes, bytes]
    body: bytes


def rooms() -> ASGIApp:
    """Return the rooms of the site as `app.py` joins them, without Streamlit."""
    routes = [*assets.routes(), *document.routes(), Mount(service.MOUNTED, app=service.create_service())]
    middleware = [Middleware(room) for room in (Bounds, Sheets, Kit, document.Document)]
    return Starlette(routes=routes, middleware=middleware)


async def ask(app: ASGIApp, question: Question) -> Answer:
    """Return what the application answers."""
    sent: list[Message] = []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": question.method,
        "scheme": "http",
        "path": question.path,
        "raw_path": quote(question.path).encode(),
        "query_string": question.query,
        "root_path": "",
        "headers": list(question.headers),
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 1),
        "state": {},
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": question.body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start = sent[0]
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return Answer(start["status"], dict(start["headers"]), body)


def judge_answer(question: Question, answer: Answer) -> list[str]:
    """Return what is wrong with an answer to whatever was asked."""
    found = list(told_in(answer.body))
    if answer.status >= 500 and not (answer.status == 503 and b"retry-after" in answer.headers):
        found.append(f"status {answer.status}")
    if len(answer.body) > LARGEST_ANSWER:
        found.append(f"{len(answer.body)} bytes")
    if answer.headers.get(b"content-type", b"").startswith(SHOWN):
        found += live_in(answer.body)
    found += [f"a header of two lines: {name!r}" for name, value in answer.headers.items() if b"\n" in value]
    return found


def _query(pairs: list[tuple[str, str]], safe: str) -> bytes:
    return "&".join(f"{quote(name, safe)}={quote(value, safe)}" for name, value in pairs).encode("utf-8", "replace")


_PAIRS = st.lists(st.tuples(st.one_of(st.sampled_from(NAMES), WORDS), WORDS), max_size=5)
_ENDS = st.one_of(
    st.just(""), st.just(""), WORDS.map(lambda word: f"/{word}"), st.sampled_from(["/", "//", "/../..", "%2e%2e/"])
)
_SAFE = st.sampled_from(["", "/%&=;+<>\"'"])
ADDRESSES = st.builds(
    lambda method, path, end, pairs, safe, repeats: Question(
        method, unquote(path + end, errors="replace"), _query(pairs * repeats, safe)
    ),
    st.sampled_from(METHODS),
    st.sampled_from(PATHS),
    _ENDS,
    _PAIRS,
    _SAFE,
    st.sampled_from([1, 1, 1, 1, 50]),
)
# What a server lets through: no line feed, no NUL.
_VALUES = st.one_of(st.sampled_from(TELLING), WORDS).map(
    lambda word: word.translate({10: 32, 13: 32, 0: 32}).encode("utf-8", "replace")
)
QUESTIONS = st.builds(
    lambda method, path, headers, body: Question(
        method, path, b"", tuple((name.encode(), value) for name, value in headers), body
    ),
    st.sampled_from(METHODS),
    st.sampled_from([path for path in PATHS if not path.endswith((".xlsx", "extract.zip"))]),
    st.lists(st.tuples(st.sampled_from(HEADERS), _VALUES), min_size=1, max_size=6),
    st.sampled_from([b"", b"x" * 100, b"\0" * 1000]),
)


def of_requests(runner: asyncio.Runner) -> tuple[Kind, Kind]:
    """Return the kinds « addresses » and « headers », asked on the loop of `runner`."""
    app = rooms()

    def judge() -> Callable[[Question], list[str]]:
        return lambda question: judge_answer(question, runner.run(ask(app, question)))

    return Kind("addresses", ADDRESSES, judge()), Kind("headers", QUESTIONS, judge())
