"""The counting rules of the data model, written a second time: slow, obvious, in plain Python.

Rule: no cleverness. A claim is a dict of the CSV's columns (numbers as Decimal or None, blank text as None); what
the SQL answers is compared with what is computed here, rule by rule.
"""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

KINDS_OF_SOURCE = ["official", "company", "agency", "national_press", "regional_press", "trade_press", "other"]
STAGES = ["ambition", "announced", "permitted", "under_construction", "operational"]
STOPS = ["suspended", "cancelled"]
SCOPES = ["direct_indirect", "direct", "unspecified"]
METRICS = {
    "investment_meur": ("investment_low_meur", "investment_high_meur", None),
    "power_mw": ("power_low_mw", "power_high_mw", "power_kind"),
    "jobs": ("jobs_low", "jobs_high", "jobs_scope"),
    "construction_jobs": ("construction_jobs_low", "construction_jobs_high", None),
}
FOREVER = date(9999, 12, 31)


@dataclass
class Project:
    """What the rules say of one project; `amounts` by metric."""

    project_id: str
    kind: str
    part_of: str | None
    status: str | None
    is_stop_unconfirmed: bool
    place: tuple[str | None, str | None, str | None]
    operator: str | None
    is_counted: bool
    amounts: dict[str, dict] = field(default_factory=dict)


def first_day(text: str) -> date:
    """The day of a claim, the first of the month for a month."""
    return date.fromisoformat(text if len(text) == 10 else text + "-01")


def public_on(text: str) -> date:
    """Rule 8: a claim dated by the month counts from the month's last day."""
    if len(text) == 10:
        return date.fromisoformat(text)
    year, month = int(text[:4]), int(text[5:])
    return date(year, month, monthrange(year, month)[1])


def projects_on(claims: list[dict], day: date = FOREVER) -> dict[str, Project]:
    """Rules 1 to 6 and 8: every project known on `day`, by id."""
    known = [claim for claim in claims if public_on(claim["announced_on"]) <= day]
    identity = {}
    for claim in claims:  # as we know it now
        if claim["kind"]:
            identity.setdefault(claim["project_id"], claim)
    ids = sorted({claim["project_id"] for claim in known})
    projects = {}
    for project_id in ids:
        own = [claim for claim in known if claim["project_id"] == project_id]
        kind, parent = identity[project_id]["kind"], identity[project_id]["part_of"]
        status, unconfirmed = retained_status(own)
        is_counted = kind in ("programme", "site") and status not in STOPS
        project = Project(
            project_id,
            kind,
            parent if parent in ids else None,
            status,
            unconfirmed,
            retained_place(own),
            retained_text(own, "operator"),
            is_counted,
        )
        for metric in METRICS:
            project.amounts[metric] = retained(own, metric, kind)
        projects[project_id] = project
    for metric in METRICS:
        for project in projects.values():
            add_nets(project, projects, metric)
    return projects


def better(claims: list[dict]) -> list[dict]:
    """Claims that are not 'other'; all, where there is no better one."""
    return [claim for claim in claims if claim["source_kind"] != "other"] or claims


