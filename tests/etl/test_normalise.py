"""`normalise`: what it repairs, what it leaves, how it asks, and how it writes."""

import csv
import io
import os
import pty
import re
import stat
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.check import check_file
from etl.decoding import OLE_MARK, ZIP_MARK
from etl.messages import change
from etl.normalise import FileChanged, plan_repair, write_repair
from etl.schema import ANNOUNCEMENTS, ROOT
from tests.etl.command import run_etl
from tests.etl.conftest import Write
from tests.etl.sheet import COLUMNS, as_text, edited, resaved_by_a_french_spreadsheet, table, write_table
from tests.etl.test_check_cells import typeset
from tests.etl.test_libreoffice import MADE

SPOILED = as_text(edited(2, investment_low_meur="1 200,5", recorded_on="22/11/2026")).replace("\n", "\r\n")
REAL_LINES = ANNOUNCEMENTS.read_bytes().splitlines(keepends=True)
CHANGES = (
    "fichier : fins de ligne CR → LF",
    "ligne 2, investment_low_meur : « 1 200,5 » → « 1200.5 »",
    "ligne 2, recorded_on : « 22/11/2026 » → « 2026-11-22 »",
)


def spoil(folder: Path, content: str | bytes = SPOILED) -> Path:
    path = folder / "annonces.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_the_real_file_has_nothing_to_change() -> None:
    before = ANNOUNCEMENTS.read_bytes()
    done = run_etl("normalise", "--yes")
    assert (done.returncode, done.stdout) == (0, typeset("data/announcements.csv : rien à changer.\n"))
    assert ANNOUNCEMENTS.read_bytes() == before


