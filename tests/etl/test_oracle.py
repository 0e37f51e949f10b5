"""The SQL and the slow Python oracle give the same figures on random forests of claims."""

import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.etl import oracle
from tests.etl.claims import Rows, Workbench, claim

# Each example answers several macros of the database: few examples, each a whole forest.
EXAMPLES = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
EVENTS = ["sommet-ia-2025", "choose-france-2025"]
DAYS = ["2024-11", "2024-12-03", "2025-02", "2025-02-10", "2025-02-28", "2025-05-19", "2025-05", "2026-01-07"]
PLACES = [
    (None, None, None),
    ("32", None, None),
    ("32", "59", None),
    ("32", "59", "59122"),
    ("11", "77", "77195"),
]
PAIRS = {
    "investment_meur": ("investment_low_meur", "investment_high_meur"),
    "power_mw": ("power_low_mw", "power_high_mw"),
    "jobs": ("jobs_low", "jobs_high"),
    "construction_jobs": ("construction_jobs_low", "construction_jobs_high"),
}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    workbench = Workbench(tmp_path_factory.mktemp("oracle"))
    yield workbench
    workbench.connection.close()


@st.composite
def figures(draw: st.DrawFn) -> tuple[Decimal | None, Decimal | None]:
    """Nothing, an exact number, a floor, a ceiling, or a range; few distinct values, so that ties happen."""
    low, high = sorted(draw(st.tuples(st.integers(0, 6), st.integers(0, 6))))
    form = draw(st.sampled_from(["none", "none", "exact", "floor", "ceiling", "range"]))
    ends = {"none": (None, None), "exact": (low, low), "floor": (low, None), "ceiling": (None, high)}
    return tuple(None if end is None else Decimal(end) for end in ends.get(form, (low, high)))  # type: ignore[return-value]


@st.composite
def forests(draw: st.DrawFn) -> Rows:
    """Claims of up to seven projects in random trees, with every kind, status, source, place and date."""
    rows: Rows = []
    families: list[tuple[str, str]] = []
    for number in range(draw(st.integers(1, 7))):
        kind = draw(st.sampled_from(["site", "site", "programme", "programme", "inventory", "target"]))
        family = "money" if kind in ("site", "programme") else kind
        parents = [None, *(name for name, of in families if of == family)]
        identity = {"kind": kind, "part_of": draw(st.sampled_from(parents[::-1]))}
        families.append((f"p{number}", family))
        for n in range(draw(st.integers(1, 4))):
            rows.append(draw(claims_of(f"p{number}", n, identity)))
    return rows


@st.composite
def claims_of(draw: st.DrawFn, project_id: str, n: int, identity: dict[str, Any]) -> dict[str, Any]:
    region, departement, commune = draw(st.sampled_from(PLACES))
    stages = [None, *oracle.STAGES, *oracle.STOPS]
    return claim(
        project_id,
        draw(st.sampled_from(DAYS)),
        n=n,
        **identity,
        investment=draw(figures()),
        power=draw(figures()),
        power_kind=draw(st.sampled_from(["grid", "it", "unspecified"])),
        jobs=draw(figures()),
        jobs_scope=draw(st.sampled_from(oracle.SCOPES)),
        construction_jobs=draw(figures()),
        event=draw(st.sampled_from([None, None, *EVENTS])),
        status=draw(st.sampled_from(stages)),
        source_kind=draw(st.sampled_from(["official", "company", "trade_press", "other", "other"])),
        source_publisher=draw(st.sampled_from(["Source A", "Source B"])),
        operator=draw(st.sampled_from([None, "Alpha", "Beta"])),
        region_code=region,
        departement_code=departement,
        commune_code=commune,
    )


