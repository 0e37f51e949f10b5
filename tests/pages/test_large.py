"""The pages on a file with more projects than they list: what is cut is said, and the counts are those of all."""

from pathlib import Path

import pandas as pd
import pytest

from etl.schema import load_schema
from pages.shared import contribute_choices, data
from pages.shared.contribute_form import key
from pages.shared.markup import plain
from pages.shared.numbers import count
from pages.shared.texts import text
from queries import Database, Selection, open_database
from tests.pages.conftest import OpenPage, read

WHOLE = Selection()


@pytest.fixture
def large(open_page: OpenPage, large_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Serve the large file."""
    monkeypatch.setattr(data, "DATABASE", large_path)
    return open_database(large_path)


def cut(shown: int, rows: int, lang: str = "fr") -> str:
    return plain(text("layout.only_first", lang, shown=count(shown, lang), count=count(rows, lang)))


def pledges(database: Database) -> pd.DataFrame:
    projects = database.run("projects_list")
    return projects[projects["kind"].isin(["programme", "site"])]


def test_the_projects_say_how_many_they_are_and_list_the_first(large: Database, open_page: OpenPage) -> None:
    words = read(open_page("projects.py", lang="en"))
    listed, projects = large.run("projects_listed"), large.run("projects_list")
    assert f"{count(len(projects), 'en')} projects" in words
    assert cut(len(listed), len(projects), "en") in words
    assert words.count("<li>") == len(listed)


def test_the_outcomes_count_all_their_projects(large: Database, open_page: OpenPage) -> None:
    visit = open_page("promises.py")
    words, projects = read(visit), pledges(large)
    announced = projects[projects["silent_months"].isna() & (projects["status"] == "announced")]
    assert cut(200, len(announced)) in words
    assert count(len(announced), "fr") in next(box.label for box in visit.expander if "nnonc" in box.label)
    overdue = int(projects["years_overdue"].notna().sum())
    assert text("promises.overdue.sentence", "fr", n=overdue, count=count(overdue, "fr")) in words


def test_a_check_counts_all_its_warnings(large: Database, open_page: OpenPage) -> None:
    words = read(open_page("quality.py"))
    checks = large.run("quality_rows").drop_duplicates("code").set_index("code")["warnings"]
    long = checks[(checks > 200) & (checks.index != "has_archive")]
    assert len(long) > 0
    assert all(cut(200, warnings) in words for warnings in long)


def test_the_forest_draws_its_largest_trees(large: Database, open_page: OpenPage) -> None:
    words = read(open_page("nesting.py"))
    first = large.run("forest").iloc[0]
    trees = count(first["all_trees"], "fr")
    assert f"{count(first['all_projects'], 'fr')} projets chiffrés forment {trees} ensembles" in words
    assert plain(text("nesting.largest", "fr", shown="300", count=trees)) in words


def test_the_reannouncements_count_all_and_list_the_first(large: Database, open_page: OpenPage) -> None:
    words = read(open_page("reannouncements.py"))
    again = int(large.run("reannouncements")["all_again"].iloc[0])
    assert f"{again} ont été chiffrés" in words
    assert cut(300, again) in words


def test_an_explanation_says_how_many_more_add_up(large: Database, open_page: OpenPage) -> None:
    words = read(open_page("overview.py", why="investment_meur"))
    rows = large.run("explanation_investment_meur")
    for role in ("counted", "missing"):
        n = int(rows[(rows["role"] == role) & (rows["level"] == "project")]["alike"].iloc[0]) - 200
        assert text("explanation.others", "fr", n=n, count=count(n, "fr")) in words


@pytest.mark.parametrize(("asked", "number"), [("1", 1), ("404", 404), ("9" * 5000, 404), ("1000", 404), ("0", 1)])
def test_a_page_of_changes_too_far_is_the_last(large: Database, open_page: OpenPage, asked: str, number: int) -> None:
    words = read(open_page("changes.py", page=asked))
    assert len(large.run("identifiers")) == 10_097
    assert "10\u202f097 lignes" in words
    assert text("changes.page", "fr", page=count(number, "fr"), pages="404") in words


def test_a_contributor_is_offered_the_first_projects_and_may_name_any(large: Database, open_page: OpenPage) -> None:
    visit = open_page("contribute.py")
    projects, listed = large.run("projects_list"), large.run("projects_listed")
    said = text("contribute.first_projects", "fr", shown=count(len(listed), "fr"), count=count(len(projects), "fr"))
    assert plain(said) in [caption.value for caption in visit.caption]
    box = visit.selectbox(key("project_id", "fr"))
    assert box.proto.accept_new_options
    assert len(box.options) == len(listed) + 1  # or a new one
    box.set_value(contribute_choices.NEW).run()
    assert [caption.value for caption in visit.caption].count(plain(said)) == 2
    assert len(visit.selectbox(key("part_of", "fr")).options) == len(listed)
    other = projects[~projects["project_id"].isin(listed["project_id"])].iloc[0]
    assert contribute_choices.complete(other["project_id"])["project_name"] == other["project_name"]


def test_a_short_file_offers_all_its_projects_and_no_other(real_data: None) -> None:
    offered = {field.name: contribute_choices.cut(field) for field in load_schema().fields}
    assert set(offered.values()) == {None}
    field = load_schema().field("part_of")
    assert set(contribute_choices.choices(field, {}, "fr") or ()) == set(
        data.query("projects_list", WHOLE)["project_id"]
    )
