"""Projects announced more than once: one line of time a project, one mark an occasion.

Rule: a mark stands at its date with the figure said then; what an occasion repeats adds nothing, so nothing is summed.
"""

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from pages.shared import dates, numbers
from pages.shared.charts.measure import Answer, answers, cell, listed
from pages.shared.charts.rows import AXIS_HEIGHT, LINE_HEIGHT, LINE_WIDTH, NAME_WIDTH
from pages.shared.charts.theme import Palette, new_figure, palette, wrapped
from pages.shared.texts import text

# In pixels: the figures above a line of time, the line itself, the space under it.
LABEL_HEIGHT, TRACK_HEIGHT, GAP = 16, 20, 16
# What one line of a phone holds, in characters of the plain weight.
EVENT_WIDTH = 60
# Two figures nearer than this share of the axis would overlap on a phone.
NEAR = 0.16


@dataclass(frozen=True)
class Track:
    """A project and its occasions in order of date, with the words above its line."""

    name: str
    lines: tuple[str, ...]
    occasions: tuple[Answer, ...]

    @property
    def height(self) -> int:
        """The height of the track in pixels."""
        return LINE_HEIGHT * len(self.lines) + LABEL_HEIGHT + TRACK_HEIGHT + GAP


def reannouncements(reannouncements: pd.DataFrame, lang: str, *, top: int = 12, dark: bool = False) -> go.Figure:
    """Draw the `top` projects of `reannouncements`: traces `line`, `events` (diamonds) and `months` (circles).

    `customdata` is the project of each mark.
    """
    colours, tracks = palette(dark), _tracks(reannouncements, lang, top)
    height = sum(track.height for track in tracks)
    figure = new_figure(
        _title(tracks, lang),
        text("reannouncements.chart.subtitle", lang),
        body_height=height,
        dark=dark,
        bottom=AXIS_HEIGHT,
    )
    places = _places(tracks)
    figure.add_trace(_line(tracks, places, colours))
    for name, symbol, colour in (
        ("events", "diamond", colours.chosen),
        ("months", "circle-open", colours.amount),
    ):
        figure.add_trace(_marks(name, tracks, places, lang, {"symbol": symbol, "color": colour}))
    for track, place in zip(tracks, places, strict=True):
        figure.add_annotation(
            text="<br>".join(track.lines),
            **{"x": 0, "xref": "paper", "xanchor": "left", "align": "left", "borderpad": 0},
            **{"y": place + LABEL_HEIGHT + TRACK_HEIGHT / 2, "yanchor": "bottom"},
        )
    figure.update_yaxes(range=[0, height or 1], showticklabels=False)
    figure.update_xaxes(**_axis(tracks), showgrid=True)
    return figure


def describe_reannouncements(reannouncements: pd.DataFrame, lang: str, *, top: int = 12) -> str:
    """Return the chart in a sentence: each project with its occasions and what was said at each."""
    items = [
        f"{track.name}, {', '.join(f'{occasion_name(row, lang)} {said(row, lang)}' for row in track.occasions)}"
        for track in _tracks(reannouncements, lang, top)
    ]
    return text(
        "charts.described", lang, measure=text("reannouncements.chart.measure", lang), items=listed(items, lang)
    )


def tell_reannouncements(reannouncements: pd.DataFrame, lang: str) -> str:
    """Return the finding: how many projects come back at several events, and how many on several occasions."""
    several, n = (int(reannouncements[name].iloc[0]) for name in ("all_at_events", "all_again"))
    key = "reannouncements.sentence.events" if several else "reannouncements.sentence.no_event"
    again = text("reannouncements.sentence.occasions", lang, n=n, count=numbers.count(n, lang))
    return f"{text(key, lang, n=several, count=numbers.count(several, lang))} {again}"


def occasion_name(row: Answer, lang: str) -> str:
    """Return the event of an occasion, or else its month."""
    named = row[f"event_name_{lang}"]
    return named if isinstance(named, str) else dates.day(row["announced_on"], "month", lang)


def said(row: Answer, lang: str, *, is_short: bool = False) -> str:
    """Return what was said on an occasion: the amount, and the power; only the first of them when `is_short`."""
    figures = [
        numbers.metric(metric, row[low], row[high], lang, form="short")
        for metric, low, high in (
            ("investment_meur", "investment_low_meur", "investment_high_meur"),
            ("power_mw", "power_low_mw", "power_high_mw"),
        )
        if numbers.to_float(row[low]) is not None or numbers.to_float(row[high]) is not None
    ]
    return figures[0] if is_short else " · ".join(figures)


