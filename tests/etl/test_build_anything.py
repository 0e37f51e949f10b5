"""What the check lets through is built: no text of a cell, however long or odd, fails the reader of DuckDB."""

import csv
import io
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.check import check_file
from etl.database import load_announcements
from etl.reading import LONGEST_CELL
from etl.schema import load_schema
from tests.etl.sheet import COLUMNS, as_text, edited

SCHEMA = load_schema()
WORDS = (
    "project_name", "project_name_en", "announcer", "operator", "investors", "investment_stated", "power_stated",
    "jobs_stated", "source_publisher", "source_title", "note",
)  # fmt: skip


def read_back(path: Path) -> list[list[str]]:
    """The rows of a file that passed its check, as DuckDB has read them."""
    with duckdb.connect() as connection:
        load_announcements(connection, path, SCHEMA)
        names = ", ".join(WORDS)
        rows = connection.execute(f"SELECT {names} FROM announcements ORDER BY line").fetchall()
    return [[cell or "" for cell in row] for row in rows]


def words_of(content: bytes) -> list[list[str]]:
    _, *rows = csv.reader(io.StringIO(content.decode(), newline=""))
    return [[row[COLUMNS.index(name)] for name in WORDS] for row in rows]


def test_a_line_of_the_longest_cells_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "annonces.csv"
    path.write_text(as_text(edited(2, **dict.fromkeys(WORDS, "€" * LONGEST_CELL))), encoding="utf-8")
    assert check_file(path).ok
    assert read_back(path) == words_of(path.read_bytes())


@pytest.mark.parametrize("column", ["id", "source_title", "note"])
@pytest.mark.parametrize("text", ["\rabc", "a\rbc", "abc\r"])
def test_a_return_alone_in_a_cell_never_reaches_the_build(tmp_path: Path, column: str, text: str) -> None:
    path = tmp_path / "annonces.csv"
    path.write_bytes(as_text(edited(3, **{column: text})).encode())
    assert "line-ending" in [problem.code for problem in check_file(path).problems]


SIGNS = st.sampled_from([*"\"'\\#,;\t|\n\r \u00a0aé€=+-@0", "\u2028", "\x0b", "NULL", "--", "\U0001f3d7"])


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    line=st.integers(2, 6),
    cells=st.dictionaries(st.sampled_from(WORDS), st.lists(SIGNS, max_size=12).map("".join), min_size=1, max_size=4),
)
def test_whatever_passes_the_check_is_read_as_it_is(tmp_path: Path, line: int, cells: dict[str, str]) -> None:
    path = tmp_path / "annonces.csv"
    path.write_bytes(as_text(edited(line, **cells)).encode())
    if check_file(path).ok:
        assert read_back(path) == words_of(path.read_bytes())
