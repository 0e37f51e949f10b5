"""The only place of the sheets that keeps anything: finished pages, by address, host, encoding and data version.

Rule: a key holds the version of the data, and what is kept is bounded, so a new version is seen at once and the old one
goes away by itself.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from answering.bodies import Bodies
from answering.conditions import last_modified
from etl.schema import DATABASE
from queries import Database, Selection
from queries.selection import NOT_LOCATED
from queries.served import served_database
from queries.versioned import Versioned
from queries.words import code_words

# All sheets in both languages weigh some seven megabytes as they are and a fifth of that in each other encoding; a site
# that answers under several names keeps each name's own.
BODIES_BYTES = 48 * 1024 * 1024

bodies = Bodies(BODIES_BYTES)


def database() -> Database:
    """Return the open database: a new one once the file is replaced, the last good one where it cannot be read.

    Raises DatabaseMissing.
    """
    return served_database(DATABASE)


def modified(source: Database) -> str:
    """Return when the database was built, as HTTP writes it."""
    return _modified(Versioned.of(source), str(source.metadata["built_at"]))


def region_names(source: Database, lang: str) -> Mapping[str, str]:
    """Return the name of each region by its code, what is not located last."""
    return _region_names(Versioned.of(source), lang)


def project_names(source: Database) -> Mapping[str, tuple[str, str]]:
    """Return the French and English names of each project by its id, in the order of the names."""
    return _project_names(Versioned.of(source))


@lru_cache(maxsize=4)
def _modified(source: Versioned, _built_at: str) -> str:
    return last_modified(source.database.metadata)


@lru_cache(maxsize=4)
def _region_names(source: Versioned, lang: str) -> Mapping[str, str]:
    codes = [*source.database.reference("regions")["code"], NOT_LOCATED]
    return MappingProxyType({code: code_words("region", code, lang, source.database) for code in codes})


@lru_cache(maxsize=2)
def _project_names(source: Versioned) -> Mapping[str, tuple[str, str]]:
    rows = source.database.run("projects_list", Selection()).sort_values("project_id").to_dict("records")
    return MappingProxyType(
        {row["project_id"]: (row["project_name"], row["project_name_en"] or row["project_name"]) for row in rows}
    )
