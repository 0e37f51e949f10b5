"""The data service, mounted at `/api`: one address a resource and format, and what describes them.

Rule: an endpoint reads its call, names its address in one form, and lets `answers` do the rest; nothing here knows
how a format is written or a row is found.
"""

import re
from collections.abc import Callable
from pathlib import PurePosixPath

import orjson
from fastapi import FastAPI, Request
from starlette.responses import FileResponse, RedirectResponse, Response

from api import data, versions
from api.answers import CORS, FOREVER, UNKEPT, answer, is_unchanged, last_modified
from api.archive import write_archive
from api.catalog import catalog
from api.documentation import documentation
from api.feed import write_feed
from api.formats import FORMATS
from api.head import Head
from api.health import health
from api.openapi import Endpoint, describe_route, document_openapi
from api.package import package
from api.parameters import Call, allowed_names, read_call
from api.problems import BadCall
from api.tables import address, rows
from etl.schema import SCHEMA
from queries import RESOURCES, DatabaseMissing
from queries.resources import API

MOUNTED = "/api"
V1 = API.removeprefix(MOUNTED)
HOST = re.compile(r"[A-Za-z0-9.\-]{1,253}(?::[0-9]{1,5})?|\[[0-9a-fA-F:]{2,45}\](?::[0-9]{1,5})?", re.ASCII)


def create_service() -> FastAPI:
    """Return the application to mount at `/api`."""
    service = FastAPI(
        title="Infra IA France",
        version=API.rsplit("v", 1)[-1],
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        servers=[{"url": MOUNTED}],
    )
    service.add_middleware(Head)
    for name, resource in RESOURCES.items():
        for ending in resource.formats:
            names = allowed_names(resource, ending)
            describe_route(
                service, f"{V1}/{name}.{ending}", _table(name, ending), FORMATS[ending].media_type, names, name
            )
    archive_names = allowed_names(None, "zip")
    describe_route(service, f"{V1}/extract.zip", _archive, "application/zip", archive_names)
    describe_route(service, f"{V1}/observatory.duckdb", _newest, status=307)
    describe_route(service, f"{V1}/observatory-{{version}}.duckdb", _database, "application/vnd.duckdb")
    describe_route(service, f"{V1}/extract-{{version}}.zip", _extract, "application/zip")
    describe_route(service, f"{V1}/versions", _versions, "application/json")
    describe_route(service, f"{V1}/schema.json", _schema, "application/json")
    describe_route(service, f"{V1}/datapackage.json", _package, "application/json")
    describe_route(service, f"{V1}/catalog.jsonld", _catalog, "application/ld+json")
    describe_route(service, f"{V1}/feed.atom", _feed, "application/atom+xml", allowed_names(None, "atom"))
    describe_route(service, "/health", _health, "application/json")
    describe_route(service, "/openapi.json", _openapi, "application/json")
    describe_route(service, "/docs", _documentation, "text/html", ("lang",))
    service.add_exception_handler(BadCall, _bad_call)  # type: ignore[arg-type]
    service.add_exception_handler(DatabaseMissing, _missing)  # type: ignore[arg-type]
    service.add_exception_handler(404, _unknown)
    service.add_exception_handler(405, _refused)
    return service


def publish() -> None:
    """Keep what is served now among the versions that can be opened again."""
    versions.publish(data.database(), lambda: write_archive(Call()))


def _table(name: str, ending: str) -> Endpoint:
    made, names = FORMATS[ending], allowed_names(RESOURCES[name], ending)

    async def table(request: Request) -> Response:
        call = read_call(
            request.query_params.multi_items(),
            names,
            data.facets(),
            columns=[column.name for column in data.dictionary(name)],
            projects=data.project_ids(),
        )
        place = address(f"{API}/{name}.{ending}", call)
        return await answer(
            request,
            lambda: made.write(*rows(name, call, ending)),
            address=place,
            media_type=made.media_type,
            file_name=_file_name(name, call, ending),
            compress=made.is_text,
        )

    return table


async def _archive(request: Request) -> Response:
    call = read_call(
        request.query_params.multi_items(),
        allowed_names(None, "zip"),
        data.facets(),
        projects=data.project_ids(),
        resources=tuple(RESOURCES),
    )
    return await answer(
        request,
        lambda: write_archive(call),
        address=address(f"{API}/extract.zip", call),
        media_type="application/zip",
        file_name=_file_name("extract", call, "zip"),
        compress=False,
    )


async def _newest(request: Request) -> Response:
    read_call(request.query_params.multi_items(), (), data.facets())
    path = f"{API}/observatory-{data.database().version}.duckdb"
    return RedirectResponse(path, status_code=307, headers={**CORS, "Cache-Control": "no-cache"})


async def _database(request: Request) -> Response:
    return _published(request, versions.database_file, "application/vnd.duckdb")


async def _extract(request: Request) -> Response:
    return _published(request, versions.extract_file, "application/zip")


async def _versions(request: Request) -> Response:
    read_call(request.query_params.multi_items(), (), data.facets())
    listed = [
        {
            **vars(one),
            "database": f"{API}/observatory-{one.version}.duckdb",
            "extract": f"{API}/extract-{one.version}.zip",
        }
        for one in versions.published()
    ]
    document = {
        "current": data.database().version,
        "kept": versions.KEPT,
        "versions": listed,
        "errata": f"{API}/errata.json",
    }
    return _json(document, {"Cache-Control": "no-cache"})


