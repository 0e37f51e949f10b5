"""The dots of the map: one a place, its area the place's amount, hollow when the place is approximate.

Rule: a dot whose amount is unknown is a small grey dot, not the smallest amount; dots lie from the largest to the
smallest, so that none hides another.
"""

import math

import pandas as pd
import plotly.graph_objects as go

from pages.shared import numbers
from pages.shared.charts.measure import Answer, answers, cell, shade
from pages.shared.charts.theme import Palette, rgba
from pages.shared.texts import text
from queries.geometry import insets, outlined

LARGEST, SMALLEST, UNKNOWN = 34.0, 5.0, 4.0
OFF_MAP = "none"
EXACT = "commune"


def site_token(precision: str, place_code: str) -> str:
    """Return the name of a place among all: a commune, a département and a region may share a code."""
    return f"{precision}-{place_code}"


def off_map_projects(sites: pd.DataFrame) -> int:
    """Return how many projects of `sites` have no place at all."""
    rows = sites[(sites["location_precision"] == OFF_MAP) & (sites["metric"] == "projects")]
    return int(rows["projects"].sum())


def describe_placing(sites: pd.DataFrame, lang: str) -> str:
    """Return how many projects the map places at a commune, how many only near, and how many it cannot place."""
    rows = sites[sites["metric"] == "projects"]
    found = rows.groupby("location_precision")["projects"].sum()
    exact, off_map = int(found.get(EXACT, 0)), int(found.get(OFF_MAP, 0))
    near = int(found.sum()) - exact - off_map
    parts = [("exact", exact), ("near", near), ("off_map", off_map)]
    told = [text(f"charts.placing.{key}", lang, n=n, written=numbers.count(n, lang)) for key, n in parts if n]
    sentence = text("charts.placing.separator", lang).join(told)
    return f"{sentence[:1].upper()}{sentence[1:]}."


def dots(
    sites: pd.DataFrame, metric: str, lang: str, colours: Palette, *, geo: str, is_overseas: bool
) -> go.Scattergeo:
    """Return the dots of one metric, on the mainland or in the insets; area in proportion to the low scenario."""
    rows = placed(sites, metric)
    # One scale for both maps: sizes are compared across them.
    top = max((value for value in rows["shade"] if value > 0), default=1.0)
    rows = rows[rows["is_overseas"] == is_overseas]
    is_exact = (rows["location_precision"] == EXACT).tolist()
    is_known = rows["shade"].notna().tolist()
    fills = [_fill(exact, known, colours) for exact, known in zip(is_exact, is_known, strict=True)]
    return go.Scattergeo(
        name="sites",
        geo=geo,
        lon=rows["x"].tolist(),
        lat=rows["y"].tolist(),
        mode="markers",
        marker={
            "size": [diameter(value, top) for value in rows["shade"]],
            "color": fills,
            "opacity": 1,
            "line": {
                "color": [colours.paper if exact else colours.ink for exact in is_exact],
                "width": [1.0 if exact else 1.6 for exact in is_exact],
            },
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        customdata=[[token] for token in rows["token"]],
        hovertext=[_hover(row, metric, lang) for row in answers(rows)],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def ring(sites: pd.DataFrame, selected: str | None, colours: Palette, *, geo: str, is_overseas: bool) -> go.Scattergeo:
    """Return a ring around the selected place; empty when none of this map is selected."""
    rows = placed(sites, "projects")
    rows = rows[(rows["token"] == selected) & (rows["is_overseas"] == is_overseas)]
    return go.Scattergeo(
        name="ring",
        **{"geo": geo, "mode": "markers", "hoverinfo": "skip"},
        lon=rows["x"].tolist(),
        lat=rows["y"].tolist(),
        marker={
            "size": LARGEST + 8,
            "color": rgba(colours.paper, 0),
            "line": {"color": colours.chosen, "width": 3},
        },
    )


def placed(sites: pd.DataFrame, metric: str) -> pd.DataFrame:
    """Return the places of one metric with `x`, `y` (degrees of the map), `shade`, `token`, `is_overseas`.

    What has no coordinates is dropped: `off_map_projects` counts it. Largest first, unknown last.
    """
    rows = sites[(sites["metric"] == metric) & sites["latitude"].notna()].copy()
    rows[["low", "high"]] = rows[["low", "high"]].astype("float64")
    rows["shade"] = pd.Series([shade(*ends) for ends in zip(rows["low"], rows["high"], strict=True)], rows.index, float)
    rows["token"] = [site_token(row["location_precision"], row["place_code"]) for row in answers(rows)]
    moved = [_moved(row["region_code"], row["longitude"], row["latitude"]) for row in answers(rows)]
    rows["x"] = pd.Series([x for x, _, _ in moved], rows.index, dtype=float)
    rows["y"] = pd.Series([y for _, y, _ in moved], rows.index, dtype=float)
    rows["is_overseas"] = pd.Series([overseas for _, _, overseas in moved], rows.index, dtype=bool)
    return rows.sort_values("shade", ascending=False, na_position="last", kind="stable")


def diameter(value: float, top: float) -> float:
    """Return the diameter in pixels of a dot whose area is in proportion to `value`, `top` being the largest."""
    if math.isnan(value):
        return UNKNOWN
    return max(SMALLEST, round(LARGEST * math.sqrt(max(0.0, value) / top), 1))


def inset_codes() -> dict[str, str]:
    """Return the code of the inset of each overseas region, e.g. {"04": "974"}."""
    return {area.region_code: area.code for area in outlined("departements") if area.is_overseas}


def _moved(region_code: str, longitude: float, latitude: float) -> tuple[float, float, bool]:
    code = inset_codes().get(region_code)
    if code is None:
        return float(longitude), float(latitude), False
    inset = insets()[code]
    return inset["ax"] * longitude + inset["bx"], inset["ay"] * latitude + inset["by"], True


def _fill(is_exact: bool, is_known: bool, colours: Palette) -> str:
    if not is_exact:
        return rgba(colours.paper, 0.5)
    return rgba(colours.ink, 0.8) if is_known else colours.muted


def _hover(row: Answer, metric: str, lang: str) -> str:
    figure = numbers.metric(metric, row["low"], row["high"], lang, is_floor=bool(row["is_floor"]))
    lines = [f"<b>{cell(row['place_name'])}</b>", figure]
    if metric != "projects":
        lines.append(numbers.metric("projects", row["projects"], row["projects"], lang))
    if row["location_precision"] != EXACT:
        lines.append(text(f"charts.map.approximate.{row['location_precision']}", lang))
    return "<br>".join(lines)
