"""Every query file, on the real database: alone, on a full selection, on an empty one."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from queries import Database, Selection, query_names
from queries.database import read_query

QUERIES = Path(__file__).parents[2] / "queries"
NOBODY = Selection(q="zzzz-personne")


@pytest.mark.parametrize("name", query_names())
def test_a_query_runs_alone_on_the_opened_file(name: str, database_path: Path, database: Database) -> None:
    with duckdb.connect(str(database_path), read_only=True) as connection:
        alone = connection.execute(read_query(name)).df()
    whole = database.run(name)
    assert list(alone.columns) == list(whole.columns)
    assert len(alone) == len(whole) > 0


@pytest.mark.parametrize("name", query_names())
def test_a_query_returns_no_row_for_an_empty_selection(name: str, database: Database) -> None:
    assert len(database.run(name, NOBODY)) == 0


@pytest.mark.parametrize("name", query_names())
def test_a_query_in_the_far_future_is_the_query_of_today(name: str, database: Database) -> None:
    dated, today = database.run(name, Selection(until=date(9999, 12, 31))), database.run(name)
    assert dated.astype(str).equals(today.astype(str))


@pytest.mark.parametrize("name", query_names())
def test_a_query_opens_with_its_question_and_says_how_unknown_values_count(name: str) -> None:
    comment = "".join(line for line in read_query(name).splitlines() if line.startswith("--"))
    assert "?" in comment.split("Unknown")[0]
    assert "nknown" in comment


def test_no_query_names_the_catalogue() -> None:
    assert [path.name for path in QUERIES.glob("*.sql") if "observatory." in path.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        Selection(region=("32",)),
        Selection(region=("none",)),
        Selection(purpose=("ai",)),
        Selection(status=("announced", "ambition")),
        Selection(event=("sommet-ia-2025",)),
        Selection(kind=("programme",)),
        Selection(investor=("Brookfield",)),
        Selection(since=date(2025, 6, 1)),
        Selection(until=date(2025, 6, 1)),
        Selection(until=date(2025, 6, 1), region=("11", "none")),
        Selection(q="data4"),
    ],
    ids=str,
)
def test_slices_of_a_selection_add_up_to_its_total(database: Database, selection: Selection) -> None:
    """Regions, purposes, statuses and places each sum to the total, in both scenarios and every metric."""
    projects = database.run("projects_list", selection)
    counted = projects[projects["is_counted"]]
    nets = {
        "investment_meur": ("investment_net_low_meur", "investment_net_high_meur"),
        "power_mw": ("power_net_low_mw", "power_net_high_mw"),
        "jobs": ("jobs_net_low", "jobs_net_high"),
        "construction_jobs": ("construction_jobs_net_low", "construction_jobs_net_high"),
    }
    totals = database.run("totals", selection).set_index("metric")
    for metric, ends in nets.items():
        low, high = sorted(round(float(counted[end].sum()), 3) for end in ends)
        assert totals.loc[metric, ["low", "high"]].fillna(0).round(3).tolist() == [low, high]
    assert int(totals.loc["projects", "low"]) == len(counted)
    for name in ("totals_by_purpose", "totals_by_status", "sites", "totals_by_region"):
        slices = database.run(name, selection)
        in_projects = slices[slices["metric"] == "projects"]
        assert in_projects["low"].sum() == len(counted), name
        # A slice is shown from its smaller to its larger scenario, so only both ends together are conserved.
        for metric in nets:
            ends_of_slices = slices.loc[slices["metric"] == metric, ["low", "high"]].sum().sum()
            assert round(ends_of_slices, 3) == round(totals.loc[metric, ["low", "high"]].fillna(0).sum(), 3), name


def test_scopes_add_up_to_the_total_of_jobs_and_of_power(database: Database) -> None:
    totals = database.run("totals").set_index("metric")
    scopes = database.run("totals_by_scope")
    for metric in ("jobs", "power_mw"):
        parts = scopes[scopes["metric"] == metric][["low", "high"]].sum()
        assert parts.round(3).tolist() == totals.loc[metric, ["low", "high"]].astype(float).round(3).tolist()


def test_rank_and_share_are_those_of_the_country_whatever_the_filter(database: Database) -> None:
    columns = ["rank", "ranked", "share_low", "share_high"]
    whole = database.run("totals_by_region").set_index(["region_code", "metric"])[columns]
    ai = database.run("totals_by_region", Selection(region=("32",), purpose=("ai",)))
    ai = ai.set_index(["region_code", "metric"])[columns]
    assert len(ai) == 5
    assert ai.astype(str).equals(whole.loc[ai.index].astype(str))


def test_a_region_that_is_not_located_has_no_rank(database: Database) -> None:
    regions = database.run("totals_by_region")
    assert regions.loc[regions["region_code"] == "none", "rank"].isna().all()


def test_the_places_off_the_map_are_the_projects_not_located(database: Database) -> None:
    sites = database.run("sites").query("metric == 'projects'")
    off = sites[sites["location_precision"] == "none"]
    counted = database.run("projects_list").query("is_counted")
    assert int(off["projects"].sum()) == int(counted["region_code"].isna().sum())
    assert off[["latitude", "longitude"]].isna().all(axis=None)


def test_landmarks_read_their_figure_from_the_claim_and_say_what_is_retained_today(database: Database) -> None:
    landmarks = database.run("landmarks").set_index(["project_id", "metric"])
    brookfield = landmarks.loc[("brookfield-france", "investment_meur")]
    assert (brookfield["low"], brookfield["retained_low"], brookfield["differs"]) == (20_000, 30_000, True)
    inventories = landmarks[landmarks["kind"] == "inventory"]
    assert len(inventories) >= 3
    assert not inventories["differs"].any()


def test_the_family_of_a_project_goes_up_to_the_root_and_down_one_step(database: Database) -> None:
    family = database.run("family", Selection(project="softbank-hdf-phase-1"))
    above = family[family["relation"] == "ancestor"]["relative_id"]
    below = family[family["relation"] == "child"]["relative_id"]
    assert list(above) == ["softbank-france"]
    assert list(below) == ["softbank-dunkerque", "bosquel", "softbank-bouchain"]


def test_claims_are_bounded_by_since_and_until(database: Database) -> None:
    selection = Selection(since=date(2025, 5, 19), until=date(2025, 5, 20))
    days = database.run("announcements_list", selection)["announced_on"]
    assert len(days) > 0
    assert days.min().date() >= date(2025, 5, 19)
    assert days.max().date() <= date(2025, 5, 20)
