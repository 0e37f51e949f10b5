"""The outlines: known bytes, the codes of the reference, and rings that Plotly fills on the right side."""

import hashlib
import json
from itertools import pairwise

import pytest

from tests.data.rows import GEOMETRY, reference

POINTS = {row["commune_code"]: row for row in reference("coordinates")}


def _features(name: str) -> list[dict]:
    return json.loads((GEOMETRY / f"{name}.geojson").read_text(encoding="utf-8"))["features"]


def _polygons(feature: dict) -> list:
    geometry = feature["geometry"]
    return [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]


def _is_inside(x: float, y: float, feature: dict) -> bool:
    inside = False
    for polygon in _polygons(feature):
        for ring in polygon:
            for (x1, y1), (x2, y2) in pairwise(ring):
                if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                    inside = not inside
    return inside


def _drawn(latitude: float, longitude: float, departement: str) -> tuple[float, float]:
    inset = json.loads((GEOMETRY / "encarts.json").read_text(encoding="utf-8")).get(departement)
    if inset is None:
        return longitude, latitude
    return inset["ax"] * longitude + inset["bx"], inset["ay"] * latitude + inset["by"]


def test_the_files_are_those_that_the_script_made():
    digests = dict(reversed(line.split()) for line in (GEOMETRY / "SHA256SUMS").read_text().splitlines())
    assert set(digests) == {path.name for path in GEOMETRY.iterdir()} - {"SHA256SUMS"}
    for name, digest in digests.items():
        assert hashlib.sha256((GEOMETRY / name).read_bytes()).hexdigest() == digest, name


@pytest.mark.parametrize("name", ["regions", "departements"])
def test_outlines_bear_the_codes_and_names_of_the_reference(name):
    outlined = {feature["properties"]["code"]: feature["properties"]["nom"] for feature in _features(name)}
    assert outlined == {row["code"]: row["name"].replace("’", "'") for row in reference(name)}
    assert {feature["id"] for feature in _features(name)} == set(outlined)


@pytest.mark.parametrize("name", ["regions", "departements"])
def test_outer_rings_are_closed_and_clockwise(name):
    for feature in _features(name):
        for outer, *_ in _polygons(feature):
            assert outer[0] == outer[-1]
            assert sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(outer)) < 0, feature["properties"]["code"]


def test_regions_bear_their_iso_codes():
    codes = {feature["properties"]["code"]: feature["properties"]["iso"] for feature in _features("regions")}
    assert codes == {
        "01": "FR-971", "02": "FR-972", "03": "FR-973", "04": "FR-974", "06": "FR-976", "11": "FR-IDF", "24": "FR-CVL",
        "27": "FR-BFC", "28": "FR-NOR", "32": "FR-HDF", "44": "FR-GES", "52": "FR-PDL", "53": "FR-BRE", "75": "FR-NAQ",
        "76": "FR-OCC", "84": "FR-ARA", "93": "FR-PAC", "94": "FR-20R",
    }  # fmt: skip


def test_every_commune_in_use_is_drawn_inside_its_departement():
    outlines = {feature["properties"]["code"]: feature for feature in _features("departements")}
    departements = {row["code"]: row["departement_code"] for row in reference("communes")}
    outside = set()
    for code, row in POINTS.items():
        departement = departements[code]
        if not _is_inside(*_drawn(float(row["latitude"]), float(row["longitude"]), departement), outlines[departement]):
            outside.add(code)
    assert outside == {"97611"}  # Mamoudzou, on a coast that this outline of Mayotte simplifies


def test_every_centre_is_drawn_inside_its_outline():
    regions = {row["code"]: row["region_code"] for row in reference("departements")}
    outlines = {
        (level, feature["properties"]["code"]): feature
        for level, name in (("departement", "departements"), ("region", "regions"))
        for feature in _features(name)
    }
    overseas = {region: code for code, region in regions.items() if code.startswith("97")}
    for row in reference("centres"):
        code = row["code"] if row["level"] == "departement" else overseas.get(row["code"], "")
        x, y = _drawn(float(row["latitude"]), float(row["longitude"]), code)
        assert _is_inside(x, y, outlines[row["level"], row["code"]]), row


def test_each_overseas_departement_has_its_frame_and_its_inset():
    insets = json.loads((GEOMETRY / "encarts.json").read_text(encoding="utf-8"))
    overseas = {row["code"] for row in reference("departements") if row["code"].startswith("97")}
    assert set(insets) == overseas == {feature["properties"]["code"] for feature in _features("cadres")}
