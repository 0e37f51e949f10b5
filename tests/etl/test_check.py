"""The check as staff and machines run it: the real file, ten mistakes at once, JSON, any bytes at all."""

import csv
import hashlib
import tomllib
from pathlib import Path
from string import Formatter

from etl.check import check_file
from etl.messages import MESSAGES, sentences
from etl.schema import ANNOUNCEMENTS
from tests.etl.command import run_etl
from tests.etl.sheet import as_text
from tests.etl.test_check_cells import CASES, typeset
from tests.etl.test_check_file import CONTENTS, HEADERS


def numbers_of(path: Path) -> tuple[int, int]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return len(rows), len({row["project_id"] for row in rows})


def test_the_real_file_passes_and_is_counted(real_file: Path) -> None:
    claims, projects = numbers_of(real_file)
    report = check_file(real_file)
    assert list(sentences(report, "fr")) == []
    assert (report.file, report.claims, report.projects) == ("data/announcements.csv", claims, projects)
    done = run_etl("check")
    french = typeset(f"{claims} déclarations, {projects} projets : aucun problème.")
    assert (done.returncode, done.stdout.splitlines()[-1:], done.stderr) == (0, [french], "")
    done = run_etl("check", real_file, "--lang", "en")
    english = f"{claims} claims, {projects} projects: no problem."
    assert (done.returncode, done.stdout.splitlines()[-1:]) == (0, [english])


# (cells that the line has, whether the first of its project, column, mistake, what must be said of it)
MISTAKES: list[tuple[dict[str, str], bool, str, str, str]] = [
    (
        {"region_code": "32"},
        False,
        "region_code",
        "Hauts de France",
        "« Hauts de France » n’est pas un code INSEE de région ; écrivez 32 (Hauts-de-France).",
    ),
    (
        {"departement_code": "59", "region_code": "32"},
        False,
        "region_code",
        "11",
        "« 11 » ne contient pas 59 (Nord), écrit dans departement_code ; écrivez 32 (Hauts-de-France), ou "
        "corrigez departement_code.",
    ),
    (
        {"status": "announced"},
        False,
        "status",
        "annoncé",
        "« annoncé » n’est pas un code permis ; écrivez announced (Annoncé).",
    ),
    (
        {"investment_high_meur": "20000"},
        False,
        "investment_low_meur",
        "25000",
        "« 25000 » dépasse investment_high_meur (20000) ; écrivez 20000 au plus, ou corrigez investment_high_meur.",
    ),
    (
        {"power_kind": "unspecified"},
        False,
        "power_low_mw",
        "1 400,5 MW",
        "« 1 400,5 MW » n’est pas un nombre ; écrivez 1400.5.",
    ),
    (
        {"source_kind": "agency"},
        False,
        "recorded_on",
        "31/12/2026",
        "« 31/12/2026 » n’est pas une date AAAA-MM-JJ ; écrivez 2026-12-31.",
    ),
    (
        {"part_of": "softbank-france"},
        True,
        "part_of",
        "softbank-frnace",
        "« softbank-frnace » n’est le project_id d’aucune ligne ; écrivez softbank-france.",
    ),
    (
        {"project_id": "brookfield-france"},
        False,
        "kind",
        "target",
        "« target » contredit la première ligne du projet « brookfield-france » (ligne {first}) ; écrivez "
        "programme, ou laissez la cellule vide.",
    ),
    (
        {"project_id": "sites-etat"},
        False,
        "source_url",
        "www.elysee.fr",
        "« www.elysee.fr » n’a pas la forme attendue ; écrivez une valeur comme https://www.telehouse.net/news/.",
    ),
]

HEADING = typeset("Alertes (elles n’empêchent rien ; à relire) :")
COUNT_OF_TEN = "10 problèmes à corriger : 4 codes, 2 nombres, 2 projets, 1 date, 1 ligne."
FORM_OF_TEN = "1 problème de pure forme : « python -m etl normalise {file} » répare cela sans toucher au sens."


