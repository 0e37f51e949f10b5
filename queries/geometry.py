"""Where the outlines of France live, and the address under which they are served.

Rule: the address holds the digest of the file, so that a browser may keep it a year and a new outline has a
new address. Nobody sends an outline inside a figure: a chart gives the address, `api.assets` answers it.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from etl.schema import REFERENCE

GEOMETRY = REFERENCE / "geometry"
GEOMETRY_PREFIX = "/geo/"
# Plotly completes it with the name of a base map, e.g. `world_110m.json`; we draw none of them.
TOPOJSON_URL = "/geo/topojson/"
DIGEST_LENGTH = 12


def geometry_names() -> tuple[str, ...]:
    """Return the names of the outlines, e.g. `regions`, `departements`, `cadres`."""
    return tuple(sorted(path.stem for path in GEOMETRY.glob("*.geojson")))


def geometry_path(name: str) -> Path:
    """Return the file of the outline `name`; raise KeyError when there is none."""
    if name not in geometry_names():
        raise KeyError(f"no outline named {name!r}: known are {', '.join(geometry_names())}")
    return GEOMETRY / f"{name}.geojson"


@lru_cache
def geometry_digest(name: str) -> str:
    """Return the first characters of the SHA-256 of the outline `name`."""
    return hashlib.sha256(geometry_path(name).read_bytes()).hexdigest()[:DIGEST_LENGTH]


def geometry_url(name: str) -> str:
    """Return the path, on our own host, at which the outline `name` is served."""
    return f"{GEOMETRY_PREFIX}{name}.{geometry_digest(name)}.geojson"


@lru_cache
def insets() -> MappingProxyType[str, dict[str, Any]]:
    """Return the five overseas insets, by code of département.

    Each has `nom`, `cadre` (west, south, east, north of its frame, in degrees of the map) and the displacement
    `x = ax·longitude + bx`, `y = ay·latitude + by` of a point of the territory.
    """
    return MappingProxyType(json.loads((GEOMETRY / "encarts.json").read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Area:
    """One outline: its INSEE code, its name, the code of its region, and whether it is drawn in an inset."""

    code: str
    name: str
    region_code: str
    is_overseas: bool


@lru_cache
def outlined(name: str) -> tuple[Area, ...]:
    """Return the areas that the outlines `regions` or `departements` draw, in the order of the file."""
    features = json.loads(geometry_path(name).read_text(encoding="utf-8"))["features"]
    properties = [feature["properties"] for feature in features]
    return tuple(
        # A région of overseas says so; a département of overseas has a code of three figures, 97x.
        Area(
            code=area["code"],
            name=area["nom"].replace("'", "’"),
            region_code=area.get("region", area["code"]),
            is_overseas=area.get("outremer", len(area["code"]) == 3),
        )
        for area in properties
    )
