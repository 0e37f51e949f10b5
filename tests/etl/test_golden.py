"""The golden cases of the data model, one test each."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.etl.claims import Workbench, claim


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    workbench = Workbench(tmp_path_factory.mktemp("golden"))
    yield workbench
    workbench.connection.close()


def by_region(bench: Workbench) -> dict[str | None, tuple[Decimal, Decimal]]:
    rows = bench.rows(
        "SELECT region_code, sum(investment_net_low_meur) AS low, sum(investment_net_high_meur) AS high"
        " FROM projects_as_of(DATE '9999-12-31') WHERE is_counted GROUP BY region_code"
    )
    return {row["region_code"]: (row["low"], row["high"]) for row in rows}


def test_brookfield_twenty_with_cambrai_ten_inside_counts_twenty(bench: Workbench) -> None:
    bench.load(
        [
            claim("brookfield", "2025-02-07", kind="programme", investment=20_000),
            claim("cambrai", "2025-02-07", part_of="brookfield", region_code="32", investment=10_000),
        ]
    )
    assert bench.total() == (20_000, 20_000)
    assert by_region(bench) == {"32": (10_000, 10_000), None: (10_000, 10_000)}


def test_mgx_thirty_to_fifty_with_fouju_inside_keeps_both_ends(bench: Workbench) -> None:
    bench.load(
        [
            claim("mgx", "2025-02-06", kind="programme", investment=(30_000, 50_000)),
            claim("fouju", "2025-05-19", part_of="mgx", region_code="11", investment=8_500),
        ]
    )
    assert bench.total() == (30_000, 50_000)
    assert by_region(bench)["11"] == (8_500, 8_500)


def test_a_child_larger_than_its_parent_makes_the_parent_grow(bench: Workbench) -> None:
    bench.load(
        [
            claim("parent", "2025-01-01", kind="programme", investment=10_000),
            claim("child", "2025-02-01", part_of="parent", region_code="32", investment=14_000),
        ]
    )
    assert bench.total() == (14_000, 14_000)
    parent = bench.projects()["parent"]
    assert (parent["investment_net_low_meur"], parent["investment_net_high_meur"]) == (0, 0)
    assert parent["investment_is_exceeded"]


def test_up_to_four_billion_is_zero_low_and_four_thousand_high(bench: Workbench) -> None:
    bench.load([claim("evroc", "2025-02-01", investment=(None, 4_000))])
    assert bench.total() == (0, 4_000)
    project = bench.projects()["evroc"]
    assert (project["investment_low_meur"], project["investment_high_meur"]) == (None, 4_000)


def test_more_than_two_gigawatts_is_two_thousand_in_both_scenarios_and_a_floor(bench: Workbench) -> None:
    bench.load([claim("campus", "2025-02-01", power=(2_000, None), power_kind="grid")])
    assert bench.total("power_net_{}_mw") == (2_000, 2_000)
    assert bench.projects()["campus"]["power_is_floor"]


@pytest.mark.parametrize("order", [1, -1])
def test_two_sources_of_one_rank_and_day_that_disagree_are_retained_as_a_range(bench: Workbench, order: int) -> None:
    rows = [
        claim("dugny", "2025-05-19", n=1, jobs=500, jobs_scope="direct"),
        claim("dugny", "2025-05-19", n=2, jobs=750, jobs_scope="direct"),
    ]
    bench.load(rows[::order])
    project = bench.projects()["dugny"]
    assert (project["jobs_low"], project["jobs_high"], project["jobs_is_disputed"]) == (500, 750, True)
    assert project["has_disagreement"]


def test_operational_is_not_undone_by_the_press_repeating_announced(bench: Workbench) -> None:
    bench.load(
        [
            claim("jean-zay", "2025-06-01", n=1, status="operational"),
            claim("jean-zay", "2025-12-01", n=2, status="announced", source_kind="national_press"),
        ]
    )
    assert bench.projects()["jean-zay"]["status"] == "operational"


def test_a_claim_dated_by_the_month_is_not_known_before_the_month_ends(bench: Workbench) -> None:
    bench.load([claim("site", "2025-02", investment=100)])
    assert bench.projects("2025-02-05") == {}
    assert bench.projects("2025-02-27") == {}
    assert list(bench.projects("2025-02-28")) == ["site"]


def test_an_event_with_a_programme_and_its_own_site_is_traced_once(bench: Workbench) -> None:
    bench.load(
        [
            claim("brookfield", "2025-02-09", kind="programme", investment=20_000, event="sommet-ia-2025"),
            claim("cambrai", "2025-02-10", part_of="brookfield", investment=10_000, event="sommet-ia-2025"),
        ]
    )
    (account,) = bench.rows("FROM event_accounts_as_of(DATE '9999-12-31')")
    assert (account["traced_low"], account["traced_high"]) == (20_000, 20_000)
    assert (account["new_low"], account["new_high"]) == (20_000, 20_000)


def test_hundreds_of_jobs_is_a_project_without_a_figure_with_its_words_shown(bench: Workbench) -> None:
    bench.load([claim("site", "2025-02-01", jobs_stated="des centaines d’emplois")])
    assert bench.projects()["site"]["jobs_is_missing"]
    (words,) = bench.rows("FROM claims_as_of(DATE '9999-12-31') WHERE metric = 'jobs'")
    assert (words["stated"], words["low"], words["is_retained"]) == ("des centaines d’emplois", None, False)


def test_direct_and_indirect_jobs_stay_in_their_segment(bench: Workbench) -> None:
    bench.load(
        [
            claim("valence", "2025-02-01", jobs=1_000, jobs_scope="direct_indirect"),
            claim("meudon", "2025-02-01", jobs=50, jobs_scope="direct"),
        ]
    )
    projects = bench.projects()
    assert {name: (row["jobs_scope"], row["jobs_net_high"]) for name, row in projects.items()} == {
        "valence": ("direct_indirect", 1_000),
        "meudon": ("direct", 50),
    }


def test_the_same_project_at_two_events_is_counted_once_and_not_new_the_second_time(bench: Workbench) -> None:
    bench.load(
        [
            claim("fouju", "2025-02-06", n=1, investment=8_500, event="sommet-ia-2025"),
            claim("fouju", "2025-05-19", n=2, investment=8_500, event="choose-france-2025"),
        ]
    )
    assert bench.total() == (8_500, 8_500)
    accounts = {row["event"]: row for row in bench.rows("FROM event_accounts_as_of(DATE '9999-12-31')")}
    assert accounts["sommet-ia-2025"]["new_high"] == 8_500
    assert accounts["choose-france-2025"]["traced_high"] == 8_500
    assert accounts["choose-france-2025"]["known_high"] == 8_500
    assert accounts["choose-france-2025"]["new_high"] == 0


def test_a_later_claim_by_an_aggregator_is_shown_and_not_retained(bench: Workbench) -> None:
    bench.load(
        [
            claim("site", "2025-02-01", n=1, investment=450),
            claim("site", "2025-12-01", n=2, investment=900, source_kind="other"),
        ]
    )
    assert bench.total() == (450, 450)
    claims = bench.rows("FROM claims_as_of(DATE '9999-12-31')")
    assert {row["announcement_id"]: row["is_retained"] for row in claims} == {
        "2025-02-site-1": True,
        "2025-12-site-2": False,
    }


def test_a_cancelled_project_announced_again_nearby_counts_once(bench: Workbench) -> None:
    bench.load(
        [
            claim("old", "2025-01-01", n=1, investment=1_000, status="announced"),
            claim("old", "2025-06-01", n=2, status="cancelled"),
            claim("new", "2025-07-01", investment=1_200, status="announced"),
        ]
    )
    assert bench.projects()["old"]["status"] == "cancelled"
    assert not bench.projects()["old"]["is_counted"]
    assert bench.total() == (1_200, 1_200)


def test_twenty_five_months_without_news_is_said_and_still_counted(bench: Workbench) -> None:
    bench.load(
        [
            claim("quiet", "2024-01-15", investment=100, status="announced"),
            claim("other", "2026-02-15", investment=1, status="announced"),
        ]
    )
    quiet = bench.projects()["quiet"]
    assert (quiet["silent_months"], quiet["is_counted"], quiet["investment_net_high_meur"]) == (25, True, 100)
    assert bench.projects()["other"]["silent_months"] is None
    assert bench.projects("2026-01-14")["quiet"]["silent_months"] is None


def test_before_its_first_claim_a_project_does_not_exist(bench: Workbench) -> None:
    bench.load([claim("early", "2025-01-01", investment=5), claim("late", "2025-03-01", investment=7)])
    assert list(bench.projects("2025-02-28")) == ["early"]
    assert bench.total(day="2025-02-28") == (5, 5)
    assert bench.rows("FROM claims_as_of(DATE '2025-02-28') WHERE project_id = 'late'") == []


# Beyond the table of golden cases: sentences of the rules that have a trap in them.


def test_a_stop_is_lifted_only_on_a_later_day_and_unconfirmed_from_other_alone(bench: Workbench) -> None:
    bench.load(
        [
            claim("held", "2025-01-01", n=1, status="announced"),
            claim("held", "2025-02-01", n=2, status="suspended", source_kind="other"),
            claim("held", "2025-02-01", n=3, status="announced"),
            claim("back", "2025-01-01", n=1, status="cancelled"),
            claim("back", "2025-02-02", n=2, status="announced"),
        ]
    )
    projects = bench.projects()
    assert (projects["held"]["status"], projects["held"]["is_stop_unconfirmed"]) == ("suspended", True)
    assert (projects["back"]["status"], projects["back"]["is_stop_unconfirmed"]) == ("announced", False)


def test_an_aggregator_that_repeats_announced_does_not_lift_a_cancellation(bench: Workbench) -> None:
    bench.load(
        [
            claim("site", "2025-01-01", n=1, status="announced"),
            claim("site", "2025-02-01", n=2, status="cancelled"),
            claim("site", "2025-06-01", n=3, status="announced", source_kind="other"),
        ]
    )
    assert bench.projects()["site"]["status"] == "cancelled"


def test_a_cancelled_child_does_not_lower_its_parent_and_its_own_children_still_count(bench: Workbench) -> None:
    bench.load(
        [
            claim("parent", "2025-01-01", kind="programme", investment=10),
            claim("child", "2025-01-01", part_of="parent", investment=8, status="cancelled"),
            claim("phase", "2025-01-01", part_of="child", region_code="11", investment=3),
        ]
    )
    assert bench.total() == (10, 10)
    assert by_region(bench) == {None: (7, 7), "11": (3, 3)}


def test_a_parent_not_yet_announced_leaves_its_children_as_roots(bench: Workbench) -> None:
    bench.load(
        [
            claim("child", "2025-01-01", part_of="parent", investment=3),
            claim("parent", "2025-06-01", kind="programme", investment=10),
        ]
    )
    assert bench.projects("2025-02-01")["child"]["part_of"] is None
    assert bench.total(day="2025-02-01") == (3, 3)
    assert bench.total() == (10, 10)


def test_the_place_is_the_most_precise_one_and_comes_whole(bench: Workbench) -> None:
    bench.load(
        [
            claim("site", "2025-01-01", n=1, region_code="32", departement_code="59", commune_code="59122"),
            claim("site", "2025-06-01", n=2, region_code="32"),
            claim("site", "2025-07-01", n=3, region_code="11", departement_code="77", source_kind="other"),
        ]
    )
    site = bench.projects()["site"]
    assert (site["region_code"], site["departement_code"], site["commune_code"]) == ("32", "59", "59122")
    assert site["location_precision"] == "commune"


def test_an_inventory_and_a_target_have_a_history_and_no_retained_value(bench: Workbench) -> None:
    bench.load(
        [
            claim("sites", "2025-02-06", n=1, kind="inventory", sites_count=35),
            claim("sites", "2026-03-01", n=2, kind="inventory", sites_count=63),
            claim("goal", "2025-02-06", kind="target", power=(2_000, None), power_kind="unspecified"),
        ]
    )
    assert bench.projects()["goal"]["power_low_mw"] is None
    claims = bench.rows("FROM claims_as_of(DATE '9999-12-31') ORDER BY announced_on, metric")
    assert [(row["metric"], int(row["low"]), row["is_retained"]) for row in claims] == [
        ("power_mw", 2_000, False),
        ("sites_count", 35, False),
        ("sites_count", 63, False),
    ]