def plant_ten_mistakes(source: Path, folder: Path) -> tuple[Path, list[str]]:
    """Plant `MISTAKES`, and one line too long, each on a line of its own in a copy of the real file."""
    with source.open(encoding="utf-8", newline="") as lines:
        header, *rows = list(csv.reader(lines))
    at = {name: position for position, name in enumerate(header)}
    firsts: dict[str, int] = {}
    for line, row in enumerate(rows, start=2):
        firsts.setdefault(row[at["project_id"]], line)
    said: dict[int, str] = {}
    for wanted, is_first, column, mistake, sentence in MISTAKES:
        line, project = next(
            (line, row[at["project_id"]])
            for line, row in enumerate(rows, start=2)
            if all(row[at[name]] == text for name, text in wanted.items())
            and (firsts[row[at["project_id"]]] == line) is is_first
            and line not in said
        )
        rows[line - 2][at[column]] = mistake
        said[line] = f", ligne {line}, colonne {column} : {sentence.format(first=firsts[project])}"
    last = len(rows) + 1
    rows[-1].append("une virgule de trop")
    said[last] = (
        f", ligne {last} : {len(header) + 1} cellules au lieu de {len(header)}, la première en trop est « une "
        'virgule de trop » ; entourez de guillemets droits (") la cellule qui contient une virgule, ou supprimez '
        "la virgule de trop."
    )
    path = folder / "annonces.csv"
    path.write_text(as_text([header, *rows]), encoding="utf-8")
    return path, [typeset(f"{path}{said[line]}") for line in sorted(said)]


def fingerprints(folder: Path) -> dict[Path, str]:
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.is_file()}


def test_ten_planted_mistakes_are_all_said_in_one_run_and_nothing_is_written(real_file: Path, tmp_path: Path) -> None:
    path, expected = plant_ten_mistakes(real_file, tmp_path)
    assert len(expected) == 10
    before = fingerprints(tmp_path) | fingerprints(ANNOUNCEMENTS.parent)
    done = run_etl("check", path)
    assert done.stdout.splitlines()[: len(expected) + 1] == [*expected, HEADING]
    assert (done.returncode, done.stderr) == (1, typeset(f"{COUNT_OF_TEN}\n{FORM_OF_TEN}\n").format(file=path))
    assert fingerprints(tmp_path) | fingerprints(ANNOUNCEMENTS.parent) == before


def test_a_build_of_a_wrong_file_says_the_same_and_writes_nothing(real_file: Path, tmp_path: Path) -> None:
    path, expected = plant_ten_mistakes(real_file, tmp_path)
    database = tmp_path / "observatory.duckdb"
    database.write_bytes(b"the previous database")
    done = run_etl("build", path, "--database", database)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [*expected, typeset(COUNT_OF_TEN)]
    assert {found.name for found in tmp_path.iterdir()} == {"annonces.csv", "observatory.duckdb"}
    assert database.read_bytes() == b"the previous database"


def test_every_sentence_is_written_in_both_languages_with_the_same_values() -> None:
    for code, said in tomllib.loads(MESSAGES.read_text(encoding="utf-8"))["sentence"].items():
        for form in (said, *(said[name] for name in ("unsure", "blank") if name in said)):
            named = [{name for _, name, _, _ in Formatter().parse(form[lang]) if name} for lang in ("fr", "en")]
            assert named[0] == named[1], code


# Said of mistakes that the tests named here make by themselves.
SAID_ELSEWHERE = {
    "file-missing",  # test_a_missing_file_and_a_folder_are_said
    "file-directory",
    "workbook-open",  # tests/etl/test_libreoffice.py
    "workbook-old",
    "workbook-sealed",
    "file-unreadable",
    "column-order",  # test_columns_in_another_order_are_said_and_still_read_by_name
    "reading-stopped",  # test_a_file_of_unreadable_lines_is_left_before_it_costs_too_much
    "identity-missing",  # test_a_name_given_only_later_is_asked_for_on_the_first_line
    "parent-added",  # test_a_parent_added_after_a_first_line_without_one_is_an_error
    "type-boolean",  # test_a_boolean_and_a_rarer_rule_of_a_schema_have_their_sentences
    "constraint",
    "date-future",  # tests/etl/test_alerts.py
    "number-ambiguous",
    "text-decoded-twice",
    "claim-similar",
    "project-similar",
    "figure-tenfold",
    "ratio-power",
    "ratio-jobs",
    "sources-weak",
    "archive-missing",
    "file-archive",  # tests/etl/test_excel.py
    "workbook-large",
    "formula",
}


def test_every_sentence_is_said_of_some_mistake_in_these_tests() -> None:
    said = {case["code"] for case in CASES} | {code for code, *_ in CONTENTS.values()}
    said |= {code for code, *_ in HEADERS.values()} | {"column-missing"} | SAID_ELSEWHERE
    assert said == set(tomllib.loads(MESSAGES.read_text(encoding="utf-8"))["sentence"])
