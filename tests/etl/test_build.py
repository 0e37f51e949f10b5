"""The build: whole or not at all, documented, and equal to what the data model promises on the real file."""

import hashlib
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from etl import database as database_module
from etl.build import build
from etl.check import CheckFailed
from etl.database import METRICS, write_database
from etl.schema import ANNOUNCEMENTS, ROOT, load_schema
from tests.etl.oracle import METRICS as ORACLE_METRICS
from tests.etl.oracle import projects_on
from tests.etl.sheet import table, write_table


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("built") / "observatory.duckdb"
    result = build(ANNOUNCEMENTS, path)
    assert (result.database, result.claims, result.projects) == (path, *counted_in_file())
    return path


@pytest.fixture(scope="module")
def connection(built: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(built), read_only=True)


def rows_of_file() -> list[dict]:
    import csv
    from decimal import Decimal

    numbers = {field.name for field in load_schema().fields if field.type in ("number", "integer")}
    with ANNOUNCEMENTS.open(encoding="utf-8", newline="") as file:
        return [
            {name: (Decimal(value) if name in numbers else value) if value else None for name, value in row.items()}
            for row in csv.DictReader(file)
        ]


def counted_in_file() -> tuple[int, int]:
    rows = rows_of_file()
    return len(rows), len({row["project_id"] for row in rows})


def test_the_national_total_is_the_sum_of_the_totals_of_the_roots(connection: duckdb.DuckDBPyConnection) -> None:
    totals = connection.execute(
        "SELECT sum(investment_net_low_meur), sum(investment_net_high_meur) FROM projects WHERE is_counted"
    ).fetchall()[0]
    projects = projects_on(rows_of_file()).values()
    roots = [project.amounts["investment_meur"] for project in projects if project.part_of is None]
    for index, scenario in enumerate(("low", "high")):
        assert totals[index] == sum(amount[f"total_{scenario}"] or 0 for amount in roots)


def test_every_project_of_the_real_file_is_what_the_oracle_says(connection: duckdb.DuckDBPyConnection) -> None:
    expected = {
        (project.project_id, metric): tuple(
            project.amounts[metric][end] for end in ("low", "high", "net_low", "net_high")
        )
        for project in projects_on(rows_of_file()).values()
        for metric in ORACLE_METRICS
    }
    answered = {
        tuple(row[:2]): tuple(row[2:])
        for row in connection.execute(
            "SELECT project_id, metric, low, high, net_low, net_high FROM amounts WHERE metric <> 'projects'"
        ).fetchall()
    }
    assert answered == expected


