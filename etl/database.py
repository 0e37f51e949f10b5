"""What the database holds: reference tables, typed rows, the rules, and the answers for today, all of them in SQL.

Rule: one statement after the other, into a new file that nobody reads yet; when it is made, and what it then replaces,
is `build`'s.
"""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from etl.comments import comment_on_all
from etl.reading import LONGEST_CELL
from etl.schema import REFERENCE, SCHEMA, Schema, load_schema

Progress = Callable[[str, float], None]

SQL = Path(__file__).parent / "sql"
RULES_DIGITS = 8  # enough to tell apart the few versions that are ever compared
# Beyond this a build writes to disk what it must keep at hand: a million claims stay below three gigabytes.
MEMORY_BYTES = 2_000_000_000
CLAIMS_OF_A_SHARE = 300_000
# What the check lets through must be read: as many cells of the longest as there are columns.
BYTES_OF_A_SIGN = 4
METRICS = {"investment": "_meur", "power": "_mw", "jobs": "", "construction_jobs": ""}
# The catalogue's name is what stands before the first dot: macros write `observatory.…`, so must the file.
BUILD_PREFIX = "observatory."


def write_database(
    csv_path: Path, draft: Path, *, schema: Schema | None = None, progress: Progress | None = None
) -> tuple[int, int]:
    """Write an unchecked CSV to the new file `draft`; return its number of claims and of projects.

    `draft` must be named so that its catalogue is `observatory`. Raises `duckdb.Error` on a row that no check
    would have let through, and where the disk is full.
    """
    report_progress = progress or (lambda step, share: None)
    schema = schema or load_schema()
    with duckdb.connect(str(draft)) as connection:
        _bound_memory(connection)
        load_reference(connection)
        load_announcements(connection, csv_path, schema)
        create_trees(connection)
        report_progress("rules", 0.6)
        create_rules(connection)
        materialise(connection, csv_path)
        report_progress("comments", 0.9)
        comment_on_all(connection, schema)
        # Until here all is in a file beside the draft, which DuckDB 2.0 brings in as it closes, without a word where
        # the disk has no room for it: an empty database would then be put in the place of a good one.
        connection.execute("CHECKPOINT")
        return connection.execute(
            "SELECT (SELECT count(*) FROM announcements), (SELECT count(*) FROM projects)"
        ).fetchall()[0]


def _bound_memory(connection: duckdb.DuckDBPyConnection) -> None:
    [(offered,)] = connection.execute("SELECT parse_formatted_bytes(current_setting('memory_limit'))").fetchall()
    connection.execute(f"SET memory_limit = '{min(offered, MEMORY_BYTES)}B'")


