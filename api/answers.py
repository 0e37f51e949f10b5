"""How a body is answered over HTTP: validators, conditions, encoding, HEAD, CORS (RFC 9110, 9111).

Rule: an entity tag names the version of the data, the address and the encoding, so a condition is judged without
making the body; a body is made once and kept by `api.data`.
"""

import hashlib
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from answering import conditions
from answering.conditions import accepted_encoding, encoded, is_unchanged, last_modified
from answering.work import work
from api import data

# A visitor of the hour reads the same file; every answer can be checked for one conditional request.
FRESH = "public, max-age=300, must-revalidate"
FOREVER = "public, max-age=31536000, immutable"
UNKEPT = "no-store"
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Content-Disposition, X-Data-Version, "
    "Accept-Ranges, Content-Range, Content-Length",
}
WRITERS = ("pyarrow", "xlsxwriter", "orjson", "feedgen")


def _service_version() -> str:
    """Return what changes when the service writes another body from the same data: its code and its libraries."""
    digest = hashlib.sha256()
    code = [path for path in sorted(Path(__file__).parent.rglob("*.*")) if path.suffix in (".py", ".toml", ".html")]
    for path in (*code, Path(conditions.__file__)):
        digest.update(path.read_bytes())
    digest.update(",".join(version(name) for name in WRITERS).encode())
    return digest.hexdigest()[:12]


SERVICE_VERSION = _service_version()


async def answer(
    request: Request,
    make: Callable[[], bytes],
    *,
    address: str,
    media_type: str,
    file_name: str = "",
    compress: bool = True,
    cache_control: str = FRESH,
) -> Response:
    """Answer `address` (path and parameters in one form) with what `make` returns for it, or 304.

    `make` runs in a thread, once a version, address and encoding, as long as its body is kept. Raises Busy.
    """
    known = data.database()
    encoding = negotiated(request.headers) if compress else "identity"
    tag = entity_tag(known.version, address, encoding)
    modified = last_modified(known.metadata)
    headers = {
        **CORS,
        "ETag": tag,
        "Last-Modified": modified,
        "Cache-Control": cache_control,
        "X-Data-Version": known.version,
        **({"Vary": "Accept-Encoding"} if compress else {}),
    }
    if is_unchanged(request.headers, tag, modified):
        return Response(status_code=304, headers=headers)
    if file_name:
        headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    if encoding != "identity":
        headers["Content-Encoding"] = encoding
    body = data.bodies.get(tag)
    if body is None:
        body = await work.run(lambda: encoded(make(), encoding))
        data.bodies.put(tag, body)
    return Response(body, headers=headers, media_type=media_type)


def negotiated(asked: Mapping[str, str]) -> str:
    """Return the encoding that a request prefers among those that we write."""
    return accepted_encoding(asked.get("accept-encoding", ""))


def entity_tag(data_version: str, address: str, encoding: str) -> str:
    """Return a strong entity tag: two bodies that differ by a byte have two."""
    digest = hashlib.sha256(f"{SERVICE_VERSION}\0{data_version}\0{address}\0{encoding}".encode()).hexdigest()
    return f'"{digest[:24]}"'
