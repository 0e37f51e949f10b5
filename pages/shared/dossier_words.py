"""What a dossier says in words: its sentence, its facts, and its retained figures with the rule that retained them.

Rule: rows of queries in, words out; nothing is added up and no figure is guessed. No Streamlit here.
"""

import pandas as pd

from etl.schema import load_schema
from pages.shared import dates, numbers
from pages.shared.card import Card
from pages.shared.dossier_rules import Decision, decide
from pages.shared.project_words import (
    METRICS,
    WITH_HISTORY,
    Row,
    coded,
    figure_notes,
    full_place,
    listed,
    marks,
    own_ends,
    retained_figure,
)
from pages.shared.texts import text

COUNTED_KINDS = ("programme", "site")
HEADLINE = ("investment_meur", "power_mw")


def eyebrow(row: Row, lang: str) -> str:
    """Return the kind and the purpose of a project."""
    kind, purpose = coded("kind", row["kind"], lang), coded("purpose", row["purpose"], lang)
    return text("dossier.eyebrow", lang, kind=kind, purpose=purpose)


def all_marks(row: Row, claims: pd.DataFrame, lang: str) -> list[str]:
    """Return what a reader must beware of: disagreement, unconfirmed stop, silence, and claims that stand apart."""
    gaps = int(claims["deviates"].to_numpy().sum())
    told = marks(row, lang)
    return [*told, text("dossier.mark.gap", lang, n=gaps, count=numbers.count(gaps, lang))] if gaps else told


def tell_dossier(row: Row, announcements: pd.DataFrame, lang: str) -> str:
    """Say in two sentences what the project amounts to, where it stands, and what is said of it by whom.

    `announcements` are its rows of `announcements_list`, newest first.
    """
    place = full_place(row, lang)
    known = [metric for metric in HEADLINE if own_ends(row, metric) != (None, None)] or HEADLINE[:1]
    amount = text("dossier.sentence.and", lang).join(retained_figure(row, metric, lang) for metric in known)
    status = coded("status", row["status"], lang)
    key = "history" if row["kind"] in WITH_HISTORY else "figure"
    what = text(f"dossier.sentence.{key}", lang, amount=amount, status=status.lower(), place=place)
    n, publishers = len(announcements), announcements["source_publisher"].nunique()
    first, last = first_and_last(announcements, lang)
    span = "one" if first == last else "span"
    said = text(
        "dossier.sentence.claims",
        lang,
        n=n,
        count=numbers.count(n, lang),
        publishers=text("dossier.sentence.publishers", lang, n=publishers, count=numbers.count(publishers, lang)),
        dates=text(f"projects.dates.{span}", lang, first=first, last=last),
    )
    return f"{what[:1].upper()}{what[1:]} {said}"


def first_and_last(announcements: pd.DataFrame, lang: str) -> tuple[str, str]:
    """Return the dates of the oldest and of the newest claim, with the precision of each."""
    oldest, newest = announcements.iloc[[-1, 0]].to_dict("records")
    first, last = (dates.day(row["announced_on"], row["announced_on_precision"], lang) for row in (oldest, newest))
    return first, last


def dossier_facts(row: Row, announcements: pd.DataFrame, lang: str) -> list[tuple[str, str]]:
    """Return where, who pays, who runs, and when, as (name, value).

    A blank one is « non précisé » for a project; for what is no project (an inventory, a headline…) it is left out.
    """
    unstated, schema = text("projects.fact.not_stated", lang), load_schema()
    first, last = first_and_last(announcements, lang)
    facts = [
        (text("projects.fact.place", lang), full_place(row, lang)),
        (schema.field("investors").title_in(lang), listed(row["investors"])),
        (schema.field("operator").title_in(lang), listed(row["operator"])),
        (text("dossier.fact.planned", lang), _planned(row, lang)),
        (text("dossier.fact.first", lang), first),
        (text("dossier.fact.last", lang), last),
    ]
    is_project = row["kind"] in COUNTED_KINDS
    return [(name, value or unstated) for name, value in facts if value or is_project]


def figure_cards(row: Row, family: pd.DataFrame, claims: pd.DataFrame, lang: str) -> list[Card]:
    """Return a card a retained figure, with the rule that retained it; building jobs only where somebody gives them.

    `family` and `claims` are the project's rows of `family` and `claims_list`.
    """
    far = claims[claims["deviates"]]["metric"].value_counts()
    has_parts = bool((family["relation"] == "child").any())
    shown = [name for name in METRICS if name != "construction_jobs" or own_ends(row, name) != (None, None)]
    return [
        Card(
            text(f"projects.figures.{METRICS[name][0]}", lang),
            retained_figure(row, name, lang),
            (
                *rule_notes(row, name, claims[claims["metric"] == name], lang),
                *figure_notes(row, name, lang, has_parts=has_parts, gaps=int(far.get(name, 0))),
            ),
            field=METRICS[name][2] or "",
        )
        for name in shown
    ]


def rule_notes(row: Row, metric: str, claims: pd.DataFrame, lang: str) -> list[str]:
    """Return how a figure was retained, and what an end that nobody states counts for; none without a figure."""
    decision = decide(claims)
    if decision is None:
        return []
    low, high = own_ends(row, metric)
    notes = [tell_rule(decision, lang)]
    if high is None:
        notes.append(text("dossier.open.low", lang))
    if low is None:
        notes.append(text("dossier.open.high", lang))
    return notes


def tell_rule(decision: Decision, lang: str) -> str:
    """Say which step of the rule retained a figure, from which source, and how many claims stand beside it."""
    claim, kept = decision.claim, len(decision.retained)
    date = dates.day(claim["announced_on"], claim["announced_on_precision"], lang)
    source = text("dossier.rule.source", lang, date=date, kind=_lower(coded("source_kind", claim["source_kind"], lang)))
    values = {
        "source": source,
        "beside": _beside(decision, lang),
        "tied": numbers.count(decision.tied, lang),
        "votes": numbers.count(kept, lang),
        "scope": _lower(coded("jobs_scope", claim["scope"], lang)) if decision.step == "scope" else "",
        "count": numbers.count(kept + decision.beside, lang),
    }
    n = kept + decision.beside if decision.step == "agreed" else kept
    key = "best" if decision.step == "source" else decision.step
    return text(f"dossier.rule.{key}", lang, n=n, **values)


def _beside(decision: Decision, lang: str) -> str:
    if not decision.beside:
        return ""
    n, weak = decision.beside, decision.weak
    if n == weak:
        return text("dossier.rule.weak_only", lang, n=n, count=numbers.count(n, lang))
    beside = text("dossier.rule.beside", lang, n=n, count=numbers.count(n, lang))
    if not weak:
        return beside
    return text("dossier.rule.weak", lang, n=weak, beside=beside, count=numbers.count(weak, lang))


def _planned(row: Row, lang: str) -> str:
    year = numbers.to_float(row["target_year"])
    if year is None:
        return ""
    is_late = numbers.to_float(row["years_overdue"]) is not None
    return text("dossier.fact.overdue", lang, year=int(year)) if is_late else str(int(year))


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