def test_every_change_is_shown_then_written_beside_a_copy(tmp_path: Path) -> None:
    path = spoil(tmp_path)
    done = run_etl("normalise", path, "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    end = (f"{path} : 3 changements.", f"Le fichier d’avant est gardé : {path}.bak.")
    assert done.stdout.splitlines() == [typeset(line) for line in (*CHANGES, *end)]
    assert path.read_text(encoding="utf-8") == as_text(edited(2, investment_low_meur="1200.5"))
    assert (tmp_path / "annonces.csv.bak").read_bytes() == SPOILED.encode()
    done = run_etl("normalise", path, "--yes", "--lang", "en")
    assert (done.returncode, done.stdout) == (0, f"{path}: nothing to change.\n")
    assert sorted(found.name for found in tmp_path.iterdir()) == ["annonces.csv", "annonces.csv.bak"]


def test_the_changes_are_told_in_english(tmp_path: Path) -> None:
    plan = plan_repair(spoil(tmp_path))
    assert [change(made, "en") for made in plan.changes] == [
        "file: line endings CR → LF",
        "line 2, investment_low_meur: “1 200,5” → “1200.5”",
        "line 2, recorded_on: “22/11/2026” → “2026-11-22”",
    ]


def test_without_a_terminal_nothing_is_written_and_it_says_so(tmp_path: Path) -> None:
    path = spoil(tmp_path)
    done = run_etl("normalise", path)
    assert (done.returncode, done.stdout.splitlines()) == (1, [typeset(line) for line in CHANGES])
    assert done.stderr == typeset(
        "Rien n’est écrit : il n’y a pas de terminal pour le demander ; ajoutez --yes pour écrire 3 changements dans "
        f"{path}.\n"
    )
    assert path.read_bytes() == SPOILED.encode() and len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(("answer", "status"), [("o\n", 0), ("oui\n", 0), ("n\n", 1), ("\n", 1), ("\x04", 1)])
def test_at_a_terminal_it_asks_and_only_a_yes_is_a_yes(tmp_path: Path, answer: str, status: int) -> None:
    path = spoil(tmp_path)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "etl", "normalise", str(path)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        os.close(theirs)
        os.write(ours, answer.encode())
        out, _ = process.communicate(timeout=60)
    os.close(ours)
    assert process.returncode == status
    assert typeset(f"Écrire 3 changements dans {path} ? [o/N] ").replace(" ?", "\u202f?") in out
    assert (path.read_bytes() == SPOILED.encode()) is bool(status)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "ce fichier est vide"),
        (b"\x89PNG" + bytes(200), "ce fichier n’est pas du texte"),
        ((as_text(table()) + '2025-07-x,"jamais fermé\n').encode(), "les guillemets droits"),
        (as_text(table()[1:]).encode(), "cette ligne n’est pas un en-tête"),
        (as_text(table()).encode("utf-8") + "é".encode("cp1252"), "alors que d’autres lignes le sont"),
    ],
)
def test_a_file_that_cannot_be_read_whole_is_left_alone_with_one_sentence(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = spoil(tmp_path, content)
    done = run_etl("normalise", path, "--yes")
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr and done.stderr.count("\n") == 1
    assert path.read_bytes() == content and len(list(tmp_path.iterdir())) == 1


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    done = run_etl("normalise", tmp_path / "rien.csv", "--lang", "en")
    assert done.returncode == 1 and "this file does not exist" in done.stderr and not list(tmp_path.iterdir())


def test_copies_are_numbered_and_never_overwritten(tmp_path: Path) -> None:
    names = []
    for _ in range(3):
        backup = write_repair(plan_repair(spoil(tmp_path)))
        assert backup is not None and backup.read_bytes() == SPOILED.encode()
        names.append(backup.name)
    assert names == ["annonces.csv.bak", "annonces.csv.bak.2", "annonces.csv.bak.3"]


def test_a_link_stays_a_link_and_rights_stay(tmp_path: Path) -> None:
    folder = tmp_path / "ailleurs"
    folder.mkdir()
    path = spoil(folder)
    path.chmod(0o640)
    link = tmp_path / "lien.csv"
    link.symlink_to(path)
    backup = write_repair(plan_repair(link))
    assert link.is_symlink() and backup == folder / "annonces.csv.bak"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert check_file(link).ok


def test_a_file_changed_since_the_plan_is_not_overwritten(tmp_path: Path) -> None:
    path = spoil(tmp_path)
    plan = plan_repair(path)
    path.write_text("autre chose", encoding="utf-8")
    with pytest.raises(FileChanged):
        write_repair(plan)
    assert path.read_text(encoding="utf-8") == "autre chose" and len(list(tmp_path.iterdir())) == 1


def test_moved_rows_and_columns_are_said_one_by_one_and_the_fewest_move(tmp_path: Path) -> None:
    head, plan, campus, again, sites, phase = [[*row[:2], row[3], row[2], *row[4:]] for row in table()]
    path = write_table(tmp_path, [head, campus, again, sites, plan, phase])
    found = plan_repair(path)
    assert [change(made, "fr") for made in found.changes] == [
        typeset("ligne 1 : colonnes remises à leur place : project_name"),
        typeset("ligne 5 : « 2024-05-plan-2-md » mise à sa place dans l’ordre des dates, après la ligne 1"),
    ]
    assert found.content == as_text(table()).encode()


def test_columns_stay_where_a_line_cannot_be_cut_into_them(write: Write) -> None:
    rows = [[*row[:2], row[3], row[2], *row[4:]] for row in table()]
    plan = plan_repair(write([*rows[:3], rows[3][:-1], *rows[4:]]))
    assert plan.changes == ()


def test_an_added_column_keeps_its_place_and_its_values(write: Write) -> None:
    head, *rows = edited(2, recorded_on="22/11/2026")
    path = write([["à moi", *head], *[["gardé", *row] for row in rows]])
    plan = plan_repair(path)
    assert [made.column for made in plan.changes] == ["recorded_on"]
    assert plan.content == as_text([["à moi", *table()[0]], *[["gardé", *row] for row in table()[1:]]]).encode()


def check_repair(folder: Path, content: bytes) -> None:
    """Whatever the bytes: a plan, the same twice, and nothing left to repair after it."""
    plan = plan_repair(spoil(folder, content))
    assert bool(plan.changes) is (plan.content != content)
    assert plan.obstacle is None or not plan.changes
    if plan.changes:
        assert plan.content is not None
        again = plan_repair(spoil(folder, plan.content))
        assert (again.changes, again.obstacle, again.content) == ((), None, plan.content)


anything = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@anything
@given(content=st.binary(max_size=400))
def test_no_bytes_make_it_raise_and_twice_is_once(tmp_path: Path, content: bytes) -> None:
    check_repair(tmp_path, content)
    check_repair(tmp_path, as_text(table()).encode() + content)


@anything
@given(data=st.data())
def test_no_damage_to_real_lines_makes_it_raise_and_twice_is_once(tmp_path: Path, data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.sampled_from(REAL_LINES[1:]), min_size=1, max_size=6))
    content = bytearray(b"".join([REAL_LINES[0], *kept]))
    marks = [b",", b'"', b"\n", b"\r\n", b";", b"\x00", b"\xe9", "é".encode(), b"-", b"9", b" ", b"", b"\xef\xbb\xbf"]
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 4))] = data.draw(st.sampled_from(marks))
    check_repair(tmp_path, bytes(content))


