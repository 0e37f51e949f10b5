"""The only place of the service that keeps anything: tables by selection, bodies by address and encoding.

Rule: a key holds the version of the data, a cache is bounded (rows or bytes), and what comes out is never changed.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

import pyarrow as pa

import queries
from answering.bodies import Bodies
from etl.schema import DATABASE, load_schema
from queries import RESOURCES, Database, DatabaseMissing, Facets, Selection
from queries.dictionary import Column
from queries.dictionary import dictionary as read_dictionary
from queries.served import served_database
from queries.versioned import Versioned

# A table of the whole file is under a megabyte today; a few dozen selections are asked again and again.
TABLES_KEPT = 64
BODIES_BYTES = 64 * 1024 * 1024
CODED_FACETS = ("kind", "purpose", "status")

bodies = Bodies(BODIES_BYTES)
_answering: ContextVar[Database | None] = ContextVar("answering", default=None)


def database() -> Database:
    """Return the open database: a new one once the file is replaced, the last good one where it cannot be read.

    Raises DatabaseMissing.
    """
    return _answering.get() or served_database(DATABASE)


@contextmanager
def one_version() -> Iterator[None]:
    """Keep to the version of now until the end, though the file be replaced meanwhile: an answer is of one version."""
    try:
        token = _answering.set(database())
    except DatabaseMissing:
        yield
        return
    try:
        yield
    finally:
        _answering.reset(token)


def metadata() -> Mapping[str, Any]:
    """Return what the build noted: built_at, covered_until, rows, versions."""
    return database().metadata


def table(name: str, selection: Selection) -> pa.Table:
    """Return a whole resource for a selection, in the order of its query: shared, never change it."""
    held = database()
    return _table(name, selection, Versioned.of(held))


def dictionary(name: str) -> tuple[Column, ...]:
    """Return the columns of a resource, described in both languages."""
    return read_dictionary(database(), name)


def facets() -> Facets:
    """Return the codes that each filter allows."""
    held = database()
    return _facets(Versioned.of(held))


def project_ids() -> tuple[str, ...]:
    """Return the identifiers of all projects, in order."""
    held = database()
    return _project_ids(Versioned.of(held))


@lru_cache(maxsize=TABLES_KEPT)
def _table(name: str, selection: Selection, source: Versioned) -> pa.Table:
    return source.database.table(RESOURCES[name].query, selection)


@lru_cache(maxsize=2)
def _facets(source: Versioned) -> Facets:
    codes = {name: tuple(load_schema().field(name).codes) for name in CODED_FACETS}
    return queries.facets(source.database, codes)


@lru_cache(maxsize=2)
def _project_ids(source: Versioned) -> tuple[str, ...]:
    return tuple(sorted(_table("projects", Selection(), source).column("project_id").to_pylist()))
