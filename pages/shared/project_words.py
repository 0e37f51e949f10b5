"""What a project's row says in words: its name, place, marks, cards and facts.

Rule: one row of `projects_list` in, words out; nothing is added up and no figure is guessed. No Streamlit here.
"""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from etl.schema import load_schema
from pages.shared import dates, numbers
from pages.shared.texts import text

Row = Mapping[Hashable, Any]

# Metric code → (prefix of its columns in `projects`, their unit suffix, the column of its scope if any).
METRICS = {
    "investment_meur": ("investment", "_meur", None),
    "power_mw": ("power", "_mw", "power_kind"),
    "jobs": ("jobs", "", "jobs_scope"),
    "construction_jobs": ("construction_jobs", "", None),
}
WITH_HISTORY = ("inventory", "target")


def project_name(row: Row, lang: str, column: str = "project_name") -> str:
    """Return the project's name in `lang`; the French one where there is no other."""
    english = row.get(f"{column}_en")
    return english if lang == "en" and isinstance(english, str) and english else str(row[column])


def words_or_blank(value: object) -> str:
    """Return a text, or "" for a blank cell."""
    return value if isinstance(value, str) else ""


def coded(field: str, code: object, lang: str) -> str:
    """Return the words of a code; a blank is « non précisé »."""
    if not isinstance(code, str) or not code:
        return text("projects.fact.not_stated", lang)
    return load_schema().label(field, code, lang)


def place(row: Row, lang: str) -> str:
    """Return the most precise place known: commune, else département, else region."""
    for column in ("commune_name", "departement_name", "region_name"):
        if words_or_blank(row[column]):
            return str(row[column])
    return text("projects.fact.not_located", lang)


def full_place(row: Row, lang: str) -> str:
    """Return the place with what surrounds it, and says when the commune is not known."""
    parts = [words_or_blank(row[name]) for name in ("commune_name", "departement_name", "region_name")]
    known = ", ".join(dict.fromkeys(part for part in parts if part))
    if not known:
        return text("projects.fact.not_located", lang)
    return known if parts[0] else text("projects.fact.approximate", lang, place=known)


def marks(row: Row, lang: str) -> list[str]:
    """Return what a reader must beware of in this row: disagreement, unconfirmed stop, silence."""
    told = []
    if row["has_disagreement"]:
        told.append(text("projects.mark.disagreement", lang))
    if row["is_stop_unconfirmed"]:
        told.append(text("projects.mark.stop_unconfirmed", lang))
    months = numbers.to_float(row["silent_months"])
    if months is not None:
        told.append(text("projects.mark.silent", lang, n=int(months), count=numbers.count(months, lang)))
    return told


def own_ends(row: Row, metric: str) -> tuple[float | None, float | None]:
    """Return the retained (low, high) of a metric; None is unknown."""
    name, unit, _ = METRICS[metric]
    return numbers.to_float(row[f"{name}_low{unit}"]), numbers.to_float(row[f"{name}_high{unit}"])


def net_ends(row: Row, metric: str) -> tuple[float | None, float | None]:
    """Return the net (low, high) of a metric, of what the project's parts already count; None is unknown."""
    name, unit, _ = METRICS[metric]
    return numbers.to_float(row[f"{name}_net_low{unit}"]), numbers.to_float(row[f"{name}_net_high{unit}"])


def retained_figure(row: Row, metric: str, lang: str) -> str:
    """Write the retained figure of a metric, or that it is unknown."""
    return numbers.metric(metric, *own_ends(row, metric), lang)