def retained(claims: list[dict], metric: str, kind: str) -> dict:
    """Rule 1, retained value: low, high, scope, whether equals disagree, whether only 'other' says it."""
    low_name, high_name, scope_name = METRICS[metric]
    tied = [claim for claim in claims if claim[low_name] is not None or claim[high_name] is not None]
    publishers = {claim["source_publisher"] for claim in tied if claim["source_publisher"]}
    nothing = {"low": None, "high": None, "scope": None, "is_disputed": False, "is_weak": False}
    if not tied or kind in ("inventory", "target"):
        return nothing | {"sources": len(publishers)}
    tied = better(tied)
    tied = [claim for claim in tied if claim["announced_on"] == max(c["announced_on"] for c in tied)]
    rank = min(KINDS_OF_SOURCE.index(claim["source_kind"]) for claim in tied)
    tied = [claim for claim in tied if KINDS_OF_SOURCE.index(claim["source_kind"]) == rank]
    if metric == "jobs":
        best = min(SCOPES.index(claim["jobs_scope"] or "unspecified") for claim in tied)
        tied = [claim for claim in tied if SCOPES.index(claim["jobs_scope"] or "unspecified") == best]
    figures = [(claim[low_name], claim[high_name]) for claim in tied]
    votes = max(figures.count(figure) for figure in figures)
    tied = [claim for claim in tied if figures.count((claim[low_name], claim[high_name])) == votes]
    low = min((claim[low_name] for claim in tied if claim[low_name] is not None), default=None)
    high = max((claim[high_name] for claim in tied if claim[high_name] is not None), default=None)
    if low is not None and high is not None and low > high:
        low, high = high, low
    scope = None
    if scope_name:
        named = {claim[scope_name] for claim in tied if claim[scope_name] not in (None, "unspecified")}
        scope = named.pop() if len(named) == 1 else "unspecified"
    return {
        "low": low,
        "high": high,
        "scope": scope,
        "is_disputed": len({(claim[low_name], claim[high_name]) for claim in tied}) > 1,
        "is_weak": all(claim["source_kind"] == "other" for claim in tied),
        "sources": len(publishers),
    }


def retained_status(claims: list[dict]) -> tuple[str | None, bool]:
    """Rule 1, status: the furthest stage, unless a stop holds; and whether the stop is unconfirmed."""
    stages = better([claim for claim in claims if claim["status"] in STAGES])
    standing = []
    for claim in claims:
        if claim["status"] in STOPS:
            lifted = [stage for stage in stages if stage["announced_on"] > claim["announced_on"]]
            if not lifted:
                standing.append(claim)
    if standing:
        last = max(claim["announced_on"] for claim in standing)
        of_last = {claim["status"] for claim in standing if claim["announced_on"] == last}
        unconfirmed = all(claim["source_kind"] == "other" for claim in standing)
        return "cancelled" if "cancelled" in of_last else "suspended", unconfirmed
    if not stages:
        return None, False
    return STAGES[max(STAGES.index(claim["status"]) for claim in stages)], False


def retained_place(claims: list[dict]) -> tuple[str | None, str | None, str | None]:
    """Rule 1, place: the three codes together, from the most precise claim, 'other' last; then the newest."""
    placed = better([claim for claim in claims if claim["region_code"]])
    if not placed:
        return None, None, None
    for level in ("commune_code", "departement_code", "region_code"):
        at_level = [claim for claim in placed if claim[level]]
        if at_level:
            best = newest(at_level)
            return best["region_code"], best["departement_code"], best["commune_code"]
    raise AssertionError("a placed claim has a region")


def retained_text(claims: list[dict], column: str) -> str | None:
    """Rule 1: the most recent claim that states it, 'other' last."""
    stating = better([claim for claim in claims if claim[column]])
    return newest(stating)[column] if stating else None


def newest(claims: list[dict]) -> dict:
    """The most recent; on one day the better kind of source, then the smaller id."""
    newest_on = max(claim["announced_on"] for claim in claims)
    of_day = [claim for claim in claims if claim["announced_on"] == newest_on]
    return min(of_day, key=lambda claim: (KINDS_OF_SOURCE.index(claim["source_kind"]), claim["id"]))


def add_nets(project: Project, projects: dict[str, Project], metric: str) -> None:
    """Rules 3, 4 and 6: total and net in both scenarios, floor, missing."""
    amount = project.amounts[metric]
    children = [child for child in projects.values() if child.part_of == project.project_id]
    for scenario in ("low", "high"):
        whole = total(project, projects, metric, scenario)
        parts = [total(child, projects, metric, scenario) for child in children]
        stated = [part for part in parts if part is not None]
        amount[f"net_{scenario}"] = None if whole is None else whole - sum(stated, Decimal(0))
        amount[f"total_{scenario}"] = whole
    amount["is_floor"] = (
        project.is_counted
        and amount["low"] is not None
        and amount["high"] is None
        and own(project, metric, "high") == amount["total_high"]
    )
    amount["is_missing"] = (
        project.is_counted
        and amount["total_high"] is None
        and not any(own(parent, metric, "high") is not None for parent in ancestors(project, projects))
    )


