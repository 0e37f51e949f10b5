"""The command line, as a person at a terminal or a machine sees it."""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

from etl.messages import check_line
from etl.schema import ROOT
from tests.etl.command import run_etl
from tests.etl.sheet import as_text, edited

SLOW_WORK = """
import time
from etl.console import ProgressLine
progress = ProgressLine("fr")
progress("check", 0.1)
time.sleep(1.6)
progress("rules", 0.5)
progress.clear()
"""


def test_machines_read_the_problems_as_json(tmp_path: Path) -> None:
    path = tmp_path / "annonces.csv"
    path.write_text(as_text(edited(3, region_code="Hauts de France", status="xyz")), encoding="utf-8")
    done = run_etl("check", path, "--format", "json", "--lang", "en")
    document = json.loads(done.stdout)
    assert (done.returncode, done.stderr, document["file"], document["count"]) == (1, "", str(path), 2)
    assert document["problems"][1] == {
        "line": 3,
        "column": "region_code",
        "code": "unknown-region",
        "value": "Hauts de France",
        "expected": "32",
        "is_form": False,
        "others": [],
        "message": f"{path}, line 3, column region_code: “Hauts de France” is not an INSEE region code; "
        "write 32 (Hauts-de-France).",
    }
    assert (document["problems"][0]["column"], document["problems"][0]["expected"]) == ("status", None)
    done = run_etl("check", "--format", "json")
    document = json.loads(done.stdout)
    assert (done.returncode, document["file"]) == (0, "data/announcements.csv")
    assert (document["problems"], document["count"]) == ([], 0)


def test_a_mistyped_command_is_said_in_french_with_status_2() -> None:
    done = run_etl("check", "--lang", "de")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--lang : 'de' n’est pas permis" in done.stderr and "invalid" not in done.stderr
    done = run_etl("check", "a.csv", "b.csv")
    assert done.returncode == 2 and "b.csv : argument inconnu" in done.stderr


def test_without_a_command_the_help_is_shown_in_french() -> None:
    done = run_etl()
    assert done.returncode == 0
    assert "contrôle le fichier, sans rien écrire" in done.stdout and "show this help" not in done.stdout


def test_each_command_has_its_help_in_french() -> None:
    for name in ("check", "normalise", "build"):
        done = run_etl(name, "--help")
        assert done.returncode == 0 and done.stdout.startswith(f"usage : python -m etl {name} ")


def test_a_missing_file_is_a_sentence_with_status_1(tmp_path: Path) -> None:
    done = run_etl("check", tmp_path / "rien.csv", "--lang", "en")
    assert (done.returncode, done.stderr) == (1, "1 problem to correct: 1 fault of the file.\n")
    assert "this file does not exist" in done.stdout


def test_a_terminal_without_utf_8_still_gets_the_problems(tmp_path: Path) -> None:
    path = tmp_path / "annonces.csv"
    path.write_text(as_text(edited(3, status="annoncé")), encoding="utf-8")
    command = [sys.executable, "-m", "etl", "check", str(path)]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, env=environment, timeout=120, check=False)
    assert done.returncode == 1 and b"Traceback" not in done.stderr and b"ligne 3" in done.stdout


def test_a_build_says_what_it_built(real_file: Path, tmp_path: Path) -> None:
    database = tmp_path / "observatory.duckdb"
    done = run_etl("build", real_file, "--database", database)
    assert (done.returncode, done.stderr) == (0, "")
    built, *checks = done.stdout.splitlines()
    said = re.fullmatch(r"(.+)\u00a0: (\d+) déclarations, (\d+) projets, en \d+,\d s\.", built)
    assert said and said[1] == str(database)
    assert len(checks) == 18
    assert all(
        re.fullmatch(r".+\u00a0: .*\d vérifiés?, (aucune alerte|1 alerte|\d+ alertes)\.", line) for line in checks
    )
    assert all(len(line) <= 100 for line in checks)
    assert [path.name for path in tmp_path.iterdir()] == ["observatory.duckdb"]


def test_a_build_tells_its_checks_in_the_language_asked() -> None:
    assert check_line("Arrêts confirmés", 3, 1, "fr") == "Arrêts confirmés\u00a0: 3 vérifiés, 1 alerte."
    assert check_line("Arrêts confirmés", 1, 0, "fr") == "Arrêts confirmés\u00a0: 1 vérifié, aucune alerte."
    assert check_line("Stops confirmed", 1_200, 2, "en") == "Stops confirmed: 1,200 checked, 2 warnings."
    assert check_line("Stops confirmed", 0, 0, "en") == "Stops confirmed: 0 checked, no warning."


def test_a_database_that_cannot_be_written_is_a_sentence(real_file: Path, tmp_path: Path) -> None:
    database = tmp_path / "absent" / "observatory.duckdb"
    done = run_etl("build", real_file, "--database", database, "--lang", "en")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"{database} cannot be written; give with --database an existing folder where you are allowed to write and "
        "where there is room left.\n"
    )


def test_progress_is_drawn_on_a_terminal_after_a_second_and_a_half_then_removed() -> None:
    ours, theirs = pty.openpty()
    subprocess.run([sys.executable, "-c", SLOW_WORK], cwd=ROOT, stderr=theirs, timeout=60, check=True)
    os.close(theirs)
    drawn = os.read(ours, 10_000).decode()
    os.close(ours)
    assert drawn == "\r\x1b[K████████████░░░░░░░░░░░░  50% règles de comptage\r\x1b[K"
