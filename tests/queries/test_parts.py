"""What a page asks is a part of what its question answers in full: the same rows in the same order, or the first."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from queries import PARTS, RESOURCES, Database, Selection, open_database
from queries import database as opened
from queries.parts import EXPLAINED, SOURCE, Part

SELECTIONS = [
    Selection(),
    Selection(region=("32",)),
    Selection(purpose=("ai",)),
    Selection(since=date(2025, 6, 1)),
    Selection(until=date(2025, 6, 1)),
    Selection(project="cambrai"),
    Selection(q="zzzz-personne"),
]
# How a bound is written in a question that lists the first rows only.
BOUND = re.compile(r"(?<=<= )\d+(?= *$|\n)|(?<=LIMIT )\d+|(?<=, )200(?=\) FILTER)|(?<=THEN )40|(?<=ELSE )500")

Kept = Callable[[pd.DataFrame], pd.DataFrame]


def first(rows: int) -> Kept:
    return lambda whole: whole.head(rows)


def named(columns: str) -> list[str]:
    return [name.strip() for name in columns.split(",")]


# Each part, from the answer of its whole.
EXPECTED: dict[str, Kept] = {
    "explanation_totals": lambda whole: whole[whole["level"] != "project"],
    **{f"explanation_{code}": lambda whole, code=code: whole[whole["metric"] == code] for code in EXPLAINED},
    **{
        f"sources_{code}": lambda whole, code=code: whole[whole["is_retained"] & (whole["metric"] == code)][
            named(SOURCE)
        ]
        for code in EXPLAINED
    },
    "latest_announcements": first(12),
    "changes_page": first(25),
    "latest_changes": first(100),
    "project_identities": lambda whole: whole[named(PARTS["project_identities"].columns)],
    "counted_projects": lambda whole: whole[whole["is_counted"].astype(bool)][named(PARTS["counted_projects"].columns)],
    **{f"first_{name}": first(10) for name in ("announcements", "claims", "projects")},
}


@pytest.fixture(scope="module")
def large(large_path: Path) -> Database:
    """The database with more projects than any page lists, opened."""
    return open_database(large_path)


@pytest.fixture
def unbounded(monkeypatch: pytest.MonkeyPatch) -> Callable[..., pd.DataFrame]:
    """Return a function that answers a question without the bound on its rows."""

    def answer(database: Database, name: str, selection: Selection) -> pd.DataFrame:
        bounded = opened.read_query(name)
        text, bounds = BOUND.subn("1000000", bounded)
        assert bounds, f"{name} has no bound"
        with monkeypatch.context() as patch:
            patch.setattr(opened, "read_query", lambda _: text)
            return database.run(name, selection)

    return answer


def same(found: pd.DataFrame, expected: pd.DataFrame) -> bool:
    """The same cells in the same order; a column without a blank may have another type than the whole's."""
    columns = [name for name in expected if name in found]
    pairs = ((found[name].tolist(), expected[name].tolist()) for name in columns)
    return len(found) == len(expected) and all([*map(written, a)] == [*map(written, b)] for a, b in pairs)


def written(cell: object) -> str:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return "" if pd.isna(cell) else f"{float(cell):.6f}"
    return "" if cell is None or cell is pd.NA or cell is pd.NaT else str(cell)


def test_every_part_is_tied_to_its_whole() -> None:
    assert set(EXPECTED) == set(PARTS)


@pytest.mark.parametrize("selection", SELECTIONS, ids=str)
@pytest.mark.parametrize("name", PARTS)
def test_a_part_is_what_it_keeps_of_its_whole(name: str, selection: Selection, database: Database) -> None:
    part, whole = database.run(name, selection), database.run(PARTS[name].whole, selection)
    expected = EXPECTED[name](whole)
    assert list(part.columns) == list(expected.columns)
    assert same(part, expected)


@pytest.mark.parametrize("selection", [Selection(), Selection(region=("32",)), Selection(q="zzzz-personne")], ids=str)
def test_the_pages_of_the_changes_make_the_whole(selection: Selection, database: Database) -> None:
    whole = database.run("changes", selection)
    pages = [database.run("changes_page", selection, first=place) for place in range(0, len(whole) + 25, 25)]
    assert [len(page) for page in pages[:-2]] == [25] * (len(pages) - 2)
    assert pages[-1].empty
    assert same(pd.concat([page for page in pages if not page.empty] or pages), whole)
    assert set(whole["all_changes"]) <= {len(whole)}


