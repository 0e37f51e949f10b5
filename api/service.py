"""The data service, mounted at `/api`: every address it has, in one place.

Rule: it only joins addresses to endpoints; what they answer is in the modules of this room.
"""

from fastapi import FastAPI
from starlette.routing import Route

from api import descriptions, extracts, published
from api.formats import FORMATS
from api.head import Head
from api.openapi import describe_route
from api.parameters import allowed_names
from api.refusals import add_refusals
from api.shortcut import Shortcut
from queries import RESOURCES
from queries.resources import API

MOUNTED = "/api"
V1 = API.removeprefix(MOUNTED)


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
    # The last one added is the first one asked: HEAD becomes GET, then the way is short or long.
    service.add_middleware(Shortcut)
    service.add_middleware(Head)
    for name, resource in RESOURCES.items():
        for ending in resource.formats:
            names = allowed_names(resource, ending)
            describe_route(
                service,
                f"{V1}/{name}.{ending}",
                extracts.table_endpoint(name, ending),
                FORMATS[ending].media_type,
                names,
                name,
            )
    archive_names, feed_names = allowed_names(None, "zip"), allowed_names(None, "atom")
    describe_route(service, f"{V1}/extract.zip", extracts.archive, "application/zip", archive_names)
    describe_route(service, f"{V1}/observatory.duckdb", published.newest, status=307)
    describe_route(service, f"{V1}/observatory-{{version}}.duckdb", published.database, "application/vnd.duckdb")
    describe_route(service, f"{V1}/extract-{{version}}.zip", published.extract, "application/zip")
    describe_route(service, f"{V1}/versions", published.list_versions, "application/json")
    describe_route(service, f"{V1}/schema.json", descriptions.answer_schema, "application/json")
    describe_route(service, f"{V1}/datapackage.json", descriptions.answer_package, "application/json")
    describe_route(service, f"{V1}/catalog.jsonld", descriptions.answer_catalog, "application/ld+json")
    describe_route(service, f"{V1}/feed.atom", descriptions.answer_feed, "application/atom+xml", feed_names)
    describe_route(service, "/health", descriptions.answer_health, "application/json")
    describe_route(service, "/openapi.json", descriptions.answer_openapi, "application/json")
    describe_route(service, "/docs", descriptions.answer_documentation, "text/html", ("lang",))
    add_refusals(service)
    return service


def paths(service: FastAPI) -> list[str]:
    """Return the paths of all addresses of the service, whole, the parts that vary between braces."""
    return [MOUNTED + route.path for route in service.routes if isinstance(route, Route)]


def publish() -> None:
    """Keep what is served now among the versions that can be opened again."""
    published.publish()


def restore() -> None:
    """Put back the newest version that was published, where the database on the disk is gone or cannot be read."""
    published.restore()
