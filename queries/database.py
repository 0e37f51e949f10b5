"""The opened database: one locked, read-only, in-memory connection a data version.

Traps 4, 5 and 16 of the architecture: a file replaced by a rebuild is attached anew (its identity is its inode,
size and time), `USE` is set on every cursor, and what may be asked is bounded and locked after the file is attached.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import pandas as pd
import pyarrow as pa

from queries.limits import set_limits
from queries.parts import PARTS
from queries.scope import DATED, scoped
from queries.selection import Facets, Selection

Answer = TypeVar("Answer")
Values = dict[str, Any]
Read = Callable[[duckdb.DuckDBPyConnection, str, Values], Answer]
QUERIES = Path(__file__).parent
REFERENCES = ("regions", "departements", "communes", "events", "landmarks")
# What a page of rows is asked by: how many come before it.
FIRST = "$first"
# Days of the past kept in memory, each a few hundred rows: a visitor who walks through time goes back and forth.
KEPT_DAYS = 32
COMMENTED = """
    SELECT column_name, comment FROM duckdb_columns()
    WHERE database_name = 'observatory' AND table_name = $table ORDER BY column_index
"""


class DatabaseMissing(FileNotFoundError):
    """The database has not been built: run `python -m etl build`."""


@dataclass(frozen=True)
class Database:
    """An opened data version. `version` names it: two databases of one version hold the same figures."""

    path: Path
    version: str
    metadata: dict[str, Any]
    connection: duckdb.DuckDBPyConnection = field(repr=False, compare=False)
    _days: OrderedDict[date, str] = field(default_factory=OrderedDict, repr=False, compare=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def run(self, name: str, selection: Selection | None = None, *, first: int = 0) -> pd.DataFrame:
        """Answer the query `name`, or the part `name` of one, for a selection (the whole country, today, without one).

        The columns are those of the query's file. `first` is how many rows come before those of a part that is a page.
        Raises KeyError on an unknown query, ValueError where `first` is negative, or the query is no page.
        """
        return self._ask(name, selection or Selection(), _as_frame, first)

    def table(self, name: str, selection: Selection | None = None) -> pa.Table:
        """Answer the query `name` like `run`, as an Arrow table: amounts stay decimals, days stay days."""
        return self._ask(name, selection or Selection(), _as_arrow)

    def reference(self, name: str) -> pd.DataFrame:
        """Return a reference table whole: regions, departements, communes, events or landmarks."""
        if name not in REFERENCES:
            raise KeyError(f"no reference table {name!r}; known: {', '.join(REFERENCES)}")
        return self._answer(f"FROM observatory.{name}", {}, _as_frame)

    def descriptions(self, table: str) -> dict[str, str]:
        """Return the comment of each column of a table, in its order: what the build wrote in the file."""
        rows = self._answer(COMMENTED, {"table": table}, _as_rows)
        return dict(rows)

    def _ask(self, name: str, selection: Selection, read: Read[Answer], first: int = 0) -> Answer:
        query = read_query(name)
        place = _place(query, first)
        try:
            if not selection.until:
                sql, values = scoped(query, selection)
                return self._answer(sql, values | place, read)
            with self._lock:  # a day in use may not be dropped by another thread
                sql, values = scoped(query, selection, self._dated(selection.until))
                return self._answer(sql, values | place, read)
        except duckdb.OutOfMemoryException:
            with self._lock:
                self._forget_days(kept=0)  # the next question has the memory that they took
            raise

    def _dated(self, day: date) -> str:
        """Return the in-memory schema with the tables of `day`, computed by the macros on first use."""
        name = self._days.get(day)
        if name is None:
            name = f'memory."{day.isoformat()}"'
            self._forget_days(kept=KEPT_DAYS - 1)
            with self.connection.cursor() as cursor:
                cursor.begin()  # whole or not at all: a day given up half-way can be asked again
                cursor.execute(f"CREATE SCHEMA {name}")
                for table in DATED:
                    cursor.execute(f"CREATE TABLE {name}.{table} AS FROM observatory.{table}_as_of(?::DATE)", [day])
                cursor.commit()
            self._days[day] = name
        self._days.move_to_end(day)
        return name

    def _forget_days(self, *, kept: int) -> None:
        """Let go of the days asked the longest ago, all but `kept`."""
        while len(self._days) > kept:
            with self.connection.cursor() as cursor:
                cursor.execute(f"DROP SCHEMA {self._days.popitem(last=False)[1]} CASCADE")

    def _answer(self, sql: str, values: Values, read: Read[Answer]) -> Answer:
        # One cursor a call: cursors of one connection may run in several threads, a connection may not.
        with self.connection.cursor() as cursor:
            cursor.execute("USE observatory")
            return read(cursor, sql, values)


def _place(query: str, first: int) -> Values:
    """Return the value to bind that says where a page begins, none where the query is no page."""
    is_page = FIRST in query
    if first < 0 or (first and not is_page):
        raise ValueError(f"no row stands before the first of what was asked: {first}")
    return {FIRST[1:]: first} if is_page else {}


def _as_frame(cursor: duckdb.DuckDBPyConnection, sql: str, values: Values) -> pd.DataFrame:
    return cursor.execute(sql, values).df()


def _as_arrow(cursor: duckdb.DuckDBPyConnection, sql: str, values: Values) -> pa.Table:
    return cursor.sql(sql, params=values).to_arrow_table()


def _as_rows(cursor: duckdb.DuckDBPyConnection, sql: str, values: Values) -> list[Any]:
    return cursor.execute(sql, values).fetchall()


def open_database(path: Path) -> Database:
    """Open the built file read-only. Raises `DatabaseMissing` where there is none."""
    if not path.exists():
        raise DatabaseMissing(path)
    return _open(path, *_identity(path))


def facets(database: Database, schema_codes: dict[str, tuple[str, ...]]) -> Facets:
    """Return the allowed codes of each facet: code lists of the schema, places and events of the reference,
    operators and investors named in the data."""
    values = database.run("facet_values")
    return Facets(
        region=(*database.reference("regions")["code"], "none"),
        departement=tuple(database.reference("departements")["code"]),
        event=tuple(database.reference("events")["code"]),
        investor=tuple(values.loc[values["facet"] == "investor", "value"]),
        **schema_codes,
    )


@lru_cache
def read_query(name: str) -> str:
    """Return the text of `queries/<name>.sql`, or of the part `name` of one. Raises KeyError where there is none."""
    if name in PARTS:
        return PARTS[name].of(read_query(PARTS[name].whole))
    path = QUERIES / f"{name}.sql"
    if not name.isidentifier() or not path.exists():
        raise KeyError(f"no query {name!r}")
    return path.read_text(encoding="utf-8").rstrip().rstrip(";")


def query_names() -> tuple[str, ...]:
    """Return the names of all queries."""
    return tuple(sorted(path.stem for path in QUERIES.glob("*.sql")))


def _identity(path: Path) -> tuple[int, int, int]:
    status = path.stat()
    return status.st_ino, status.st_size, status.st_mtime_ns


@lru_cache(maxsize=2)  # the version that is served, and the one that visitors are leaving
def _open(path: Path, inode: int, size: int, changed_ns: int) -> Database:
    return read_database(path)


def read_database(path: Path) -> Database:
    """Open the file, whatever was opened before. Raises duckdb.Error or LookupError where it is no database of ours."""
    connection = duckdb.connect(":memory:")
    quoted = str(path).replace("'", "''")
    connection.execute(f"ATTACH '{quoted}' AS observatory (READ_ONLY)")
    set_limits(connection)
    row = connection.execute("FROM observatory.metadata").df().iloc[0]
    record = {str(name): value for name, value in row.items()}
    version = f"{record['csv_sha256'][:12]}-{record['rules_version']}"
    return Database(path, version, record, connection)