def figure_notes(row: Row, metric: str, lang: str, *, has_parts: bool, gaps: int) -> list[str]:
    """Return what must be said beside a retained figure: its kind, sources, disagreement, net amount.

    `gaps` is the number of its claims whose figure is far from the retained one.
    """
    name, _, scope = METRICS[metric]
    if own_ends(row, metric) == (None, None):
        absent = "missing" if row[f"{name}_is_missing"] or not row["is_counted"] else "in_parts"
        return [text(f"projects.figures.{absent}", lang)]
    notes = []
    if scope:
        field = load_schema().field(scope).title_in(lang)
        notes.append(text("projects.figures.kind", lang, field=field, value=coded(scope, row[scope], lang)))
    sources = int(numbers.to_float(row[f"{name}_source_count"]) or 0)
    notes.append(text("projects.figures.sources", lang, n=sources, count=numbers.count(sources, lang)))
    if row[f"{name}_is_disputed"]:
        notes.append(text("projects.figures.disputed", lang))
    if gaps:
        notes.append(text("projects.figures.gap", lang, n=gaps, count=numbers.count(gaps, lang)))
    if row[f"{name}_is_weak"]:
        notes.append(text("projects.figures.weak", lang))
    if not row["is_counted"]:
        notes.append(text("projects.figures.not_counted", lang))
    elif has_parts:
        # A part's range may exceed its parent's in one scenario only: from the smaller to the larger (rule 4).
        ends = [end for end in net_ends(row, metric) if end is not None]
        if ends:
            net = numbers.metric(metric, min(ends), max(ends), lang)
            notes.append(text("projects.figures.net", lang, figure=net))
    return notes


def facts(row: Row, lang: str) -> list[tuple[str, str]]:
    """Return the facts of a project, (name, value), in the order to show; a blank one is « non précisé »."""
    year = numbers.to_float(row["target_year"])
    unstated = text("projects.fact.not_stated", lang)
    values = {
        "kind": coded("kind", row["kind"], lang),
        "purpose": coded("purpose", row["purpose"], lang),
        "status": coded("status", row["status"], lang),
        "operator": listed(row["operator"]) or unstated,
        "investors": listed(row["investors"]) or unstated,
        "target_year": unstated if year is None else str(int(year)),
    }
    told = [(load_schema().field(name).title_in(lang), value) for name, value in values.items()]
    return [*told[:3], (text("projects.fact.place", lang), full_place(row, lang)), *told[3:]]


def tell_project(row: Row, claims: pd.DataFrame, lang: str) -> str:
    """Say in a sentence what the project is, where it stands, and how well it is documented.

    `claims` are its rows of `announcements_list`, newest first.
    """
    days = [
        dates.day(claim["announced_on"], claim["announced_on_precision"], lang)
        for claim in claims.iloc[[-1, 0]].to_dict("records")
    ]
    span = "one" if days[0] == days[1] else "span"
    return text(
        "projects.sentence.project",
        lang,
        n=len(claims),
        count=numbers.count(len(claims), lang),
        kind=coded("kind", row["kind"], lang),
        status=_uncapitalised(coded("status", row["status"], lang)),
        place=full_place(row, lang),
        dates=text(f"projects.dates.{span}", lang, first=days[0], last=days[1]),
    )


def tell_list(projects: pd.DataFrame, counted: int, amount: str, lang: str) -> str:
    """Say how many projects are selected, how many of them are counted, and for how much.

    `projects` are rows of `projects_listed`, one at least.
    """
    n = int(projects["all_projects"].iloc[0])
    key = {n: "all_counted", 0: "none_counted"}.get(counted, "list")
    sentence = text(
        f"projects.sentence.{key}",
        lang,
        n=n,
        count=numbers.count(n, lang),
        counted=numbers.count(counted, lang),
        uncounted=numbers.count(n - counted, lang),
    )
    return f"{sentence} {text('projects.sentence.amount', lang, amount=amount)}" if counted else sentence


def _uncapitalised(words: str) -> str:
    return words[:1].lower() + words[1:]


def listed(names: object) -> str:
    """Return the names of a cell (« a;b ») separated by commas; "" for a blank."""
    return ", ".join(name.strip() for name in words_or_blank(names).split(";") if name.strip())
