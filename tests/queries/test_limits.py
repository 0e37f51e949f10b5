"""What is asked of an opened database stays within it, its time and its memory; the next question is answered."""

import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pytest

from queries import Database, Selection
from queries.limits import MEMORY_BYTES, SECONDS, set_limits
from queries.scope import DATED

# What would take hours and no memory, what would take a hundred gigabytes, and how long a test waits for either.
ENDLESS = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n % 7 + 1 FROM t) SELECT count(*) FROM t"
HEAVY = "SELECT a.range AS r, b.range AS s FROM range(100000) a, range(100000) b ORDER BY r * s % 1000003"
MEMORY = 500_000_000
IN_S, WITHIN_S = 0.3, 15
DAY = Selection(until=date(2025, 6, 1))


@dataclass(frozen=True)
class Asked:
    """A statement, and the kind of error that refuses it."""

    statement: str
    error: type[duckdb.Error] = duckdb.PermissionException


REFUSED = {
    "read a file": Asked("SELECT * FROM read_text('{file}')"),
    "read a table of a file": Asked("FROM read_csv('{file}')"),
    "read a file by its name": Asked("FROM '{file}'"),
    "list files": Asked("FROM glob('{folder}/*')"),
    "read an address": Asked("FROM read_parquet('https://example.org/x.parquet')"),
    "write a file": Asked("COPY (SELECT 1) TO '{folder}/made.csv'"),
    "write the whole": Asked("EXPORT DATABASE '{folder}/made'"),
    "open another database": Asked("ATTACH '{folder}/made.duckdb'"),
    "install": Asked("INSTALL httpfs"),
    "load": Asked("LOAD httpfs"),
    "keep a secret": Asked("CREATE PERSISTENT SECRET s (TYPE s3)", duckdb.Error),
    "have more memory": Asked("SET memory_limit = '64GB'", duckdb.InvalidInputException),
    "have more time": Asked("SET max_execution_time = 0", duckdb.InvalidInputException),
    "write on disk": Asked("SET temp_directory = '{folder}'", duckdb.InvalidInputException),
    "reach outside": Asked("SET enable_external_access = true", duckdb.InvalidInputException),
    "unlock": Asked("RESET lock_configuration", duckdb.InvalidInputException),
    "change a row": Asked("DELETE FROM observatory.projects", duckdb.InvalidInputException),
    "add a table": Asked("CREATE TABLE observatory.t (a INT)", duckdb.InvalidInputException),
    "log to a file": Asked("CALL enable_logging(storage = 'file', storage_path = '{folder}/made')", duckdb.Error),
}
Opening = Callable[..., Database]


@pytest.fixture
def opened(database_path: Path) -> Opening:
    """Opens the real database, or another, with limits of its own."""

    def opening(path: Path = database_path, **limits: float) -> Database:
        connection = duckdb.connect(":memory:")
        connection.execute(f"ATTACH '{path}' AS observatory (READ_ONLY)")
        set_limits(connection, **limits)
        return Database(path, "bounded", {}, connection)

    return opening


@pytest.mark.parametrize("asked", REFUSED.values(), ids=REFUSED)
def test_an_opened_database_refuses_to(database: Database, tmp_path: Path, asked: Asked) -> None:
    file = tmp_path / "secret.csv"
    file.write_text("a\n1\n", encoding="utf-8")
    with database.connection.cursor() as cursor, pytest.raises(asked.error):
        cursor.execute(asked.statement.format(file=file, folder=tmp_path)).fetchall()
    assert list(tmp_path.iterdir()) == [file]


def test_an_opened_database_knows_its_limits_in_every_cursor(database: Database) -> None:
    with database.connection.cursor() as cursor:
        names = ("max_execution_time", "temp_directory", "lock_configuration", "enable_external_access")
        known = [cursor.execute(f"SELECT current_setting('{name}')").fetchall()[0][0] for name in names]
        [(memory,)] = cursor.execute("SELECT parse_formatted_bytes(current_setting('memory_limit'))").fetchall()
    assert known == [SECONDS * 1000, "", True, False]
    assert memory <= MEMORY_BYTES


def test_a_question_without_end_is_given_up_in_its_time_and_others_are_answered_meanwhile(opened: Opening) -> None:
    database = opened(seconds=IN_S)
    ended: list[BaseException] = []

    def ask() -> None:
        try:
            with database.connection.cursor() as cursor:
                cursor.execute(ENDLESS).fetchall()
        except duckdb.InterruptException as late:
            ended.append(late)

    started = time.monotonic()
    asking = threading.Thread(target=ask)
    asking.start()
    assert len(database.run("totals")) > 0
    asking.join(WITHIN_S)
    assert [type(one) for one in ended] == [duckdb.InterruptException]
    assert time.monotonic() - started >= IN_S
    assert len(database.run("totals")) > 0


@pytest.mark.parametrize("read", ["fetchall", "df", "to_arrow_table"])
def test_more_memory_than_allowed_is_refused_and_the_next_question_answered(opened: Opening, read: str) -> None:
    database = opened(memory=MEMORY, seconds=WITHIN_S)
    with database.connection.cursor() as cursor, pytest.raises(duckdb.OutOfMemoryException):
        getattr(cursor.sql(HEAVY), read)()
    assert len(database.run("totals")) > 0


def test_a_day_given_up_half_way_can_be_asked_again(database_path: Path, tmp_path: Path, opened: Opening) -> None:
    """Its first tables are made, its last takes for ever: nothing is left that the same day would stumble over."""
    path = tmp_path / "observatory.duckdb"
    shutil.copy(database_path, path)
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"CREATE OR REPLACE MACRO {DATED[-1]}_as_of(day) AS TABLE {ENDLESS}")
    database = opened(path, seconds=1)
    for _ in range(2):
        with pytest.raises(duckdb.InterruptException):
            database.run("totals", DAY)
    assert days_kept(database) == []


def test_a_question_that_lacks_memory_takes_away_the_days_that_were_kept(opened: Opening) -> None:
    database = opened(memory=MEMORY)
    assert len(database.run("totals", DAY)) > 0 and days_kept(database) == ["2025-06-01"]
    with pytest.raises(duckdb.OutOfMemoryException):
        database._ask("totals", DAY, lambda cursor, _sql, _values: cursor.execute(HEAVY).df())
    assert days_kept(database) == []
    assert len(database.run("totals", DAY)) > 0


def days_kept(database: Database) -> list[str]:
    """The days whose tables are in memory."""
    schemas = "SELECT schema_name FROM duckdb_schemas() WHERE database_name = 'memory' AND NOT internal"
    with database.connection.cursor() as cursor:
        return [name for (name,) in cursor.execute(schemas).fetchall() if name != "main"]
