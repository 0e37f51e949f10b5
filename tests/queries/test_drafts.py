"""What the page Contribuer asks of a draft: totals by place, and claims that say otherwise."""

import csv
from pathlib import Path

import pytest

from etl.database import write_database
from etl.schema import ANNOUNCEMENTS
from queries import Database, Selection, open_database

AMOUNTS = ("investment_meur", "construction_jobs", "projects")
COPIED = "2025-02-brookfield-20-md-afp"


@pytest.fixture(scope="module")
def doubled(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """The real file with one claim said again a day later, and said with another figure."""
    folder = tmp_path_factory.mktemp("doubled")
    with ANNOUNCEMENTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    copied = next(row for row in rows if row["id"] == COPIED)
    rows += [
        {**copied, "id": "2026-06-x", "announced_on": "2025-02-11"},
        {**copied, "id": "2026-06-y", "investment_low_meur": "23000", "investment_high_meur": "23000"},
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
    whole = regions[["region_code", "metric", "low", "high"]].dropna()
    told = [("all", row["metric"], row["low"], row["high"]) for row in totals.to_dict("records")]
    told += list(whole.itertuples(index=False, name=None))
    found = places.set_index(["place_code", "metric"]).sort_index()
    for place, metric, low, high in told:
        if metric in AMOUNTS:
            row = found.loc[[(place, metric)]].iloc[0]
            assert (row["low"], row["high"]) == (low, high)


def test_jobs_and_power_stand_in_their_segments(database: Database) -> None:
    places = database.run("totals_by_place")
    scopes = database.run("totals_by_scope").rename(columns={"scope": "segment"})
    split = places[(places["place_code"] == "all") & places["metric"].isin(["jobs", "power_mw"])]
    columns = ["metric", "segment", "low", "high"]
    told, expected = (set(frame[columns].itertuples(index=False, name=None)) for frame in (split, scopes))
    assert told == expected


def test_a_figure_more_than_a_tenth_away_disagrees_and_the_same_does_not(doubled: Database) -> None:
    pairs = doubled.run("disagreements", Selection(project="brookfield-france"))
    against = pairs[pairs["id"] == "2026-06-y"]
    assert COPIED in set(against["other_id"]) and set(against["low"]) >= {20000.0, 30000.0}
    assert "2026-06-x" not in set(pairs[pairs["id"] == COPIED]["other_id"])
