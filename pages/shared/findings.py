"""The sentences and tables of the overview, from the answers of the queries.

Rule: frames in, plain words out; whoever shows them escapes them. A figure comes with its date and its source.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pages.shared import data, filters
from pages.shared.dates import day
from pages.shared.markup import SOURCES_SPEAK
from pages.shared.numbers import metric, to_float
from pages.shared.texts import text
from queries import Selection

Row = Mapping[Hashable, Any]

# The metrics of an announcement, as they are read one after the other, with the ends of its columns.
ANNOUNCED = {
    "investment_meur": ("investment_low_meur", "investment_high_meur", "investment_stated"),
    "power_mw": ("power_low_mw", "power_high_mw", "power_stated"),
    "jobs": ("jobs_low", "jobs_high", "jobs_stated"),
    "sites_count": ("sites_count", "sites_count", ""),
}


@dataclass(frozen=True)
class Landmark:
    """A claim that everybody quotes: figure, sentence, what has changed since, date, source, project."""

    figure: str
    sentence: str
    today: str
    date: str
    publisher: str
    source_url: str
    project: str
    project_link: str


def headline(totals: pd.DataFrame, purposes: pd.DataFrame, chosen: Selection, lang: str) -> str:
    """Return what the selection adds up to in one sentence: amount, projects, and how much of it is for AI."""
    whole = totals[totals["metric"] == "investment_meur"].iloc[0]
    n = int(whole["projects"])
    values = {
        "amount": _amount(whole, lang),
        "projects": metric("projects", n, n, lang),
        "place": text(
            "overview.in_france" if chosen == Selection(until=chosen.until) else "overview.in_selection", lang
        ),
    }
    if to_float(whole["high"]) is None:
        return text("overview.headline_unknown", lang, n=n, **values)
    for_ai = purposes[(purposes["purpose"] == "ai") & (purposes["metric"] == "investment_meur")]
    sentence = "overview.headline"
    if chosen.purpose != ("ai",) and not for_ai.empty and to_float(for_ai["high"].iloc[0]) is not None:
        sentence, values["ai"] = "overview.headline_ai", _amount(for_ai.iloc[0], lang)
    written = text(sentence, lang, **values)
    return written[0].upper() + written[1:]


def landmarks(frame: pd.DataFrame, events: pd.DataFrame, lang: str) -> list[Landmark]:
    """Return the rows of `landmarks` in words; an event's headline stands beside what is traced line by line."""
    traced = {row["headline_project_id"]: row for row in events.to_dict("records")}
    return [_landmark(row, traced.get(row["project_id"]), lang) for row in frame.to_dict("records")]


def announcements(frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return rows of `announcements_list` in words, columns titled in `lang`, two of addresses and one of language."""
    rows = frame.to_dict("records")
    return pd.DataFrame(
        {
            text("overview.date", lang): [
                day(row["announced_on"], row["announced_on_precision"], lang) for row in rows
            ],
            text("overview.project", lang): [_name(row, lang) for row in rows],
            text("overview.kind", lang): [data.schema().label("kind", row["kind"], lang) for row in rows],
            text("overview.figure", lang): [_figures(row, lang) for row in rows],
            text("overview.source", lang): [row["source_publisher"] for row in rows],
            "project_link": [filters.link("projects", project=row["project_id"]) for row in rows],
            "source_url": [row["source_url"] for row in rows],
            # Without a number the figure is the words of the source.
            "figure_language": ["" if _numbers(row, lang) else SOURCES_SPEAK for row in rows],
        }
    )


def event_accounts(frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return the rows of `events` in words: headline, traced, known before and new amounts (rule 7)."""
    columns = {text("overview.event", lang): list(frame[f"name_{lang}"])}
    for name in ("headline", "traced", "known", "new"):
        columns[text(f"overview.event_{name}", lang)] = [
            metric("investment_meur", low, high, lang, form="short")
            for low, high in zip(frame[f"{name}_low"], frame[f"{name}_high"], strict=True)
        ]
    columns["project_link"] = [filters.link("projects", project=project) for project in frame["headline_project_id"]]
    return pd.DataFrame(columns)


def region_table(frame: pd.DataFrame, code: str, lang: str) -> pd.DataFrame:
    """Return the rows of `totals_by_region` for one metric in words: region, amount, projects, without a figure.

    The column `why_link` opens the explanation of the amount.
    """
    rows = [row for row in frame.to_dict("records") if row["metric"] == code]
    return pd.DataFrame(
        {
            text("frame.filter.region", lang): [filters.label("region", row["region_code"], lang) for row in rows],
            text("overview.figure", lang): [
                metric(code, row["low"], row["high"], lang, is_floor=row["is_floor"]) for row in rows
            ],
            text("overview.projects", lang): [row["projects"] for row in rows],
            text("overview.without_figure", lang): [row["missing"] for row in rows],
            "why_link": [filters.link("regions", region=row["region_code"], why=code) for row in rows],
        }
    )


def _landmark(row: Row, event: Row | None, lang: str) -> Landmark:
    today = ""
    if row["differs"]:
        now = metric(row["metric"], row["retained_low"], row["retained_high"], lang)
        today = text("overview.retained_today", lang, figure=now)
    if event is not None:
        traced = metric("investment_meur", event["traced_low"], event["traced_high"], lang)
        today = text("overview.traced", lang, figure=traced)
    return Landmark(
        figure=metric(row["metric"], row["low"], row["high"], lang, form="bare"),
        sentence=row[f"sentence_{lang}"],
        today=today,
        date=day(row["announced_on"], row["announced_on_precision"], lang),
        publisher=row["source_publisher"],
        source_url=row["source_url"],
        project=_name(row, lang),
        project_link=filters.link("projects", project=row["project_id"]),
    )


def _amount(row: pd.Series, lang: str) -> str:
    return metric("investment_meur", row["low"], row["high"], lang, is_floor=bool(row["is_floor"]))


def _name(row: Row, lang: str) -> str:
    return str(row["project_name_en" if lang == "en" else "project_name"])


def _figures(row: Row, lang: str) -> str:
    """The figures of one announcement, or its own words where it gives no number."""
    stated = [row[words] for _, _, words in ANNOUNCED.values() if words and isinstance(row[words], str)]
    return " · ".join(_numbers(row, lang) or stated[:1])


def _numbers(row: Row, lang: str) -> list[str]:
    return [
        metric(code, row[low], row[high], lang, form="short")
        for code, (low, high, _) in ANNOUNCED.items()
        if to_float(row[low]) is not None or to_float(row[high]) is not None
    ]
