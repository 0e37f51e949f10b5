"""What is answered where there is nothing to give: a call that is wrong, an address nobody knows, no data.

Rule: JSON that says what is wrong and what is allowed, in both languages; never kept, never a traceback.
"""

import logging

import duckdb
import orjson
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from answering.work import RETRY_S, Busy
from api.answers import CORS, UNKEPT
from api.problems import PROBLEMS_SHOWN, BadCall
from queries import RESOURCES, DatabaseMissing
from queries.limits import GIVEN_UP
from queries.resources import API

# A database is built, or read again, within as much.
AGAIN_S = 30

log = logging.getLogger("infra_ia_france")


def add_refusals(service: FastAPI) -> None:
    """Give the service its answers to what it refuses."""
    service.add_exception_handler(BadCall, _bad_call)  # type: ignore[arg-type]
    service.add_exception_handler(DatabaseMissing, _missing)  # type: ignore[arg-type]
    for given_up in GIVEN_UP:
        service.add_exception_handler(given_up, _given_up)
    service.add_exception_handler(Exception, _failed)
    service.add_exception_handler(Busy, _busy)  # type: ignore[arg-type]
    service.add_exception_handler(duckdb.Error, _unreadable)
    service.add_exception_handler(404, _unknown)
    service.add_exception_handler(405, _refused)


def json_answer(document: object, headers: dict[str, str], status: int = 200) -> Response:
    """Return a small JSON answer that any web page may read."""
    return Response(orjson.dumps(document), status, {**CORS, **headers}, "application/json")


async def _bad_call(_request: Request, bad: BadCall) -> Response:
    told = [problem.told() for problem in bad.problems[:PROBLEMS_SHOWN]]
    document = {"error": "invalid_parameters", "problems": told, "problems_count": len(bad.problems)}
    return json_answer(document, {"Cache-Control": UNKEPT}, 422)


async def _missing(_request: Request, _error: DatabaseMissing) -> Response:
    return _told(
        "no_data",
        "Les données ne sont pas encore construites\u202f: python -m etl build.",
        "The data is not built yet: python -m etl build.",
    )


async def _given_up(request: Request, error: Exception) -> Response:
    log.warning("%s was given up: %s", request.url.path, error)
    return _told(
        "given_up",
        "Cette question demandait trop de temps ou de mémoire. Réessayez, ou demandez moins.",
        "This question took too much time or memory. Try again, or ask for less.",
    )


async def _unreadable(request: Request, error: Exception) -> Response:
    log.error("%s could not be read: %s", request.url.path, error)
    return _told(
        "unreadable",
        "Les données n’ont pas pu être lues. Réessayez dans un instant.",
        "The data could not be read. Please try again in a moment.",
    )


async def _busy(_request: Request, busy: Busy) -> Response:
    return _told("busy", *busy.sentences, again_s=RETRY_S)


async def _failed(_request: Request, _error: Exception) -> Response:
    """Say so; Starlette raises the error again when this is sent, and the server logs it."""
    return _told(
        "failed",
        "Cette adresse n’a pas pu répondre\u202f; l’incident est noté.",
        "This address could not answer; it has been logged.",
        500,
        again_s=None,
    )


def _told(error: str, french: str, english: str, status: int = 503, *, again_s: int | None = AGAIN_S) -> Response:
    """Return why there is no answer, and after how many seconds to ask again, None where that is of no use."""
    headers = {"Cache-Control": UNKEPT, **({"Retry-After": str(again_s)} if again_s else {})}
    return json_answer({"error": error, "message_fr": french, "message_en": english}, headers, status)


async def _unknown(request: Request, _error: Exception) -> Response:
    known = [f"{API}/{name}.{ending}" for name, one in RESOURCES.items() for ending in one.formats]
    return json_answer({"error": "unknown_address", "allowed": known, "documentation": "/api/docs"}, {}, 404)


async def _refused(_request: Request, _error: Exception) -> Response:
    return json_answer({"error": "method_not_allowed", "allowed": ["GET", "HEAD"]}, {"Allow": "GET, HEAD"}, 405)
