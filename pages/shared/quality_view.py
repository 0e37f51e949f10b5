"""The quality checks in words: what each saw, how much it warns about, and the rows behind it, linked.

Rule: names and explanations come from the reference table; a warning says the numbers it compares, in their unit.
"""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from pages.shared import filters, layout, numbers
from pages.shared.charts.measure import rates
from pages.shared.markup import plain
from pages.shared.project_words import Row, coded, project_name
from pages.shared.texts import text

# Checks of which every row warns today: the list would be the whole file.
COUNT_ONLY = ("has_archive",)


@dataclass(frozen=True)
class Check:
    """A named check in the visitor's language, what it looked at, and the first rows of those it warns about."""

    code: str
    name: str
    explanation: str
    seen: int
    warnings: int
    rows: pd.DataFrame


def read_checks(quality_rows: pd.DataFrame, lang: str) -> list[Check]:
    """Return the checks of `quality_rows` in their order of display."""
    checks = []
    for code, rows in quality_rows.groupby("code", sort=False):
        first = rows.iloc[0]
        checks.append(
            Check(
                str(code),
                first[f"name_{lang}"],
                first[f"explanation_{lang}"],
                int(first["subjects"]),
                int(first["warnings"]),
                rows if first["warnings"] else rows.iloc[:0],
            )
        )
    return checks


def tell_quality(checks: list[Check], lang: str) -> str:
    """Say how many checks pass without a warning."""
    passed = sum(not check.warnings for check in checks)
    return text(
        "quality.sentence",
        lang,
        n=len(checks),
        all=numbers.count(len(checks), lang),
        passed=numbers.count(passed, lang),
        warned=numbers.count(len(checks) - passed, lang),
    )


def show_check(check: Check, lang: str) -> None:
    """Show a check: its name, counts and explanation, and its warnings folded."""
    layout.subsection(check.name)
    st.markdown(f"**{plain(tell_counts(check, lang))}** {plain(check.explanation)}")
    if check.code in COUNT_ONLY:
        st.caption(text("quality.only_count", lang))
    elif check.warnings:
        title = text("quality.show", lang, warnings=_warnings(check, lang))
        with st.expander(title, key=f"quality-{check.code}"):
            table = warning_table(check, lang)
            links = {text("quality.column.project", lang): "project_link"}
            layout.table(table, alt=text("quality.alt", lang, name=check.name), links=links)
            layout.only_first(len(check.rows), check.warnings)


def tell_counts(check: Check, lang: str) -> str:
    """Return « 39 vérifiés, 3 alertes. »"""
    seen = text("quality.seen", lang, n=check.seen, count=numbers.count(check.seen, lang))
    return text("quality.counts", lang, seen=seen, warnings=_warnings(check, lang))


def warning_table(check: Check, lang: str) -> pd.DataFrame:
    """Return the warnings of a check in words: project, detail and claim where there is one, `project_link`."""
    rows = check.rows.to_dict("records")
    named = [isinstance(row["project_id"], str) for row in rows]
    columns = {
        text("quality.column.project", lang): [
            project_name(row, lang) if has_name else "–" for row, has_name in zip(rows, named, strict=True)
        ]
    }
    details = [tell_warning(row, lang) for row in rows]
    if any(details):
        columns[text("quality.column.detail", lang)] = details
    claims = [row["announcement_id"] if isinstance(row["announcement_id"], str) else "" for row in rows]
    if any(claims):
        columns[text("quality.column.claim", lang)] = claims
    columns["project_link"] = [
        filters.link("projects", project=row["project_id"]) if has_name else ""
        for row, has_name in zip(rows, named, strict=True)
    ]
    return pd.DataFrame(columns)


def tell_warning(row: Row, lang: str) -> str:
    """Return what a row of `quality_rows` compares, in words; "" where the check's name says it all."""
    code, metric = row["code"], row["metric"]
    if code in ("meur_per_mw", "meur_per_job"):
        ends = [_ratio(code, row[name], lang) for name in ("value", "usual_low", "usual_high")]
        return text(f"quality.detail.{code}", lang, **dict(zip(("ratio", "low", "high"), ends, strict=True)))
    if code == "has_news":
        return text("quality.detail.has_news", lang, n=int(row["value"]), count=numbers.count(row["value"], lang))
    if code == "place_is_a_commune":
        return text(f"quality.place.{row['own_code']}", lang)
    if code == "job_scopes_agree":
        own, other = (coded("jobs_scope", row[name], lang) for name in ("own_code", "related_code"))
        related = project_name(row, lang, "related_name")
        return text("quality.detail.job_scopes_agree", lang, own=own, other=other, related=related)
    if code == "stops_confirmed":
        return text("quality.detail.stops_confirmed", lang, own=coded("status", row["own_code"], lang))
    if code == "several_sources":
        return text("quality.detail.several_sources", lang, own=row["own_code"])
    if code in ("regions_add_up", "children_within_parent", "equals_agree", "sound_figures", "figure_has_words"):
        return _compared(row, code, metric, lang)
    return ""


def _compared(row: Row, code: str, metric: str, lang: str) -> str:
    words = {"metric": text(f"projects.metric.{metric}", lang)}
    if code != "regions_add_up":
        words["own"] = numbers.metric(metric, row["usual_low"], row["usual_high"], lang)
    if code == "children_within_parent":
        words["parts"] = numbers.metric(metric, row["value"], row["value"], lang)
    return text(f"quality.detail.{code}", lang, **words)


def _ratio(code: str, value: float, lang: str) -> str:
    return text(f"quality.ratio.{code}", lang, number=rates(value, value, lang)[0])


def _warnings(check: Check, lang: str) -> str:
    if not check.warnings:
        return text("quality.none", lang)
    return text("quality.warnings", lang, n=check.warnings, count=numbers.count(check.warnings, lang))
