"""Endpoints of the published versions: their list, their databases and their archives, immutable and in ranges.

Rule: a file is answered under the name of its version only, which never changes meaning.
"""

import contextlib
from collections.abc import Callable
from pathlib import Path

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.types import Message, Receive, Scope, Send

from api import data, versions
from api.answers import CORS, FOREVER, UNKEPT, is_unchanged, last_modified
from api.archive import write_archive
from api.parameters import Call, refuse_parameters
from api.refusals import json_answer
from queries import DatabaseMissing
from queries.resources import API
from queries.served import find_database, is_spoiled

# What could not be written, by folder and version: it is not tried again at each request.
_failed: set[tuple[Path, str]] = set()


def publish() -> None:
    """Keep what is served now among the versions that can be opened again."""
    with data.one_version():
        versions.publish(data.database(), lambda: write_archive(Call()))


def restore() -> None:
    """Put back the newest version that was published, where the database on the disk is gone or cannot be read."""
    if find_database(data.DATABASE) is None or is_spoiled(data.DATABASE):
        versions.restore(data.DATABASE)


async def newest(request: Request) -> Response:
    """Redirect to the database of the newest version."""
    refuse_parameters(request.query_params.multi_items())
    await _publish_once()
    path = f"{API}/observatory-{data.database().version}.duckdb"
    return RedirectResponse(path, status_code=307, headers={**CORS, "Cache-Control": "no-cache"})


async def database(request: Request) -> Response:
    """Answer the database of a version."""
    return await _published(request, versions.database_file, "application/vnd.duckdb")


async def extract(request: Request) -> Response:
    """Answer the archive of the whole country as a version gave it."""
    return await _published(request, versions.extract_file, "application/zip")


async def list_versions(request: Request) -> Response:
    """List the versions that can be opened again."""
    refuse_parameters(request.query_params.multi_items())
    await _publish_once()
    listed = [
        {
            **vars(one),
            "database": f"{API}/observatory-{one.version}.duckdb",
            "extract": f"{API}/extract-{one.version}.zip",
        }
        for one in versions.published()
    ]
    document = {
        "current": data.database().version,
        "kept": versions.KEPT,
        "versions": listed,
        "errata": f"{API}/errata.json",
    }
    return json_answer(document, {"Cache-Control": "no-cache"})


async def _publish_once() -> None:
    """Publish the version that a rebuild put in the place of another while we serve."""
    with contextlib.suppress(DatabaseMissing):
        version = data.database().version
        attempt = (versions.PUBLISHED, version)
        if attempt in _failed or versions.is_published(version):
            return
        await to_thread.run_sync(publish)
        if not versions.is_published(version):
            _failed.add(attempt)


async def _published(request: Request, place: Callable[[str], Path], media_type: str) -> Response:
    """Answer a file of a published version: immutable, whole or in ranges (RFC 9110, 14)."""
    refuse_parameters(request.query_params.multi_items())
    version = request.path_params["version"]
    await _publish_once()
    if not versions.is_published(version):
        known = [one.version for one in versions.published()]
        return json_answer({"error": "unknown_version", "version": version[:100], "allowed": known}, {}, 404)
    path = place(version)
    one = next(one for one in versions.published() if one.version == version)
    sha256 = one.database_sha256 if path.suffix == ".duckdb" else one.extract_sha256
    headers = {
        **CORS,
        "ETag": f'"{sha256[:24]}"',
        "Last-Modified": last_modified({"built_at": one.built_at.removesuffix("Z")}),
        "Cache-Control": FOREVER,
        "X-Data-Version": version,
    }
    if is_unchanged(request.headers, headers["ETag"], headers["Last-Modified"]):
        return Response(status_code=304, headers=headers)
    return Ranges(path, headers=headers, media_type=media_type, filename=path.name)


class Ranges(FileResponse):
    """A file, or some of it; why a range is none (400, 416) may be read by any web page too.

    Starlette 1.10 answers these two without the headers that it was given.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""

        async def readable(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in (400, 416):
                cors = [(name.lower().encode(), value.encode()) for name, value in CORS.items()]
                message = {**message, "headers": [*message["headers"], *cors, (b"cache-control", UNKEPT.encode())]}
            await send(message)

        await super().__call__(scope, receive, readable)
