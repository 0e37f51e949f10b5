"""What inventories and targets said over time: one dot a count, dated and sourced.

Rule: a history has no total (rule 10): counts of different dates are neither added nor turned into shares, and two
sources of one date are two dots.
"""

import pandas as pd
import plotly.graph_objects as go

from pages.shared import dates, numbers
from pages.shared.charts.measure import Answer, Measure, answers, cell, listed
from pages.shared.charts.scale import ticks
from pages.shared.charts.theme import TEXT_SIZE, TITLE_WIDTH, new_figure, palette, wrapped
from pages.shared.texts import text

PANEL_HEIGHT = 170


def history(histories: pd.DataFrame, lang: str, *, metric: str = "sites_count", dark: bool = False) -> go.Figure:
    """Draw each distinct count of `histories` as a dot at its date, each project in a panel of its own.

    A trace a project, in the order of the frame; `customdata` is the announcement of each dot. Counts stated in
    words only are left out.
    """
    colours, rows = palette(dark), distinct_counts(histories, metric)
    panels = [points for _, points in rows.groupby("project_id", sort=False)]
    height = PANEL_HEIGHT * max(1, len(panels))
    figure = new_figure(
        _title(rows, metric, lang), Measure(metric).name(lang), body_height=height, dark=dark, bottom=28
    )
    figure.update_xaxes(**_date_axis(rows, lang), showline=True, linecolor=colours.border)
    for i, points in enumerate(panels):
        axis = "y" if i == 0 else f"y{i + 1}"
        figure.add_trace(_trace(points, metric, lang, colours.amount, axis))
        figure.update_layout({axis.replace("y", "yaxis"): _count_axis(points, metric, lang, i, len(panels))})
        figure.add_annotation(
            text=f"<b>{wrapped(cell(_name(answers(points)[0], lang)), TITLE_WIDTH)}</b>",
            **{"x": 0, "xref": "paper", "xanchor": "left", "align": "left"},
            **{"y": 1 - i / len(panels), "yref": "paper", "yanchor": "top"},
        )
    figure.update_xaxes(anchor="free", position=0)
    figure.update_layout(margin_l=30)
    return figure


def describe_history(histories: pd.DataFrame, lang: str, *, metric: str = "sites_count") -> str:
    """Return the history in a sentence: each project, its counts and their dates."""
    rows = distinct_counts(histories, metric)
    items = [f"{_name(row, lang)}, {_words(row, metric, lang)} ({_date(row, lang)})" for row in answers(rows)]
    return text("charts.described", lang, measure=Measure(metric).name(lang), items=listed(items, lang))


def distinct_counts(histories: pd.DataFrame, metric: str) -> pd.DataFrame:
    """Return the rows of `histories` that say a number of the metric which the one before did not, in order of date."""
    rows = histories[histories["metric"] == metric].dropna(subset=["low", "high"], how="all").copy()
    rows[["low", "high"]] = rows[["low", "high"]].astype("float64")
    rows["end"] = rows["high"].fillna(rows["low"])
    rows["announced_on"] = pd.to_datetime(rows["announced_on"])
    rows = rows.sort_values(["project_id", "announced_on", "end"], kind="stable")
    # The first to say a count says it; those who repeat it before it changes add nothing.
    said = rows[["project_id", "end"]]
    return rows[(said != said.shift()).any(axis=1)]


def _trace(points: pd.DataFrame, metric: str, lang: str, colour: str, axis: str) -> go.Scatter:
    hover = [
        f"<b>{cell(_name(row, lang))}</b><br>{_words(row, metric, lang)}"
        f"<br>{_date(row, lang)}<br>{cell(row['source_publisher'])}"
        for row in answers(points)
    ]
    labels, places = _labels(points, metric, lang)
    return go.Scatter(
        name=_name(answers(points)[0], lang),
        x=list(points["announced_on"]),
        y=list(points["end"]),
        mode="lines+markers+text",
        line={"shape": "hv", "width": 1, "dash": "dot", "color": colour},
        marker={"size": 9, "color": colour},
        text=labels,
        textposition=places,
        yaxis=axis,
        textfont={"size": TEXT_SIZE},
        hovertext=hover,
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=[[code] for code in points["announcement_id"]],
        cliponaxis=False,
    )


def _count_axis(points: pd.DataFrame, metric: str, lang: str, place: int, panels: int) -> dict[str, object]:
    """Return the axis of the panel `place` (from the top) of `panels`, from zero, with room for its name above."""
    high = float(points["end"].max())
    marks = ticks(high, wanted=2)
    return {
        "anchor": "x",
        "domain": [1 - (place + 1) / panels, 1 - place / panels],
        # A name of two lines takes a third of the panel.
        "range": [-0.16 * high or -1, high * 1.75 or 1],
        "showgrid": True,
        "tickvals": marks,
        "ticktext": [_figure_text(mark, metric, lang) for mark in marks],
        "automargin": True,
    }


def _labels(points: pd.DataFrame, metric: str, lang: str) -> tuple[list[str], list[str]]:
    """Return the label of each dot and where it stands: of dots too near in time, the highest and lowest speak."""
    days, ends = list(points["announced_on"]), list(points["end"])
    near = (max(days) - min(days)) * 0.12
    labels, places = [], []
    for day, end in zip(days, ends, strict=True):
        group = [other for when, other in zip(days, ends, strict=True) if abs(when - day) <= near]
        is_lowest = end == min(group) < max(group)
        labels.append(_figure_text(end, metric, lang) if is_lowest or end == max(group) else "")
        places.append("bottom center" if is_lowest else "top center")
    return labels, places


def _date_axis(rows: pd.DataFrame, lang: str) -> dict[str, object]:
    if rows.empty:
        return {"showticklabels": False}
    first, last = rows["announced_on"].min(), rows["announced_on"].max()
    room = max((last - first) * 0.06, pd.Timedelta(days=45))
    marks = sorted({first, last} if last - first > pd.Timedelta(days=60) else {last})
    return {
        "range": [first - room, last + room],
        "tickvals": marks,
        "ticktext": [dates.day(mark, "month", lang) for mark in marks],
    }


def _title(rows: pd.DataFrame, metric: str, lang: str) -> str:
    if rows.empty:
        return text("charts.nothing_known", lang)
    ordered = answers(rows.sort_values("announced_on", kind="stable"))
    last = ordered[-1]
    if rows["project_id"].nunique() > 1 or len(rows) == 1:
        return text(
            "charts.history.last",
            lang,
            name=_name(last, lang),
            figure=_words(last, metric, lang),
            date=_date(last, lang),
        )
    first = ordered[0]
    return text(
        "charts.history.title",
        lang,
        first=_figure_text(first["end"], metric, lang),
        last=_words(last, metric, lang),
        since=_date(first, lang),
        until=_date(last, lang),
    )


def _figure_text(value: float, metric: str, lang: str) -> str:
    return (
        numbers.count(value, lang)
        if metric == "sites_count"
        else numbers.metric(metric, value, value, lang, form="short")
    )


def _words(row: Answer, metric: str, lang: str) -> str:
    return numbers.metric(metric, row["low"], row["high"], lang)


def _date(row: Answer, lang: str) -> str:
    return dates.day(row["announced_on"], row["announced_on_precision"], lang)


def _name(row: Answer, lang: str) -> str:
    return str(row["project_name_en"] if lang == "en" else row["project_name"])