def own(project: Project, metric: str, scenario: str) -> Decimal | None:
    """Rule 3: low, or 0 where only high is stated; high, or low. Nothing for what is not counted."""
    low, high = project.amounts[metric]["low"], project.amounts[metric]["high"]
    if not project.is_counted or (low is None and high is None):
        return None
    if scenario == "low":
        return low if low is not None else Decimal(0)
    return high if high is not None else low


def total(project: Project, projects: dict[str, Project], metric: str, scenario: str) -> Decimal | None:
    """Rule 4: max(own, Σ total(children)); None where nothing is stated at it or below it."""
    parts = [own(project, metric, scenario)]
    children = [child for child in projects.values() if child.part_of == project.project_id]
    below = [total(child, projects, metric, scenario) for child in children]
    stated = [part for part in below if part is not None]
    parts.append(sum(stated, Decimal(0)) if stated else None)
    return max((part for part in parts if part is not None), default=None)


def ancestors(project: Project, projects: dict[str, Project]) -> list[Project]:
    """The parent, its parent, up to the root."""
    above = []
    while project.part_of:
        project = projects[project.part_of]
        above.append(project)
    return above


def tree_of(root: str, projects: dict[str, Project]) -> set[str]:
    """The ids of the projects under `root`, with it."""
    return {
        project.project_id
        for project in projects.values()
        if project.project_id == root or root in {above.project_id for above in ancestors(project, projects)}
    }


def event_account(claims: list[dict], event: str) -> dict[str, tuple[Decimal, Decimal]]:
    """Rule 7: traced and new, each from the smaller to the larger scenario."""
    metric = "investment_meur"
    tagged = [claim for claim in claims if claim["event"] == event]
    dated = [claim["announced_on"] for claim in tagged if len(claim["announced_on"]) == 10]
    opened_on = min(map(first_day, dated or [claim["announced_on"] for claim in tagged]))
    before = [c for c in claims if c["event"] != event and public_on(c["announced_on"]) < opened_on]
    # Who a project is does not depend on the day: identities are read from all claims.
    world = {"tagged": tagged, "before": before, "after": before + tagged}
    trees = {name: projects_of_world(claims, chosen) for name, chosen in world.items()}
    touched = set()
    for claim in tagged:
        project = trees["after"][claim["project_id"]]
        chain = [project, *ancestors(project, trees["after"])]
        touched.add(chain[-1].project_id)
    account = {}
    for scenario in ("low", "high"):
        nets = [p.amounts[metric][f"net_{scenario}"] for p in trees["tagged"].values()]
        new = Decimal(0)
        for root in touched:
            members = tree_of(root, trees["after"])
            known = sum(
                (p.amounts[metric][f"net_{scenario}"] or Decimal(0))
                for p in trees["before"].values()
                if p.project_id in members
            )
            whole = trees["after"][root].amounts[metric][f"total_{scenario}"] or Decimal(0)
            new += max(Decimal(0), whole - known)
        account[scenario] = (sum(net or Decimal(0) for net in nets), new)
    return {
        "traced": tuple(sorted(account[scenario][0] for scenario in account)),
        "new": tuple(sorted(account[scenario][1] for scenario in account)),
    }


def projects_of_world(claims: list[dict], chosen: list[dict]) -> dict[str, Project]:
    """Rules 1 to 4 on the chosen claims only, with the identities that all claims give."""
    identity = {claim["project_id"]: claim for claim in reversed(claims) if claim["kind"]}
    known = [claim | {name: identity[claim["project_id"]][name] for name in ("kind", "part_of")} for claim in chosen]
    return projects_on(known)