async def _schema(request: Request) -> Response:
    read_call(request.query_params.multi_items(), (), data.facets())
    return await answer(request, SCHEMA.read_bytes, address=f"{API}/schema.json", media_type="application/json")


async def _package(request: Request) -> Response:
    read_call(request.query_params.multi_items(), (), data.facets())
    return await answer(
        request,
        lambda: orjson.dumps(package(lambda resource: f"{resource.name}.csv"), option=orjson.OPT_INDENT_2),
        address=f"{API}/datapackage.json",
        media_type="application/json",
    )


async def _catalog(request: Request) -> Response:
    read_call(request.query_params.multi_items(), (), data.facets())
    host = _host(request)
    return await answer(
        request,
        lambda: orjson.dumps(catalog(host), option=orjson.OPT_INDENT_2),
        address=f"{host}{API}/catalog.jsonld",
        media_type="application/ld+json",
    )


async def _feed(request: Request) -> Response:
    call = read_call(request.query_params.multi_items(), allowed_names(None, "atom"), data.facets())
    host = _host(request)
    return await answer(
        request,
        lambda: write_feed(call.selection, call.lang, host),
        address=host + address(f"{API}/feed.atom", call),
        media_type="application/atom+xml; charset=utf-8",
    )


async def _health(request: Request) -> Response:
    status, document = health()
    return _json(document, {"Cache-Control": UNKEPT}, status)


async def _openapi(request: Request) -> Response:
    return await answer(
        request,
        lambda: orjson.dumps(document_openapi(request.app), option=orjson.OPT_INDENT_2),
        address=f"{MOUNTED}/openapi.json",
        media_type="application/json",
    )


async def _documentation(request: Request) -> Response:
    lang = read_call(request.query_params.multi_items(), ("lang",), data.facets()).lang
    return await answer(
        request,
        lambda: documentation(request.app, lang),
        address=f"{MOUNTED}/docs?lang={lang}",
        media_type="text/html; charset=utf-8",
    )


def _published(request: Request, place: Callable[[str], object], media_type: str) -> Response:
    """Answer a file of a published version: immutable, whole or in ranges (RFC 9110, 14)."""
    version = request.path_params["version"]
    if not versions.is_published(version):
        known = [one.version for one in versions.published()]
        return _json({"error": "unknown_version", "version": version[:100], "allowed": known}, {}, 404)
    path = PurePosixPath(str(place(version)))
    one = next(one for one in versions.published() if one.version == version)
    sha256 = one.database_sha256 if path.suffix == ".duckdb" else one.extract_sha256
    headers = {
        **CORS,
        "ETag": f'"{sha256[:24]}"',
        "Last-Modified": last_modified({"built_at": one.built_at.removesuffix("Z")}),
        "Cache-Control": FOREVER,
        "X-Data-Version": version,
    }
    if is_unchanged(request.headers, headers["ETag"], headers["Last-Modified"]):
        return Response(status_code=304, headers=headers)
    return FileResponse(str(path), headers=headers, media_type=media_type, filename=path.name)


def _file_name(name: str, call: Call, ending: str) -> str:
    """Return a telling name: what, which selection in short, which version."""
    codes = [code for values in call.selection.to_params().values() for code in values]
    words = re.sub(r"[^a-z0-9]+", "-", "-".join(codes).lower()).strip("-")[:60].strip("-")
    parts = ["infra-ia-france", name, words, data.database().version.split("-")[0]]
    return "_".join(part for part in parts if part) + f".{ending}"


def _host(request: Request) -> str:
    """Return the scheme and authority that were asked; a Host that could not be one is taken for none."""
    asked = request.headers.get("host", "")
    return f"{request.url.scheme}://{asked}" if HOST.fullmatch(asked) else ""


def _json(document: object, headers: dict[str, str], status: int = 200) -> Response:
    return Response(orjson.dumps(document), status, {**CORS, **headers}, "application/json")


async def _bad_call(_request: Request, bad: BadCall) -> Response:
    told = [problem.told() for problem in bad.problems]
    return _json({"error": "invalid_parameters", "problems": told}, {"Cache-Control": UNKEPT}, 422)


async def _missing(_request: Request, _error: DatabaseMissing) -> Response:
    message = {
        "error": "no_data",
        "message_fr": "Les données ne sont pas encore construites\u202f: python -m etl build.",
        "message_en": "The data is not built yet: python -m etl build.",
    }
    return _json(message, {"Cache-Control": UNKEPT, "Retry-After": "30"}, 503)


async def _unknown(request: Request, _error: Exception) -> Response:
    known = [f"{API}/{name}.{ending}" for name, one in RESOURCES.items() for ending in one.formats]
    return _json({"error": "unknown_address", "allowed": known, "documentation": f"{MOUNTED}/docs"}, {}, 404)


async def _refused(_request: Request, _error: Exception) -> Response:
    return _json({"error": "method_not_allowed", "allowed": ["GET", "HEAD"]}, {"Allow": "GET, HEAD"}, 405)