def as_oracle(row: dict[str, Any]) -> oracle.Project:
    """A row of projects_as_of in the shape of the oracle's project, to be compared field by field."""
    project = oracle.Project(
        row["project_id"],
        row["kind"],
        row["part_of"],
        row["status"],
        row["is_stop_unconfirmed"],
        (row["region_code"], row["departement_code"], row["commune_code"]),
        row["operator"],
        row["is_counted"],
    )
    for code in PAIRS:
        name, _, unit = code.partition("_m") if code in ("investment_meur", "power_mw") else (code, "", "")
        suffix = f"_m{unit}" if unit else ""
        project.amounts[code] = {
            **{end: row[f"{name}_{end}{suffix}"] for end in ("low", "high", "net_low", "net_high")},
            **{mark: row[f"{name}_{mark}"] for mark in ("is_disputed", "is_weak", "is_floor", "is_missing")},
            "sources": row[f"{name}_source_count"],
            "scope": {"jobs": row["jobs_scope"], "power_mw": row["power_kind"]}.get(code),
        }
    return project


def expected_projects(claims: Rows, day: date) -> dict[str, oracle.Project]:
    projects = oracle.projects_on(claims, day)
    for project in projects.values():
        for amount in project.amounts.values():
            for scenario in ("low", "high"):
                amount.pop(f"total_{scenario}")
    return projects


@EXAMPLES
@given(claims=forests(), day=st.sampled_from([oracle.FOREVER, date(2025, 2, 10), date(2025, 5, 31)]))
def test_every_project_is_what_the_oracle_says(bench: Workbench, claims: Rows, day: date) -> None:
    bench.load(claims)
    answered = {name: as_oracle(row) for name, row in bench.projects(day.isoformat()).items()}
    assert answered == expected_projects(claims, day)


@EXAMPLES
@given(claims=forests())
def test_slices_add_up_nothing_is_negative_and_roots_carry_the_whole(bench: Workbench, claims: Rows) -> None:
    bench.load(claims)
    projects = oracle.projects_on(claims)
    for metric in PAIRS:
        rows = bench.rows("FROM amounts_as_of(DATE '9999-12-31') WHERE metric = ?", [metric])
        for scenario in ("low", "high"):
            nets = {row["project_id"]: row[f"net_{scenario}"] for row in rows}
            assert all(net is None or net >= 0 for net in nets.values())
            counted = sum(row[f"net_{scenario}"] or 0 for row in rows if row["is_counted"])
            roots = (p.amounts[metric][f"total_{scenario}"] for p in projects.values() if p.part_of is None)
            assert counted == sum(total for total in roots if total is not None)
        low, high = (sum(row[f"net_{end}"] or 0 for row in rows) for end in ("low", "high"))
        assert low <= high, "the national sum never inverts"


@EXAMPLES
@given(claims=forests(), seed=st.integers())
def test_the_order_of_rows_never_matters(bench: Workbench, claims: Rows, seed: int) -> None:
    before = bench.load(claims).projects()
    shuffled = random.Random(seed).sample(claims, len(claims))
    assert bench.load(shuffled).projects() == before


@EXAMPLES
@given(claims=forests(), day=st.sampled_from(["2024-12-31", "2025-02-10", "2025-05-30"]))
def test_until_only_ever_removes_claims(bench: Workbench, claims: Rows, day: str) -> None:
    bench.load(claims)
    columns = "announcement_id, metric, low, high, stated, scope"
    then = bench.rows(f"SELECT {columns} FROM claims_as_of(?::DATE)", [day])
    now = bench.rows(f"SELECT {columns} FROM claims_as_of(DATE '9999-12-31')")
    assert all(row in now for row in then)
    public = {row["id"] for row in claims if oracle.public_on(row["announced_on"]) <= date.fromisoformat(day)}
    assert {row["announcement_id"] for row in then} <= public


@EXAMPLES
@given(claims=forests())
def test_event_accounts_are_what_the_oracle_says(bench: Workbench, claims: Rows) -> None:
    bench.load(claims)
    accounts = {row["event"]: row for row in bench.rows("FROM event_accounts_as_of(DATE '9999-12-31')")}
    assert set(accounts) == {row["event"] for row in claims if row["event"]}
    for event, account in accounts.items():
        expected = oracle.event_account(claims, event)
        traced = (account["traced_low"] or 0, account["traced_high"] or 0)
        assert (traced, (account["new_low"], account["new_high"])) == (expected["traced"], expected["new"])
