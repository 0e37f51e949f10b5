"""Each quality check warns about what it names and nothing else, on a small database; none warns about a clean one."""

import shutil
from pathlib import Path
from typing import Any
from zlib import crc32

import duckdb
import pytest

from etl.database import write_database
from etl.quality import CheckCount, count_checks
from tests.etl.claims import claim, write_csv

# Ratios need a usual range: amounts are spread from 750 to 1,250 M€, for 100 MW and 100 jobs.
USUAL = 6


def sound(project: str, *, day: str = "2026-05-01", publishers: tuple[str, ...] = ("A", "B"), **columns: Any) -> list:
    """Claims of two publishers on a project that no check has anything to say about, but for the columns given."""
    whole = {
        "status": "announced",
        "region_code": "32",
        "departement_code": "59",
        "commune_code": "59122",
        "investment": 750 + crc32(project.encode()) % 500,
        "investment_stated": "un milliard",
        "power": 100,
        "power_kind": "grid",
        "power_stated": "100 MW",
        "jobs": 100,
        "jobs_scope": "direct",
        "jobs_stated": "cent emplois",
        "target_year": "2030",
        "archive_url": "https://archive.example/page",
    } | columns
    return [
        claim(project, day, n=n, source_publisher=publisher, **whole) for n, publisher in enumerate(publishers, start=1)
    ]


def usual() -> list[dict]:
    return [row for i in range(USUAL) for row in sound(f"usual-{i}")]


TRIPPED = [
    *usual(),
    *sound("whole", investment=2_000, power=200, jobs=200),
    *sound("whole-1", part_of="whole", investment=1_100),
    *sound("whole-2", part_of="whole", investment=1_100),
    *sound("up-to", investment=(None, 3_000), power=300, jobs=300),
    *sound("up-to-1", part_of="up-to"),
    *sound("disputed", publishers=("A",), investment=1_000),
    claim("disputed", "2026-05-01", n=2, source_publisher="B", investment=1_100, investment_stated="plus",
          archive_url="https://archive.example/page"),
    *sound("scopes", investment=2_000, power=200, jobs=200, jobs_scope="direct_indirect"),
    *sound("scopes-1", part_of="scopes"),
    *sound("stopped", status="cancelled", source_kind="other"),
    *sound("stopped-for-sure", status="cancelled"),
    *sound("dear-power", investment=1_000, power=1),
    *sound("dear-jobs", jobs=1),
    *sound("lonely", publishers=("A",)),
    *sound("rumour", source_kind="other"),
    *sound("wordless", power_stated=None),
    *sound("unarchived", archive_url=None),
    *sound("silent", day="2024-05-01"),
    *sound("silent-in-service", day="2024-05-01", status="operational"),
    *sound("vague", commune_code=None),
    *sound("nowhere", commune_code=None, departement_code=None, region_code=None),
    *sound("no-amount", investment=(None, None), investment_stated="des milliards"),
    *sound("no-power", power=(None, None), power_stated=None),
    *sound("no-jobs", jobs=(None, None), jobs_scope=None, jobs_stated="des centaines"),
    *sound("no-year", target_year=None),
]  # fmt: skip

# Check → what it warns about (project, metric), and how many subjects it looked at.
WARNINGS = {
    "regions_add_up": set(),
    "children_within_parent": {("whole", "investment_meur")},
    "equals_agree": {("disputed", "investment_meur")},
    "job_scopes_agree": {("scopes-1", "jobs")},
    "stops_confirmed": {("stopped", None)},
    "meur_per_mw": {("dear-power", None)},
    "meur_per_job": {("dear-jobs", None)},
    "several_sources": {("lonely", None)},
    "sound_sources": {("rumour", None)},
    "sound_figures": {("rumour", "investment_meur"), ("rumour", "power_mw"), ("rumour", "jobs")},
    "figure_has_words": {("wordless", "power_mw")},
    "has_archive": {("unarchived", None)},
    "has_news": {("silent", None)},
    "place_is_a_commune": {("vague", None), ("nowhere", None)},
    "has_investment": {("no-amount", "investment_meur")},
    "has_power": {("no-power", "power_mw")},
    "has_jobs": {("no-jobs", "jobs")},
    "has_target_year": {("no-year", None)},
}


