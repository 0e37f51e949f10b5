"""Serves the outlines of the maps, and an empty base map for Plotly.

Rule: an address names its content by digest and never changes meaning, so each file is read and compressed once,
then kept for a year by browsers. An address with another digest does not exist.
"""

import gzip
import json
from functools import lru_cache
from types import MappingProxyType

import brotli  # type: ignore[import-untyped]
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from answering.conditions import accepted_encoding
from queries.geometry import (
    GEOMETRY_PREFIX,
    TOPOJSON_URL,
    geometry_digest,
    geometry_names,
    geometry_path,
)
from queries.geometry import geometry_url as geometry_url  # for the callers of this module

A_YEAR = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"

# plotly.js asks for `<scope>_<resolution>m.json` of a base map before it draws a choropleth, even when no layer
# of it is shown, and fetches it from a third party unless it has an address of ours. These are the layers it
# may look up; all are empty.
LAYERS = ("coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits")
BASE_MAP = json.dumps(
    {
        "type": "Topology",
        "objects": {layer: {"type": "GeometryCollection", "geometries": []} for layer in LAYERS},
        "arcs": [],
    },
    separators=(",", ":"),
).encode()


def routes() -> list[BaseRoute]:
    """Return the routes to give to the ASGI application."""
    return [
        Route(TOPOJSON_URL + "{name}_{resolution:int}m.json", base_map),
        Route(GEOMETRY_PREFIX + "{name}.{digest}.geojson", outline),
    ]


def outline(request: Request) -> Response:
    """Answer one outline, in the smallest encoding that the browser accepts; 404 under any other digest."""
    name, digest = request.path_params["name"], request.path_params["digest"]
    if name not in geometry_names() or digest != geometry_digest(name):
        return Response(status_code=404, headers={"Cache-Control": "no-store"})
    encoding = accepted_encoding(request.headers.get("accept-encoding", ""))
    headers = {
        "Cache-Control": A_YEAR,
        "Vary": "Accept-Encoding",
        "ETag": f'"{digest}-{encoding}"',
    }
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    if encoding != "identity":
        headers["Content-Encoding"] = encoding
    return Response(encoded(name)[encoding], headers=headers, media_type="application/geo+json")


def base_map(request: Request) -> Response:
    """Answer a base map without a single line, whichever is asked for."""
    return Response(BASE_MAP, headers={"Cache-Control": A_DAY}, media_type="application/json")


@lru_cache
def encoded(name: str) -> MappingProxyType[str, bytes]:
    """Return the outline `name` by encoding: `br`, `gzip`, `identity`."""
    content = geometry_path(name).read_bytes()
    return MappingProxyType(
        {
            "br": brotli.compress(content),
            "gzip": gzip.compress(content, mtime=0),
            "identity": content,
        }
    )