def test_no_row_stands_before_the_first_nor_before_what_is_no_page(database: Database) -> None:
    for name, place in (("changes_page", -1), ("changes", 25), ("totals", 1)):
        with pytest.raises(ValueError, match="no row stands before"):
            database.run(name, first=place)


def test_a_part_of_rows_needs_a_whole_that_chooses_them_first() -> None:
    with pytest.raises(ValueError, match="LIMIT ALL"):
        Part("totals", limit="LIMIT 1").of("SELECT 1")


@pytest.mark.parametrize("selection", SELECTIONS, ids=str)
def test_the_counts_of_the_large_extracts_are_those_of_their_rows(selection: Selection, database: Database) -> None:
    counts = database.run("extract_counts", selection).set_index("resource")["rows"].to_dict()
    rows = {
        name: len(database.run(RESOURCES[name].query, selection)) for name in ("announcements", "claims", "projects")
    }
    assert counts == {name: count for name, count in rows.items() if count}


@pytest.mark.parametrize("selection", SELECTIONS, ids=str)
def test_a_project_has_a_first_day_whenever_it_is_selected(selection: Selection, database: Database) -> None:
    assert database.run("first_day", selection).empty == database.run("projects_list", selection).empty


@pytest.mark.parametrize("selection", SELECTIONS[:3], ids=str)
def test_the_projects_listed_are_the_first_by_their_figures(selection: Selection, large: Database) -> None:
    whole = large.run("projects_list", selection)
    largest = whole["investment_high_meur"].fillna(whole["investment_low_meur"])
    ranked = whole.assign(largest=largest).sort_values(
        ["is_counted", "largest", "project_id"], ascending=[False, False, True], na_position="last"
    )
    has_history = ranked["kind"].isin(["inventory", "target"])
    kept = pd.concat([ranked[~has_history].head(500), *(ranked[ranked["kind"] == kind].head(40) for kind in HISTORIES)])
    found = large.run("projects_listed", selection)
    assert same(found, whole[whole["project_id"].isin(kept["project_id"])])
    assert set(found["all_projects"]) == {len(whole)} and set(found["all_retained"]) == {int((~has_history).sum())}
    assert selection.region or len(found) < len(whole)


HISTORIES = ("inventory", "target")


@pytest.mark.parametrize("selection", SELECTIONS[:3], ids=str)
def test_the_pledges_are_the_first_of_each_outcome_and_the_latest(selection: Selection, large: Database) -> None:
    whole = large.run("projects_list", selection)
    whole = whole[whole["kind"].isin(["programme", "site"])]
    whole = whole.assign(outcome=whole["status"].where(whole["silent_months"].isna(), "silent"))
    late = whole[whole["years_overdue"].notna()].sort_values(["years_overdue", "project_id"], ascending=[False, True])
    found = large.run("pledges", selection)
    outcomes = dict(list(whole.groupby("outcome")))
    assert set(found["outcome"].dropna()) == set(outcomes)
    for outcome, rows in found[found["is_first"]].groupby("outcome"):
        assert same(rows, outcomes[outcome].head(200))
        assert set(rows["outcome_projects"]) == {len(outcomes[outcome])}
    assert sorted(found[found["is_latest"]]["project_id"]) == sorted(late["project_id"].head(200))
    assert set(found["overdue"]) == {len(late)}


@pytest.mark.parametrize("selection", SELECTIONS[:3], ids=str)
def test_the_forest_keeps_the_largest_trees_whole_and_counts_all(
    selection: Selection, large: Database, unbounded
) -> None:
    whole, found = unbounded(large, "forest", selection), large.run("forest", selection)
    totals = large.run("totals", selection).set_index("metric")
    kept = []
    for metric, rows in whole.groupby("metric"):
        trees = rows.groupby("root_id")["net_high"].sum().reset_index().sort_values(
            ["net_high", "root_id"], ascending=[False, True], kind="stable"
        )  # fmt: skip
        kept.append(rows[rows["root_id"].isin(trees["root_id"].head(300))])
        first = found[found["metric"] == metric].iloc[0]
        inside = int(rows["part_of"].notna().sum())
        assert (first["all_projects"], first["all_inside"]) == (len(rows), inside)
        assert first["all_trees"] == len(rows) - inside
        assert float(first["all_high"]) == pytest.approx(float(rows["net_high"].sum()))
        ends = (float(totals.loc[metric, "low"]), float(totals.loc[metric, "high"]))
        assert any(float(first["all_high"]) == pytest.approx(end) for end in ends)
        assert float(first["all_undetailed"]) == pytest.approx(float(rows["undetailed"].sum()))
    assert same(found, pd.concat(kept))


