"""Write centres.csv: a point inside each département and each region, in true longitude and latitude.

Rule: it stands for « somewhere in there », never for an address. Départements take the point that the
geometry's script found; regions the point furthest from their borders; overseas, both are the same.
Run it with `python data/reference/make/centres.py` after a change of geometry.
"""

import csv
import json
import math
from itertools import pairwise
from pathlib import Path

REFERENCE = Path(__file__).resolve().parent.parent
GEOMETRY = REFERENCE / "geometry"
STEPS = 40  # a grid of 40 × 40 points over the region, then twice over its best cell
ROUNDS = 3

Point = tuple[float, float]
Ring = list[Point]


def main() -> None:
    """Read the geometry and write the points of the 101 départements and 18 regions."""
    insets = json.loads((GEOMETRY / "encarts.json").read_text(encoding="utf-8"))
    drawn = json.loads((GEOMETRY / "centres_departements.json").read_text(encoding="utf-8"))
    departements = {code: true_point(tuple(point), insets.get(code)) for code, point in drawn.items()}
    rows = [("departement", code, *departements[code]) for code in sorted(departements)]
    with (REFERENCE / "departements.csv").open(encoding="utf-8", newline="") as file:
        overseas = {row["region_code"]: row["code"] for row in csv.DictReader(file) if row["code"] in insets}
    regions = json.loads((GEOMETRY / "regions.geojson").read_text(encoding="utf-8"))["features"]
    for feature in sorted(regions, key=lambda feature: feature["properties"]["code"]):
        code = feature["properties"]["code"]
        point = departements[overseas[code]] if code in overseas else innermost_point(feature["geometry"])
        rows.append(("region", code, *point))
    with (REFERENCE / "centres.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["level", "code", "latitude", "longitude"])
        writer.writerows((level, code, f"{y:.3f}", f"{x:.3f}") for level, code, x, y in rows)


def true_point(drawn: Point, inset: dict[str, float] | None) -> Point:
    """Return the longitude and latitude of a point of the drawing: an inset has moved overseas territories."""
    if inset is None:
        return drawn
    return (drawn[0] - inset["bx"]) / inset["ax"], (drawn[1] - inset["by"]) / inset["ay"]


def innermost_point(geometry: dict) -> Point:
    """Return the point of the largest polygon of `geometry` that lies furthest from its border."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    rings: list[Ring] = max(polygons, key=lambda polygon: abs(ring_area(polygon[0])))
    xs, ys = zip(*rings[0], strict=True)
    left, right, bottom, top = min(xs), max(xs), min(ys), max(ys)
    best = (left, bottom)
    for _ in range(ROUNDS):
        dx, dy = (right - left) / STEPS, (top - bottom) / STEPS
        grid = [(left + dx * (i + 0.5), bottom + dy * (j + 0.5)) for i in range(STEPS) for j in range(STEPS)]
        best = max(grid, key=lambda point: border_distance(point, rings))
        left, right, bottom, top = best[0] - dx, best[0] + dx, best[1] - dy, best[1] + dy
    return best


def ring_area(ring: Ring) -> float:
    """Return the signed area of a ring, in square degrees (shoelace formula)."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def border_distance(point: Point, rings: list[Ring]) -> float:
    """Return the distance from `point` to the nearest border, in degrees of latitude; negative outside."""
    x, y = point
    shrink = math.cos(math.radians(y))
    nearest, is_inside = math.inf, False
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                is_inside = not is_inside
            ux, uy, px, py = (x2 - x1) * shrink, y2 - y1, (x - x1) * shrink, y - y1
            length = ux * ux + uy * uy
            along = max(0.0, min(1.0, (px * ux + py * uy) / length)) if length else 0.0
            nearest = min(nearest, math.hypot(px - along * ux, py - along * uy))
    return nearest if is_inside else -nearest


if __name__ == "__main__":
    main()
