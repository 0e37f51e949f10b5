"""Where a project stands, through time: a row a stage, a mark at the date of the first claim that states it.

Rule: a stage that nobody stated is written, not drawn; a date known by its month is a bar over that month.
"""

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from pages.shared import dates
from pages.shared.charts.measure import cell, listed
from pages.shared.charts.project_stages import Stage, stages
from pages.shared.charts.status import STOPPED
from pages.shared.charts.theme import Palette, new_figure, palette, rgba, wrapped
from pages.shared.texts import text

# In pixels, of which the vertical axis is made.
LINE_HEIGHT, MARK_HEIGHT, ROW_GAP, AXIS_HEIGHT = 18, 18, 8, 24
MARK_SIZE, CURRENT_SIZE = 11, 17
LINE_WIDTH = 46


def status_line(
    announcements: pd.DataFrame, projects: pd.DataFrame, lang: str, *, day: date, dark: bool = False
) -> go.Figure:
    """Draw the stages of one project up to `day`; one trace a stated stage, named by its code, and `month` bars.

    Shapes: `announcements_list` and `projects_list` of that project. `customdata` is the claim behind the mark.
    """
    colours = palette(dark)
    rows = stages(announcements, projects.to_dict("records")[0], lang)
    height = sum(_height(stage, lang) for stage in rows)
    figure = new_figure(
        _title(rows, lang),
        text("dossier.status_line.subtitle", lang),
        body_height=height,
        dark=dark,
        bottom=AXIS_HEIGHT,
    )
    top = float(height)
    for stage in rows:
        top -= LINE_HEIGHT * len(_lines(stage, lang))
        figure.add_annotation(
            text="<br>".join(_lines(stage, lang, colours.muted)),
            **{"x": 0, "xref": "paper", "xanchor": "left", "align": "left", "borderpad": 0},
            **{"y": top, "yanchor": "bottom"},
        )
        if stage.claim is not None:
            figure.add_traces(_traces(stage, _end(stage, rows, day), top - MARK_HEIGHT / 2, lang, colours))
            top -= MARK_HEIGHT
        top -= ROW_GAP
    _date_axis(figure, rows, day, lang, colours)
    figure.update_yaxes(range=[0, height or 1], showticklabels=False)
    return figure


def describe_status_line(announcements: pd.DataFrame, projects: pd.DataFrame, lang: str) -> str:
    """Return the stages that were stated in a sentence, with their dates and what must be said of them."""
    rows = stages(announcements, projects.to_dict("records")[0], lang)
    items = [_item(stage, lang) for stage in rows if stage.claim is not None]
    return text("charts.described", lang, measure=text("dossier.status_line.measure", lang), items=listed(items, lang))


def _height(stage: Stage, lang: str) -> int:
    return LINE_HEIGHT * len(_lines(stage, lang)) + ROW_GAP + (MARK_HEIGHT if stage.claim is not None else 0)


def _end(stage: Stage, rows: list[Stage], day: date) -> pd.Timestamp:
    """Return when the stage gave way: the first later date of a further stage or of a stop, else `day`."""
    after = rows[rows.index(stage) + 1 :] if stage.code not in STOPPED else rows
    later = [
        other.start
        for other in after
        if other.claim is not None and not other.is_weak and other is not stage and other.start >= stage.start
    ]
    return max(stage.start, pd.Timestamp(day)) if stage.is_current or not later else min(later)


def _traces(stage: Stage, end: pd.Timestamp, place: float, lang: str, colours: Palette) -> list[go.Scatter]:
    colour = colours.status[stage.code]
    size = CURRENT_SIZE if stage.is_current else MARK_SIZE
    lines = [f"<b>{cell(stage.label)}</b>", stage.date(lang), *stage.notes, cell(stage.publisher)]
    mark = go.Scatter(
        name=stage.code,
        mode="lines+markers",
        x=[stage.start, end],
        y=[place, place],
        line={"color": colour, "width": 4 if stage.is_current else 2, "dash": "dot" if stage.is_weak else "solid"},
        marker={
            "size": [size, 0],
            "color": colours.paper if stage.is_weak else colour,
            "opacity": 1,
            "line": {"width": 2, "color": colours.ink if stage.is_current else colour},
        },
        hovertext=["<br>".join(lines), ""],
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=[[stage.code_of_claim], [stage.code_of_claim]],
        cliponaxis=False,
    )
    if not stage.is_month:
        return [mark]
    month = go.Scatter(
        name="month",
        mode="lines",
        x=[stage.start, stage.start + pd.offsets.MonthEnd(0)],
        y=[place, place],
        line={"color": rgba(colour, 0.4), "width": MARK_HEIGHT - 6},
        hoverinfo="skip",
    )
    return [month, mark]


def _lines(stage: Stage, lang: str, muted: str = "") -> list[str]:
    """Return the words above a stage, on lines that a phone holds."""
    if stage.claim is None:
        never = text("dossier.status_line.never", lang, stage=stage.label)
        return [f'<span style="color:{muted}">{cell(never)}</span>']
    lines = wrapped(cell(_item(stage, lang)), LINE_WIDTH).split("<br>")
    return [f"<b>{line}</b>" for line in lines] if stage.is_current else lines


def _item(stage: Stage, lang: str) -> str:
    item = text("dossier.status_line.item", lang, stage=stage.label, date=stage.date(lang))
    if not stage.notes:
        return item
    return text("dossier.status_line.noted", lang, item=item, notes=", ".join(stage.notes))


def _date_axis(figure: go.Figure, rows: list[Stage], day: date, lang: str, colours: Palette) -> None:
    starts = [stage.start for stage in rows if stage.claim is not None]
    first, last = min(starts, default=pd.Timestamp(day)), max([*starts, pd.Timestamp(day)])
    room = max((last - first) * 0.04, pd.Timedelta(days=20))
    figure.update_xaxes(
        range=[first - room, last + room], showline=True, linecolor=colours.border, showticklabels=False
    )
    # Not ticks: their words, centred on the ends of the axis, would be cut.
    for x, anchor, when in ((0, "left", first), (1, "right", last)):
        figure.add_annotation(
            text=dates.day(when, "month", lang),
            font={"size": 12, "color": colours.muted},
            **{"x": x, "xref": "paper", "xanchor": anchor, "y": 0, "yref": "paper", "yanchor": "top", "yshift": -2},
        )


def _title(rows: list[Stage], lang: str) -> str:
    current = next((stage for stage in rows if stage.is_current and stage.claim is not None), None)
    if current is None:
        return text("dossier.stages.none", lang)
    key = "title" if current.is_month else "title_day"
    return text(f"dossier.status_line.{key}", lang, status=current.label, date=current.date(lang))
