"""The only place of the service that keeps anything: tables by selection, bodies by address and encoding.

Rule: a key holds the version of the data, a cache is bounded (rows or bytes), and what comes out is never changed.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pyarrow as pa
from queries.dictionary import Column
from queries.dictionary import dictionary as read_dictionary

import queries
from api.cache import Bodies
from etl.schema import DATABASE, load_schema
from queries import RESOURCES, Database, Facets, Selection, open_database

# A table of the whole file is under a megabyte today; a few dozen selections are asked again and again.
TABLES_KEPT = 64
BODIES_BYTES = 64 * 1024 * 1024
CODED_FACETS = ("kind", "purpose", "status")

bodies = Bodies(BODIES_BYTES)


def database() -> Database:
    """Return the open database, a new one whenever the file has been replaced. Raises DatabaseMissing."""
    return open_database(DATABASE)


def metadata() -> Mapping[str, Any]:
    """Return what the build noted: built_at, covered_until, rows, versions."""
    return database().metadata


def table(name: str, selection: Selection) -> pa.Table:
    """Return a whole resource for a selection, in the order of its query: shared, never change it."""
    return _table(name, selection, database().version)


def dictionary(name: str) -> tuple[Column, ...]:
    """Return the columns of a resource, described in both languages."""
    return read_dictionary(database(), name)


def facets() -> Facets:
    """Return the codes that each filter allows."""
    return _facets(database().version)


def project_ids() -> tuple[str, ...]:
    """Return the identifiers of all projects, in order."""
    return _project_ids(database().version)


@lru_cache(maxsize=TABLES_KEPT)
def _table(name: str, selection: Selection, _version: str) -> pa.Table:
    return database().table(RESOURCES[name].query, selection)


@lru_cache(maxsize=2)
def _facets(_version: str) -> Facets:
    codes = {name: tuple(load_schema().field(name).codes) for name in CODED_FACETS}
    return queries.facets(database(), codes)


@lru_cache(maxsize=2)
def _project_ids(_version: str) -> tuple[str, ...]:
    return tuple(sorted(table("projects", Selection()).column("project_id").to_pylist()))