@pytest.mark.parametrize("selection", SELECTIONS[:3], ids=str)
def test_the_projects_most_often_announced_come_first_and_all_are_counted(
    selection: Selection, large: Database, unbounded: Callable[..., pd.DataFrame]
) -> None:
    whole, found = unbounded(large, "reannouncements", selection), large.run("reannouncements", selection)
    assert same(found, whole[whole["project_id"].isin(whole["project_id"].unique()[:300])])
    projects = whole[whole["number"] == 1]
    assert set(found["all_again"]) == {len(projects)}
    assert set(found["all_at_events"]) == {int((projects["events"] > 1).sum())}


@pytest.mark.parametrize("selection", SELECTIONS[:3], ids=str)
def test_the_histories_are_those_of_the_first_of_each_kind(selection: Selection, large: Database) -> None:
    projects, listed = large.run("projects_list", selection), large.run("projects_listed", selection)
    shown = set(large.run("histories", selection)["project_id"])
    with_figures = set(large.run("claims_list", selection)["project_id"])
    for kind in HISTORIES:
        first = projects[projects["kind"] == kind]["project_id"].sort_values().head(40)
        assert set(listed[listed["kind"] == kind]["project_id"]) == set(first)
        assert shown >= set(first) & with_figures
    assert shown <= set(listed["project_id"])


def test_a_check_shows_its_first_warnings_and_counts_all(large: Database) -> None:
    with duckdb.connect(str(large.path), read_only=True) as connection:
        whole = connection.execute(
            "FROM quality WHERE is_warning ORDER BY code, project_id, announcement_id, metric"
        ).df()
        subjects = connection.execute("SELECT code, count(*) AS n FROM quality GROUP BY code").df()
    found = large.run("quality_rows")
    assert found.drop_duplicates("code").set_index("code")["subjects"].to_dict() == dict(subjects.to_numpy().tolist())
    for code, rows in found.groupby("code"):
        of_check = whole[whole["code"] == code]
        assert set(rows["warnings"]) == {len(of_check)}
        if len(of_check):
            assert same(rows, of_check.head(200)), code


@pytest.mark.parametrize("selection", SELECTIONS[:3], ids=str)
def test_an_explanation_lists_the_first_of_those_that_do_the_same(
    selection: Selection, large: Database, unbounded: Callable[..., pd.DataFrame]
) -> None:
    whole, found = unbounded(large, "explanation", selection), large.run("explanation", selection)
    key = [whole["metric"], whole["role"].fillna(""), whole["segment"].fillna(""), whole["scenario_high"].isna()]
    is_project = whole["level"] == "project"
    place = whole[is_project].groupby([part[is_project] for part in key]).cumcount()
    assert same(found, whole[~is_project | (place.reindex(whole.index) < 200)])
    sizes = whole[is_project].groupby([part[is_project] for part in key])["level"].transform("size")
    assert whole.loc[is_project, "alike"].astype(int).tolist() == sizes.tolist()


def test_what_is_shown_today_is_shown_whole(database: Database, unbounded: Callable[..., pd.DataFrame]) -> None:
    """No list of the real file is cut yet, but the warnings of the check that only counts."""
    for name in ("projects_listed", "pledges", "forest", "reannouncements", "histories", "explanation"):
        assert same(unbounded(database, name, Selection()), database.run(name)), name
    quality = database.run("quality_rows")
    assert set(quality[quality["warnings"] > 200]["code"]) == {"has_archive"}


def test_a_bound_is_written_in_the_question(database_path: Path) -> None:
    for name in ("projects_listed", "pledges", "forest", "reannouncements", "histories", "explanation", "quality_rows"):
        heading = "".join(line for line in opened.read_query(name).splitlines() if line.startswith("--"))
        assert all(bound in heading for bound in BOUND.findall(opened.read_query(name))), name
