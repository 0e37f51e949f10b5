"""The database that is served: what its place holds now or, where that is gone or cannot be read, what it last held.

Rule: who reads never depends on the file in its place, which may be deleted, cut or written over at any moment: each
version is read from a copy of its own, which goes with the process (`etl.drafts` sweeps it where that was killed).
"""

import hashlib
import logging
import shutil
import tempfile
import threading
import time
import weakref
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import duckdb

from etl.drafts import draft_folder, sweep
from etl.whole import read_to_the_end
from queries.database import Database, DatabaseMissing, read_database

FOLDER = "infra-ia-served-"
# What cannot be read is tried again: it may be for want of descriptors or of room.
AGAIN_S = 2.0
# A site has one; whoever reads others in turn (tests) does not keep them all.
PLACES_KEPT = 4
Identity = tuple[int, int, int, int]

log = logging.getLogger("infra_ia_france")


@dataclass
class _Place:
    """What was last read at a path, and what could not be read there, since when."""

    database: Database | None = None
    identity: Identity | None = None
    spoiled: Identity | None = None
    tried: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


@lru_cache(maxsize=PLACES_KEPT)
def _place(_path: Path) -> _Place:
    return _Place()


def served_database(path: Path) -> Database:
    """Return what `find_database` finds. Raises `DatabaseMissing` where there never was any."""
    database = find_database(path)
    if database is None:
        raise DatabaseMissing(path)
    return database


def find_database(path: Path) -> Database | None:
    """Return the database at `path`, the last good one where there is none now, None where there never was any."""
    place = _place(path)
    found = _identity(path)
    # Whoever has something to read does not wait for who opens the next one.
    if _is_new(place, found) and place.lock.acquire(blocking=place.database is None):
        try:
            if found is not None and _is_new(place, found):
                _open(place, path, found)
        finally:
            place.lock.release()
    return place.database


def is_spoiled(path: Path) -> bool:
    """Tell whether what is served is no more what stands at `path`: missing there, or unreadable."""
    place = _place(path)
    return place.database is not None and _identity(path) != place.identity


def csv_digest(path: Path) -> str | None:
    """Return the SHA-256 of the file of announcements, None where it is not there; read again only once it changes."""
    found = _identity(path)
    try:
        return _digest(path, found) if found else None
    except OSError:
        return None


@lru_cache(maxsize=2)
def _digest(path: Path, _found: Identity) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_new(place: _Place, found: Identity | None) -> bool:
    if found is None or found == place.identity:
        return False
    return found != place.spoiled or time.monotonic() - place.tried > AGAIN_S


def _open(place: _Place, path: Path, found: Identity) -> None:
    try:
        place.database, place.identity, place.spoiled = _copied(path), found, None
    except (duckdb.Error, OSError, LookupError) as error:
        if found != place.spoiled:
            log.error("%s cannot be read: %s", path, error)
        place.spoiled, place.tried = found, time.monotonic()


def _copied(path: Path) -> Database:
    """Read a copy of the file to its end, the file itself where there is no room for a copy."""
    drafts = Path(tempfile.gettempdir())
    sweep(drafts, FOLDER)
    with ExitStack() as kept:
        try:
            folder = kept.enter_context(draft_folder(drafts, FOLDER))
            copy = Path(shutil.copyfile(path, folder / path.name))
        except OSError:
            copy = path
        database = read_database(copy)
        with database.connection.cursor() as cursor:
            read_to_the_end(cursor)
        weakref.finalize(database, kept.pop_all().close)
        return database


def _identity(path: Path) -> Identity | None:
    """Return what changes when the file is another, None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
