"""What an event headlined, what of it is traced line by line, and what of that was new (rule 7), as a descent.

Rule: each amount is a bar from zero, and what leaves on the way down is a hatched bar that hangs between two of them;
every end is an amount of the query `events`, none is made here.
"""

import math
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from pages.shared import numbers
from pages.shared.charts.bars import BAR_HEIGHT, Row
from pages.shared.charts.hatching import hatching
from pages.shared.charts.measure import Answer, Measure, answers
from pages.shared.charts.rows import ROW_GAP, described, row_height, rows_figure
from pages.shared.charts.theme import Palette, palette, rgba
from pages.shared.texts import text

INVESTMENT = Measure("investment_meur")
# What stands, and what leaves between two of them: its name, and the amounts from which and to which it hangs.
STEPS = (
    ("headline", "", ""),
    ("untraced", "traced", "headline"),
    ("traced", "", ""),
    ("repeated", "new", "traced"),
    ("new", "", ""),
)
SPAN_OPACITY = 0.35


@dataclass(frozen=True)
class Hanging:
    """What leaves between two amounts, at the height `place`: from `lowest` to `highest`, of which surely between
    `start` and `end` (nothing surely, where the first is the larger)."""

    place: float
    lowest: float
    start: float
    end: float
    highest: float


def waterfall(events: pd.DataFrame, lang: str, *, event: str, dark: bool = False) -> go.Figure:
    """Draw the account of one event of `events`: headline, not traced, traced, already known, new.

    A step that is zero or unknown is left out. Raises KeyError on an event that the frame has not.
    """
    account, colours = _account(events, event), palette(dark)
    steps = _steps(account)
    rows = [_row(account, step, colours, lang) for step, _, _ in steps]
    figure = rows_figure(
        rows, INVESTMENT, title=_title(account, lang), subtitle=text("nesting.account_subtitle", lang),
        lang=lang, dark=dark,
    )  # fmt: skip
    figure.add_traces(_hanging(account, steps, rows, colours))
    return figure


def describe_waterfall(events: pd.DataFrame, lang: str, *, event: str) -> str:
    """Return the account of one event of `events` in a sentence: each amount and what leaves on the way."""
    account = _account(events, event)
    words = [_row(account, step, palette(), lang, is_told=True) for step, _, _ in _steps(account)]
    return described(str(account[f"name_{lang}"]), words, lang)


def _account(events: pd.DataFrame, event: str) -> Answer:
    found = answers(events[events["event"] == event])
    if not found:
        raise KeyError(event)
    return found[0]


def _steps(account: Answer) -> list[tuple[str, str, str]]:
    steps = []
    for step in STEPS:
        high = numbers.to_float(account[f"{step[0]}_high"])
        if high is not None and (high > 0 or not step[1]):
            steps.append(step)
    return steps


def _row(account: Answer, step: str, colours: Palette, lang: str, *, is_told: bool = False) -> Row:
    """Return the row of a step; of what leaves, the words alone, since it does not stand on zero."""
    low, high = _ends(account, step)
    leaves = step in ("untraced", "repeated")
    return Row(
        label=text(f"nesting.step.{step}", lang),
        value=numbers.amount(low, high, lang),
        low=math.nan if leaves and not is_told else low,
        high=math.nan if leaves and not is_told else high,
        colour=colours.chosen if step == "new" else colours.amount,
        code=step,
    )


def _hanging(account: Answer, steps: list[tuple[str, str, str]], rows: list[Row], colours: Palette) -> list[go.Bar]:
    """Return two traces: `leaves span`, what leaves at most, under `leaves`, what leaves in both scenarios, hatched."""
    top, found = float(sum(row_height(row) for row in rows)), []
    for (_, lower, upper), row in zip(steps, rows, strict=True):
        top -= row_height(row)
        if lower:
            (lowest, start), (end, highest) = _ends(account, lower), _ends(account, upper)
            found.append(Hanging(top + ROW_GAP + BAR_HEIGHT / 2, lowest, start, end, highest))
    light = rgba(colours.other, SPAN_OPACITY)
    sure = [(bar.start, bar.end, bar.place) for bar in found if bar.end > bar.start]
    return [
        _bars("leaves span", [(bar.lowest, bar.highest, bar.place) for bar in found], light, "", colours.paper),
        _bars("leaves", sure, colours.other, "/", colours.paper),
    ]


def _bars(name: str, spans: list[tuple[float, float, float]], colour: str, shape: str, paper: str) -> go.Bar:
    return go.Bar(
        name=name,
        orientation="h",
        width=BAR_HEIGHT,
        base=[start for start, _, _ in spans],
        x=[end - start for start, end, _ in spans],
        y=[place for _, _, place in spans],
        marker={
            "color": colour,
            "line": {"width": 0},
            "pattern": hatching(shape, colour, paper),
        },
        hoverinfo="skip",
    )


def _ends(account: Answer, step: str) -> tuple[float, float]:
    return float(account[f"{step}_low"]), float(account[f"{step}_high"])


def _title(account: Answer, lang: str) -> str:
    name = account[f"name_{lang}"]
    new = numbers.amount(account["new_low"], account["new_high"], lang)
    headline = numbers.to_float(account["headline_high"])
    if headline is None:
        return text("nesting.account_finding_new", lang, name=name, new=new)
    figure = numbers.amount(account["headline_low"], headline, lang)
    return text("nesting.account_finding", lang, name=name, headline=figure, new=new)
