"""Endpoints that describe the data: schema, data package, catalogue, feed, documentation, health.

Rule: absolute addresses are built on the host that was asked, and then the host is part of what is kept.
"""

import orjson
from starlette.requests import Request
from starlette.responses import Response

from answering.conditions import base_address
from api import data
from api.answers import UNKEPT, answer
from api.catalog import catalog
from api.documentation import documentation
from api.feed import write_feed
from api.health import health
from api.openapi import document_openapi
from api.package import package
from api.parameters import allowed_names, read_call, refuse_parameters
from api.refusals import json_answer
from api.tables import address
from etl.schema import SCHEMA
from queries.resources import API


async def answer_schema(request: Request) -> Response:
    """Answer the declaration of the columns of the file."""
    refuse_parameters(request.query_params.multi_items())
    return await answer(request, SCHEMA.read_bytes, address=f"{API}/schema.json", media_type="application/json")


async def answer_package(request: Request) -> Response:
    """Answer the data package."""
    refuse_parameters(request.query_params.multi_items())
    return await answer(
        request,
        lambda: orjson.dumps(package(lambda resource: f"{resource.name}.csv"), option=orjson.OPT_INDENT_2),
        address=f"{API}/datapackage.json",
        media_type="application/json",
    )


async def answer_catalog(request: Request) -> Response:
    """Answer the catalogue entry."""
    refuse_parameters(request.query_params.multi_items())
    host = _host(request)
    return await answer(
        request,
        lambda: orjson.dumps(catalog(host), option=orjson.OPT_INDENT_2),
        address=f"{host}{API}/catalog.jsonld",
        media_type="application/ld+json",
    )


async def answer_feed(request: Request) -> Response:
    """Answer the feed of what changed."""
    call = read_call(request.query_params.multi_items(), allowed_names(None, "atom"), data.facets())
    host = _host(request)
    return await answer(
        request,
        lambda: write_feed(call.selection, call.lang, host),
        address=host + address(f"{API}/feed.atom", call),
        media_type="application/atom+xml; charset=utf-8",
    )


async def answer_health(request: Request) -> Response:
    """Answer how the service is."""
    refuse_parameters(request.query_params.multi_items())
    status, document = health()
    return json_answer(document, {"Cache-Control": UNKEPT}, status)


async def answer_openapi(request: Request) -> Response:
    """Answer the OpenAPI document."""
    refuse_parameters(request.query_params.multi_items())
    return await answer(
        request,
        lambda: orjson.dumps(document_openapi(request.app), option=orjson.OPT_INDENT_2),
        address="/api/openapi.json",
        media_type="application/json",
    )


async def answer_documentation(request: Request) -> Response:
    """Answer the page of documentation."""
    lang = read_call(request.query_params.multi_items(), ("lang",), data.facets()).lang
    return await answer(
        request,
        lambda: documentation(request.app, lang),
        address=f"/api/docs?lang={lang}",
        media_type="text/html; charset=utf-8",
    )


def _host(request: Request) -> str:
    return base_address(request.url.scheme, request.headers.get("host", ""))
