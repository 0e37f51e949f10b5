"""« Sources contradictoires » as tables: who said what, in which words, and what is kept.

Rule: every claim with a number is listed, retained or not; a claim in words only is listed as such. Every cell is
escaped, and the words of a source, which are French, say so (`lang="fr"`). No Streamlit here: HTML out.
"""

from collections.abc import Mapping
from html import escape

import pandas as pd

from etl.schema import load_schema
from pages.shared import charts, dates, numbers
from pages.shared.markup import html_link, web_address
from pages.shared.project_words import METRICS, WITH_HISTORY, Row, coded, words_or_blank
from pages.shared.texts import text

COLUMNS = ("date", "figure", "words", "publisher", "kind", "use")
SCOPES = {"jobs": "jobs_scope", "power_mw": "power_kind"}
# A source that does not say its scope is not shown with one.
UNSTATED = "unspecified"
# A count of sites is a history, drawn as such (rule 10); of another kind of project, it is not a figure of the site.
COUNTED_SITES = "sites_count"


def shown_metrics(row: Row, claims: pd.DataFrame) -> list[str]:
    """Return the metrics of a project for which a claim gives a number, in the order of the site."""
    numbered = set(claims.dropna(subset=["low", "high"], how="all")["metric"])
    sites = [COUNTED_SITES] if row["kind"] in WITH_HISTORY else []
    return [metric for metric in (*sites, *METRICS) if metric in numbered]


def source_table(claims: pd.DataFrame, metric: str, lang: str, *, has_history: bool, has_caption: bool = False) -> str:
    """Return the HTML table of the claims of one metric, those with a number first, then those in words.

    With `has_caption` the table says itself what its frame is named.
    """
    is_numbered = claims[["low", "high"]].notna().any(axis=1)
    absent = {"use"} if has_history else set()
    absent |= set() if claims["stated"].notna().any() else {"words"}
    columns = [name for name in COLUMNS if name not in absent]
    titles = {name: escape(text(f"dossier.sources.{name}", lang)) for name in columns}
    head = "".join(f'<th scope="col">{title}</th>' for title in titles.values())
    body = _rows(claims[is_numbered], metric, titles, lang)
    in_words = claims[~is_numbered]
    if not in_words.empty:
        title = escape(text("dossier.sources.in_words", lang))
        body += f'<tr class="apart"><th colspan="{len(columns)}" scope="rowgroup">{title}</th></tr>'
        body += _rows(in_words, metric, titles, lang)
    name = escape(text("dossier.sources.alt", lang, metric=text(f"projects.metric.{metric}", lang)))
    caption = f"<caption>{name}</caption>" if has_caption else ""
    return (
        f'<div class="table sources" role="region" tabindex="0" aria-label="{name}"><table>{caption}'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _rows(claims: pd.DataFrame, metric: str, titles: Mapping[str, str], lang: str) -> str:
    """Return the rows of a table; each cell bears its title, which a phone shows instead of the head."""
    rows = []
    for row in claims.to_dict("records"):
        cells = {
            "date": escape(dates.day(row["announced_on"], row["announced_on_precision"], lang)),
            "figure": _figure(row, metric, lang),
            "words": _quoted(row, lang),
            "publisher": _publisher(row, lang),
            "kind": escape(coded("source_kind", row["source_kind"], lang)),
            "use": _use(row, lang),
        }
        rows.append("<tr>" + "".join(_cell(title, cells[name], lang) for name, title in titles.items()) + "</tr>")
    return "".join(rows)


def _cell(title: str, content: str, lang: str) -> str:
    label = text("dossier.sources.labelled", lang, title=title)
    return f'<td data-label="{label}"' + (f">{content}</td>" if content else ' class="blank">–</td>')


def _figure(row: Row, metric: str, lang: str) -> str:
    low, high = numbers.to_float(row["low"]), numbers.to_float(row["high"])
    if low is None and high is None:
        return ""
    scope = words_or_blank(row["scope"])
    is_told = metric in SCOPES and scope not in ("", UNSTATED)
    told = f" ({load_schema().label(SCOPES[metric], scope, lang).lower()})" if is_told else ""
    return escape(numbers.metric(metric, low, high, lang) + told)


def _quoted(row: Row, lang: str) -> str:
    stated = words_or_blank(row["stated"])
    if not stated:
        return ""
    return f'<q lang="fr">{escape(stated)}</q>'


def _publisher(row: Row, lang: str) -> str:
    link = html_link(words_or_blank(row["source_publisher"]), web_address(row["source_url"]))
    if not web_address(row["archive_url"]):
        return link
    return f"{link} ({html_link(text('dossier.sources.archive', lang), row['archive_url'])})"


def _use(row: Row, lang: str) -> str:
    if row["is_retained"]:
        return f"<strong>{escape(text('dossier.sources.retained', lang))}</strong>"
    if numbers.to_float(row["low"]) is None and numbers.to_float(row["high"]) is None:
        return ""
    beside = escape(text("dossier.sources.beside", lang))
    if not row["deviates"]:
        return beside
    return f'{beside} <span class="gap">{escape(text("dossier.sources.gap", lang))}</span>'


def sources_title(row: Row, claims: pd.DataFrame, lang: str) -> str:
    """Return the title over the tables of a project: whether its sources contradict each other."""
    if row["kind"] in WITH_HISTORY:
        return text("dossier.sources.title_history", lang)
    differing = any(_differs(claims, metric) for metric in shown_metrics(row, claims))
    return text(f"dossier.sources.{'title' if differing else 'title_agree'}", lang)


def tell_sources(row: Row, claims: pd.DataFrame, lang: str) -> str:
    """Say on which figures the sources differ; nothing of a history, where figures follow one another."""
    metrics = shown_metrics(row, claims)
    if row["kind"] in WITH_HISTORY:
        return ""
    return _verdict(claims, metrics, [metric for metric in metrics if _differs(claims, metric)], lang)


def _differs(claims: pd.DataFrame, metric: str) -> bool:
    return len(charts.numbered(claims, metric)[["low", "high"]].drop_duplicates()) > 1


def _verdict(claims: pd.DataFrame, metrics: list[str], differing: list[str], lang: str) -> str:
    if differing:
        names = [text(f"projects.metric.{metric}", lang).lower() for metric in differing]
        return text("dossier.sources.differ", lang, metrics=", ".join(names))
    is_alone = all(charts.numbered(claims, metric)["source_publisher"].nunique() == 1 for metric in metrics)
    return text(f"dossier.sources.{'single' if is_alone else 'agree'}", lang)
