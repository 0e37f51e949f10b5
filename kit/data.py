"""The only place of the kit that keeps anything: finished answers, drawn charts, the answers of the database.

Rule: a key holds the version of the data, and what is kept is bounded, so a new version is seen at once and the old one
goes away by itself.
"""

from collections.abc import Mapping
from functools import lru_cache

import pandas as pd

from answering.bodies import Bodies
from etl.schema import DATABASE, load_schema
from queries import Database, Facets, Selection
from queries import facets as read_facets
from queries.served import served_database
from queries.versioned import Versioned
from sheets.data import modified as modified
from sheets.data import project_names as project_names
from sheets.data import region_names as region_names

# A page with its figure weighs some sixty kilobytes as it is and a fifth of that in each other encoding.
BODIES_BYTES = 32 * 1024 * 1024
FRAMES_KEPT = 512
# The facets whose codes the schema lists; the others are places, events and names found in the data.
CODED_FACETS = ("kind", "purpose", "status")

bodies = Bodies(BODIES_BYTES)


def database() -> Database:
    """Return the open database: a new one once the file is replaced, the last good one where it cannot be read.

    Raises DatabaseMissing.
    """
    return served_database(DATABASE)


def facets(source: Database) -> Facets:
    """Return the codes that each filter allows."""
    return _facets(Versioned.of(source))


def answer(source: Database, query: str, selection: Selection) -> pd.DataFrame:
    """Return the answer of a query for a selection: a view that the caller may change."""
    return _answer(Versioned.of(source), query, selection).copy(deep=False)


@lru_cache(maxsize=2)
def _facets(source: Versioned) -> Facets:
    codes: Mapping[str, tuple[str, ...]] = {name: tuple(load_schema().field(name).codes) for name in CODED_FACETS}
    return read_facets(source.database, dict(codes))


@lru_cache(maxsize=FRAMES_KEPT)
def _answer(source: Versioned, query: str, selection: Selection) -> pd.DataFrame:
    return source.database.run(query, selection)
