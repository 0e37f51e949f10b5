"""A figure and its explanation are one answer: the projects add up to it, in both scenarios, and nothing else does."""

import csv
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from etl.schema import ANNOUNCEMENTS, load_schema
from queries import Database, Selection
from tests.etl.oracle import FOREVER, Project, projects_on

METRICS = ("investment_meur", "power_mw", "jobs", "construction_jobs", "projects")
STATED = METRICS[:-1]
SCENARIOS = ("scenario_low", "scenario_high")
ENDS = ("low", "high")
RESTS = ("single_low", "single_high", "weak_low", "weak_high")
STOPS = ("suspended", "cancelled")
REASONS = {*STOPS, "target", "inventory", "event_total", "context"}
UNTIL = date(2025, 6, 1)
FILTERS = [
    Selection(),
    Selection(purpose=("ai",)),
    Selection(status=("announced", "ambition")),
    Selection(status=("cancelled", "announced")),
    Selection(kind=("programme",)),
    Selection(kind=("context", "event_total", "inventory", "target")),
    Selection(event=("sommet-ia-2025",)),
    Selection(investor=("Brookfield",)),
    Selection(since=date(2025, 6, 1)),
    Selection(until=UNTIL),
    Selection(until=UNTIL, region=("11", "none"), purpose=("ai", "mixed")),
    Selection(q="data4"),
    Selection(departement=("59", "77")),
]
REGIONS = [row["code"] for row in csv.DictReader((ANNOUNCEMENTS.parent / "reference" / "regions.csv").open())] + [
    "none"
]
SELECTIONS = FILTERS + [Selection(region=(code,)) for code in REGIONS]


def test_there_is_a_selection_for_each_of_the_eighteen_regions_and_for_what_is_not_located() -> None:
    assert len(set(REGIONS)) == 19


def level(explanation: pd.DataFrame, name: str, metric: str) -> pd.DataFrame:
    return explanation[(explanation["level"] == name) & (explanation["metric"] == metric)]


def total_of(explanation: pd.DataFrame, metric: str) -> dict | None:
    rows = level(explanation, "total", metric).to_dict("records")
    assert len(rows) <= 1
    return rows[0] if rows else None


def summed(rows: pd.DataFrame, columns: tuple[str, ...]) -> list[float]:
    return [round(float(rows[column].sum()), 3) for column in columns]


def blank_as_zero(row: dict, columns: tuple[str, ...]) -> list[float]:
    return [0.0 if pd.isna(row[column]) else round(float(row[column]), 3) for column in columns]


@pytest.mark.parametrize("selection", SELECTIONS, ids=str)
def test_the_projects_add_up_to_the_total_and_only_those_counted_do(database: Database, selection: Selection) -> None:
    explanation = database.run("explanation", selection)
    for metric in METRICS:
        rows, total = level(explanation, "project", metric), total_of(explanation, metric)
        counted = rows[rows["role"] == "counted"]
        others = rows[rows["role"] != "counted"]
        assert summed(others, SCENARIOS) == [0, 0], metric
        if total is None:
            assert set(rows["role"]) <= REASONS
            continue
        sums = summed(counted, SCENARIOS)
        assert sums == blank_as_zero(total, SCENARIOS), metric
        assert sorted(sums) == blank_as_zero(total, ENDS), metric


@pytest.mark.parametrize("selection", SELECTIONS, ids=str)
def test_the_total_is_that_of_totals_of_its_regions_and_of_its_segments(
    database: Database, selection: Selection
) -> None:
    explanation = database.run("explanation", selection)
    columns = ["metric", *ENDS, "is_floor", "projects", "missing", *RESTS]
    ours = explanation[explanation["level"] == "total"].sort_values("metric")[columns].reset_index(drop=True)
    theirs = database.run("totals", selection).sort_values("metric")[columns].reset_index(drop=True)
    pd.testing.assert_frame_equal(ours, theirs, check_dtype=False)
    segments = explanation[explanation["level"] == "segment"]
    split = segments[segments["metric"] != "projects"].set_index(["metric", "segment"])
    by_scope = database.run("totals_by_scope", selection).set_index(["metric", "scope"])
    compared = [*ENDS, "is_floor", "projects"]
    assert split[compared].sort_index().values.tolist() == by_scope[compared].sort_index().values.tolist()
    by_status = database.run("totals_by_status", selection)
    by_status = by_status[by_status["metric"] == "projects"]
    stages = segments[segments["metric"] == "projects"]
    assert list(stages["segment"]) == list(by_status["status"].fillna("none"))
    assert list(stages["projects"] + stages["left_out"]) == list(by_status["projects"])
    assert list(stages["left_out"] == 0) == list(by_status["is_counted"])


@pytest.mark.parametrize("selection", FILTERS, ids=str)
def test_a_region_explained_alone_is_that_region_in_the_table_of_regions(
    database: Database, selection: Selection
) -> None:
    table = database.run("totals_by_region", selection)
    shown = set(table["region_code"])
    for code in REGIONS:
        if selection.region and code not in selection.region:
            continue
        alone = {name: getattr(selection, name) for name in selection.__dataclass_fields__} | {"region": (code,)}
        explanation = database.run("explanation", Selection(**alone))
        totals = explanation[explanation["level"] == "total"]
        assert (not totals.empty) == (code in shown)
        columns = ["metric", *ENDS, "is_floor", "projects", "missing"]
        ours = totals.sort_values("metric")[columns].astype(str).values.tolist()
        theirs = table[table["region_code"] == code].sort_values("metric")[columns].astype(str).values.tolist()
        assert ours == theirs


