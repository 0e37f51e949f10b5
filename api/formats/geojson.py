"""GeoJSON (RFC 7946): projects as points, regions as outlines, in true longitude and latitude.

Rule: the overseas insets of the maps are undone; what is not located has a null geometry, never an invented one;
outer rings run counterclockwise, as the RFC wants and Plotly does not.
"""

import json
from functools import lru_cache
from itertools import pairwise
from typing import Any

import orjson
import pyarrow as pa

from api.formats.documents import meta, number, records
from api.formats.notes import Notes
from queries.geometry import geometry_path, insets, outlined

# About ten metres: finer than the outlines are.
DECIMALS = 4
# What the geometry of a row is made of: needed whatever the columns asked for.
PLACED = ("region_code", "latitude", "longitude")


def write_geojson(table: pa.Table, notes: Notes) -> bytes:
    """Write the rows of a mapped resource as a FeatureCollection; every column of the notes is a property."""
    key = notes.resource.key[0]
    shown = [column.name for column in notes.columns if column.name not in ("latitude", "longitude")]
    is_region = notes.resource.name == "regions"
    features = [
        {
            "type": "Feature",
            "id": row[key],
            "geometry": outlines().get(row["region_code"]) if is_region else _point(row),
            "properties": {name: row[name] for name in shown},
        }
        for row in records(table)
    ]
    document = {"type": "FeatureCollection", "meta": meta(table, notes), "features": features}
    return orjson.dumps(document, default=number) + b"\n"


def _point(row: dict[str, Any]) -> dict[str, Any] | None:
    longitude, latitude = row["longitude"], row["latitude"]
    if longitude is None or latitude is None:
        return None
    return {"type": "Point", "coordinates": [longitude, latitude]}


@lru_cache(maxsize=1)
def outlines() -> dict[str, dict[str, Any]]:
    """Return the outline of each region by its code, in true coordinates, outer rings counterclockwise."""
    features = json.loads(geometry_path("regions").read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["code"]: _true(feature) for feature in features}


def _true(feature: dict[str, Any]) -> dict[str, Any]:
    inset = _inset(feature["properties"]["code"])
    geometry = feature["geometry"]
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    moved = [[_ring(ring, inset, is_outer=place == 0) for place, ring in enumerate(polygon)] for polygon in polygons]
    return {"type": "MultiPolygon", "coordinates": moved}


def _inset(region_code: str) -> dict[str, Any] | None:
    """Return the inset in which a region is drawn: insets bear the code of the département of overseas."""
    overseas = {area.region_code: area.code for area in outlined("departements") if area.is_overseas}
    return insets()[overseas[region_code]] if region_code in overseas else None


def _ring(ring: list[list[float]], inset: dict[str, Any] | None, *, is_outer: bool) -> list[list[float]]:
    points = [_unmoved(x, y, inset) for x, y in ring]
    is_clockwise = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(points)) < 0
    return points[::-1] if is_clockwise == is_outer else points


def _unmoved(x: float, y: float, inset: dict[str, Any] | None) -> list[float]:
    if inset:
        x, y = (x - inset["bx"]) / inset["ax"], (y - inset["by"]) / inset["ay"]
    return [round(x, DECIMALS), round(y, DECIMALS)]
