"""What each row changed, recomputed naively from the CSV; and what counts as an occasion."""

import csv
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from etl.database import write_database
from etl.schema import ANNOUNCEMENTS
from queries import Database, Selection, open_database
from tests.etl.claims import claim, write_csv

STAGES = ["ambition", "announced", "permitted", "under_construction", "operational"]
FIGURES = {
    "investment_meur": ("investment_low_meur", "investment_high_meur"),
    "power_mw": ("power_low_mw", "power_high_mw"),
    "jobs": ("jobs_low", "jobs_high"),
    "construction_jobs": ("construction_jobs_low", "construction_jobs_high"),
    "sites_count": ("sites_count", "sites_count"),
    "area_ha": ("area_ha", "area_ha"),
}


def effects(rows: list[dict]) -> dict[str, tuple[str, list[str]]]:
    """What each row did, one row after the other: its effect, and the metrics it gives a new number for."""
    told = {}
    figures: set = set()
    publishers: set = set()
    standing: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: (row["recorded_on"], (row["announced_on"] + "-00")[:10], row["id"])):
        project = row["project_id"]
        is_first = project not in {key[0] for key in publishers}
        new = sorted(
            metric
            for metric, (low, high) in FIGURES.items()
            if (row[low] or row[high]) and (project, metric, number(row[low]), number(row[high])) not in figures
        )
        moved = moves(standing.get(project), row["status"])
        if is_first:
            effect = "new_project"
        elif moved and project in standing:
            effect = "status_change"
        elif new:
            effect = "new_figure"
        elif (project, row["source_publisher"]) not in publishers:
            effect = "new_source"
        else:
            effect = "repeat"
        told[row["id"]] = (effect, new)
        if moved:
            standing[project] = row["status"]
        publishers.add((project, row["source_publisher"]))
        figures |= {
            (project, metric, number(row[low]), number(row[high]))
            for metric, (low, high) in FIGURES.items()
            if row[low] or row[high]
        }
    return told


def number(text: str) -> float | None:
    return float(text) if text else None


def moves(standing: str | None, status: str) -> bool:
    """A status moves a project further, stops it, or takes it up again."""
    if not status or status == standing:
        return False
    if standing is None or standing not in STAGES or status not in STAGES:
        return True
    return STAGES.index(status) > STAGES.index(standing)


def test_effects_of_the_real_file_are_those_computed_row_by_row(database: Database) -> None:
    with ANNOUNCEMENTS.open(encoding="utf-8", newline="") as file:
        expected = effects(list(csv.DictReader(file)))
    answered = database.run("changes")
    found = {row["announcement_id"]: (row["effect"], sorted(row["new_metrics"])) for row in answered.to_dict("records")}
    assert found == expected
    assert {"new_project", "status_change", "new_figure", "new_source", "repeat"} == {
        effect for effect, _ in found.values()
    }
    counts = pd.Series([effect for effect, _ in expected.values()]).value_counts()
    assert {effect: answered[f"day_{effect}"].iloc[0] for effect in counts.index} == dict(counts)
    assert set(answered["all_changes"]) == set(answered["day_changes"]) == {len(expected)}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Database:
    def said(n: int, day: str, status: str | None, recorded: str = "2026-02-01", **columns: object) -> dict:
        return claim("a", day, n=n, status=status, recorded_on=recorded, source_publisher=f"S{n}", **columns)

    rows = [
        said(1, "2024-01-01", "announced", investment=100, sites_count="3"),
        said(2, "2024-02-01", "ambition"),
        said(3, "2024-03-01", "under_construction"),
        said(4, "2024-04-01", "suspended"),
        said(5, "2024-05-01", "announced"),
        said(6, "2024-06-01", "under_construction"),
        said(7, "2024-07-01", None, investment=(100, None), recorded="2026-03-01"),
        said(8, "2023-01-01", "cancelled", recorded="2026-03-02"),
        claim("a", "2024-08-01", n=9, source_publisher="S7", recorded_on="2026-03-03"),
    ]
    folder = tmp_path_factory.mktemp("course")
    path = folder / "observatory.duckdb"
    write_database(write_csv(folder / "claims.csv", sorted(rows, key=lambda row: row["announced_on"])), path)
    return open_database(path)


def test_a_step_back_is_no_change_and_a_stop_then_a_stage_are(course: Database) -> None:
    rows = course.run("changes").sort_values("announcement_id", key=lambda ids: ids.str[-1])
    told = [(row["effect"], row["previous_status"], row["status"]) for row in rows.to_dict("records")]
    blank = [tuple("" if value != value or value is None else value for value in row) for row in told]
    assert blank == [
        ("new_project", "", "announced"),
        ("new_source", "", "ambition"),
        ("status_change", "announced", "under_construction"),
        ("status_change", "under_construction", "suspended"),
        ("status_change", "suspended", "announced"),
        ("status_change", "announced", "under_construction"),
        ("new_figure", "", ""),
        ("status_change", "under_construction", "cancelled"),
        ("repeat", "", ""),
    ]


def test_the_newest_day_of_record_comes_first_with_its_counts(course: Database) -> None:
    rows = course.run("changes")
    assert [day.date().isoformat() for day in rows["recorded_on"]][:4] == [
        "2026-03-03", "2026-03-02", "2026-03-01", "2026-02-01",
    ]  # fmt: skip
    first_load = rows[rows["recorded_on"] == pd.Timestamp("2026-02-01")]
    assert set(first_load["day_changes"]) == {6}
    effects = ("status_change", "new_source", "new_project", "new_figure", "repeat")
    assert [set(first_load[f"day_{effect}"]) for effect in effects] == [{4}, {1}, {1}, {0}, {0}]
    assert (set(rows["all_changes"]), set(rows["newest_on"])) == ({9}, {pd.Timestamp("2026-03-03")})


def test_since_bounds_the_rows_and_what_came_before_still_counts(course: Database) -> None:
    rows = course.run("changes", Selection(since=date(2024, 6, 1)))
    assert list(rows["effect"]) == ["repeat", "new_figure", "status_change"]


def test_an_occasion_keeps_floors_and_ceilings_open(tmp_path: Path) -> None:
    rows = [
        claim("a", "2025-02-10", event="sommet-ia-2025", investment=(None, 4_000)),
        claim("a", "2025-05-19", event="choose-france-2025", investment=(5_000, None), power=100),
        claim("a", "2025-05-20", n=2, event="choose-france-2025", investment=6_000),
        claim("once", "2025-05-20", n=2, event="choose-france-2025", investment=6_000),
        claim("words", "2025-05-20", investment_stated="des milliards"),
        claim("words", "2025-06-20", investment_stated="des milliards"),
    ]
    path = tmp_path / "observatory.duckdb"
    write_database(write_csv(tmp_path / "claims.csv", rows), path)
    found = open_database(path).run("reannouncements")
    assert list(found["project_id"]) == ["a", "a"]
    assert list(found["event"]) == ["sommet-ia-2025", "choose-france-2025"]
    assert found["occasions"].tolist() == found["events"].tolist() == [2, 2]
    first, second = found.to_dict("records")
    assert pd.isna(first["investment_low_meur"]) and first["investment_high_meur"] == 4_000
    assert (second["investment_low_meur"], second["investment_high_meur"]) == (5_000, 6_000)
    assert (second["power_low_mw"], second["claims"]) == (100, 2)
    assert second["event_name_en"] == "Choose France 2025"
