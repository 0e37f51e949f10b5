"""The OpenAPI document: each address with its parameters, what they allow today, and every answer it may give.

Rule: routes come from FastAPI; parameters come from the table of words and the codes of the data, so that the
document, the check of a call and the page of documentation are one.
"""

import tomllib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from starlette.responses import Response

from api import data
from api.parameters import DIALECTS, LANGUAGES, MOST_ROWS, REPEATABLE
from queries import RESOURCES
from queries.selection import FACETS, LONGEST_SEARCH

Endpoint = Callable[[Request], Awaitable[Response]]

WORDS = Path(__file__).with_name("words.toml")
ABOUT = "x-infra-ia"
PROBLEM = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {"type": "string"},
        "problems_count": {"type": "integer"},
        "problems": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "parameter", "value", "message_fr", "message_en"],
                "properties": {
                    "code": {"type": "string"},
                    "parameter": {"type": "string"},
                    "value": {"type": "string"},
                    "message_fr": {"type": "string"},
                    "message_en": {"type": "string"},
                    "allowed": {"type": "array", "items": {"type": "string"}},
                    "allowed_count": {"type": "integer"},
                },
            },
        },
    },
}


def describe_route(
    service: FastAPI,
    path: str,
    endpoint: Endpoint,
    media_type: str = "",
    names: Sequence[str] = (),
    resource: str = "",
    status: int = 200,
) -> None:
    """Add an address to the service, with what the document says of it."""
    found: dict[str, Any] = {"description": "The content."}
    if media_type:
        found["content"] = {media_type.split(";")[0]: {"schema": {}}}
    responses: dict[int | str, dict[str, Any]] = {
        status: found if status == 200 else {"description": "The newest version is at Location."},
        304: {"description": "What the client has is still right (If-None-Match, If-Modified-Since)."},
        422: _problem("A parameter is unknown, or its value is: each is named, with what is allowed."),
        429: _problem("Too much was asked from this address: Retry-After says when to come back."),
        503: _problem("No data yet, or too much is being made at once: Retry-After says when to come back."),
    }
    if "{version}" in path:
        responses |= {
            206: {**found, "description": "The ranges asked for."},
            400: {"description": "A range that cannot be read."},
            404: _problem("No version of that name can be opened any more; the known ones are listed."),
            416: {"description": "A range beyond the end."},
        }

    @wraps(endpoint)
    async def of_one_version(request: Request) -> Response:
        with data.one_version():
            return await endpoint(request)

    service.add_api_route(
        path,
        of_one_version,
        methods=["GET"],
        operation_id=path.strip("/").replace("/", "-").replace("{version}", "version").replace(".", "-"),
        response_class=Response,
        status_code=status,
        response_model=None,
        responses=responses,
        openapi_extra={ABOUT: {"names": list(names), "resource": resource}},
    )


def document_openapi(service: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document of the data served now."""
    service.openapi_schema = None
    document = service.openapi()
    declared: dict[str, Any] = {}
    for path, item in document["paths"].items():
        operation = item["get"]
        about = operation.pop(ABOUT)
        operation["summary"] = summary(path, "en")
        operation["parameters"] = [_declare(declared, name, about["resource"]) for name in about["names"]]
        if "{version}" in path:
            version = {"type": "string", "pattern": "^[0-9a-f]{12}-[0-9a-f]{6,16}$"}
            operation["parameters"].append({"name": "version", "in": "path", "required": True, "schema": version})
    document["components"] = {**document.get("components", {}), "parameters": declared, "schemas": {"Problem": PROBLEM}}
    document["info"]["description"] = words()["about"]["en"]
    document["info"]["license"] = {"name": "etalab-2.0", "url": words()["licence"]["url"]}
    return document


def _declare(declared: dict[str, Any], name: str, resource: str) -> dict[str, str]:
    """Declare a parameter once, and return the reference to it; columns are those of a resource."""
    key = f"{name}_of_{resource}" if name in ("columns", "sort") else name
    if key not in declared:
        declared[key] = parameter(name, resource, "en")
    return {"$ref": f"#/components/parameters/{key}"}


def parameter(name: str, resource: str, lang: str) -> dict[str, Any]:
    """Return an OpenAPI parameter: its words, and the codes it allows today."""
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": words()["parameter"][name][lang],
        "schema": _schema(name, resource),
        **({"style": "form", "explode": name in FACETS or name == "resource"} if name in REPEATABLE else {}),
    }


def allowed(name: str, resource: str) -> tuple[str, ...]:
    """Return the codes that a parameter allows, () where any text of its form is allowed."""
    if name in FACETS:
        return data.facets().codes(name)
    if name == "project":
        return data.project_ids()
    if name == "resource":
        return tuple(RESOURCES)
    if name in ("columns", "sort"):
        return tuple(column.name for column in data.dictionary(resource))
    return {"dialect": DIALECTS, "lang": LANGUAGES}.get(name, ())


def summary(path: str, lang: str) -> str:
    """Return what an address answers, in a sentence."""
    name, _, ending = path.rsplit("/", 1)[-1].partition(".")
    if is_table(path):
        return f"{RESOURCES[name].title(lang)} ({ending})"
    told: str = words()["address"][path.rsplit("/", 1)[-1]][lang]
    return told


def is_table(path: str) -> bool:
    """Tell whether an address is that of a resource in a format."""
    return path.rsplit("/", 1)[-1].partition(".")[0] in RESOURCES


@lru_cache(maxsize=1)
def words() -> Mapping[str, Any]:
    """Return the words of parameters and addresses, in both languages."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def _schema(name: str, resource: str) -> dict[str, Any]:
    codes = list(allowed(name, resource))
    if name == "sort":
        codes += [f"-{code}" for code in codes]
    if name in REPEATABLE:
        return {"type": "array", "items": {"type": "string", "enum": codes}, "uniqueItems": True}
    if codes:
        return {"type": "string", "enum": codes}
    if name in ("since", "until"):
        return {"type": "string", "format": "date"}
    if name in ("limit", "offset"):
        return {"type": "integer", "minimum": 0, "maximum": MOST_ROWS}
    printed = r"[^\x00-\x1f\x7f]*"
    return {"type": "string", "maxLength": LONGEST_SEARCH, "pattern": rf"^{printed}[^\x00-\x20\x7f]{printed}$"}


def _problem(description: str) -> dict[str, Any]:
    return {
        "description": description,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
