"""Whatever is in the file, the check answers: no bytes, damage or text make it raise."""

from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.check import check_file
from etl.messages import sentences, summary, warning_lines
from etl.schema import ANNOUNCEMENTS
from tests.etl.sheet import COLUMNS, as_text, edited, table

TODAY = date(2026, 11, 24)
ROWS = as_text(table()).encode()
REAL_LINES = ANNOUNCEMENTS.read_bytes().splitlines(keepends=True)


def check_bytes(folder: Path, content: bytes) -> None:
    """Whatever the bytes, the check answers, in both languages, and reads the same twice."""
    path = folder / "annonces.csv"
    path.write_bytes(content)
    report = check_file(path, today=TODAY)
    assert report.ok is (not report.problems)
    assert report.ok or content != ROWS
    for lang in ("fr", "en"):
        lines = [*sentences(report, lang), *warning_lines(report, lang), summary(report, lang)]
        # One line each; the spaces of French are the only signs that Python holds for unprintable.
        assert all(line.replace("\u202f", " ").replace("\u00a0", " ").isprintable() for line in lines)
    assert check_file(path, today=TODAY) == report
    lines = [problem.line or 0 for problem in report.problems]
    assert lines == sorted(lines)


anything = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@anything
@given(content=st.binary(max_size=400))
def test_no_bytes_make_the_check_raise(tmp_path: Path, content: bytes) -> None:
    check_bytes(tmp_path, content)
    check_bytes(tmp_path, ROWS + content)


@anything
@given(data=st.data())
def test_no_damage_to_real_lines_makes_the_check_raise(tmp_path: Path, data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.sampled_from(REAL_LINES[1:]), min_size=1, max_size=6))
    content = bytearray(b"".join([REAL_LINES[0], *kept]))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 4))] = data.draw(
            st.sampled_from([b",", b'"', b"\n", b";", b"\x00", b"\xe9", "é".encode(), b"-", b"9", b" ", b""])
        )
    check_bytes(tmp_path, bytes(content))


@anything
@given(line=st.integers(2, 6), column=st.sampled_from(COLUMNS), value=st.text(max_size=30))
def test_no_text_in_a_cell_makes_the_check_raise(tmp_path: Path, line: int, column: str, value: str) -> None:
    check_bytes(tmp_path, as_text(edited(line, **{column: value})).encode("utf-8", errors="replace"))
