"""How far a question may go: no file, no address, so much memory, so many threads, so long.

Rule: set when a database is opened, after it is attached and before settings are locked (architecture, trap 16):
nothing that is asked later can widen them. What goes beyond is given up alone: the next question is answered.
"""

import os

import duckdb

# As much as a build takes. The file of today asks for a quarter of one gigabyte, a hundred thousand claims for one.
MEMORY_BYTES = 2_000_000_000
SECONDS = 20
# Each thread has its own share of the memory; a question is short, and other visitors' wait.
THREADS = 4
# What DuckDB raises for a question that took too long, or more memory than there is.
GIVEN_UP = (duckdb.InterruptException, duckdb.OutOfMemoryException)


def set_limits(connection: duckdb.DuckDBPyConnection, memory: int = MEMORY_BYTES, seconds: float = SECONDS) -> None:
    """Bound whatever is asked by `connection` and its cursors, and lock that."""
    [(offered,)] = connection.execute("SELECT parse_formatted_bytes(current_setting('memory_limit'))").fetchall()
    for setting in (
        f"SET memory_limit = '{min(offered, memory)}B'",
        # What memory does not hold is given up, not written: the site may stand on a disk that is only read.
        "SET temp_directory = ''",
        f"SET threads = {min(os.cpu_count() or 1, THREADS)}",
        # GLOBAL: said to a connection, it would not be known to its cursors.
        f"SET GLOBAL max_execution_time = {round(seconds * 1000)}",
        # No download, no file, no address: what is asked of the database concerns the database.
        "SET autoinstall_known_extensions = false",
        "SET autoload_known_extensions = false",
        "SET enable_external_access = false",
        "SET lock_configuration = true",
    ):
        connection.execute(setting)