def _title(tracks: list[Track], lang: str) -> str:
    if not tracks:
        return text("charts.nothing_known", lang)
    first = tracks[0]
    return text(
        "reannouncements.chart.title",
        lang,
        name=first.name,
        count=numbers.count(len(first.occasions), lang),
        first=said(first.occasions[0], lang, is_short=True),
        last=said(first.occasions[-1], lang, is_short=True),
    )


def _tracks(frame: pd.DataFrame, lang: str, top: int) -> list[Track]:
    tracks = []
    for _, group in list(frame.groupby("project_id", sort=False))[:top]:
        occasions = answers(group)
        name = str(occasions[0]["project_name_en" if lang == "en" else "project_name"])
        lines = [f"<b>{line}</b>" for line in wrapped(cell(name), NAME_WIDTH).split("<br>")]
        for row in occasions:
            if isinstance(row["event"], str):
                told = text(
                    "reannouncements.chart.event", lang, event=cell(occasion_name(row, lang)), figure=said(row, lang)
                )
                lines += wrapped(told, EVENT_WIDTH).split("<br>")
        others = sum(not isinstance(row["event"], str) for row in occasions)
        if others:
            lines.append(text("reannouncements.chart.months", lang, n=others, count=numbers.count(others, lang)))
        tracks.append(Track(name, tuple(lines), tuple(occasions)))
    return tracks


def _places(tracks: list[Track]) -> list[float]:
    """Return the middle of each line of time, in pixels from the bottom."""
    top, places = float(sum(track.height for track in tracks)), []
    for track in tracks:
        places.append(top - track.height + GAP + TRACK_HEIGHT / 2)
        top -= track.height
    return places


def _line(tracks: list[Track], places: list[float], colours: Palette) -> go.Scatter:
    x: list[object] = []
    y: list[object] = []
    for track, place in zip(tracks, places, strict=True):
        x += [track.occasions[0]["announced_on"], track.occasions[-1]["announced_on"], None]
        y += [place, place, None]
    return go.Scatter(name="line", mode="lines", x=x, y=y, line={"width": 2, "color": colours.border}, hoverinfo="skip")


def _marks(name: str, tracks: list[Track], places: list[float], lang: str, marker: dict[str, object]) -> go.Scatter:
    points = [
        (track, row, label, place)
        for track, place in zip(tracks, places, strict=True)
        for row, label in zip(track.occasions, _labels(track, tracks, lang), strict=True)
        if isinstance(row["event"], str) == (name == "events")
    ]
    return go.Scatter(
        name=name,
        mode="markers+text",
        x=[row["announced_on"] for _, row, _, _ in points],
        y=[place for *_, place in points],
        text=[label for _, _, label, _ in points],
        textposition="top center",
        marker={"size": 11, "line": {"width": 2}, **marker},
        hovertext=[_hover(track, row, lang) for track, row, _, _ in points],
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=[[row["project_id"]] for _, row, _, _ in points],
        cliponaxis=False,
    )


def _hover(track: Track, row: Answer, lang: str) -> str:
    when = dates.day(row["announced_on"], row["announced_on_precision"], lang)
    publishers = wrapped(cell(", ".join(row["publishers"])), LINE_WIDTH)
    return "<br>".join(
        [f"<b>{cell(track.name)}</b>", cell(occasion_name(row, lang)), said(row, lang), when, publishers]
    )


def _labels(track: Track, tracks: list[Track], lang: str) -> list[str]:
    """Return the figure above each mark; a mark too near the last one that speaks keeps silent."""
    first, last = _span(tracks)
    labels, spoken = [], None
    for row in track.occasions:
        when = pd.Timestamp(row["announced_on"])
        is_free = spoken is None or when - spoken >= (last - first) * NEAR
        labels.append(said(row, lang, is_short=True) if is_free else "")
        spoken = when if is_free else spoken
    return labels


def _span(tracks: list[Track]) -> tuple[pd.Timestamp, pd.Timestamp]:
    days = [pd.Timestamp(row["announced_on"]) for track in tracks for row in track.occasions]
    return min(days), max(days)


def _axis(tracks: list[Track]) -> dict[str, object]:
    if not tracks:
        return {"showticklabels": False}
    first, last = _span(tracks)
    # Half a figure hangs over each end.
    room = max((last - first) * 0.09, pd.Timedelta(days=30))
    years = [pd.Timestamp(year, 1, 1) for year in range(first.year, last.year + 2)]
    marks = [year for year in years if first - room <= year <= last + room] or [first]
    return {
        "range": [first - room, last + room],
        "tickvals": marks,
        "ticktext": [str(mark.year) for mark in marks],
        "automargin": False,
    }
