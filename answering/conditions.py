"""What a request says that decides its answer: the encoding it accepts, what it has already, the host it asked.

Rule: headers in, a decision out (RFC 9110); nothing here knows what is answered. `api`, `sheets` and `kit`
stand on it.
"""

import gzip
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

import brotli  # type: ignore[import-untyped]

# Quality of brotli: 5 takes a fifth of the time of 11 for nine tenths of its gain, on a body made for one selection.
BROTLI_QUALITY = 5
# What a Host header may hold: a name or an address, and a port.
HOST = re.compile(r"[A-Za-z0-9.\-]{1,253}(?::[0-9]{1,5})?|\[[0-9a-fA-F:]{2,45}\](?::[0-9]{1,5})?", re.ASCII)


def accepted_encoding(header: str) -> str:
    """Return `br`, `gzip` or `identity`, the first that `Accept-Encoding` allows (a quality of 0 refuses)."""
    allowed = set()
    for item in header.lower().split(","):
        name, _, quality = item.partition(";")
        if quality.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}:
            allowed.add(name.strip())
    return next((encoding for encoding in ("br", "gzip") if encoding in allowed), "identity")


def is_unchanged(asked: Mapping[str, str], tag: str, modified: str) -> bool:
    """Tell whether the conditions of a request are met by what the client has (If-None-Match goes first)."""
    tags = asked.get("if-none-match")
    if tags is not None:
        return tags.strip() == "*" or tag in [one.strip().removeprefix("W/") for one in tags.split(",")]
    since = asked.get("if-modified-since")
    if since is None:
        return False
    try:
        return parsedate_to_datetime(modified) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):  # not a date, or one without a zone: no condition (RFC 9110, 13.1.3)
        return False


def last_modified(metadata: Mapping[str, object]) -> str:
    """Return the day and time of the build as HTTP writes it."""
    built = metadata["built_at"]
    moment = datetime.fromisoformat(str(built)).replace(microsecond=0, tzinfo=UTC)
    return format_datetime(moment, usegmt=True)


def encoded(content: bytes, encoding: str) -> bytes:
    """Return the content in an encoding: `br`, `gzip` or `identity`."""
    if encoding == "br":
        compressed: bytes = brotli.compress(content, quality=BROTLI_QUALITY)
        return compressed
    return gzip.compress(content, mtime=0) if encoding == "gzip" else content


def base_address(scheme: str, host: str) -> str:
    """Return the scheme and authority that were asked; a Host that could not be one is taken for none ("")."""
    return f"{scheme}://{host}" if HOST.fullmatch(host) else ""
