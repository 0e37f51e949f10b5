"""How much of what is counted has each figure: investment, power, jobs, year of service, commune.

Rule: one bar a figure, out of 100 %; what is missing is the rest of the bar, and is said.
"""

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from pages.shared import numbers
from pages.shared.charts.measure import answers, listed
from pages.shared.charts.stacks import Part, Stack, stacks_figure
from pages.shared.charts.theme import palette
from pages.shared.texts import text

# The checks that say whether a figure is known.
CHECKS = ("has_investment", "has_power", "has_jobs", "has_target_year", "place_is_a_commune")
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Known:
    """A figure and how many subjects have it, out of those it concerns."""

    code: str
    name: str
    known: int
    of: int

    @property
    def share(self) -> float:
        """The share that has the figure, 0 to 1."""
        return self.known / self.of


def coverage(quality_rows: pd.DataFrame, lang: str, *, dark: bool = False) -> go.Figure:
    """Draw the share of projects that have each figure, from the checks of `quality_rows`."""
    colours, shares = palette(dark), known_shares(quality_rows, lang)
    stacks = [
        Stack(
            item.name,
            _words(item, lang),
            (Part("", _words(item, lang), item.share, item.share, colours.amount),),
            item.code,
        )
        for item in shares
    ]
    return stacks_figure(
        stacks,
        title=_title(shares, lang),
        subtitle=text("quality.coverage.subtitle", lang),
        limit=1.02,
        ticks=[(share, numbers.percent(share, lang)) for share in SHARES],
        dark=dark,
    )


def describe_coverage(quality_rows: pd.DataFrame, lang: str) -> str:
    """Return the chart in a sentence: each figure with the share of projects that have it."""
    items = [f"{item.name}, {_words(item, lang)}" for item in known_shares(quality_rows, lang)]
    return text("charts.described", lang, measure=text("quality.coverage.section", lang), items=listed(items, lang))


def known_shares(quality_rows: pd.DataFrame, lang: str) -> list[Known]:
    """Return how many subjects have each figure, in the order of `CHECKS`; a figure that concerns none is left out."""
    checks = {row["code"]: row for row in answers(quality_rows.drop_duplicates("code"))}
    return [
        Known(
            code,
            text(f"quality.coverage.{code}", lang),
            int(checks[code]["subjects"] - checks[code]["warnings"]),
            int(checks[code]["subjects"]),
        )
        for code in CHECKS
        if code in checks
    ]


def _words(item: Known, lang: str) -> str:
    return text(
        "quality.coverage.words",
        lang,
        n=item.known,
        known=numbers.count(item.known, lang),
        all=numbers.count(item.of, lang),
        share=numbers.percent(item.share, lang),
    )


def _title(shares: list[Known], lang: str) -> str:
    if not shares:
        return text("charts.nothing_known", lang)
    least = min(shares, key=lambda item: item.share)
    return text("quality.coverage.title", lang, name=least.name.lower(), share=numbers.percent(least.share, lang))
