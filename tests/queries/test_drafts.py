"""What the page Contribuer asks of a draft: totals by place, claims said twice or otherwise, projects alike."""

import csv
from pathlib import Path

import pytest

from etl.build import write_database
from etl.schema import ANNOUNCEMENTS
from queries import Database, Selection, open_database

AMOUNTS = ("investment_meur", "construction_jobs", "projects")
BROOKFIELD = Selection(project="brookfield-france")
COPIED = "2025-02-brookfield-20-md-afp"


@pytest.fixture(scope="module")
def doubled(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """The real file with one claim said twice, a day later, and one project under another name."""
    folder = tmp_path_factory.mktemp("doubled")
    with ANNOUNCEMENTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    copied = next(row for row in rows if row["id"] == COPIED)
    site = next(row for row in rows if row["project_id"] == "cambrai" and row["commune_code"])
    twin = {**site, "id": "2026-06-z", "project_id": "cambrai-bis", "part_of": "", "announced_on": "2026-06-03"}
    rows += [
        {
            **copied,
            "id": "2026-06-x",
            "announced_on": "2025-02-11",
            "source_publisher": "Afp (Techniques de l’Ingenieur)",
        },
        {**copied, "id": "2026-06-y", "investment_low_meur": "23000", "investment_high_meur": "23000"},
        twin,
    ]
    with (folder / "file.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    path = Path(folder / "observatory.duckdb")
    write_database(folder / "file.csv", path)
    return open_database(path)


def test_totals_by_place_are_those_of_the_country_and_of_the_regions(database: Database) -> None:
    places, totals, regions = (database.run(name) for name in ("totals_by_place", "totals", "totals_by_region"))
    whole = regions[["region_code", "metric", "low", "high"]].rename(columns={"region_code": "place_code"})
    told = [("all", row["metric"], row["low"], row["high"]) for row in totals.to_dict("records")]
    told += list(whole.dropna().itertuples(index=False, name=None))
    found = places.set_index(["place_code", "metric"])
    for place, metric, low, high in told:
        if metric in AMOUNTS:
            row = found.loc[[(place, metric)]].iloc[0]
            assert (row["low"], row["high"]) == (low, high)
    scopes = database.run("totals_by_scope").rename(columns={"scope": "segment"})
    split = places[(places["place_code"] == "all") & places["metric"].isin(["jobs", "power_mw"])]
    columns = ["metric", "segment", "low", "high"]
    assert set(split[columns].itertuples(index=False, name=None)) == set(
        scopes[columns].itertuples(index=False, name=None)
    )


def test_a_claim_said_twice_is_found_both_ways_and_another_figure_is_not(doubled: Database) -> None:
    pairs = doubled.run("similar_claims", BROOKFIELD)
    found = set(pairs[["id", "other_id"]].itertuples(index=False, name=None))
    assert {(COPIED, "2026-06-x"), ("2026-06-x", COPIED)} <= found
    assert not [pair for pair in found if "2026-06-y" in pair]


def test_a_figure_more_than_a_tenth_away_disagrees(doubled: Database) -> None:
    pairs = doubled.run("disagreements", BROOKFIELD)
    against = pairs[pairs["id"] == "2026-06-y"]
    assert COPIED in set(against["other_id"]) and set(against["low"]) >= {20000.0, 30000.0}
    assert "2026-06-x" not in set(pairs[pairs["id"] == COPIED]["other_id"])


def test_a_project_under_another_name_is_found_and_a_part_is_not(doubled: Database) -> None:
    twins = doubled.run("similar_projects", Selection(project="cambrai-bis"))
    assert "cambrai" in set(twins["other_id"])
    pairs = doubled.run("similar_projects")
    parents = doubled.run("projects_list").set_index("project_id")["part_of"]
    assert not [pair for pair in pairs.itertuples() if parents[pair.project_id] == pair.other_id]
