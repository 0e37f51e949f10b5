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
    message = {
        "error": "no_data",
        "message_fr": "Les données ne sont pas encore construites\u202f: python -m etl build.",
        "message_en": "The data is not built yet: python -m etl build.",
    }
    return json_answer(message, {"Cache-Control": UNKEPT, "Retry-After": "30"}, 503)


async def _given_up(request: Request, error: Exception) -> Response:
    log.warning("%s was given up: %s", request.url.path, error)
    message = {
        "error": "given_up",
        "message_fr": "Cette question demandait trop de temps ou de mémoire. Réessayez, ou demandez moins.",
        "message_en": "This question took too much time or memory. Try again, or ask for less.",
    }
    return json_answer(message, {"Cache-Control": UNKEPT, "Retry-After": "30"}, 503)


async def _unreadable(request: Request, error: Exception) -> Response:
    log.error("%s could not be read: %s", request.url.path, error)
    message = {
        "error": "unreadable",
        "message_fr": "Les données n’ont pas pu être lues. Réessayez dans un instant.",
        "message_en": "The data could not be read. Please try again in a moment.",
    }
    return json_answer(message, {"Cache-Control": UNKEPT, "Retry-After": "30"}, 503)


async def _failed(_request: Request, _error: Exception) -> Response:
    """Say so; Starlette raises the error again when this is sent, and the server logs it."""
    message = {
        "error": "failed",
        "message_fr": "Cette adresse n’a pas pu répondre\u202f; l’incident est noté.",
        "message_en": "This address could not answer; it has been logged.",
    }
    return json_answer(message, {"Cache-Control": UNKEPT}, 500)


async def _busy(_request: Request, _error: Busy) -> Response:
    message = {
        "error": "busy",
        "message_fr": f"Le serveur fait déjà tout ce qu’il peut\u202f: réessayez dans {RETRY_S} s.",
        "message_en": f"The server is doing all it can already: try again in {RETRY_S} s.",
    }
    return json_answer(message, {"Cache-Control": UNKEPT, "Retry-After": str(RETRY_S)}, 503)


async def _unknown(request: Request, _error: Exception) -> Response:
    known = [f"{API}/{name}.{ending}" for name, one in RESOURCES.items() for ending in one.formats]
    return json_answer({"error": "unknown_address", "allowed": known, "documentation": "/api/docs"}, {}, 404)


async def _refused(_request: Request, _error: Exception) -> Response:
    return json_answer({"error": "method_not_allowed", "allowed": ["GET", "HEAD"]}, {"Allow": "GET, HEAD"}, 405)
