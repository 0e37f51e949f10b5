"""A draft is judged whatever it holds: never an exception, always an end, and nothing left behind."""

import csv
import io
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.check import check_file
from etl.schema import ANNOUNCEMENTS, ROOT, SCHEMA, load_schema
from pages.shared import draft, draft_runner
from pages.shared.draft_runner import NotExamined, examine_content
from tests.etl.sheet import as_text, table

GOOD = ANNOUNCEMENTS.read_bytes()
HEADER, _, ROWS = GOOD.partition(b"\n")
WIDTH = HEADER.count(b",")
MB = 2**20
ROW = {"id": "2026-02-essai", "project_id": "cambrai", "announced_on": "2026-02-10"}


def zip_bomb() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 200 * MB)
    return written.getvalue()


HOSTILE: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "binary": lambda: bytes(range(256)) * 4000,
    "NULs": lambda: b"\0" * MB,
    "a row of NULs": lambda: GOOD + b"\0," * WIDTH + b"\0\n",
    "a zip bomb": zip_bomb,
    "a million columns": lambda: b",".join(b"c%d" % n for n in range(1_000_000)) + b"\n" + b"," * 999_999 + b"\n",
    "one cell of 19 MB": lambda: HEADER + b'\n"' + b"a" * 19 * MB + b'"\n',
    "quotes": lambda: b'"' * 5 * MB,
    "commas": lambda: b"," * MB,
    "a header alone": lambda: HEADER,
    "another encoding": lambda: GOOD.decode().encode("utf-16"),
    "formulas": lambda: HEADER + b"\n=cmd|' /C calc'!A0" + b"," * WIDTH + b"\n",
    "long names": lambda: b"id," + b"x" * MB + b"\n1,2\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of temporary files; it must be found empty."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_told_in_sentences_and_leaves_nothing(folder: Path, name: str):
    told = examine_content(HOSTILE[name]())
    assert not told["ok"] and told["totals"] is None
    assert told["problems"] and all(problem["sentences"]["fr"] for problem in told["problems"])
    assert len(str(told)) < 500_000
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("content", [b"x" * (draft_runner.LARGEST_BYTES + 1), b"\n" * (draft_runner.MOST_LINES + 1)])
def test_a_file_too_large_is_refused_at_once(folder: Path, content: bytes):
    with pytest.raises(NotExamined, match="large"):
        examine_content(content)
    assert list(folder.iterdir()) == []


def test_a_file_that_takes_too_long_or_too_much_memory_is_given_up(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(draft_runner, "WITHIN_S", 0.3)
    with pytest.raises(NotExamined, match="hard"):
        examine_content(GOOD)
    assert list(folder.iterdir()) == []
    greedy = "from pages.shared import draft; draft._limit(); bytearray(draft.MOST_BYTES)"
    run = subprocess.run([sys.executable, "-c", greedy], cwd=ROOT, capture_output=True, check=False)
    assert run.returncode and b"MemoryError" in run.stderr


def test_only_a_few_are_examined_at_once(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(draft_runner, "WAITS_S", 0.01)
    for _ in range(draft_runner.AT_ONCE):
        assert draft_runner._places.acquire(timeout=1)
    try:
        with pytest.raises(NotExamined, match="busy"):
            examine_content(GOOD)
    finally:
        for _ in range(draft_runner.AT_ONCE):
            draft_runner._places.release()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=400),
        st.text(max_size=400).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.binary(max_size=80).map(lambda tail: HEADER + b"\n" + tail),
        st.tuples(st.integers(0, len(GOOD) - 1), st.binary(max_size=9)).map(
            lambda cut: GOOD[: cut[0]] + cut[1] + GOOD[cut[0] :]
        ),
    )
)
def test_no_bytes_raise(tmp_path: Path, content: bytes):
    path = tmp_path / "announcements.csv"
    path.write_bytes(content)
    if not check_file(path).ok:  # a note with one more sign in it is still a file to build
        told = draft.examine(path)
        assert told["totals"] is None and told["count"] >= len(told["problems"]) > 0


SMALL = as_text(table()).encode()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_to_a_small_file_raises_and_what_passes_is_built(tmp_path: Path, data: st.DataObject):
    content = bytearray(SMALL)
    marks = [b",", b'"', b"\n", b"\r", b";", b"\x00", b"\xe9", "é".encode(), b"-", b"9", b" ", b""]
    for _ in range(data.draw(st.integers(0, 2))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 2))] = data.draw(st.sampled_from(marks))
    folder = Path(tempfile.mkdtemp(dir=tmp_path))
    path = folder / "announcements.csv"
    path.write_bytes(content)
    told = draft.examine(path, current=path)
    assert told["ok"] is (told["problems"] == []) is (told["totals"] is not None)


def test_the_current_file_is_itself():
    told = examine_content(GOOD)
    assert told["ok"] and told["problems"] == [] and told["counts"] == {"added": 0, "changed": 0, "removed": 0}
    assert {total["place_code"] for total in told["totals"]} >= {"all", "none", "32"}


def test_semicolons_are_read_so_that_the_rows_compare():
    rows = list(csv.reader(io.StringIO(GOOD.decode(), newline="")))
    written = io.StringIO()
    csv.writer(written, delimiter=";", lineterminator="\r\n").writerows(rows)
    told = examine_content(written.getvalue().encode("utf-8-sig"))
    assert told["counts"] == {"added": 0, "changed": 0, "removed": 0}
    assert "normalise announcements.csv" in told["form"]["fr"]


def test_only_what_the_row_makes_wrong_is_told(tmp_path: Path, folder: Path):
    path = tmp_path / "file.csv"
    path.write_bytes(GOOD.replace(b"2026-11-22", b"hier", 1))
    found = draft.check_row(ROW, load_schema(), path).faults
    required = {field.name for field in load_schema().fields if field.required} - ROW.keys()
    assert {fault.column for fault in found} == required
    assert [entry.name for entry in folder.iterdir()] == ["file.csv"]


def test_a_column_added_to_schema_and_file_is_in_the_line(tmp_path: Path):
    declared = SCHEMA.read_text(encoding="utf-8")
    at = declared.index('    {\n      "name": "note"')
    words = ", ".join(f'"{name}": "x"' for name in ("title", "title_en", "description", "description_en"))
    added = f'{{"name": "mood", "type": "string", {words}}},\n'
    (tmp_path / "schema.json").write_text(declared[:at] + added + declared[at:], encoding="utf-8")
    schema = load_schema(tmp_path / "schema.json")
    rows = list(csv.reader(io.StringIO(GOOD.decode(), newline="")))
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(
        [[*row[:-1], "mood" if not number else "", row[-1]] for number, row in enumerate(rows)]
    )
    (tmp_path / "file.csv").write_text(written.getvalue(), encoding="utf-8")
    checked = draft.check_row({**ROW, "mood": "calme"}, schema, tmp_path / "file.csv")
    assert checked.placed.line.endswith(",calme,")
    assert not [fault for fault in checked.faults if fault.column in ("", "mood")]
