"""What every table of a chart is made of: what a chart was given, the unit of a figure, a code in words.

Rule: a unit is a code, the same in both languages; a blank stays a blank.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from plotly.graph_objects import Figure

from etl.schema import load_schema
from pages.shared.texts import text

UNITS = {
    "investment_meur": "meur",
    "power_mw": "mw",
    "jobs": "jobs",
    "construction_jobs": "jobs",
    "projects": "projects",
    "area_ha": "ha",
    "sites_count": "sites",
}
# As `Measure` divides them: € and W a head, jobs for 100,000 inhabitants, projects for a million.
UNITS_PER_INHABITANT = {
    "investment_meur": "eur_per_inhabitant",
    "power_mw": "w_per_inhabitant",
    "jobs": "jobs_per_100000_inhabitants",
    "projects": "projects_per_million_inhabitants",
}


@dataclass(frozen=True)
class Given:
    """What a chart was drawn from: the answers of its queries, the options of its functions, and the figure itself."""

    frames: tuple[pd.DataFrame, ...]
    figure: Figure
    lang: str
    options: Mapping[str, Any]


def unit_of(metric: str, per_inhabitant: bool = False) -> str:
    """Return the code of the unit of a metric. Raises KeyError on an unknown metric."""
    return (UNITS_PER_INHABITANT if per_inhabitant else UNITS)[metric]


def amounts(
    row: Mapping[Any, Any], metric: str, per_inhabitant: bool = False, *, has_projects: bool = True
) -> dict[str, Any]:
    """Return the cells of a figure: its unit, its two ends, whether « at least » is inside, and its projects."""
    cells = {
        "unit": unit_of(metric, per_inhabitant),
        "low": row["low"],
        "high": row["high"],
        "is_floor": None if row["is_floor"] is None else bool(row["is_floor"]),
    }
    return {**cells, "projects": row["projects"]} if has_projects else cells


def coded(field: str, code: str, lang: str) -> str:
    """Return the words of a code of the schema; those of what no claim states where it is blank."""
    return load_schema().label(field, code, lang) if code else text("charts.status.unknown", lang)


def region_name(name: object, lang: str) -> str:
    """Return the name of a region, or that of what is not located."""
    return name if isinstance(name, str) else text("charts.not_located", lang)
