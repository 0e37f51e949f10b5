"""« D’où vient ce chiffre ? » in words: the total of a metric, the projects that add up to it, what it leaves out.

Rule: one answer of `explanation` gives both the figure of a card and its account; the last line of an account is a
row of that answer, never a sum made here.
"""

from dataclasses import dataclass

import pandas as pd

from pages.shared.explained import SEGMENTS as SEGMENTS
from pages.shared.explained import rows_of, segment_name, segments, words
from pages.shared.explained import totals as totals
from pages.shared.explanation_lines import Apart, Ends, Line, Row, adds, project_lines, set_apart, tell_others
from pages.shared.numbers import metric, to_float
from pages.shared.texts import text

LABELS = {
    "investment_meur": "overview.investment",
    "power_mw": "overview.power",
    "jobs": "overview.jobs",
    "construction_jobs": "explanation.label.construction_jobs",
    "projects": "overview.projects",
}
SCENARIOS = ("scenario_low", "scenario_high")


@dataclass(frozen=True)
class Account:
    """Lines, and the line that they add up to: its words are those of the card, its numbers (`adds`) exact.

    `field` is the field of the schema that names it; `others` says how many more projects it adds up, "" for none.
    """

    lines: tuple[Line, ...]
    title: str
    total: str
    adds: tuple[str, ...]
    field: str = ""
    others: str = ""


@dataclass(frozen=True)
class Explanation:
    """All that stands behind the figure of a metric; `columns` are the titles of what lines add.

    `total` is the last line of all; None where nothing is counted, and for jobs, whose scopes are never one sum.
    """

    label: str
    figure: str
    formula: tuple[str, ...]
    columns: tuple[str, ...]
    accounts: tuple[Account, ...]
    total: Account | None
    rests_on: tuple[str, ...]
    apart: tuple[Apart, ...]


def explain(explanation: pd.DataFrame, claims: pd.DataFrame, code: str, lang: str) -> Explanation:
    """Return what stands behind the figure of a metric, from `explanation` and `claims_list`, or from parts of them."""
    whole = next(iter(rows_of(explanation, code, "total")), None)
    rows = rows_of(explanation, code, "project")
    added = [row for row in rows if row["role"] == "counted"]
    # What has no row of its own is in the total all the same.
    ends = _ends(code, added if whole is None else [*added, whole])
    lines = project_lines(rows, claims, code, ends, lang)
    groups = [row for row in segments(explanation, code) if row["projects"]]
    accounts = tuple(_account(code, group, added, lines, ends, lang) for group in groups)
    total = None
    if whole is not None and not (code == "jobs" and groups):
        of_all = [] if groups else added
        last = text("explanation.total", lang, figure=words(code, whole, lang))
        total = Account(
            tuple(lines[row["project_id"]] for row in of_all),
            title="",
            total=last,
            adds=adds(whole, ends, lang),
            others=tell_others(of_all, lang),
        )
    return Explanation(
        label=text(LABELS[code], lang),
        figure=words(code, whole, lang) if total or whole is None else "",
        formula=_formula(code, whole, added, lang),
        columns=_columns(code, ends, lang),
        accounts=accounts,
        total=total,
        rests_on=_rests_on(code, whole, lang),
        apart=set_apart(rows, lines, lang),
    )


def _ends(code: str, added: list[Row]) -> Ends:
    """The columns to show: none for projects, each of which adds one; one where both scenarios are the same."""
    if code == "projects":
        return ()
    differ = any(row["scenario_low"] != row["scenario_high"] for row in added)
    return SCENARIOS if differ else SCENARIOS[-1:]


def _account(code: str, group: Row, added: list[Row], lines: dict[str, Line], ends: Ends, lang: str) -> Account:
    name = segment_name(code, group["segment"], lang)
    figure = words(code, group, lang, form="long" if code == "projects" else "bare")
    own = [row for row in added if row["segment"] == group["segment"]]
    return Account(
        tuple(lines[row["project_id"]] for row in own),
        title=name,
        total=text("explanation.part", lang, part=name, figure=figure),
        adds=adds(group, ends, lang),
        field=SEGMENTS[code],
        others=tell_others(own, lang),
    )


def _columns(code: str, ends: Ends, lang: str) -> tuple[str, ...]:
    if not ends:
        return ()
    unit = text(f"explanation.unit.{code}", lang)
    names = ("low", "high") if ends == SCENARIOS else ("adds",)
    return tuple(text(f"explanation.column.{name}", lang, unit=unit) for name in names)


def _formula(code: str, whole: Row | None, added: list[Row], lang: str) -> tuple[str, ...]:
    if whole is None:
        return (text("explanation.nothing", lang),)
    if code == "projects":
        return (text("explanation.formula.projects", lang),)
    said = ["sum", "scenarios"]
    said += ["scopes"] if code == "jobs" else ["kinds"] if code == "power_mw" else []
    said += ["floor"] if whole["is_floor"] else []
    said += ["crossed"] if any(row["scenario_low"] > row["scenario_high"] for row in added) else []
    return tuple(text(f"explanation.formula.{name}", lang) for name in said)


def _rests_on(code: str, whole: Row | None, lang: str) -> tuple[str, ...]:
    if whole is None or code == "projects" or to_float(whole["high"]) is None:
        return ()
    told = []
    if whole["single_high"] > 0:
        figure = metric(code, whole["single_low"], whole["single_high"], lang)
        projects = metric("projects", whole["single_source"], whole["single_source"], lang)
        told.append(text("explanation.rest.single", lang, figure=figure, projects=projects))
    if whole["weak_high"] > 0:
        figure = metric(code, whole["weak_low"], whole["weak_high"], lang)
        told.append(text("explanation.rest.weak", lang, figure=figure))
    return tuple(told) or (text("explanation.rest.solid", lang),)