@anything
@given(line=st.integers(2, 6), column=st.sampled_from(COLUMNS), value=st.text(max_size=30))
def test_no_text_in_a_cell_makes_it_raise_and_twice_is_once(tmp_path: Path, line: int, column: str, value: str) -> None:
    check_repair(tmp_path, as_text(edited(line, **{column: value})).encode("utf-8", errors="replace"))


@anything
@given(tail=st.binary(max_size=300), data=st.data())
def test_no_bytes_as_a_workbook_make_it_raise(tmp_path: Path, tail: bytes, data: st.DataObject) -> None:
    path = tmp_path / "annonces.xlsx"
    real = bytearray((MADE / "english.xlsx").read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        real[data.draw(st.integers(4, len(real) - 1))] = data.draw(st.integers(0, 255))
    for content in (tail, ZIP_MARK + tail, OLE_MARK + tail, bytes(real), bytes(real[: 20 * len(tail)])):
        path.write_bytes(content)
        plan = plan_repair(path)
        assert plan.obstacle is None or plan.changes == ()
        assert plan == plan_repair(path) and path.read_bytes() == content


WORDS = ("project_name", "announcer", "investment_stated", "source_title", "note")
TYPED = st.characters(exclude_categories=("Cs",), exclude_characters="\r")  # \r ends a line, quoted or not
UNSEEN = re.compile(r"\s+")


def words_of(text: str) -> str:
    """The text without what is not seen: white space, controls, signs without width."""
    seen = (sign for sign in text if unicodedata.category(sign) not in ("Cc", "Cf", "Zl", "Zp"))
    return UNSEEN.sub("", "".join(seen))


@anything
@given(column=st.sampled_from(WORDS), value=st.text(alphabet=TYPED, max_size=30))
def test_words_are_never_touched(tmp_path: Path, column: str, value: str) -> None:
    plan = plan_repair(spoil(tmp_path, as_text(edited(3, **{column: value}))))
    assert plan.content is not None
    rows = list(csv.reader(io.StringIO(plan.content.decode(), newline="")))
    at = COLUMNS.index(column)
    assert words_of(rows[2][at]) == words_of(value)
    rows[2][at] = table()[2][at]
    assert rows == table()


def french_number(text: str) -> str:
    whole, _, decimals = text.partition(".")
    return f"{int(whole):,}".replace(",", "\u202f") + (f",{decimals}" if decimals else "")


def french_day(text: str) -> str:
    return "/".join(reversed(text.split("-")))


@anything
@given(data=st.data())
def test_whatever_the_spoiling_the_values_come_back_and_no_fault_of_form_is_left(
    tmp_path: Path, data: st.DataObject
) -> None:
    clean = edited(3, region_code="84", departement_code="01", commune_code="01053", note="un ; deux, « trois »")
    rows = [list(row) for row in clean]
    for row in rows[1:]:
        for at, name in enumerate(COLUMNS):
            if row[at] and data.draw(st.booleans()):
                if name.endswith(("_mw", "_meur", "_low", "_high")):
                    row[at] = french_number(row[at])
                elif name.endswith(("_on", "_date")):
                    row[at] = french_day(row[at])
                elif name.endswith("_code"):
                    row[at] = row[at].removeprefix("0")
                else:
                    row[at] = data.draw(st.sampled_from(["{} ", "\u00a0{}", "\u200b{}", "{}\n"])).format(row[at])
    order = data.draw(st.permutations(rows[1:]))
    text = as_text([rows[0], *order])
    if data.draw(st.booleans()):
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=data.draw(st.sampled_from(";\t|"))).writerows([rows[0], *order])
        text = text.getvalue()
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
    plan = plan_repair(spoil(tmp_path, text.encode(encoding)))
    assert plan.obstacle is None and plan.content == as_text(clean).encode()