@pytest.mark.parametrize("table", ["projects", "claims", "amounts", "event_accounts"])
def test_in_the_far_future_the_macros_equal_the_tables(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    macro = f"{table}_as_of(DATE '9999-12-31')"
    columns = [row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall()]
    assert [row[0] for row in connection.execute(f"DESCRIBE FROM {macro}").fetchall()] == columns
    for left, right in ((table, macro), (macro, table)):
        assert connection.execute(f"SELECT count(*) FROM (FROM {left} EXCEPT ALL FROM {right})").fetchall() == [(0,)]


@pytest.mark.parametrize("catalogue", ["observatory", "by another connection"])
def test_the_macros_run_when_the_file_is_attached_as_observatory(built: Path, catalogue: str) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{built}' AS observatory (READ_ONLY)")
        if catalogue == "observatory":
            connection.execute("USE observatory")
        known = connection.execute("FROM observatory.projects_as_of(DATE '2025-02-28')").fetchall()
    assert 0 < len(known) < counted_in_file()[1]


def test_every_table_view_macro_and_column_is_documented(connection: duckdb.DuckDBPyConnection) -> None:
    missing = connection.execute(
        """
        SELECT table_name || '.' || column_name FROM duckdb_columns()
        WHERE NOT internal AND comment IS NULL AND table_name IN (SELECT table_name FROM duckdb_tables())
        UNION ALL SELECT table_name FROM duckdb_tables() WHERE NOT internal AND comment IS NULL
        UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL
        UNION ALL SELECT function_name FROM duckdb_functions() WHERE NOT internal AND comment IS NULL
        """
    ).fetchall()
    assert missing == []


def test_announcements_are_typed_with_precision_and_line(connection: duckdb.DuckDBPyConnection) -> None:
    lines = ANNOUNCEMENTS.read_text(encoding="utf-8").splitlines()
    rows = connection.execute(
        "SELECT id, line, announced_on::VARCHAR, announced_on_precision FROM announcements"
    ).fetchall()
    assert all(lines[line - 1].startswith(id_ + ",") for id_, line, _, _ in rows)
    assert {precision for *_, precision in rows} == {"day", "month"}
    assert all(day.endswith("-01") for *_, day, precision in rows if precision == "month")
    types = dict(
        connection.execute(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'announcements'"
        ).fetchall()
    )
    assert types["announced_on"] == "DATE"
    assert types["investment_low_meur"] == "DECIMAL(18,3)"
    assert types["jobs_low"] == "INTEGER"


def test_projects_have_a_retained_and_a_net_column_for_each_end_of_each_metric(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    columns = {row[0] for row in connection.execute("DESCRIBE projects").fetchall()}
    for metric, unit in METRICS.items():
        assert {f"{metric}_{end}{unit}" for end in ("low", "high", "net_low", "net_high")} <= columns


def test_metadata_says_what_was_built(connection: duckdb.DuckDBPyConnection) -> None:
    cursor = connection.execute("FROM metadata")
    record = dict(zip([column[0] for column in cursor.description], cursor.fetchall()[0], strict=True))
    assert record["csv_sha256"] == hashlib.sha256(ANNOUNCEMENTS.read_bytes()).hexdigest()
    assert (record["announcements_count"], record["projects_count"]) == counted_in_file()
    newest = max(row["announced_on"] for row in rows_of_file())
    assert record["covered_until"].isoformat().startswith(newest)


def test_a_file_that_fails_its_check_leaves_the_previous_database_untouched(tmp_path: Path) -> None:
    target = tmp_path / "observatory.duckdb"
    target.write_bytes(b"the last good data")
    bad = tmp_path / "announcements.csv"
    bad.write_text(ANNOUNCEMENTS.read_text(encoding="utf-8").replace(",announced,", ",annoncé,", 1), encoding="utf-8")
    with pytest.raises(CheckFailed):
        build(bad, target)
    assert target.read_bytes() == b"the last good data"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["announcements.csv", "observatory.duckdb"]


def test_a_build_replaces_the_database_while_a_reader_keeps_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "observatory.duckdb"
    build(ANNOUNCEMENTS, target)
    with duckdb.connect() as reader:
        reader.execute(f"ATTACH '{target}' AS observatory (READ_ONLY)")
        before = reader.execute("SELECT built_at FROM observatory.metadata").fetchall()
        build(ANNOUNCEMENTS, target)
        assert reader.execute("SELECT built_at FROM observatory.metadata").fetchall() == before
    assert [path.name for path in tmp_path.iterdir()] == ["observatory.duckdb"]


def test_a_column_declared_once_appears_in_the_database(tmp_path: Path) -> None:
    """The one declaration of a column is in the schema: a copy with one more column, and it is built and documented."""
    import json

    from etl.database import write_database
    from etl.schema import SCHEMA, load_schema

    descriptor = json.loads(SCHEMA.read_text(encoding="utf-8"))
    water = {
        "name": "water_m3",
        "type": "number",
        "title": "Eau",
        "title_en": "Water",
        "description": "Eau annoncée",
        "description_en": "Announced water",
        "example": "12",
    }
    descriptor["fields"].append(water)
    schema_path = tmp_path / "schema.json"
    schema_path.write_text(json.dumps(descriptor), encoding="utf-8")
    header, *lines = ANNOUNCEMENTS.read_text(encoding="utf-8").splitlines()
    csv_path = tmp_path / "announcements.csv"
    csv_path.write_text("\n".join([header + ",water_m3", *(line + ",7.5" for line in lines)]) + "\n", encoding="utf-8")
    path = tmp_path / "observatory.duckdb"
    write_database(csv_path, path, schema=load_schema(schema_path))
    with duckdb.connect(str(path), read_only=True) as connection:
        assert connection.execute("SELECT DISTINCT water_m3::DOUBLE FROM announcements").fetchall() == [(7.5,)]
        comment = connection.execute(
            "SELECT comment FROM duckdb_columns() WHERE column_name = 'water_m3' AND table_name = 'announcements'"
        ).fetchall()
    assert comment == [("Announced water / Eau annoncée",)]


def test_the_shares_of_the_trees_make_the_whole(connection: duckdb.DuckDBPyConnection) -> None:
    whole = connection.execute("SELECT * FROM amounts_by_day(DATE '9999-12-31') ORDER BY ALL").fetchall()
    shares = " UNION ALL ".join(f"FROM amounts_in(DATE '9999-12-31', 'days {k}/3')" for k in range(3))
    assert connection.execute(f"SELECT * FROM ({shares}) ORDER BY ALL").fetchall() == whole
    assert connection.execute("SELECT * FROM history ORDER BY ALL").fetchall() == whole


def test_the_history_keeps_what_counts_or_counted(connection: duckdb.DuckDBPyConnection) -> None:
    never = "(SELECT project_id FROM identities WHERE kind NOT IN ('programme', 'site'))"
    assert connection.execute(f"SELECT count(*) FROM identities WHERE project_id IN {never}").fetchall() > [(0,)]
    assert connection.execute(f"SELECT count(*) FROM history WHERE project_id IN {never}").fetchall() == [(0,)]
    # Each project that counts today has a row that says so, and the last of each is today's amount.
    last = (
        "SELECT project_id, metric, net_low, net_high FROM history"
        " QUALIFY row_number() OVER (PARTITION BY project_id, metric ORDER BY changed_on DESC) = 1 AND is_counted"
    )
    today = "SELECT project_id, metric, net_low, net_high FROM amounts WHERE is_counted"
    assert connection.execute(f"FROM ({last}) ORDER BY ALL").fetchall() == (
        connection.execute(f"FROM ({today}) ORDER BY ALL").fetchall()
    )


def test_a_large_file_is_written_by_shares(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(database_module, "CLAIMS_OF_A_SHARE", 100)
    draft = tmp_path / "observatory.duckdb"
    write_database(ANNOUNCEMENTS, draft)
    with duckdb.connect(str(draft), read_only=True) as written:
        rows = written.execute("SELECT * FROM history ORDER BY ALL").fetchall()
        assert rows == written.execute("SELECT * FROM amounts_by_day(DATE '9999-12-31') ORDER BY ALL").fetchall()


def test_where_the_disk_has_no_room_the_build_fails_and_the_database_that_was_there_stays(tmp_path: Path) -> None:
    csv = write_table(tmp_path, table())
    place = tmp_path / "observatory.duckdb"
    build(csv, place)
    before = place.read_bytes()
    # Room for what is written beside the database, and not for the database: DuckDB says nothing as it closes.
    room = len(before) - 4096
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))"
    one_build = f"{limited}; import sys; from pathlib import Path; from etl.build import build"
    command = [sys.executable, "-c", f"{one_build}; build(*map(Path, sys.argv[1:]))", csv, place]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 1 and "File too large" in ended.stderr
    assert place.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([csv.name, place.name])


def test_an_empty_folder_in_the_place_of_the_database_gives_way(tmp_path: Path) -> None:
    csv_path, database = write_table(tmp_path, table()), tmp_path / "observatory.duckdb"
    database.mkdir()
    assert build(csv_path, database).claims == 5
    database.unlink()
    (database / "somebody's").mkdir(parents=True)
    with pytest.raises(OSError, match="not empty"):
        build(csv_path, database)
