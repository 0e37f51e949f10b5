"""What is answered where there is nothing to give: a call that is wrong, an address nobody knows, no data.

Rule: JSON that says what is wrong and what is allowed, in both languages; never kept, never a traceback.
"""

import orjson
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from api.answers import CORS, UNKEPT
from api.problems import PROBLEMS_SHOWN, BadCall
from queries import RESOURCES, DatabaseMissing
from queries.resources import API


def add_refusals(service: FastAPI) -> None:
    """Give the service its answers to what it refuses."""
    service.add_exception_handler(BadCall, _bad_call)  # type: ignore[arg-type]
    service.add_exception_handler(DatabaseMissing, _missing)  # type: ignore[arg-type]
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


async def _unknown(request: Request, _error: Exception) -> Response:
    known = [f"{API}/{name}.{ending}" for name, one in RESOURCES.items() for ending in one.formats]
    return json_answer({"error": "unknown_address", "allowed": known, "documentation": "/api/docs"}, {}, 404)


async def _refused(_request: Request, _error: Exception) -> Response:
    return json_answer({"error": "method_not_allowed", "allowed": ["GET", "HEAD"]}, {"Allow": "GET, HEAD"}, 405)