# What an office suite does to a cell, whatever its column: sometimes a form of the same value, sometimes another.
DAMAGE: tuple[Callable[[str], str], ...] = (
    lambda cell: f" {cell}",
    lambda cell: f"{cell}\u00a0",
    lambda cell: f"\u200b{cell}\t",
    lambda cell: f"“{cell}”",
    lambda cell: f"'{cell}",
    lambda cell: f"{cell}\n",
    lambda cell: cell.replace("-", "–"),
    lambda cell: cell.replace(".", ","),
    lambda cell: cell.lstrip("0"),
    lambda cell: "/".join(reversed(cell.split("-"))),
    lambda cell: f"{cell} %",
    lambda cell: cell.upper(),
    lambda cell: "  ",
    lambda cell: "#REF!",
)
WHOLE: tuple[Callable[[str], str], ...] = (
    lambda text: text.replace("\n", "\r\n"),
    lambda text: text.replace("\n", "\r"),
    lambda text: text.replace("\n", ",,\n"),
    lambda text: f"{text}\n\n",
    lambda text: f"{text}{','.join(COLUMNS)}\n",
    lambda text: text.replace(",", ";"),
    lambda text: text.replace(",", "\t"),
    lambda text: f"\ufeff{text}",
    resaved_by_a_french_spreadsheet,
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252", "latin-1", "mac-roman", "cp850")


@anything
@given(data=st.data())
def test_after_any_mixture_of_damage_no_fault_of_form_is_left_and_twice_is_once(
    tmp_path: Path, data: st.DataObject
) -> None:
    rows = edited(3, region_code="84", departement_code="01", commune_code="01053")
    for _ in range(data.draw(st.integers(0, 8))):
        line, at = data.draw(st.integers(0, 5)), data.draw(st.integers(0, len(COLUMNS) - 1))
        for damage in data.draw(st.lists(st.sampled_from(DAMAGE), min_size=1, max_size=3)):
            rows[line][at] = damage(rows[line][at])
    text = as_text([rows[0], *data.draw(st.permutations(rows[1:]))])
    for damage in data.draw(st.lists(st.sampled_from(WHOLE), max_size=3)):
        text = damage(text)
    path = spoil(tmp_path, text.encode(data.draw(st.sampled_from(ENCODINGS)), errors="replace"))
    plan = plan_repair(path)
    if plan.obstacle:
        assert plan.changes == () and not plan.obstacle.is_form
        return
    if plan.changes:
        write_repair(plan)
    assert [problem for problem in check_file(path).problems if problem.is_form] == []
    again = plan_repair(path)
    assert (again.changes, again.obstacle, again.content) == ((), None, plan.content)
    for backup in tmp_path.glob("*.bak*"):
        backup.unlink()
