"""The projects named by an explanation: what each adds, where its figure comes from, why others add nothing.

Rule: a project is one line, with a link to its page; every reason is the query's, told by the schema where the
schema declares it.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pages.shared import data
from pages.shared.dates import day
from pages.shared.filters import link
from pages.shared.markup import web_address
from pages.shared.numbers import count, exact, metric, to_float
from pages.shared.project_words import project_name
from pages.shared.texts import text

Row = Mapping[Hashable, Any]
# The columns of scenarios shown: both, or one where they are the same for all.
Ends = tuple[str, ...]

# Why a programme or a site is not counted is its status; any other project, its kind.
STOPS = ("suspended", "cancelled")
OUT = (*STOPS, "event_total", "target", "inventory", "context")


@dataclass(frozen=True)
class Line:
    """A project of an account: what it adds (one number a column, exact), what is retained, where that comes from."""

    name: str
    address: str
    adds: tuple[str, ...] = ()
    retained: str = ""
    source: str = ""
    source_address: str | None = None
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Apart:
    """Projects that add nothing, and why; `field` is the field of the schema that says why, "" where none does.

    `others` says how many more there are, "" where each has a line.
    """

    title: str
    why: str
    lines: tuple[Line, ...]
    field: str = ""
    others: str = ""


def project_lines(rows: list[Row], claims: pd.DataFrame, code: str, ends: Ends, lang: str) -> dict[str, Line]:
    """Return the line of each project row of `explanation`, by project; `claims` are rows of `claims_list`."""
    sources = _sources(claims[claims["project_id"].isin([row["project_id"] for row in rows])], code, lang)
    return {
        row["project_id"]: Line(
            name=project_name(row, lang),
            address=link("projects", project=row["project_id"]),
            adds=adds(row, ends, lang) if row["role"] == "counted" else (),
            retained=_retained(row, code, lang),
            marks=tuple(text(f"explanation.mark.{mark}", lang) for mark in _marks(row)),
            **sources.get(row["project_id"], {}),
        )
        for row in rows
    }


def adds(row: Row, ends: Ends, lang: str) -> tuple[str, ...]:
    """Return what a row adds in each scenario, exact and without unit."""
    return tuple(exact(row[end], lang) for end in ends)


def set_apart(rows: list[Row], lines: Mapping[str, Line], lang: str) -> tuple[Apart, ...]:
    """Return the projects that add nothing, by reason: counted elsewhere, without a figure, out of the totals."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        role = row["role"]
        if role == "nested" and is_blank(row):
            role = "covered"
        groups.setdefault(role, []).append(row)
    told = []
    for role in ("nested", "covered", "missing", *OUT):
        if found := groups.get(role):
            name, why = _reason(role, lang)
            title = text("explanation.apart.title", lang, name=name, count=count(count_alike(found), lang))
            listed = tuple(lines[row["project_id"]] for row in found)
            told.append(Apart(title, why, listed, _field(role), tell_others(found, lang)))
    return tuple(told)


def count_alike(rows: list[Row]) -> int:
    """Return how many projects do what these rows do, those that have no row too."""
    return sum({(row["role"], str(row["segment"]), is_blank(row)): int(row["alike"]) for row in rows}.values())


def is_blank(row: Row) -> bool:
    """Tell whether a project has no figure of its own, above it or below it."""
    return to_float(row["scenario_high"]) is None


def tell_others(rows: list[Row], lang: str) -> str:
    """Say how many projects do the same and have no row; "" where all have one."""
    n = count_alike(rows) - len(rows)
    return text("explanation.others", lang, n=n, count=count(n, lang)) if n else ""


def _retained(row: Row, code: str, lang: str) -> str:
    low, high = to_float(row["retained_low"]), to_float(row["retained_high"])
    is_what_it_adds = low == high == row["scenario_low"] == row["scenario_high"]
    if code == "projects" or (low is None and high is None) or is_what_it_adds:
        return ""
    return text("explanation.retained", lang, figure=metric(code, low, high, lang))


def _marks(row: Row) -> list[str]:
    if row["role"] != "counted":
        return []
    is_weak = row["weak_high"] > 0
    return ["single"] * bool(row["single_source"]) + ["weak"] * is_weak


def _sources(claims: pd.DataFrame, code: str, lang: str) -> dict[str, dict[str, Any]]:
    """Return where each project's retained figure comes from: of tied claims the best source, and how many others."""
    ranks = {kind: rank for rank, kind in enumerate(data.schema().field("source_kind").codes)}
    retained = claims[(claims["metric"] == code) & claims["is_retained"]]
    by_project: dict[str, list[Row]] = {}
    for row in retained.to_dict("records"):
        by_project.setdefault(str(row["project_id"]), []).append(row)
    found: dict[str, dict[str, Any]] = {}
    for project, rows in by_project.items():
        first, *others = sorted(rows, key=lambda row: ranks[row["source_kind"]])
        when = day(first["announced_on"], first["announced_on_precision"], lang)
        source = text("explanation.source", lang, publisher=first["source_publisher"], date=when)
        if n := len(others):
            source += " " + text("explanation.more_sources", lang, n=n, count=count(n, lang))
        found[project] = {"source": source, "source_address": web_address(first["source_url"])}
    return found


def _reason(role: str, lang: str) -> tuple[str, str]:
    if role not in OUT:
        return text(f"explanation.apart.{role}", lang), text(f"explanation.apart.{role}_why", lang)
    reason = data.schema().field(_field(role)).codes[role]
    return text("explanation.apart.out", lang, name=reason.name(lang)), reason.description(lang)


def _field(role: str) -> str:
    return "status" if role in STOPS else "kind" if role in OUT else ""