def write(folder: Path, rows: list[dict]) -> Path:
    path = folder / "observatory.duckdb"
    write_database(write_csv(folder / "claims.csv", rows), path)
    return path


def asked(path: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture(scope="module")
def tripped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("tripped"), TRIPPED)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    parts = [*sound("whole", investment=2_000, power=200, jobs=200), *sound("part", part_of="whole")]
    return write(tmp_path_factory.mktemp("clean"), [*usual(), *parts, *sound("stopped", status="cancelled")])


@pytest.mark.parametrize("code", WARNINGS)
def test_a_check_warns_about_what_it_names_and_nothing_else(tripped: Path, code: str) -> None:
    warned = asked(tripped, f"SELECT DISTINCT project_id, metric FROM quality WHERE is_warning AND code = '{code}'")
    assert set(warned) == WARNINGS[code]


@pytest.mark.parametrize("code", WARNINGS)
def test_a_check_looks_at_a_clean_database_and_does_not_warn(clean: Path, code: str) -> None:
    ((seen, warnings),) = asked(
        clean, f"SELECT count(*), count(*) FILTER (is_warning) FROM quality WHERE code = '{code}'"
    )
    assert seen > 0
    assert warnings == 0


def test_every_check_of_the_view_is_named_and_tested(tripped: Path) -> None:
    assert {code for (code,) in asked(tripped, "SELECT code FROM quality_checks")} == set(WARNINGS)
    assert {code for (code,) in asked(tripped, "SELECT DISTINCT code FROM quality")} == set(WARNINGS)


def test_a_total_that_its_regions_do_not_make_is_an_error_of_ours(clean: Path, tmp_path: Path) -> None:
    spoilt = Path(shutil.copy(clean, tmp_path / "observatory.duckdb"))
    with duckdb.connect(str(spoilt)) as connection:
        connection.execute("UPDATE amounts SET net_high = net_high + 1 WHERE project_id = 'part' AND metric = 'jobs'")
    warned = asked(spoilt, "SELECT metric FROM quality WHERE is_warning AND code = 'regions_add_up'")
    assert warned == [("jobs",)]


def test_a_warning_holds_the_numbers_to_compare(tripped: Path) -> None:
    def numbers(code: str) -> list[tuple]:
        return asked(tripped, f"SELECT value, usual_low, usual_high FROM quality WHERE is_warning AND code = '{code}'")

    assert numbers("children_within_parent") == [(2_200, 2_000, 2_000)]
    assert numbers("equals_agree") == [(None, 1_000, 1_100)]
    assert numbers("has_news") == [(24, None, None)]
    ((ratio, low, high),) = numbers("meur_per_mw")
    assert ratio == pytest.approx(1_000) and 1 < low < 10 < high < 100


def test_two_scopes_are_told_with_the_project_that_holds_the_other(tripped: Path) -> None:
    told = asked(
        tripped, "SELECT own_code, related_code, related_id FROM quality WHERE is_warning AND code = 'job_scopes_agree'"
    )
    assert told == [("direct", "direct_indirect", "scopes")]


def test_four_ratios_have_no_usual_range(tmp_path: Path) -> None:
    rows = [row for i in range(3) for row in sound(f"usual-{i}")] + sound("dear", power=1)
    told = asked(write(tmp_path, rows), "SELECT DISTINCT is_warning, usual_low FROM quality WHERE code = 'meur_per_mw'")
    assert told == [(False, None)]


def test_the_checks_are_counted_in_their_order(tripped: Path) -> None:
    checks = count_checks(tripped)
    assert [check.name.fr for check in checks][:2] == [
        "Les régions s’additionnent",
        "Les parties tiennent dans le tout",
    ]
    assert len(checks) == len(WARNINGS)
    assert checks[4] == CheckCount(checks[4].name, seen=2, warnings=1)


def test_a_check_that_nothing_concerns_has_seen_nothing(tmp_path: Path) -> None:
    counted = {check.name.en: check for check in count_checks(write(tmp_path, sound("alone")))}
    assert (counted["Stops confirmed"].seen, counted["Stops confirmed"].warnings) == (0, 0)
