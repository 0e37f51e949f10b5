"""The claims of one project as a list to read: what was said, when, by whom, and where to read it.

Rule: every cell is escaped, an address is linked only when it is http or https; the words of a source and our notes are
French and say so (`lang="fr"`). No Streamlit here: HTML out.
"""

from collections.abc import Callable, Sequence
from html import escape

import pandas as pd

from etl.schema import load_schema
from pages.shared import dates, numbers
from pages.shared.markup import html_link, web_address
from pages.shared.project_words import WITH_HISTORY, Row, coded, listed, words_or_blank
from pages.shared.texts import text

# Holds the place of a source's words until all around them is escaped: no text has it.
QUOTED = "\0"
# The code list of the scope of a figure.
SCOPE_FIELDS = {"jobs": "jobs_scope", "power_mw": "power_kind"}


def claim_list(
    announcements: pd.DataFrame,
    claims: pd.DataFrame,
    lang: str,
    *,
    report: Callable[[Row], str] = lambda row: "",
) -> str:
    """Return the HTML list of a project's claims, newest first.

    `announcements` are its rows of `announcements_list` (one a claim), `claims` those of `claims_list` (one a figure);
    `report` returns the HTML link that reports an error in a claim, "" for none.
    """
    figures: dict[str, list[Row]] = {}
    for figure in claims.to_dict("records"):
        figures.setdefault(figure["announcement_id"], []).append(figure)
    items = [_claim(row, figures.get(row["id"], ()), report(row), lang) for row in announcements.to_dict("records")]
    return f'<ol class="claims">{"".join(items)}</ol>'


def fact_list(facts: Sequence[tuple[str, str]]) -> str:
    """Return the HTML list of facts, (name, value)."""
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts)
    return f'<dl class="facts">{rows}</dl>'


def _claim(row: Row, figures: Sequence[Row], report: str, lang: str) -> str:
    when = dates.day(row["announced_on"], row["announced_on_precision"], lang)
    status = words_or_blank(row["status"])
    heading = " · ".join(part for part in (when, coded("status", status, lang) if status else "") if part)
    announcer = listed(row["announcer"])
    said = f"<p>{escape(text('projects.claims.said_by', lang, announcer=announcer))}</p>" if announcer else ""
    lines = [_figure(figure, row["kind"], lang) for figure in figures]
    told = f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>" if lines else _nothing(lang)
    note = words_or_blank(row["note"])
    record = escape(text("projects.claims.record", lang, id=row["id"]))
    return (
        f"<li><h3>{escape(heading)}</h3>{said}{told}<p>{_source(row, lang)}</p>"
        + (f'<p class="remark" lang="fr">{escape(note)}</p>' if note else "")
        + f'<p class="reference">{" · ".join(filter(None, [record, report]))}</p></li>'
    )


def _figure(figure: Row, kind: str, lang: str) -> str:
    metric = figure["metric"]
    low, high = numbers.to_float(figure["low"]), numbers.to_float(figure["high"])
    known = low is not None or high is not None
    written = numbers.metric(metric, low, high, lang) if known else ""
    scope = words_or_blank(figure["scope"])
    if scope and written:
        written = f"{written} ({load_schema().label(SCOPE_FIELDS[metric], scope, lang)})"
    stated = words_or_blank(figure["stated"])
    if stated:
        key = "figure_stated" if known else "only_stated"
        written = text(f"projects.claims.{key}", lang, figure=written, stated=QUOTED)
    name = text(f"projects.metric.{metric}", lang)
    line = escape(text("projects.claims.figure_line", lang, name=name, figure=written))
    line = line.replace(QUOTED, f'<span lang="fr">{escape(stated)}</span>')
    if kind in WITH_HISTORY or not known:
        return line
    if figure["is_retained"]:
        return f"{line} – <strong>{escape(text('projects.claims.retained', lang))}</strong>"
    marks = [text("projects.claims.not_retained", lang)]
    if figure["deviates"]:
        marks.append(text("projects.claims.gap", lang))
    return f"{line} – {escape(', '.join(marks))}"


def _nothing(lang: str) -> str:
    return f"<p>{escape(text('projects.claims.no_figure', lang))}</p>"


def _source(row: Row, lang: str) -> str:
    publisher, title = words_or_blank(row["source_publisher"]), words_or_blank(row["source_title"])
    label = ", ".join(part for part in (publisher, title) if part)
    parts = [html_link(label, web_address(row["source_url"]))]
    if dated := dates.partial_day(row["source_date"], lang):
        parts.append(escape(text("projects.claims.dated", lang, date=dated)))
    kind = coded("source_kind", row["source_kind"], lang)
    field = load_schema().field("source_kind").title_in(lang)
    parts.append(escape(text("projects.figures.kind", lang, field=field, value=kind)))
    if web_address(row["archive_url"]):
        parts.append(html_link(text("projects.claims.archive", lang), row["archive_url"]))
    return text("projects.claims.source", lang, source=" · ".join(parts))
