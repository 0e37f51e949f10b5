"""A small map of France as SVG: the outlines of the regions, one of them tinted, and perhaps a dot.

Rule: whole numbers only, so that a map weighs a few kilobytes inside its page; colours are the style sheet's. Overseas
regions stand in their insets, as on the maps of the site.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from queries.geometry import geometry_path, insets, outlined

WIDTH = 460
MARGIN = 6
# The middle of the mainland: there, a degree of longitude is as wide on the map as it is on the ground.
SHRINK = math.cos(math.radians(46.5))
SMALLEST_RING = 4

Ring = Sequence[Sequence[float]]


@dataclass(frozen=True)
class Outlines:
    """The drawn map: `regions` are the paths by code, `frames` those of the insets; a point is placed by `at`."""

    west: float
    north: float
    scale: float
    height: int
    regions: MappingProxyType[str, str]
    frames: tuple[str, ...]

    def at(self, longitude: float, latitude: float) -> tuple[int, int]:
        """Return where a point of the map stands in the picture."""
        return (
            MARGIN + round((longitude - self.west) * SHRINK * self.scale),
            MARGIN + round((self.north - latitude) * self.scale),
        )


@dataclass(frozen=True)
class Picture:
    """What a template draws: the paths of the other regions, that of the one tinted, the dot (x, y), and words for
    whoever does not see it. `is_exact` says whether the dot stands on a commune or at the centre of something wider."""

    width: int
    height: int
    others: tuple[str, ...]
    own: str
    frames: tuple[str, ...]
    described: str
    note: str
    dot: tuple[int, int] | None = None
    is_exact: bool = False


def draw(
    region_code: str, described: str, note: str, *, dot: tuple[int, int] | None = None, is_exact: bool = False
) -> Picture:
    """Return the map with a region tinted, and a dot if there is one. Raises KeyError on a code without outline."""
    others = tuple(path for code, path in OUTLINES.regions.items() if code != region_code)
    own = OUTLINES.regions[region_code]
    return Picture(WIDTH, OUTLINES.height, others, own, OUTLINES.frames, described, note, dot, is_exact)


def place(region_code: str, longitude: float, latitude: float) -> tuple[int, int]:
    """Return where a point of a region stands in the picture, in its inset if it has one."""
    code = next(
        (area.code for area in outlined("departements") if area.is_overseas and area.region_code == region_code), ""
    )
    if not code:
        return OUTLINES.at(longitude, latitude)
    inset = insets()[code]
    return OUTLINES.at(inset["ax"] * longitude + inset["bx"], inset["ay"] * latitude + inset["by"])


def _read() -> Outlines:
    features = json.loads(geometry_path("regions").read_text(encoding="utf-8"))["features"]
    rings = {feature["properties"]["code"]: _rings(feature["geometry"]) for feature in features}
    frames = [inset["cadre"] for inset in insets().values()]
    points = [point for found in rings.values() for ring in found for point in ring]
    points += [(frame[0], frame[1]) for frame in frames] + [(frame[2], frame[3]) for frame in frames]
    west, east = min(point[0] for point in points), max(point[0] for point in points)
    south, north = min(point[1] for point in points), max(point[1] for point in points)
    scale = (WIDTH - 2 * MARGIN) / ((east - west) * SHRINK)
    blank = Outlines(west, north, scale, round((north - south) * scale) + 2 * MARGIN, MappingProxyType({}), ())
    return Outlines(
        blank.west,
        blank.north,
        blank.scale,
        blank.height,
        MappingProxyType({code: "".join(_path(blank, ring) for ring in found) for code, found in rings.items()}),
        tuple(_path(blank, [(w, s), (w, n), (e, n), (e, s)]) for w, s, e, n in frames),
    )


def _rings(geometry: Mapping[str, Any]) -> list[Ring]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]


def _path(blank: Outlines, ring: Ring) -> str:
    """Return a ring in steps from point to point; "" where it is smaller than what can be seen."""
    points = [blank.at(point[0], point[1]) for point in ring]
    kept = [points[0]] + [point for before, point in pairwise(points) if point != before]
    if len(kept) < SMALLEST_RING:
        return ""
    (x, y), steps = kept[0], []
    for before, after in pairwise(kept):
        steps.append(f"{after[0] - before[0]},{after[1] - before[1]}")
    return f"M{x},{y}l{' '.join(steps)}z"


OUTLINES = _read()
