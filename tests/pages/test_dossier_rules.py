"""Which step of the rule decided a retained figure: each step on a small case, then all of them on the real data."""

import math

import pandas as pd
import pytest

from pages.shared import data
from pages.shared.dossier_rules import decide
from pages.shared.dossier_words import tell_rule
from queries import Selection

UNKNOWN = math.nan
N = "\u202f"


def said(*rows: tuple, metric: str = "investment_meur") -> pd.DataFrame:
    """Return claims from (low, high, date, kind of source, scope); the id of each is its place."""
    frame = pd.DataFrame(rows, columns=["low", "high", "announced", "source_kind", "scope"])
    frame["announced_on"] = pd.to_datetime(frame["announced"], format="ISO8601")
    frame["announced_on_precision"] = ["month" if len(text) == 7 else "day" for text in frame["announced"]]
    frame["announcement_id"] = range(len(frame))
    return frame.assign(metric=metric)


CASES = {
    "only": (
        said((20, 20, "2025-02-10", "agency", None), (UNKNOWN, UNKNOWN, "2026-01-01", "official", None)),
        [0],
        f"Retenu{N}: la seule déclaration chiffrée (10 février 2025{N}; type de source{N}: agence de presse).",
        "Retained: the only claim with a number (10 February 2025; kind of source: news agency).",
    ),
    "agreed": (
        said((20, 20, "2025-02-10", "agency", None), (20, 20, "2025-03-01", "other", None)),
        [0],
        f"Retenu{N}: les 2 déclarations chiffrées donnent toutes ce chiffre.",
        "Retained: all 2 claims with a number give this figure.",
    ),
    "stronger": (
        said((20, 20, "2025-02-10", "trade_press", None), (30, 30, "2026-02-10", "other", None)),
        [0],
        f"Retenu{N}: la seule source qui ne soit ni agrégateur, ni blog, ni copie (10 février 2025{N}; "
        f"type de source{N}: presse spécialisée){N}; une déclaration de source faible, écartée.",
        "Retained: the only source that is no aggregator, blog or copy (10 February 2025; "
        "kind of source: trade press); one claim from a weak source, set aside.",
    ),
    "recent": (
        said(
            (20, 20, "2025-02", "official", None),
            (25, 25, "2026-03", "official", None),
            (30, 30, "2026-03-12", "official", None),
            (15, 15, "2025-01-01", "agency", None),
        ),
        [2],
        f"Retenu{N}: la déclaration la plus récente (12 mars 2026{N}; type de source{N}: officielle){N}; "
        "3 autres déclarations à côté.",
        "Retained: the most recent claim (12 March 2026; kind of source: official); 3 other claims beside it.",
    ),
    "source": (
        said((20, 20, "2025-02-10", "agency", None), (30, UNKNOWN, "2025-02-10", "company", None)),
        [1],
        f"Retenu{N}: de 2 déclarations de même date, celle du meilleur type de source (10 février 2025{N}; "
        f"type de source{N}: entreprise){N}; une autre déclaration à côté.",
        "Retained: of 2 claims of one date, that of the best kind of source (10 February 2025; "
        "kind of source: company); one other claim beside it.",
    ),
    "scope": (
        said(
            (100, 100, "2025-02-10", "agency", "direct"),
            (300, 300, "2025-02-10", "agency", "direct_indirect"),
            (50, 50, "2025-02-10", "agency", None),
            metric="jobs",
        ),
        [1],
        f"Retenu{N}: de 3 déclarations de même date et de même type de source, celle du périmètre préféré, "
        f"«{N}directs et indirects{N}» (10 février 2025{N}; type de source{N}: agence de presse){N}; "
        "2 autres déclarations à côté.",
        "Retained: of 3 claims of one date and one kind of source, that of the preferred scope, “direct and indirect” "
        "(10 February 2025; kind of source: news agency); 2 other claims beside it.",
    ),
    "majority": (
        said(
            (20, 20, "2025-02-10", "agency", None),
            (30, 30, "2025-02-10", "agency", None),
            (30, 30, "2025-02-10", "agency", None),
        ),
        [1, 2],
        f"Retenu{N}: de 3 déclarations de même date et de même type de source, le chiffre que le plus grand "
        f"nombre donne (2 sur 3{N}; 10 février 2025{N}; type de source{N}: agence de presse){N}; "
        "une autre déclaration à côté.",
        "Retained: of 3 claims of one date and one kind of source, the figure that most of them give "
        "(2 of 3; 10 February 2025; kind of source: news agency); one other claim beside it.",
    ),
    "range": (
        said((500, 500, "2025-02-10", "agency", None), (750, 750, "2025-02-10", "agency", None)),
        [0, 1],
        f"Retenu{N}: l’intervalle qui couvre 2 déclarations de même date et de même type de source, en désaccord "
        f"(10 février 2025{N}; type de source{N}: agence de presse).",
        "Retained: the range that spans 2 claims of one date and one kind of source, which disagree "
        "(10 February 2025; kind of source: news agency).",
    ),
}