def load_reference(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the reference tables; points of départements, regions and communes are true coordinates."""
    connection.execute("SET VARIABLE folder = ?", [str(REFERENCE)])
    connection.execute((SQL / "00_reference.sql").read_text(encoding="utf-8"))


def load_announcements(connection: duckdb.DuckDBPyConnection, csv_path: Path, schema: Schema) -> None:
    """Create `announcements`: the schema's columns, typed, in file order, with precision and line."""
    columns = ", ".join(f'"{field.name}" {_column_type(field.name, field.duckdb_type)}' for field in schema.fields)
    connection.execute(
        f"CREATE TABLE announcements ({columns}, announced_on_precision VARCHAR NOT NULL, line INTEGER NOT NULL)"
    )
    names = ", ".join(f'"{field.name}"' for field in schema.fields)
    values = ", ".join(_column_value(field.name, field.duckdb_type) for field in schema.fields)
    newlines = f"length(concat({names})) - length(replace(concat({names}), chr(10), ''))"
    connection.execute(
        f"""
        INSERT INTO announcements
        SELECT {values},
            CASE length(announced_on) WHEN 7 THEN 'month' ELSE 'day' END,
            1 + row_number() OVER () + sum(newlines) OVER (ROWS UNBOUNDED PRECEDING) - newlines
        FROM (
            SELECT *, {newlines} AS newlines
            FROM read_csv(?, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"',
                encoding = 'utf-8', nullstr = '', parallel = false, max_line_size = ?)
        )
        """,
        [str(csv_path), len(schema.fields) * LONGEST_CELL * BYTES_OF_A_SIGN],
    )


def create_trees(connection: duckdb.DuckDBPyConnection) -> None:
    """Create what every rule asks (who is who, each claim in numbers): again, whenever the announcements are others."""
    for path in sorted(SQL.glob("0[1-9]*.sql")):
        connection.execute(path.read_text(encoding="utf-8"))


def create_rules(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the views and macros that hold the counting rules."""
    columns = ",\n".join(_figure_columns(metric, unit) for metric, unit in METRICS.items())
    for path in sorted(SQL.glob("[1-7]*.sql")):
        connection.execute(path.read_text(encoding="utf-8").replace("{figure_columns}", columns))


def materialise(connection: duckdb.DuckDBPyConnection, csv_path: Path) -> None:
    """Write the answers for today as tables, so that a page without `until` reads and does not compute."""
    today = "DATE '9999-12-31'"
    connection.execute(f"CREATE TABLE claims AS FROM claims_as_of({today})")
    connection.execute(f"CREATE TABLE amounts AS FROM amounts_as_of({today})")
    connection.execute(f"CREATE TABLE projects AS FROM projects_with({today}, 'observatory.amounts')")
    connection.execute("CREATE VIEW all_projects AS FROM observatory.projects")
    connection.execute("CREATE VIEW all_announcements AS FROM observatory.announcements")
    connection.execute("CREATE VIEW all_amounts AS FROM observatory.amounts")
    connection.execute((SQL / "80_quality.sql").read_text(encoding="utf-8"))
    _write_history(connection, today)
    connection.execute(f"CREATE TABLE event_accounts AS FROM event_accounts_as_of({today})")
    connection.execute(
        """
        CREATE TABLE metadata AS SELECT
            ?::TIMESTAMP AS built_at, ? AS csv_sha256, ? AS rules_version, version() AS duckdb_version,
            (SELECT max(announced_on) FROM announcements) AS covered_until,
            (SELECT max(recorded_on) FROM announcements) AS recorded_until,
            (SELECT count(*) FROM announcements)::INTEGER AS announcements_count,
            (SELECT count(*) FROM claims)::INTEGER AS claims_count,
            (SELECT count(*) FROM projects)::INTEGER AS projects_count,
            (SELECT count(*) FROM projects WHERE is_counted)::INTEGER AS counted_projects_count
        """,
        [datetime.now(UTC).replace(tzinfo=None), sha256(csv_path), rules_version()],
    )


def _write_history(connection: duckdb.DuckDBPyConnection, today: str) -> None:
    """Write what each project counted for day after day, a share of the trees at a time: a share fits in memory."""
    [(claims,)] = connection.execute("SELECT count(*) FROM announcements").fetchall()
    shares = 1 + claims // CLAIMS_OF_A_SHARE
    for share in range(shares):
        made = "INSERT INTO" if share else "CREATE TABLE"
        days = f"days {share}/{shares}" if shares > 1 else "days"
        connection.execute(f"{made} history {'' if share else 'AS '}FROM amounts_in({today}, '{days}')")


def _column_type(name: str, declared: str) -> str:
    return "DATE NOT NULL" if name == "announced_on" else declared


def _column_value(name: str, declared: str) -> str:
    if name == "announced_on":
        return "CAST(CASE length(announced_on) WHEN 7 THEN announced_on || '-01' ELSE announced_on END AS DATE)"
    return f'CAST("{name}" AS {declared})'


def _figure_columns(metric: str, unit: str) -> str:
    number = "::INTEGER" if not unit else ""
    ends = ["low", "high", "net_low", "net_high"]
    columns = [f"{metric}.{end}{number} AS {metric}_{end}{unit}" for end in ends]
    marks = ["is_floor", "is_missing", "is_disputed", "is_weak", "is_exceeded", "source_count"]
    columns += [f"{metric}.{mark} AS {metric}_{mark}" for mark in marks]
    if metric in ("jobs", "power"):
        columns += [f"{metric}.scope AS {'jobs_scope' if metric == 'jobs' else 'power_kind'}"]
    return ",\n".join("        " + column for column in columns)


def rules_version() -> str:
    """Return what changes when a rule, a place or the schema changes, on unchanged announcements."""
    inputs = sorted([SCHEMA, *REFERENCE.glob("*.csv"), *SQL.iterdir()])
    return hashlib.sha256(b"".join(path.read_bytes() for path in inputs)).hexdigest()[:RULES_DIGITS]


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
