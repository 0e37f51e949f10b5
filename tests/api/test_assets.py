"""The outlines and the empty base map, asked of the real ASGI application."""

import asyncio
import gzip
import json
from dataclasses import dataclass

import brotli
import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.types import Message

from api.assets import LAYERS, accepted_encoding, routes
from etl.schema import ROOT
from queries.geometry import GEOMETRY, TOPOJSON_URL, geometry_names, geometry_url


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def get(path: str, **headers: str) -> Answer:
    """Ask the application as a server does."""
    sent: list[Message] = []

    async def ask() -> None:
        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        scope = {"type": "http", "method": "GET", "path": path, "headers": pairs, "query_string": b""}
        await Starlette(routes=routes())(scope, receive, send)

    asyncio.run(ask())
    start, *bodies = sent
    found = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], found, b"".join(body["body"] for body in bodies))


@pytest.mark.parametrize("name", ["regions", "departements", "cadres"])
def test_an_outline_is_served_whole_under_the_address_of_its_content(name: str) -> None:
    answer = get(geometry_url(name))
    assert answer.status == 200
    assert answer.body == (GEOMETRY / f"{name}.geojson").read_bytes()
    assert answer.headers["content-type"] == "application/geo+json"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["vary"] == "Accept-Encoding"


def test_an_outline_is_compressed_as_the_browser_accepts() -> None:
    whole = (GEOMETRY / "regions.geojson").read_bytes()
    small = get(geometry_url("regions"), accept_encoding="gzip, deflate, br, zstd")
    older = get(geometry_url("regions"), accept_encoding="gzip")
    assert small.headers["content-encoding"] == "br"
    assert brotli.decompress(small.body) == whole
    assert older.headers["content-encoding"] == "gzip"
    assert gzip.decompress(older.body) == whole
    assert len(small.body) < len(whole) / 2


@pytest.mark.parametrize(
    ("header", "encoding"),
    [("", "identity"), ("br;q=0, gzip", "gzip"), ("GZIP", "gzip"), ("br;q=0.5", "br"), ("deflate", "identity")],
)
def test_an_encoding_is_chosen_among_those_allowed(header: str, encoding: str) -> None:
    assert accepted_encoding(header) == encoding


def test_a_browser_that_has_the_outline_is_not_sent_it_again() -> None:
    first = get(geometry_url("regions"), accept_encoding="br")
    again = get(geometry_url("regions"), accept_encoding="br", if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert get(geometry_url("regions"), if_none_match=first.headers["etag"]).status == 200


@pytest.mark.parametrize(
    "path", ["/geo/regions.000000000000.geojson", "/geo/nowhere.000000000000.geojson", "/geo/regions.geojson"]
)
def test_another_address_is_not_found_and_not_kept(path: str) -> None:
    answer = get(path)
    assert answer.status == 404
    assert "immutable" not in answer.headers.get("cache-control", "")


@pytest.mark.parametrize("name", ["world_110m", "europe_50m", "north-america_110m"])
def test_the_base_map_that_plotly_asks_for_holds_no_line(name: str) -> None:
    answer = get(f"{TOPOJSON_URL}{name}.json")
    base_map = json.loads(answer.body)
    assert answer.status == 200
    assert base_map["type"] == "Topology" and base_map["arcs"] == []
    assert all(base_map["objects"][layer]["geometries"] == [] for layer in LAYERS)


def test_the_routes_take_no_prefix_of_streamlit() -> None:
    # The application refuses a reserved prefix with a ValueError.
    assert st.App(ROOT / "pages" / "_frame.py", routes=routes())
    assert {route.path.split("/")[1] for route in routes()} == {"geo"}  # type: ignore[attr-defined]


def test_every_outline_has_an_address_of_its_own() -> None:
    assert set(geometry_names()) >= {"regions", "departements", "cadres"}
    assert len({geometry_url(name) for name in geometry_names()}) == len(geometry_names())
