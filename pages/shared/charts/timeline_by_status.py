"""How much stood at each stage, day after day: stages stacked in steps, from operational up to ambition.

Rule: one scenario, the high one, so that the stack reaches the top of the band of `timeline`; each stage is named with
what it holds at the end, in the order of the stack.
"""

import pandas as pd
import plotly.graph_objects as go

from etl.schema import load_schema
from pages.shared.charts.measure import Measure, listed
from pages.shared.charts.status import STAGES, UNSTATED
from pages.shared.charts.theme import Palette, new_figure, palette, rgba
from pages.shared.charts.timeline import axes, shown_days
from pages.shared.texts import text

PLOT_HEIGHT, AXIS_HEIGHT, KEY_LINE = 260, 30, 20
OPACITY = 0.75
SQUARE = "■"


def timeline_by_status(
    timeline_by_status: pd.DataFrame, lang: str, *, metric: str, end: str, dark: bool = False
) -> go.Figure:
    """Draw the stages of a metric of `timeline_by_status` up to the day `end` (ISO), one trace a stage that counts."""
    measure, colours = Measure(metric), palette(dark)
    stages = by_day(timeline_by_status, measure)
    totals = stages.sum(axis=1).rename("high").rename_axis("changed_on").reset_index()
    figure = new_figure(
        _title(stages, measure, lang), _subtitle(measure, lang), body_height=PLOT_HEIGHT, dark=dark,
        bottom=AXIS_HEIGHT + KEY_LINE * len(stages.columns),
    )  # fmt: skip
    span = shown_days(totals, end)
    if span is None:
        return figure
    for status in map(str, stages):
        amounts = list(stages[status])
        figure.add_trace(
            go.Scatter(
                name=status or "unstated",
                x=[*stages.index, span.last],
                y=[*amounts, amounts[-1]],
                mode="lines",
                line={"shape": "hv", "width": 1, "color": _colour(status, colours)},
                stackgroup="stages",
                fillcolor=rgba(_colour(status, colours), OPACITY),
                hovertext=[_hover(status, day, stages, measure, lang) for day in [*stages.index, stages.index[-1]]],
                hovertemplate="%{hovertext}<extra></extra>",
            )
        )
    axes(figure, totals["high"].max(), measure, span, lang)
    _key(figure, stages, measure, colours, lang)
    return figure


def describe_timeline_by_status(timeline_by_status: pd.DataFrame, lang: str, *, metric: str) -> str:
    """Return what each stage holds at the end, in a sentence."""
    measure = Measure(metric)
    stages = by_day(timeline_by_status, measure)
    items = [
        f"{_label(status, lang)}, {_reached(stages, status, measure, lang)}" for status in reversed(stages.columns)
    ]
    return text("charts.described", lang, measure=_subtitle(measure, lang), items=listed(items, lang))


def by_day(timeline_by_status: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """Return the high scenario as a table: one row a day, one column a stage that ever counts, the furthest first."""
    rows = measure.of(timeline_by_status)
    rows["status"] = rows["status"].astype(object).where(rows["status"].notna(), UNSTATED)
    table = rows.pivot_table(index="changed_on", columns="status", values="high", aggfunc="last").ffill().fillna(0)
    kept = [stage for stage in reversed(STAGES) if stage in table and (table[stage] > 0).any()]
    return table[kept].round(3)


def _key(figure: go.Figure, stages: pd.DataFrame, measure: Measure, colours: Palette, lang: str) -> None:
    """Name each stage under the picture, in the order of the stack, with what it holds at the end."""
    for i, status in enumerate(reversed(stages.columns)):
        square = f'<span style="color:{_colour(status, colours)}">{SQUARE}</span>'
        figure.add_annotation(
            text=f"{square} {_label(status, lang)}  <b>{_reached(stages, status, measure, lang)}</b>",
            x=0, xref="paper", xanchor="left", y=0, yref="paper", yanchor="top",
            yshift=-AXIS_HEIGHT + 4 - KEY_LINE * i,
        )  # fmt: skip


def _hover(status: str, day: pd.Timestamp, stages: pd.DataFrame, measure: Measure, lang: str) -> str:
    value = float(stages[status].loc[day])
    return f"<b>{_label(status, lang)}</b><br>{measure.format(value, value, lang)}"


def _reached(stages: pd.DataFrame, status: str, measure: Measure, lang: str) -> str:
    value = float(stages[status].iloc[-1]) if status in stages and len(stages) else 0.0
    return measure.format(value, value, lang)


def _label(status: str, lang: str) -> str:
    return load_schema().label("status", status, lang) if status else text("charts.status.unknown", lang)


def _colour(status: str, colours: Palette) -> str:
    return colours.status.get(status, colours.other)


def _title(stages: pd.DataFrame, measure: Measure, lang: str) -> str:
    if stages.empty:
        return text("charts.nothing_known", lang)
    names = ("announced", "under_construction", "operational")
    return text("timeline.stages", lang, **{name: _reached(stages, name, measure, lang) for name in names})


def _subtitle(measure: Measure, lang: str) -> str:
    return text("timeline.stages_subtitle", lang, measure=measure.name(lang) + measure.reserve(lang))