@pytest.mark.parametrize("step", CASES)
def test_the_step_that_decided_is_found_and_told(step: str) -> None:
    claims, kept, french, english = CASES[step]
    decision = decide(claims)
    assert decision is not None and decision.step == step
    assert [row["announcement_id"] for row in decision.retained] == kept
    assert tell_rule(decision, "fr") == french
    assert tell_rule(decision, "en") == english


@pytest.mark.parametrize("step", CASES)
def test_the_order_of_rows_never_decides(step: str) -> None:
    claims, kept, french, _ = CASES[step]
    decision = decide(claims.iloc[::-1])
    assert decision is not None
    assert sorted(row["announcement_id"] for row in decision.retained) == kept
    assert tell_rule(decision, "fr") == french


def test_several_strong_sources_that_agree_and_several_recent_ones_are_said_in_the_plural() -> None:
    strong = said((20, 20, "2025-02-10", "agency", None), (20, 20, "2025-02-10", "agency", None))
    weak = said((30, 30, "2026-02-10", "other", None))
    decision = decide(pd.concat([strong, weak]))
    assert decision is not None and decision.step == "stronger"
    assert "les sources autres qu’agrégateurs, blogs et copies donnent toutes ce chiffre" in tell_rule(decision, "fr")
    old = said((30, 30, "2024-02-10", "agency", None))
    decision = decide(pd.concat([strong, old]))
    assert decision is not None and decision.step == "recent"
    assert "the most recent claims, which agree" in tell_rule(decision, "en")


def test_weak_sources_among_the_others_are_counted() -> None:
    claims = said(
        (20, 20, "2025-02-10", "agency", None),
        (25, 25, "2025-06-10", "agency", None),
        (30, 30, "2026-02-10", "other", None),
    )
    decision = decide(claims)
    assert decision is not None and (decision.beside, decision.weak) == (2, 1)
    assert tell_rule(decision, "fr").endswith(f"{N}; 2 autres déclarations à côté, dont une de source faible, écartée.")


def test_without_a_number_nothing_is_retained() -> None:
    assert decide(said((UNKNOWN, UNKNOWN, "2025-02-10", "agency", None))) is None


def test_jobs_of_another_scope_do_not_agree() -> None:
    claims = said(
        (100, 100, "2025-02-10", "agency", "direct"), (100, 100, "2025-02-11", "agency", "unspecified"), metric="jobs"
    )
    decision = decide(claims)
    assert decision is not None and decision.step == "recent"


def test_on_the_real_data_the_steps_keep_the_claims_that_the_database_retains(real_data: None) -> None:
    claims = data.query("claims_list", Selection())
    kinds = data.query("projects_list", Selection()).set_index("project_id")["kind"]
    steps = set()
    for (project_id, metric), group in claims.groupby(["project_id", "metric"]):
        if kinds[project_id] in ("inventory", "target"):
            continue
        decision = decide(group)
        kept = {row["announcement_id"] for row in decision.retained} if decision else set()
        assert kept == set(group.loc[group["is_retained"], "announcement_id"]), (project_id, metric)
        steps |= {decision.step} if decision else set()
    assert steps >= {"only", "agreed", "stronger", "recent", "source", "scope", "range"}
