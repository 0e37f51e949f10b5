"""A database as the key of a cache.

Rule: two databases of one version hold the same figures, so what was read of one is kept for the other. A key does not
keep open the database that it was made of: whoever asks holds it while it is read, and a file that was replaced is
closed, with its threads and its memory, though what was read of it is still kept.
"""

from dataclasses import dataclass, field
from weakref import ref

from queries.database import Database


@dataclass(frozen=True)
class Versioned:
    """An opened database that compares by its version alone, so that an `lru_cache` can keep what is asked of it."""

    version: str
    _opened: ref[Database] = field(compare=False, repr=False)

    @classmethod
    def of(cls, database: Database) -> "Versioned":
        """Return the key of `database`, to be held by the caller as long as it is asked."""
        return cls(database.version, ref(database))

    @property
    def database(self) -> Database:
        """The database. Raises ReferenceError where nobody holds it any more."""
        database = self._opened()
        if database is None:
            raise ReferenceError(f"the database of {self.version} is closed")
        return database
