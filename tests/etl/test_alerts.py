"""The alerts: each seen alone on the small file, with its words, its bounds, and few on the real one."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.alerts import MEUR_PER_JOB, MEUR_PER_MW
from etl.build import build
from etl.check import check_file
from etl.decoding import decoded_once
from etl.messages import warning_lines
from etl.problems import Problem
from etl.schema import ANNOUNCEMENTS
from tests.etl.command import run_etl
from tests.etl.conftest import Write
from tests.etl.sheet import CAMPUS_LINE, COLUMNS, SOURCE, as_text, edited, table, write_table
from tests.etl.test_check_cells import typeset

TODAY = date(2026, 11, 24)
ARCHIVE = "archive-missing"
Rows = list[list[str]]


def alerts_of(path: Path) -> list[Problem]:
    """The warnings of a right file, but for the archived copies that no claim of the small file has."""
    report = check_file(path, today=TODAY)
    assert report.ok
    return [alert for alert in report.warnings if alert.code != ARCHIVE]


def added(*claims: dict[str, str], base: Rows | None = None) -> Rows:
    """The small file and more claims, sorted."""
    header, *rows = base or table()
    more = [[(SOURCE | claim).get(name, "") for name in COLUMNS] for claim in claims]
    at = COLUMNS.index
    return [header, *sorted([*rows, *more], key=lambda row: (row[at("announced_on")], row[at("id")]))]


AGAIN = {
    "id": "2025-02-campus-encore",
    "project_id": "campus-bethune",
    "announced_on": "2025-02-10",
    "power_low_mw": "240",
    "power_kind": "grid",
    "jobs_low": "100",
    "jobs_high": "200",
    "jobs_scope": "direct",
}
NEW = {
    "id": "2025-07-campus",
    "project_id": "bethune-campus",
    "project_name": "Béthune, campus IA",
    "project_name_en": "Béthune AI campus",
    "kind": "site",
    "purpose": "ai",
    "announced_on": "2025-07-01",
}
LATER = {"id": "2025-07-campus-suite", "project_id": "campus-bethune", "announced_on": "2025-07-01"}
PLACE = {"region_code": "32", "departement_code": "62", "commune_code": "62119"}

CASES: dict[str, tuple[Rows, int, str, str]] = {
    "a day to come": (
        added(NEW | {"project_name": "Tout autre", "announced_on": "2026-11-25", "recorded_on": "2026-11-25"}),
        7,
        "announced_on",
        "« 2026-11-25 » est après aujourd’hui (2026-11-24) ; vérifiez la date de l’annonce.",
    ),
    "a text decoded twice": (
        edited(CAMPUS_LINE, project_name="Campus de BÃ©thune, lâ€™IA"),
        CAMPUS_LINE,
        "project_name",
        "« Campus de BÃ©thune, lâ€™IA » a été lu dans un autre codage que le sien ; écrivez "
        "« Campus de Béthune, l’IA ».",
    ),
    "a month to come": (
        added(NEW | {"project_name": "Tout autre", "announced_on": "2026-12", "recorded_on": "2026-12-01"}),
        7,
        "announced_on",
        "« 2026-12 » est après aujourd’hui (2026-11-24) ; vérifiez la date de l’annonce.",
    ),
    "a point that may separate thousands": (
        edited(CAMPUS_LINE, power_low_mw="1.200"),
        3,
        "power_low_mw",
        "« 1.200 » est lu 1.2 ; écrivez 1.2, ou 1200 si le point sépare des milliers.",
    ),
    "a claim entered twice": (
        added(AGAIN | {"source_publisher": "A.F.P.", "source_url": "https://example.org/ailleurs"}),
        4,
        "id",
        "« 2025-02-campus-encore » semble répéter 2025-02-campus-240-mw (ligne 3) : même projet, même date, mêmes "
        "chiffres, même éditeur ; supprimez-la si c’est la même déclaration.",
    ),
    "a claim without figures entered twice": (
        added({"id": "2025-03-campus-hb", "project_id": "campus-bethune", "announced_on": "2025-03-01"}),
        5,
        "id",
        "« 2025-03-campus-hb » semble répéter 2025-03-campus-ha (ligne 4) : même projet, même date, mêmes chiffres, "
        "même éditeur ; supprimez-la si c’est la même déclaration.",
    ),
    "a project under the same words in another order": (
        added(NEW),
        7,
        "project_id",
        "« Béthune, campus IA » ressemble à « Campus de Béthune » (ligne 3) ; écrivez « campus-bethune » dans "
        "project_id si c’est le même projet.",
    ),
    "a project of one builder in one commune": (
        added(
            NEW | PLACE | {"project_name": "La Porte du Nord", "operator": "Nébius"},
            base=edited(CAMPUS_LINE, operator="nebius"),
        ),
        7,
        "project_id",
        "« La Porte du Nord » ressemble à « Campus de Béthune » (ligne 3) ; écrivez « campus-bethune » dans "
        "project_id si c’est le même projet.",
    ),
    "ten times the figure before": (
        added(LATER | {"power_high_mw": "2400", "power_kind": "grid"}),
        7,
        "power_high_mw",
        "« 2400 » diffère d’un facteur 10 au moins du chiffre précédent du projet (240, ligne 3) ; vérifiez l’unité et "
        "les zéros.",
    ),
    "a tenth of the figure before": (
        added(LATER | {"power_low_mw": "24", "power_kind": "grid"}),
        7,
        "power_low_mw",
        "« 24 » diffère d’un facteur 10 au moins du chiffre précédent du projet (240, ligne 3) ; vérifiez l’unité et "
        "les zéros.",
    ),
    "too few euros for a megawatt": (
        edited(CAMPUS_LINE, investment_low_meur="240", jobs_low="", jobs_high="", jobs_scope=""),
        3,
        "investment_low_meur",
        "240 M€ pour 240 MW : 1 M€ par MW, hors de l’usage (2 à 50) ; vérifiez que les deux chiffres parlent de la "
        "même chose.",
    ),
    "too many euros for a job": (
        edited(CAMPUS_LINE, investment_high_meur="10000", jobs_low="20", jobs_high="20"),
        3,
        "investment_high_meur",
        "10000 M€ pour 20 emplois : 500 M€ par emploi, hors de l’usage (1 à 150) ; vérifiez que les deux chiffres "
        "parlent de la même chose.",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_deserves_a_look_is_said_alone_in_its_place(write: Write, name: str) -> None:
    rows, line, column, said = CASES[name]
    path = write(rows)
    (alert,) = alerts_of(path)
    assert (alert.line, alert.column) == (line, column)
    report = check_file(path, today=TODAY)
    assert typeset(f"{path}, ligne {line}, colonne {column} : {said}") in warning_lines(report, "fr")
    assert f"{path}, line {line}, column {column}: " in "".join(warning_lines(report, "en"))


QUIET: dict[str, Rows] = {
    "the small file": table(),
    "a phase of the same place": added(
        NEW | PLACE | {"operator": "Nebius", "part_of": "campus-bethune"}, base=edited(CAMPUS_LINE, operator="Nebius")
    ),
    "a namesake elsewhere": added(NEW | {"region_code": "32", "departement_code": "59", "commune_code": "59350"}),
    "another number": added(NEW | {"project_name": "Campus de Béthune 2"}),
    "an inventory of the same name": added(NEW | {"kind": "inventory"}),
    "another publisher": added(AGAIN | {"source_publisher": "Les Échos", "source_url": "https://example.org/b"}),
    "another scope": added(AGAIN | {"jobs_scope": "unspecified"}),
    "another day": added(AGAIN | {"announced_on": "2025-02-11"}),
    "today": added(NEW | {"project_name": "Tout autre", "announced_on": "2026-11-24", "recorded_on": "2026-11-24"}),
    "nine times": added(LATER | {"power_low_mw": "2160", "power_kind": "grid"}),
    "from nothing": added(
        LATER | {"power_low_mw": "240", "power_kind": "grid"}, base=edited(CAMPUS_LINE, power_low_mw="0")
    ),
    "decimals": edited(CAMPUS_LINE, power_low_mw="0.125"),
    "the least and the most": edited(
        CAMPUS_LINE, investment_low_meur=str(240 * MEUR_PER_MW[0]), investment_high_meur=str(100 * MEUR_PER_JOB[1])
    ),
}


@pytest.mark.parametrize("name", QUIET)
def test_what_is_usual_is_passed_over(write: Write, name: str) -> None:
    assert alerts_of(write(QUIET[name])) == []


def test_weak_and_lost_sources_are_one_line_each(write: Write) -> None:
    path = write(edited(2, source_kind="other", archive_url="https://example.org/copie"))
    report = check_file(path, today=TODAY)
    assert warning_lines(report, "fr") == [
        typeset("Alertes (elles n’empêchent rien ; à relire) :"),
        typeset(
            f"{path} : projets qui ne reposent que sur des sources « other » : 1 (plan) ; cherchez-en une meilleure."
        ),
        typeset(
            f"{path} : déclarations sans archive_url : 4 sur 5 ; archivez la page et écrivez l’adresse de la copie."
        ),
        typeset("2 alertes : 2 remarques sur les sources."),
    ]
    assert warning_lines(report, "en")[-1] == "2 warnings: 2 remarks on sources."


def test_warnings_come_after_the_problems_and_change_no_status(tmp_path: Path) -> None:
    path = write_table(tmp_path, table())
    done = run_etl("check", path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == typeset("Alertes (elles n’empêchent rien ; à relire) :")
    assert done.stdout.splitlines()[-1] == typeset("5 déclarations, 4 projets : aucun problème.")
    write_table(tmp_path, edited(3, status="anounced"))
    done = run_etl("check", path)
    assert done.returncode == 1 and "anounced" in done.stdout.splitlines()[0]
    assert done.stdout.splitlines()[1].startswith("Alertes")
    document = json.loads(run_etl("check", path, "--format", "json").stdout)
    assert (document["count"], [one["code"] for one in document["warnings"]]) == (1, [ARCHIVE])


def test_a_build_looks_for_no_warning_and_stops_at_none(tmp_path: Path) -> None:
    path = write_table(tmp_path, added(NEW | {"announced_on": "2099-01-01", "recorded_on": "2099-01-01"}))
    assert check_file(path).warnings == ()
    assert build(path, tmp_path / "observatory.duckdb").claims == 6


def test_there_are_few_on_the_real_file() -> None:
    """Twelve would already be more than anybody rereads; to be tuned again when the file has doubled."""
    report = check_file(ANNOUNCEMENTS, today=TODAY)
    assert 0 < len(report.warnings) <= 12
    assert sum(alert.code in ("claim-similar", "project-similar") for alert in report.warnings) <= 3


def test_nothing_is_looked_for_where_a_column_is_missing(tmp_path: Path) -> None:
    text = as_text([row[:-1] for row in table()])
    path = tmp_path / "annonces.csv"
    path.write_text(text, encoding="utf-8")
    assert check_file(path, today=TODAY).warnings == ()


@given(words=st.text(alphabet="aeio ,.-éèàçêûœÉÀ’«»–€", max_size=30))
def test_what_was_decoded_twice_is_known_and_right_words_are_not(words: str) -> None:
    assert decoded_once(words) is None
    twice = words.encode().decode("cp1252", "replace")
    assert decoded_once(twice) == (words if not words.isascii() and "\ufffd" not in twice else None)


@pytest.mark.parametrize("words", ["São Paulo", "Ã", "A©", "naïve", "Îles", "50 €", "Straße", "Ångström", "Â la carte"])
def test_words_of_other_languages_are_left_alone(words: str) -> None:
    assert decoded_once(words) is None
