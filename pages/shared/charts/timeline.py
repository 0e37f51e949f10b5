"""How a total grew and shrank, day after day: a band in steps from the low scenario to the high one.

Rule: a step is a day of the query `timeline`, at the total reached that evening; a mark on it names what moved it and,
clicked, gives that day. Events are lines with their names above the picture.
"""

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from pages.shared import dates, numbers
from pages.shared.charts.measure import Answer, Measure, answers, cell, listed
from pages.shared.charts.scale import ticks
from pages.shared.charts.theme import Palette, new_figure, palette, rgba, wrapped
from pages.shared.texts import text

PLOT_HEIGHT, AXIS_HEIGHT, NAME_HEIGHT = 300, 28, 18
# What came before the total first held this share of its largest is left of the picture: it stands in the table.
START_SHARE = 0.03
HOVER_LINES = 5
END_ROOM = 0.015
LOW_OPACITY, SPAN_OPACITY = 0.45, 0.18
MINUS = "\u2212"


@dataclass(frozen=True)
class Span:
    """The days that a picture shows, from `first` to `last`."""

    first: pd.Timestamp
    last: pd.Timestamp

    def share(self, day: pd.Timestamp) -> float:
        """Return where `day` stands, from 0 (left) to 1 (right)."""
        return float((day - self.first) / (self.last - self.first))


def timeline(
    timeline: pd.DataFrame, events: pd.DataFrame, lang: str, *, metric: str, end: str, dark: bool = False
) -> go.Figure:
    """Draw the steps of a metric of `timeline` up to the day `end` (ISO), with the first days of `events`.

    Traces `low`, `high` and `steps`; `customdata` of a step is its day, ISO.
    """
    measure, colours = Measure(metric), palette(dark)
    rows = measure.of(timeline)
    days = rows.drop_duplicates("changed_on", keep="last")
    named = _events(events, span) if (span := shown_days(days, end)) else []
    height = PLOT_HEIGHT + NAME_HEIGHT * len(named)
    figure = new_figure(
        finding(rows, measure, lang), _subtitle(measure, lang), body_height=height, dark=dark, bottom=AXIS_HEIGHT
    )
    if span is None:
        return figure
    x = [*days["changed_on"], span.last]
    for name, opacity, fill in (("low", LOW_OPACITY, "tozeroy"), ("high", SPAN_OPACITY, "tonexty")):
        figure.add_trace(_line(name, x, [*days[name], days[name].iloc[-1]], colours, opacity, fill))
    figure.add_trace(_steps(rows, days, measure, colours, lang))
    axes(figure, days["high"].max(), measure, span, lang, share=PLOT_HEIGHT / height)
    _name_events(figure, named, span, height, colours, lang)
    return figure


def describe_timeline(timeline: pd.DataFrame, events: pd.DataFrame, lang: str, *, metric: str) -> str:
    """Return the steps in a sentence: what is measured, then each event with the total reached by its first day."""
    measure = Measure(metric)
    rows = measure.of(timeline)
    items = []
    for event in answers(events):
        reached = rows[rows["changed_on"] <= event["first_day"]].tail(1)
        if not reached.empty:
            items.append(f"{event[f'name_{lang}']}, {_total(answers(reached)[0], measure, lang)}")
    items.append(finding(rows, measure, lang))
    return text("charts.described", lang, measure=_subtitle(measure, lang), items=listed(items, lang))


def shown_days(days: pd.DataFrame, end: str) -> Span | None:
    """Return the days to show of a frame with `changed_on` and `high`, None when there is no step."""
    if days.empty:
        return None
    largest = days["high"].max()
    first = days.loc[days["high"] >= START_SHARE * largest, "changed_on"].min()
    last = max(pd.Timestamp(end), days["changed_on"].max())
    room = max((last - first) * 0.03, pd.Timedelta(days=10))
    return Span(first - room, last)


def axes(figure: go.Figure, high: float, measure: Measure, span: Span, lang: str, *, share: float = 1.0) -> None:
    """Set the axes of a picture through time: years, amounts from zero; `share` is its part of the height."""
    marks = ticks(high)
    years = [pd.Timestamp(year, 1, 1) for year in range(span.first.year + 1, span.last.year + 1)]
    written = [str(year.year) for year in years]
    if len(years) < 2:
        years, written = [span.last], [dates.day(span.last, "day", lang)]
    figure.update_xaxes(
        # The line ends before the edge, or its last step would lie on it.
        range=[span.first, span.last + (span.last - span.first) * END_ROOM],
        tickvals=years, ticktext=written, showgrid=True,
        showline=True, linecolor=palette().border, type="date",
    )  # fmt: skip
    figure.update_yaxes(
        range=[0, high * 1.04 or 1], domain=[0, share], showgrid=True, tickvals=marks,
        ticktext=[measure.tick(mark, lang) for mark in marks], automargin=True,
    )  # fmt: skip
    # The title stands over the whole picture, not over its axis.
    figure.update_layout(margin_l=52, margin_r=14, title_xref="container")


