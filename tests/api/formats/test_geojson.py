"""GeoJSON (RFC 7946): true places, outer rings counterclockwise, no geometry for what is not located."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.formats.geojson import outlines
from queries import Database
from tests.api.conftest import Asked
from tests.api.reading import duckdb_rows, held, same_numbers

# Longitudes and latitudes between which each region lies, from a map of the world.
BOXES = {
    "01": ((-62, -60.9), (15.8, 16.6)),
    "02": ((-61.3, -60.7), (14.3, 15)),
    "03": ((-54.7, -51.5), (2, 6)),
    "04": ((55, 56), (-21.5, -20.8)),
    "06": ((44.9, 45.4), (-13.1, -12.5)),
    "11": ((1.4, 3.6), (48.1, 49.3)),
    "32": ((1.3, 4.3), (48.8, 51.2)),
    "93": ((4.2, 7.8), (42.9, 45.2)),
    "94": ((8.5, 9.6), (41.3, 43.1)),
}
MAINLAND = ((-5.3, 9.7), (41.2, 51.2))


def features(client: TestClient, path: str) -> list[dict[str, Any]]:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/geo+json")
    document = json.loads(answer.content)
    assert document["type"] == "FeatureCollection" and "crs" not in document
    return document["features"]


@pytest.mark.parametrize("name", ["projects", "regions"])
def test_the_properties_are_the_rows_of_the_database(asked: Asked, name: str) -> None:
    found = features(asked.client, f"/api/v1/{name}.geojson")
    rows = held(asked.database, name)
    key = {"projects": "project_id", "regions": "region_code"}[name]
    assert [feature["id"] for feature in found] == [row[key] for row in rows]
    known = [{k: v for k, v in row.items() if k not in ("latitude", "longitude")} for row in rows]
    assert same_numbers([feature["properties"] for feature in found]) == same_numbers(known)


def test_a_project_stands_at_its_longitude_then_its_latitude(client: TestClient, served: Database) -> None:
    found = {one["id"]: one["geometry"] for one in features(client, "/api/v1/projects.geojson")}
    for row in held(served, "projects"):
        if row["longitude"] is None:
            assert found[row["project_id"]] is None
        else:
            assert found[row["project_id"]] == {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]}
    assert None in found.values()


def test_a_point_lies_in_its_region_overseas_too(client: TestClient) -> None:
    seen = set()
    for one in features(client, "/api/v1/projects.geojson"):
        if one["geometry"]:
            code = one["properties"]["region_code"]
            (west, east), (south, north) = BOXES.get(code, MAINLAND)
            longitude, latitude = one["geometry"]["coordinates"]
            assert west <= longitude <= east and south <= latitude <= north, one["id"]
            seen.add(code)
    assert {"04", "06", "11", "32"} <= seen


@pytest.mark.parametrize("code", list(BOXES))
def test_an_outline_lies_where_its_region_does(client: TestClient, code: str) -> None:
    (west, east), (south, north) = BOXES[code]
    points = [point for polygon in outlines()[code]["coordinates"] for ring in polygon for point in ring]
    assert west <= min(x for x, _ in points) and max(x for x, _ in points) <= east
    assert south <= min(y for _, y in points) and max(y for _, y in points) <= north
    # It fills its box: half of it at least, each way.
    assert max(x for x, _ in points) - min(x for x, _ in points) > (east - west) / 3
    served = {one["id"]: one["geometry"] for one in features(client, "/api/v1/regions.geojson")}
    assert served.get(code) in (None, outlines()[code])


def test_outer_rings_run_counterclockwise_and_close(client: TestClient) -> None:
    found = [one for one in features(client, "/api/v1/regions.geojson") if one["geometry"]]
    assert len(found) > 12
    for one in found:
        assert one["geometry"]["type"] == "MultiPolygon"
        for outer, *inner in one["geometry"]["coordinates"]:
            assert _area(outer) > 0 and all(_area(ring) < 0 for ring in inner), one["id"]
            for ring in (outer, *inner):
                assert ring[0] == ring[-1] and len(ring) >= 4


def _area(ring: list[list[float]]) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def test_what_is_not_located_has_no_geometry_and_is_not_lost(client: TestClient) -> None:
    regions = {one["id"]: one for one in features(client, "/api/v1/regions.geojson")}
    assert regions["none"]["geometry"] is None and regions["none"]["properties"]["projects"] > 0
    nowhere = features(client, "/api/v1/projects.geojson?region=none")
    assert len(nowhere) > 10 and {one["geometry"] is None for one in nowhere} == {True}


@pytest.mark.parametrize("name", ["projects", "regions"])
def test_columns_are_chosen_without_losing_the_place(client: TestClient, name: str) -> None:
    whole = features(client, f"/api/v1/{name}.geojson")
    key = {"projects": "status", "regions": "region_name"}[name]
    few = features(client, f"/api/v1/{name}.geojson?columns={key}")
    assert [one["geometry"] for one in few] == [one["geometry"] for one in whole]
    assert [one["id"] for one in few] == [one["id"] for one in whole]
    assert [one["properties"] for one in few] == [{key: one["properties"][key]} for one in whole]


def test_duckdb_finds_the_same_features(client: TestClient, tmp_path: Path) -> None:
    content = client.get("/api/v1/projects.geojson").content
    reader = "(SELECT unnest(features) AS f FROM read_json(?, maximum_object_size = 100000000))"
    found = duckdb_rows(content, tmp_path / "x.json", reader)
    assert [row["f"]["id"] for row in found] == [one["id"] for one in json.loads(content)["features"]]
