"""What holds for every room of finished pages, asked as a browser asks: HEAD, encodings, versions, no database."""

import asyncio
import gzip
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType

import brotli
import duckdb
import pytest
from httpx2 import Response
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from answering.bodies import Bodies
from queries import Database, open_database
from queries.limits import set_limits

HOST = "http://observatoire.test"
Serve = Callable[..., TestClient]
Room = Callable[[ASGIApp], ASGIApp]


def serving(monkeypatch: pytest.MonkeyPatch, data: ModuleType, room: Room) -> Serve:
    """Return what makes clients: `serve(database)` serves that database, whatever stands in `data/`, with nothing kept
    yet but `kept`."""

    def serve(path: Path, kept: Bodies | None = None) -> TestClient:
        monkeypatch.setattr(data, "DATABASE", path)
        monkeypatch.setattr(data, "bodies", kept or Bodies(data.BODIES_BYTES))
        return TestClient(room(PlainTextResponse("the app")), base_url=HOST, follow_redirects=False)

    return serve


def check_head(client: TestClient, path: str) -> Response:
    """HEAD is GET without its body; return what GET answers."""
    get, head = client.get(path), client.head(path)
    assert (get.status_code, head.status_code, head.content) == (200, 200, b"")
    assert head.headers == get.headers and int(get.headers["content-length"]) > 0
    return get


def check_encodings(client: TestClient, path: str) -> None:
    """Each encoding has its tag and holds the same; one that is refused is not sent."""
    plain, tags = client.get(path, headers={"Accept-Encoding": "identity"}), set()
    assert "content-encoding" not in plain.headers
    for encoding, decode in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        with client.stream("GET", path, headers={"Accept-Encoding": encoding}) as answer:
            raw = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == encoding and answer.headers["vary"] == "Accept-Encoding"
        assert decode(raw) == plain.content
        tags.add(answer.headers["etag"])
    assert len({*tags, plain.headers["etag"]}) == 3
    assert client.get(path, headers={"Accept-Encoding": "br;q=0, gzip;q=0"}).headers["etag"] == plain.headers["etag"]


def check_unchanged(client: TestClient, path: str) -> None:
    """What the reader has is not sent again."""
    first = client.get(path)
    for asked in ({"If-None-Match": first.headers["etag"]}, {"If-Modified-Since": first.headers["last-modified"]}):
        again = client.get(path, headers=asked)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"] and "content-type" not in again.headers
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def check_new_version(serve: Serve, data: ModuleType, path: str, old: Path, new: Path, folder: Path) -> None:
    """A page says the version of the database that has just taken the place of another."""
    place = folder / "observatory.duckdb"
    shutil.copy(old, place)
    client = serve(place)
    before, known = client.get(path), data.database().version
    shutil.copy(new, folder / "new.duckdb")
    (folder / "new.duckdb").replace(place)
    after = client.get(path, headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200 and data.database().version != known
    assert known in before.text and known not in after.text and data.database().version in after.text


def answers_without_database(serve: Serve, folder: Path, path: str) -> Iterator[Response]:
    """Yield the polite answers where there is no database, then where it cannot be read."""
    for place in (folder / "none.duckdb", folder / "broken.duckdb"):
        if place.stem == "broken":
            place.write_bytes(b"not a database")
        answer = serve(place).get(path)
        assert answer.status_code == 503 and answer.headers["retry-after"] == "30"
        assert answer.headers["cache-control"] == "no-store"
        yield answer


def check_given_up(monkeypatch: pytest.MonkeyPatch, serve: Serve, data: ModuleType, path: str, database: Path) -> None:
    """A question that takes more than it may is refused politely, and asked again it is answered."""
    client = serve(database)
    with monkeypatch.context() as only_now:
        only_now.setattr(data, "served_database", hurried)
        answer = client.get(path)
    assert answer.status_code == 503 and answer.headers["retry-after"] == "30"
    assert answer.headers["cache-control"] == "no-store"
    assert client.get(path).status_code == 200


def hurried(path: Path) -> Database:
    """A database with the memory for no question."""
    connection = duckdb.connect(":memory:")
    connection.execute(f"ATTACH '{path}' AS observatory (READ_ONLY)")
    set_limits(connection, memory=1_000_000)
    return Database(path, "hurried", open_database(path).metadata, connection)


def check_read_only(client: TestClient, path: str) -> None:
    """Nothing can be sent there."""
    answer = client.post(path)
    assert answer.status_code == 405 and answer.headers["allow"] == "GET, HEAD"


def check_named_file(client: TestClient, path: str) -> Response:
    """A file under the name of its content is kept for ever; return it."""
    answer = client.get(path)
    assert answer.status_code == 200 and "immutable" in answer.headers["cache-control"]
    again = client.get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    return answer


def check_bounded(client: TestClient, data: ModuleType, paths: Sequence[str]) -> None:
    """What is kept is bounded."""
    data.bodies.limit = 200_000
    for path in paths:
        client.get(path, headers={"Accept-Encoding": "identity"})
    assert 0 < data.bodies.size <= 200_000


def check_websocket(room: Room, path: str) -> None:
    """A websocket is left to the app."""
    passed = []

    async def app(scope, receive, send) -> None:
        passed.append(scope["type"])

    asyncio.run(room(app)({"type": "websocket", "path": path}, None, None))
    assert passed == ["websocket"]
