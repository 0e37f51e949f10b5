"""What became of the promises, by year and by region, against the oracle and on small databases."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from etl.database import write_database
from queries import Database, Selection, open_database
from tests.etl.claims import claim, write_csv
from tests.etl.oracle import STOPS, Project, first_day, projects_on, tree_of
from tests.etl.test_build import rows_of_file

METRICS = ("investment_meur", "power_mw", "jobs")
FEW = [
    claim("old", "2020-01-01", status="operational", investment=(100, 200), region_code="32"),
    claim("old-2", "2020-06-01", status="announced", investment=300, region_code="32"),
    claim("built", "2021-01-01", status="under_construction", region_code="11"),
    claim("built-2", "2026-01-01", status="under_construction", investment=50, region_code="11"),
    claim("quiet", "2021-02-01", status="under_construction", investment=40, region_code="11"),
    claim("stopped", "2021-03-01", status="cancelled", investment=1_000, region_code="11"),
    claim("stopped-part", "2021-03-02", status="suspended", part_of="stopped", investment=(None, 400)),
    claim("halted", "2021-03-02", status="suspended", investment=(None, 400), region_code="53"),
    claim("mute", "2026-01-01", region_code="53"),
]


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Database:
    folder = tmp_path_factory.mktemp("few")
    path = folder / "observatory.duckdb"
    write_database(write_csv(folder / "claims.csv", FEW), path)
    return open_database(path)


def everywhere(promises: pd.DataFrame, metric: str) -> dict:
    rows = promises[(promises["region_code"] == "all") & (promises["metric"] == metric)]
    return {row["outcome"]: row for row in rows.to_dict("records")}


def months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def outcome_of(project: Project, projects: dict[str, Project], last_said: dict[str, date], clock: date) -> str | None:
    """Rule 9, naively: the newest claim on the project, on what holds it or what it holds."""
    if project.status in (*STOPS, "operational"):
        return project.status
    family = tree_of(project.project_id, projects)
    above = project.part_of
    while above:
        family.add(above)
        above = projects[above].part_of
    newest = max(last_said[member] for member in family)
    return "silent" if months_between(newest, clock) >= 24 else project.status


def test_national_amounts_by_outcome_are_those_of_the_oracle(database: Database) -> None:
    claims = rows_of_file()
    projects = projects_on(claims)
    clock = max(first_day(row["announced_on"]) for row in claims)
    last_said = {
        code: max(first_day(row["announced_on"]) for row in claims if row["project_id"] == code) for code in projects
    }
    answered = database.run("promises")
    for metric in METRICS:
        sums: dict[str | None, list] = {}
        for project in projects.values():
            if not project.is_counted:
                continue
            outcome = outcome_of(project, projects, last_said, clock)
            low, high, count = sums.setdefault(outcome, [Decimal(0), Decimal(0), 0])
            amount = project.amounts[metric]
            sums[outcome] = [low + (amount["net_low"] or 0), high + (amount["net_high"] or 0), count + 1]
        found = everywhere(answered[answered["is_counted"]], metric)
        assert set(found) == set(sums)
        for outcome, (low, high, count) in sums.items():
            row = found[outcome]
            ends = [0 if pd.isna(row[end]) else row[end] for end in ("low", "high")]
            assert ends == [float(min(low, high)), float(max(low, high))], (metric, outcome)
            assert row["projects"] == count


def test_what_is_stopped_has_its_own_figures_once_and_is_in_no_total(few: Database) -> None:
    money = everywhere(few.run("promises"), "investment_meur")
    assert {code: bool(row["is_counted"]) for code, row in money.items() if code in STOPS} == {
        "cancelled": False,
        "suspended": False,
    }
    assert (money["cancelled"]["low"], money["cancelled"]["high"]) == (1_000, 1_000)
    # Of the two suspended, one is a part of what is cancelled: its 400 are in the 1,000.
    assert (money["suspended"]["low"], money["suspended"]["high"], money["suspended"]["projects"]) == (0, 400, 2)
    total = few.run("totals").set_index("metric").loc["investment_meur"]
    assert (total["low"], total["high"]) == (490, 590)


def test_silence_takes_a_project_out_of_its_stage(few: Database) -> None:
    money = everywhere(few.run("promises"), "investment_meur")
    assert (money["silent"]["projects"], money["silent"]["high"]) == (3, 340), "announced or being built, then silent"
    assert (money["under_construction"]["projects"], money["under_construction"]["high"]) == (1, 50)
    assert everywhere(few.run("promises"), "projects")["silent"]["high"] == 3


def test_a_project_without_a_status_has_no_outcome_and_an_unknown_amount_is_unknown(few: Database) -> None:
    money = everywhere(few.run("promises"), "investment_meur")
    (unstated,) = (row for code, row in money.items() if not isinstance(code, str))
    assert unstated["projects"] == unstated["missing"] == 1
    assert pd.isna(unstated["low"]) and pd.isna(unstated["high"])


def test_regions_make_the_whole(database: Database) -> None:
    promises = database.run("promises")
    for metric in METRICS:
        rows = promises[(promises["metric"] == metric) & promises["is_counted"]]
        parts = rows[rows["region_code"] != "all"].groupby("outcome")["projects"].sum()
        assert parts.to_dict() == rows[rows["region_code"] == "all"].set_index("outcome")["projects"].to_dict()


def test_a_rate_has_both_scenarios_and_what_is_silent_is_not_being_built(few: Database) -> None:
    years = few.run("realisation")
    money = years[years["metric"] == "investment_meur"].set_index("announced_year")
    first = money.loc[2020]
    # 100 of 400 in the low scenario, 200 of 500 in the high one.
    assert (first["operational_rate_low"], first["operational_rate_high"]) == (0.25, 0.4)
    second = money.loc[2021]
    assert (second["building_projects"], second["stopped_projects"], second["projects"]) == (0, 3, 2)
    counts = years[years["metric"] == "projects"].set_index("announced_year")
    assert counts.loc[2020, "operational_rate_high"] == 0.5


def test_a_rate_without_any_figure_is_unknown_not_zero(tmp_path: Path) -> None:
    rows = [claim("open", "2025-01-01", status="operational"), claim("wish", "2025-01-01", investment=100)]
    path = tmp_path / "observatory.duckdb"
    write_database(write_csv(tmp_path / "claims.csv", rows), path)
    years = open_database(path).run("realisation").set_index("metric")
    assert pd.isna(years.loc["investment_meur", "operational_rate_high"])
    assert years.loc["investment_meur", "operational_missing"] == 1
    assert years.loc["projects", "operational_rate_high"] == 0.5


def test_promises_on_a_past_day_are_those_of_that_day(database: Database) -> None:
    day = date(2025, 3, 1)
    claims = rows_of_file()
    counted = [project for project in projects_on(claims, day).values() if project.is_counted]
    promises = database.run("promises", Selection(until=day))
    found = everywhere(promises[promises["is_counted"]], "projects")
    assert sum(row["projects"] for row in found.values()) == len(counted)
