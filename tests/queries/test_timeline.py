"""Totals through time end at the totals; a past day is the site of that day, and the file cut at it."""

import calendar
import csv
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from etl.database import write_database
from etl.schema import ANNOUNCEMENTS
from queries import Database, Selection, open_database
from tests.etl.claims import claim, write_csv

SELECTIONS = [
    Selection(),
    Selection(region=("32",)),
    Selection(region=("none",)),
    Selection(region=("11", "93")),
    Selection(purpose=("ai",)),
    Selection(status=("announced", "ambition")),
    Selection(status=("cancelled",)),
    Selection(until=date(2025, 5, 19)),
    Selection(until=date(2025, 2, 28), region=("none",)),
    Selection(until=date(2026, 5, 1), status=("under_construction",)),
]
DAYS = (date(2024, 5, 13), date(2025, 2, 9), date(2025, 2, 10), date(2025, 7, 22), date(2026, 4, 30))
IDENTITY = ("project_name", "project_name_en", "kind", "purpose", "part_of")
# Their clock is the newest announcement of the file (rule 9), which is another one once the file is cut.
ON_THE_CLOCK = ["silent_months", "years_overdue"]


@pytest.mark.parametrize("selection", SELECTIONS, ids=str)
def test_the_timeline_ends_at_the_totals(database: Database, selection: Selection) -> None:
    assert ends(database.run("timeline", selection)) == totals(database, selection)


@pytest.mark.parametrize("selection", SELECTIONS, ids=str)
def test_the_stages_end_at_the_totals_by_status(database: Database, selection: Selection) -> None:
    reached: dict[tuple[str, str], list[float]] = {}
    for row in database.run("timeline_by_status", selection).to_dict("records"):
        reached[row["metric"], str(row["status"])] = sorted([round(row["low"], 3), round(row["high"], 3)])
    statuses = database.run("totals_by_status", selection)
    for row in statuses[statuses["is_counted"]].dropna(subset=["high"]).to_dict("records"):
        stage = reached.pop((row["metric"], str(row["status"])), [0, 0])
        assert stage == [round(float(row["low"]), 3), round(float(row["high"]), 3)], row
    assert [key for key, amounts in reached.items() if any(amounts)] == []


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_total_on_a_past_day_is_that_of_the_site_on_that_day(database: Database, day: date) -> None:
    whole = database.run("timeline")
    assert ends(whole[whole["changed_on"] <= pd.Timestamp(day)]) == totals(database, Selection(until=day))


def test_each_step_reaches_the_one_before_plus_its_change(database: Database) -> None:
    for metric, rows in database.run("timeline").groupby("metric"):
        changes = rows.groupby("changed_on")[["change_low", "change_high"]].sum().cumsum()
        reached = rows.drop_duplicates("changed_on", keep="last").set_index("changed_on")
        assert changes.min(axis=1).round(3).equals(reached["low"].round(3).rename(None)), metric
        assert changes.max(axis=1).round(3).equals(reached["high"].round(3).rename(None)), metric


def test_a_step_names_a_project_known_that_day_and_its_claims(database: Database) -> None:
    announcements = database.run("announcements_list").set_index("id")
    for row in database.run("timeline").to_dict("records"):
        claims = announcements.loc[list(row["announcement_ids"])]
        assert set(claims["project_id"]) == set(row["project_ids"])
        assert row["project_id"] in row["project_ids"]
        assert set(claims["source_publisher"]) == set(row["publishers"])


def test_a_fall_says_why(database: Database) -> None:
    rows = database.run("timeline")
    falls = rows[(rows["change_low"] < 0) | (rows["change_high"] < 0)]
    assert falls["fall"].notna().all()
    assert rows.drop(falls.index)["fall"].isna().all()
    why = {
        (row["metric"], str(row["changed_on"].date()), row["project_id"]): row["fall"]
        for row in falls.to_dict("records")
    }
    assert why["investment_meur", "2025-02-10", "telehouse-france"] == "lower"
    assert why["investment_meur", "2025-05-19", "digital-realty-dugny-marseille"] == "nested"
    assert why["investment_meur", "2025-07-22", "mgx-campus"] == "lower"
    assert why["investment_meur", "2026-04-30", "fluidstack-1gw"] == "stopped"


def test_a_day_of_many_changes_shows_the_largest_and_counts_them_all(tmp_path: Path) -> None:
    claims = [claim(f"site-{n:02}", "2025-02-10", investment=n) for n in range(1, 26)]
    path = tmp_path / "observatory.duckdb"
    write_database(write_csv(tmp_path / "announcements.csv", claims), path)
    rows = open_database(path).run("timeline").query("metric == 'investment_meur'")
    assert [row["project_id"] for row in rows.to_dict("records")] == [f"site-{n:02}" for n in range(25, 5, -1)]
    assert set(rows["steps"]) == {25} and set(rows["falls"]) == {0}
    assert set(rows["high"]) == {sum(range(1, 26))}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_past_day_is_the_file_cut_at_that_day(database: Database, tmp_path: Path, day: date) -> None:
    path = tmp_path / "observatory.duckdb"
    write_database(cut(tmp_path / "announcements.csv", day), path)
    then = open_database(path).run("projects_list").drop(columns=ON_THE_CLOCK)
    now = database.run("projects_list", Selection(until=day)).drop(columns=ON_THE_CLOCK)
    assert len(then) > 0
    both = [frame.sort_values("project_id").reset_index(drop=True).astype(str) for frame in (then, now)]
    pd.testing.assert_frame_equal(*both)


def ends(timeline: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """The last total of each metric, without those that are zero."""
    last = timeline.drop_duplicates("metric", keep="last").to_dict("records")
    found = {row["metric"]: (round(row["low"], 3), round(row["high"], 3)) for row in last}
    return {metric: pair for metric, pair in found.items() if any(pair)}


def totals(database: Database, selection: Selection) -> dict[str, tuple[float, float]]:
    """What `totals` gives, without the metrics that are zero or unknown."""
    rows = database.run("totals", selection).dropna(subset=["high"]).to_dict("records")
    found = {row["metric"]: (round(float(row["low"]), 3), round(float(row["high"]), 3)) for row in rows}
    return {metric: pair for metric, pair in found.items() if any(pair)}


def cut(path: Path, day: date) -> Path:
    """Write the claims public by `day`: a month from its last day; who a project is does not depend on the day."""
    with ANNOUNCEMENTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = {(row["project_id"], name): row[name] for name in IDENTITY for row in rows if row[name]}
    kept = [row for row in rows if public_on(row["announced_on"]) <= day]
    for row in kept:
        row.update({name: known.get((row["project_id"], name), "") for name in IDENTITY})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)
    return path


def public_on(announced_on: str) -> date:
    year, month, *days = (int(part) for part in announced_on.split("-"))
    return date(year, month, days[0] if days else calendar.monthrange(year, month)[1])