def signed(metric: str, change: float, lang: str) -> str:
    """Write a change with its sign: « +10 Md€ », « −0,4 Md€ », « 0 »."""
    if change == 0:
        return "0"
    return ("+" if change > 0 else MINUS) + numbers.metric(metric, abs(change), abs(change), lang, form="short")


def changed(row: Answer, metric: str, lang: str) -> str:
    """Write the change of a step: one number, or one a scenario where they differ."""
    if row["change_low"] == row["change_high"]:
        return signed(metric, row["change_high"], lang)
    ends = {name: signed(metric, row[f"change_{name}"], lang) for name in ("low", "high")}
    return text("timeline.two_changes", lang, **ends)


def finding(rows: pd.DataFrame, measure: Measure, lang: str) -> str:
    """Return the total reached and the largest rise, of the rows of one metric of `timeline`."""
    if rows.empty:
        return text("charts.nothing_known", lang)
    last, top = answers(rows)[-1], answers(rows.sort_values("change_high", kind="stable"))[-1]
    total = _total(last, measure, lang) + measure.reserve(lang)
    return text(
        "timeline.finding", lang, total=total, change=signed(measure.metric, top["change_high"], lang),
        name=_name(top, lang), day=dates.day(top["changed_on"], "day", lang),
    )  # fmt: skip


def _line(name: str, x: list, y: list[float], colours: Palette, opacity: float, fill: str) -> go.Scatter:
    return go.Scatter(
        name=name,
        x=x,
        y=y,
        mode="lines",
        line={"shape": "hv", "width": 1.5, "color": colours.amount},
        fill=fill,
        fillcolor=rgba(colours.amount, opacity),
        hoverinfo="skip",
    )


def _steps(rows: pd.DataFrame, days: pd.DataFrame, measure: Measure, colours: Palette, lang: str) -> go.Scatter:
    behind = {day: answers(group) for day, group in rows.groupby("changed_on")}
    kept = {"marker": {"opacity": 1}}
    return go.Scatter(
        name="steps",
        x=list(days["changed_on"]),
        y=list(days["high"]),
        mode="markers",
        marker={"size": 9, "color": colours.amount, "line": {"width": 1.5, "color": colours.paper}},
        hovertext=[_hover(behind[day], measure, lang) for day in days["changed_on"]],
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=[[day.date().isoformat()] for day in days["changed_on"]],
        # A click chooses a day for the whole site: it fades no mark.
        selected=kept,
        unselected=kept,
    )


def _hover(behind: list[Answer], measure: Measure, lang: str) -> str:
    lines = [f"<b>{dates.day(behind[0]['changed_on'], 'day', lang)}</b>", _total(behind[0], measure, lang)]
    for row in behind[:HOVER_LINES]:
        publishers = ", ".join(list(row["publishers"])[:2])
        line = f"{changed(row, measure.metric, lang)} – {_name(row, lang)} ({publishers})"
        lines.append(wrapped(cell(line), 46))
    if (more := behind[0]["steps"] - len(behind[:HOVER_LINES])) > 0:
        lines.append(text("timeline.more", lang, n=more, count=numbers.count(more, lang)))
    return "<br>".join(lines)


def _events(events: pd.DataFrame, span: Span) -> list[Answer]:
    return [row for row in answers(events) if span.first <= row["first_day"] <= span.last]


def _name_events(figure: go.Figure, events: list[Answer], span: Span, height: int, colours: Palette, lang: str) -> None:
    """Draw each event as a line up to its name; names go left of lines in the right half, and never over a line."""
    right = [row for row in events if span.share(row["first_day"]) > 0.5]
    left = [row for row in events if span.share(row["first_day"]) <= 0.5]
    for i, row in enumerate([*right, *reversed(left)]):
        y = (PLOT_HEIGHT + NAME_HEIGHT * (i + 1)) / height
        day, side = row["first_day"], "right" if row in right else "left"
        figure.add_shape(
            type="line", x0=day, x1=day, xref="x", y0=0, y1=y, yref="paper", layer="below",
            line={"color": colours.muted, "width": 1, "dash": "dot"},
        )  # fmt: skip
        # The axis gives the date that the name of some events repeats between brackets.
        figure.add_annotation(
            text=cell(row[f"name_{lang}"].split(" (")[0]), font={"size": 12, "color": colours.muted}, x=day, xref="x",
            xanchor=side, y=y, yref="paper", yanchor="top", bgcolor=colours.paper, borderpad=1,
            xshift=-3 if side == "right" else 3,
        )  # fmt: skip


def _total(row: Answer, measure: Measure, lang: str) -> str:
    return measure.format(row["low"], row["high"], lang, is_floor=bool(row["is_floor"]))


def _subtitle(measure: Measure, lang: str) -> str:
    return text("timeline.subtitle", lang, measure=measure.name(lang) + measure.reserve(lang))


def _name(row: Answer, lang: str) -> str:
    return str(row["project_name_en"] if lang == "en" else row["project_name"])
