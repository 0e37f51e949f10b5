"""A database as the key of a cache.

Rule: two databases of one version hold the same figures, so what was read of one is kept for the other.
"""

from dataclasses import dataclass, field

from queries.database import Database


@dataclass(frozen=True)
class Versioned:
    """An opened database that compares by its version alone, so that an `lru_cache` can keep what is asked of it."""

    version: str
    database: Database = field(compare=False, repr=False)

    @classmethod
    def of(cls, database: Database) -> "Versioned":
        """Return the key of `database`."""
        return cls(database.version, database)
