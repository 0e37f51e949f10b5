"""How the service is: what it serves, since when, and whether the file on disk is the one that is served.

Rule: cheap to ask, never kept, and it answers also when there is no database.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from api import data
from api.stopping import is_stopping
from etl.schema import ANNOUNCEMENTS, CHECKED
from queries import DatabaseMissing
from queries.served import csv_digest, is_spoiled

Caches = Mapping[str, Mapping[str, int]]
# What the pages keep in memory, where the site that holds this service tells it.
_caches: list[Callable[[], Caches]] = []


def tell_caches(of_pages: Callable[[], Caches]) -> None:
    """Tell, from now on, the caches that `of_pages` returns: entries kept and allowed, hits and misses of each."""
    _caches[:] = [of_pages]


def health() -> tuple[int, dict[str, Any]]:
    """Return the HTTP status and the document: `ok`, `stale` (the disk holds something else); `missing`, `stopping`
    (503).

    `database_on_disk` is `spoiled` where it is gone or cannot be read: the last good one is served from memory.
    """
    try:
        known = data.metadata()
    except DatabaseMissing:
        return 503, {"status": "missing", "message": "python -m etl build"}
    on_disk, check = csv_digest(ANNOUNCEMENTS), last_check()
    has_spoiled = is_spoiled(data.DATABASE)
    is_current = on_disk in (None, known["csv_sha256"]) and not has_spoiled
    state = "ok" if is_current else "stale"
    return 503 if is_stopping() else 200, {
        "status": "stopping" if is_stopping() else state,
        "data_version": data.database().version,
        "built_at": f"{known['built_at']:%Y-%m-%dT%H:%M:%SZ}",
        "covered_until": f"{known['covered_until']:%Y-%m-%d}",
        "csv_sha256": known["csv_sha256"],
        "csv_on_disk_sha256": on_disk,
        "database_on_disk": "spoiled" if has_spoiled else "served",
        "last_check": check or {"passed": True, "checked_at": f"{known['built_at']:%Y-%m-%dT%H:%M:%SZ}", "count": 0},
        "announcements": int(known["announcements_count"]),
        "projects": int(known["projects_count"]),
        "bodies": {
            "kept": len(data.bodies),
            "bytes": data.bodies.size,
            "hits": data.bodies.hits,
            "misses": data.bodies.misses,
        },
        "caches": {name: dict(cache) for of_pages in _caches for name, cache in of_pages().items()},
    }


def last_check() -> dict[str, Any] | None:
    """Return what came of the last check while the site ran, its problems in both languages; None if it never did."""
    try:
        return json.loads(data.DATABASE.with_suffix(CHECKED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
