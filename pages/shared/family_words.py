"""What a project is part of and what it holds, in words: net amounts, what the parts leave undetailed.

Rule: amounts are those of the queries, from the smaller to the larger (rule 4); nothing is added up here. No Streamlit.
"""

from collections.abc import Callable

import pandas as pd

from etl.schema import load_schema
from pages.shared import numbers
from pages.shared.dossier_words import COUNTED_KINDS
from pages.shared.project_words import METRICS, Row, coded, net_ends, own_ends, project_name, retained_figure
from pages.shared.texts import text

NET_METRICS = ("investment_meur", "power_mw")
ADDRESS = "address"


def undetailed(row: Row, lang: str) -> list[str]:
    """Say, for each figure of a project that has parts, what they leave undetailed, or that they exceed it."""
    told = []
    for metric, (name, _, _) in METRICS.items():
        if own_ends(row, metric) == (None, None) or not row["is_counted"]:
            continue
        title = text(f"projects.figures.{name}", lang)
        if row[f"{name}_is_exceeded"]:
            figure = retained_figure(row, metric, lang)
            told.append(text("dossier.family.exceeded", lang, metric=title, figure=figure))
        ends = _net(row, metric)
        if ends is None:
            continue
        key = "undetailed" if ends[1] > 0 else "detailed"
        if key == "undetailed" or not row[f"{name}_is_exceeded"]:
            figure = numbers.metric(metric, *ends, lang)
            told.append(text(f"dossier.family.{key}", lang, metric=title, figure=figure))
    return told


def family_table(row: Row, family: pd.DataFrame, lang: str, *, address: Callable[[str], str]) -> pd.DataFrame:
    """Return the rows of `family` in words: project, link, status, net amounts, what to beware of; and address.

    `address` returns where a project is read, by its id.
    """
    relatives = family.to_dict("records")
    columns = {
        text("projects.family.project", lang): [project_name(relative, lang, "name") for relative in relatives],
        text("projects.family.link", lang): [
            text(f"projects.family.{relative['relation']}", lang) for relative in relatives
        ],
        load_schema().field("status").title_in(lang): [
            coded("status", relative["status"], lang) for relative in relatives
        ],
        ADDRESS: [address(relative["relative_id"]) for relative in relatives],
    }
    if row["kind"] in COUNTED_KINDS:
        for metric in NET_METRICS:
            title = text(f"projects.figures.{METRICS[metric][0]}", lang)
            columns[text("dossier.family.net", lang, metric=title)] = [
                _net_words(relative, metric, lang) for relative in relatives
            ]
        columns[text("projects.family.remark", lang)] = [_remark(row, relative, lang) for relative in relatives]
    return pd.DataFrame(columns)


def _net(row: Row, metric: str) -> tuple[float, float] | None:
    # A net may be larger in the low scenario than in the high one.
    ends = sorted(end for end in net_ends(row, metric) if end is not None)
    return (ends[0], ends[-1]) if ends else None


def _net_words(relative: Row, metric: str, lang: str) -> str:
    ends = _net(relative, metric)
    return numbers.metric(metric, *ends, lang) if relative["is_counted"] and ends else ""


def _remark(row: Row, relative: Row, lang: str) -> str:
    words = [] if relative["is_counted"] else [text("projects.mark.not_counted", lang)]
    if relative["relation"] == "ancestor" and any(relative[f"{METRICS[m][0]}_is_exceeded"] for m in NET_METRICS):
        words.append(text("dossier.family.parent_exceeded", lang))
    scopes = (row["jobs_scope"], relative["jobs_scope"])
    if all(isinstance(scope, str) for scope in scopes) and scopes[0] != scopes[1]:
        own, other = (coded("jobs_scope", scope, lang) for scope in scopes)
        words.append(text("projects.family.scopes_differ", lang, own=own, other=other))
    return ", ".join(words)
