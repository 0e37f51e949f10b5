"""Every address of the service, with what it answers."""

from api.formats import FORMATS
from queries import RESOURCES

TABLES = {
    f"/api/v1/{name}.{ending}": FORMATS[ending].media_type
    for name, resource in RESOURCES.items()
    for ending in resource.formats
}
OTHERS = {
    "/api/v1/extract.zip": "application/zip",
    "/api/v1/versions": "application/json",
    "/api/v1/schema.json": "application/json",
    "/api/v1/datapackage.json": "application/json",
    "/api/v1/catalog.jsonld": "application/ld+json",
    "/api/v1/feed.atom": "application/atom+xml; charset=utf-8",
    "/api/health": "application/json",
    "/api/openapi.json": "application/json",
    "/api/docs": "text/html; charset=utf-8",
}
ANSWERED = {**TABLES, **OTHERS}
# Those made of the data or of a file: they bear a validator.
VALIDATED = [path for path in ANSWERED if path not in ("/api/v1/versions", "/api/health")]


def published(version: str) -> dict[str, str]:
    """The addresses of the files of a version."""
    return {
        f"/api/v1/observatory-{version}.duckdb": "application/vnd.duckdb",
        f"/api/v1/extract-{version}.zip": "application/zip",
    }
