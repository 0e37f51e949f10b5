"""What inventories and targets said over time: one dot a count, dated and sourced.

Rule: a history has no total (rule 10): counts of different dates are neither added nor turned into shares, and two
sources of one date are two dots.
"""

import pandas as pd
import plotly.graph_objects as go

from pages.shared import dates, numbers
from pages.shared.charts.measure import Answer, Measure, answers, cell, listed
from pages.shared.charts.scale import ticks
from pages.shared.charts.theme import TEXT_SIZE, new_figure, palette
from pages.shared.texts import text

BODY_HEIGHT = 230


def history(histories: pd.DataFrame, lang: str, *, metric: str = "sites_count", dark: bool = False) -> go.Figure:
    """Draw each distinct count of `histories` as a dot at its date, one step line a project.

    A trace a project, in the order of the frame; `customdata` is the announcement of each dot. Counts stated in
    words only are left out.
    """
    colours, rows = palette(dark), _rows(histories, metric)
    figure = new_figure(
        _title(rows, metric, lang), Measure(metric).name(lang), body_height=BODY_HEIGHT, dark=dark, bottom=28
    )
    shades = (colours.amount, colours.status["under_construction"], colours.status["operational"], colours.other)
    several = rows["project_id"].nunique() > 1
    for i, (_, points) in enumerate(rows.groupby("project_id", sort=False)):
        figure.add_trace(_trace(points, metric, lang, shades[i % len(shades)], several))
    high = float(rows["end"].max()) if len(rows) else 0.0
    marks = ticks(high, wanted=3)
    written = [
        numbers.count(tick, lang) if metric == "sites_count" else _figure_text(tick, metric, lang) for tick in marks
    ]
    figure.update_yaxes(range=[0, high * 1.2 or 1], showgrid=True, tickvals=marks, ticktext=written, automargin=True)
    figure.update_xaxes(**_date_axis(rows, lang), showline=True, linecolor=colours.border)
    return figure


def describe_history(histories: pd.DataFrame, lang: str, *, metric: str = "sites_count") -> str:
    """Return the history in a sentence: each project, its counts and their dates."""
    rows = _rows(histories, metric)
    items = [f"{_name(row, lang)}, {_words(row, metric, lang)} ({_date(row, lang)})" for row in answers(rows)]
    return text("charts.described", lang, measure=Measure(metric).name(lang), items=listed(items, lang))


def _rows(histories: pd.DataFrame, metric: str) -> pd.DataFrame:
    rows = histories[histories["metric"] == metric].dropna(subset=["low", "high"], how="all").copy()
    rows[["low", "high"]] = rows[["low", "high"]].astype("float64")
    rows["end"] = rows["high"].fillna(rows["low"])
    rows["announced_on"] = pd.to_datetime(rows["announced_on"])
    # The first to say a count says it; those who repeat it that day add nothing.
    return rows.drop_duplicates(["project_id", "announced_on", "low", "high"]).sort_values(
        ["project_id", "announced_on", "end"], kind="stable"
    )


def _trace(points: pd.DataFrame, metric: str, lang: str, colour: str, several: bool) -> go.Scatter:
    labels = [_figure_text(end, metric, lang) for end in points["end"]]
    if several:
        labels[-1] = f"{labels[-1]} · {cell(_name(answers(points)[-1], lang))}"
    hover = [
        f"<b>{cell(_name(row, lang))}</b><br>{_words(row, metric, lang)}"
        f"<br>{_date(row, lang)}<br>{cell(row['source_publisher'])}"
        for row in answers(points)
    ]
    return go.Scatter(
        name=_name(answers(points)[0], lang),
        x=list(points["announced_on"]),
        y=list(points["end"]),
        mode="lines+markers+text",
        line={"shape": "hv", "width": 1, "dash": "dot", "color": colour},
        marker={"size": 9, "color": colour},
        text=labels,
        textposition=_positions(points, several),
        textfont={"size": TEXT_SIZE},
        hovertext=hover,
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=[[code] for code in points["announcement_id"]],
        cliponaxis=False,
    )


def _positions(points: pd.DataFrame, several: bool) -> list[str]:
    """Return where each label stands: under its dot when the next one is too near for both to stand above."""
    days = points["announced_on"]
    gaps = days.shift(-1) - days
    near = (gaps < (days.max() - days.min()) * 0.12).tolist()[:-1]
    return ["bottom center" if close else "top center" for close in near] + ["top left" if several else "top center"]


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
        return text("charts.history.last", lang, figure=_words(last, metric, lang), date=_date(last, lang))
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
