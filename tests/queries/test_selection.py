"""Selections: from an address and back, and what each filter means."""

from datetime import date

import pytest

from etl.schema import load_schema
from queries import Database, Facets, Ignored, Selection, facets

FACETS = Facets(region=("11", "32", "none"), purpose=("ai", "mixed"), status=("announced",), investor=("Brookfield",))


@pytest.fixture(scope="module")
def allowed(database: Database) -> Facets:
    schema = load_schema()
    return facets(database, {name: tuple(schema.field(name).codes) for name in ("kind", "purpose", "status")})


def projects(database: Database, **filters: object) -> set[str]:
    return set(database.run("projects_list", Selection(**filters))["project_id"])  # type: ignore[arg-type]


def test_an_address_gives_its_selection_and_the_selection_its_address() -> None:
    params = {"region": ["none", "32"], "purpose": ["ai"], "since": ["2025-02-01"], "q": ["béthune"]}
    selection, ignored = Selection.from_params(params, FACETS)
    assert ignored == []
    assert selection == Selection(region=("32", "none"), purpose=("ai",), since=date(2025, 2, 1), q="béthune")
    assert Selection.from_params(selection.to_params(), FACETS) == (selection, [])


def test_unknown_codes_and_impossible_days_are_ignored_and_named() -> None:
    params = {"region": ["99", "32"], "status": ["<b>"], "until": ["2025-02-31"], "since": ["20250210"], "lang": ["en"]}
    selection, ignored = Selection.from_params(params, FACETS)
    assert selection == Selection(region=("32",))
    assert ignored == [
        Ignored("region", "99"),
        Ignored("status", "<b>"),
        Ignored("since", "20250210"),
        Ignored("until", "2025-02-31"),
    ]


def test_an_address_without_filters_is_the_whole_country_today() -> None:
    selection, _ = Selection.from_params({"lang": ["fr"], "project": ["cambrai"]}, FACETS)
    assert selection.is_whole
    assert selection.to_params() == {}


def test_facets_offer_every_region_and_those_who_operate_or_invest(allowed: Facets) -> None:
    assert len(allowed.region) == 19
    assert allowed.region[-1] == "none"
    assert {"Brookfield", "Data4", "Sesterce", "MGX"} <= set(allowed.investor)
    assert allowed.status[0] == "ambition"


def test_codes_of_one_facet_are_alternatives_and_facets_restrict_each_other(database: Database) -> None:
    north, paris = projects(database, region=("32",)), projects(database, region=("11",))
    assert projects(database, region=("32", "11")) == north | paris
    ai = projects(database, purpose=("ai",))
    assert projects(database, region=("32",), purpose=("ai",)) == north & ai
    assert "cambrai" in north & ai


def test_an_investor_is_an_operator_or_an_investor_by_its_whole_name(database: Database) -> None:
    assert {"brookfield-france", "cambrai", "data4-nozay"} <= projects(database, investor=("Brookfield",))
    assert projects(database, investor=("Brook",)) == set()


@pytest.mark.parametrize("q", ["bethune", "BÉTHUNE", "nebius béthune", "  Béthune  "])
def test_a_search_forgives_accents_and_case(database: Database, q: str) -> None:
    assert "nebius-bethune" in projects(database, q=q)


def test_a_search_finds_communes_operators_and_investors(database: Database) -> None:
    assert "escaudain" in projects(database, q="escaudain")
    assert "campus-ia-fouju" in projects(database, q="nvidia")
    assert "mistral-les-ulis" in projects(database, q="ulis les")


@pytest.mark.parametrize(
    "q", ["' OR 1=1 --", "%", "_", "$until", "\\", "\x00", "a" * 10_000, "🙂", "'; DROP TABLE x; --"]
)
def test_a_search_is_data_never_sql(database: Database, q: str) -> None:
    assert projects(database, q=q) == set()


def test_an_event_keeps_projects_tagged_by_the_day(database: Database) -> None:
    tagged = projects(database, event=("choose-france-2026",))
    assert tagged
    assert projects(database, event=("choose-france-2026",), until=date(2025, 12, 31)) == set()


def test_since_keeps_projects_with_a_claim_since_that_day(database: Database) -> None:
    claims = database.run("announcements_list")
    recent = set(claims.loc[claims["announced_on"] >= "2026-01-01", "project_id"])
    assert projects(database, since=date(2026, 1, 1)) == recent


def test_until_gives_the_projects_known_that_day(database: Database) -> None:
    first_days = database.run("projects_list").set_index("project_id")["first_announced_on"]
    known = projects(database, until=date(2025, 1, 31))
    assert known == set(first_days[first_days < "2025-02-01"].index)


def test_many_days_may_be_asked_and_few_are_kept(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("queries.database.KEPT_DAYS", 3)
    days = [date(2024, 2, 1), date(2024, 6, 1), date(2025, 1, 1), date(2025, 3, 1), date(2025, 6, 1)]
    first = [projects(database, until=day) for day in days]
    assert [projects(database, until=day) for day in days] == first
    schemas = database.connection.execute(
        "SELECT count(*) FROM duckdb_schemas() WHERE database_name = 'memory' AND schema_name LIKE '20%'"
    ).fetchall()
    assert schemas == [(3,)]


@pytest.mark.parametrize("words", ["a" * 201, "\x1fdata", "data\x00", "data\n"])
def test_a_search_that_could_be_no_word_is_told_and_left_out(words: str, database: Database) -> None:
    selection, ignored = Selection.from_params({"q": [words]}, Facets())
    assert selection == Selection()
    assert ignored == [Ignored("q", words[:200])]