@pytest.mark.parametrize("selection", SELECTIONS, ids=str)
def test_every_counted_project_is_said_once_counted_nested_or_missing(database: Database, selection: Selection) -> None:
    explanation = database.run("explanation", selection)
    projects = database.run("projects_list", selection).set_index("project_id")
    is_counted = projects["is_counted"].astype(bool)
    for metric in METRICS:
        rows = level(explanation, "project", metric)
        assert rows["project_id"].is_unique
        said = rows[rows["role"].isin(["counted", "nested", "missing"])]
        assert set(said["project_id"]) == set(projects.index[is_counted]), metric
        out = rows[~rows["project_id"].isin(said["project_id"])]
        for row in out.to_dict("records"):
            project = projects.loc[row["project_id"]]
            assert row["role"] == (project["status"] if project["kind"] in ("programme", "site") else project["kind"])
            assert row["role"] in REASONS
    named = level(explanation, "project", "projects")
    assert set(named["project_id"]) == set(projects.index)


def test_what_is_not_counted_is_named_under_each_metric_that_it_has_a_figure_for(database: Database) -> None:
    explanation = database.run("explanation")
    claims = database.run("claims_list")
    figured = claims[claims["low"].notna() | claims["high"].notna()]
    projects = database.run("projects_list").set_index("project_id")
    for metric in STATED:
        rows = level(explanation, "project", metric)
        out = set(rows.loc[rows["role"].isin(REASONS), "project_id"])
        with_figure = set(figured.loc[figured["metric"] == metric, "project_id"])
        assert out == {name for name in with_figure if not projects.loc[name, "is_counted"]}
    investment = level(explanation, "project", "investment_meur").set_index("project_id")
    assert investment.loc["sommet-ia-2025", "role"] == "event_total"
    assert investment.loc["sommet-ia-2025", "retained_high"] == 109_000
    assert investment.loc["fluidstack-1gw", "role"] == "cancelled"


def test_the_parts_of_a_programme_are_taken_from_it_in_both_scenarios(database: Database) -> None:
    rows = level(database.run("explanation"), "project", "investment_meur").set_index("project_id")
    phase = rows.loc["softbank-hdf-phase-1"]
    # 45 in all; Dunkerque inside it is 30 to 35: it adds more in the low scenario than in the high one.
    assert [phase[end] for end in (*SCENARIOS, *ENDS)] == [15_000, 10_000, 10_000, 15_000]
    assert rows.loc["eclairion-2025", "role"] == "nested"
    assert rows.loc["bosquel", "role"] == "nested"
    assert rows.loc["jean-zay", "role"] == "missing"


# The oracle: the same amounts, computed from the CSV in plain Python.


@pytest.fixture(scope="module")
def claims() -> list[dict]:
    numbers = {field.name for field in load_schema().fields if field.type in ("number", "integer")}
    with ANNOUNCEMENTS.open(encoding="utf-8", newline="") as file:
        return [
            {name: (Decimal(value) if name in numbers else value) if value else None for name, value in row.items()}
            for row in csv.DictReader(file)
        ]


def region_of(project: Project) -> str:
    return project.place[0] or "none"


def ends_of(projects: list[Project], metric: str) -> list[Decimal]:
    """Sum of nets in each scenario, from the smaller to the larger."""
    nets = [
        sum((project.amounts[metric][net] or Decimal(0) for project in projects), Decimal(0))
        for net in ("net_low", "net_high")
    ]
    return sorted(nets)


@pytest.mark.parametrize("region", ["", *REGIONS])
@pytest.mark.parametrize("until", [None, UNTIL], ids=str)
def test_what_rests_on_one_source_or_on_weak_ones_is_what_the_oracle_says(
    database: Database, claims: list[dict], until: date | None, region: str
) -> None:
    explanation = database.run("explanation", Selection(until=until, region=(region,) if region else ()))
    counted = [
        project
        for project in projects_on(claims, until or FOREVER).values()
        if project.is_counted and region in ("", region_of(project))
    ]
    for metric in STATED:
        total = total_of(explanation, metric)
        assert (total is None) == (not counted)
        if total is None:
            continue
        single = [project for project in counted if project.amounts[metric]["sources"] == 1]
        weak = [project for project in counted if project.amounts[metric]["is_weak"]]
        expected = [*ends_of(counted, metric), *ends_of(single, metric), *ends_of(weak, metric)]
        assert blank_as_zero(total, (*ENDS, *RESTS)) == [float(amount) for amount in expected], metric
        assert total["missing"] == sum(project.amounts[metric]["is_missing"] for project in counted)
        adds = [p.project_id for p in single if p.amounts[metric]["net_low"] or p.amounts[metric]["net_high"]]
        rows = level(explanation, "project", metric)
        assert set(rows.loc[rows["single_source"] == 1, "project_id"]) == set(adds)
        assert total["single_source"] == len(adds)
