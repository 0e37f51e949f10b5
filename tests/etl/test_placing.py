"""A new row: the line as it is written, where it goes, and nothing else of the file touched."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.placing import place_row, write_line
from etl.schema import ANNOUNCEMENTS, load_schema
from etl.trial import try_row

GOOD = ANNOUNCEMENTS.read_bytes()
ROW = {"id": "2026-02-essai", "project_id": "cambrai", "announced_on": "2026-02-10"}


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(load_schema().names), st.text(max_size=40)))
def test_a_line_reads_back_as_the_row_and_no_other_line_moves(row: dict[str, str]):
    content = GOOD.decode()
    placed = place_row(content, row)
    (read,) = csv.reader(io.StringIO(placed.line, newline=""))
    assert read == [row.get(name, "") for name in load_schema().names]
    lines = placed.content.split("\n")
    at = placed.number - 1
    assert "\n".join(lines[at:]).startswith(placed.line)
    assert "\n".join(lines[:at] + placed.content.split(f"{placed.line}\n", 1)[1].split("\n")) == content


def test_a_row_goes_where_the_check_wants_it():
    content = GOOD.decode()
    assert place_row(content, ROW).number == try_row(content, ROW, load_schema()).placed.number
    first, last = ({**ROW, "announced_on": day} for day in ("2001-01-01", "2030-01-01"))
    assert (place_row(content, first).after, place_row(content, first).number) == ("", 2)
    assert (place_row(content, last).before, place_row(content, last).number) == ("", content.count("\n") + 1)
    month, day = ({**ROW, "announced_on": written} for written in ("2025-02", "2025-02-10"))
    assert place_row(content, month).number < place_row(content, day).number
    assert place_row("a,b\n1,2", {"a": "x"}).content == "a,b\n1,2\nx,\n"
    assert place_row("", {"a": "x"}).content == "x\n"
    assert write_line(("a", "b"), {"a": 'x "y", z\n'}) == '"x ""y"", z\n",'


def test_a_file_known_to_be_sound_is_judged_once_with_the_same_answer():
    content = GOOD.decode()
    first, again = (try_row(content, ROW, load_schema(), is_sound=is_sound) for is_sound in (False, True))
    assert first == again and {problem.line for problem in first.problems} == {first.placed.number}
