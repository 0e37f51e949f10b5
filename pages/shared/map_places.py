"""The places of the map and what is known of each: figures, jobs by scope, projects.

Rule: a place is an area of the level shown, by its INSEE code, or a site, by its token; its figures are the rows
that the queries give, its projects those of the selection that stand there. Nothing is added up here.
"""

from dataclasses import dataclass, replace

import pandas as pd

from pages.shared import data, numbers
from pages.shared.charts import site_token
from pages.shared.charts.dots import EXACT
from pages.shared.charts.fills import OUTLINES
from pages.shared.charts.measure import Measure
from pages.shared.map_choice import MapChoice
from pages.shared.project_words import Row, own_ends, project_name, retained_figure
from pages.shared.texts import text
from queries import Selection
from queries.geometry import outlined

FIGURES = ("investment_meur", "power_mw")


@dataclass(frozen=True)
class Place:
    """A chosen place: its name, its region, and its rows of totals, of scopes (areas only), of counted projects.

    `is_approximate`: a site whose commune is not known.
    """

    name: str
    region_code: str
    totals: pd.DataFrame
    scopes: pd.DataFrame
    projects: pd.DataFrame
    is_approximate: bool = False

    @property
    def region_name(self) -> str:
        """The name of the region in which the place lies."""
        return data.names("regions").get(self.region_code, "")


def totals_query(level: str) -> str:
    """Return the query that gives the areas of a level."""
    return f"totals_by_{level}"


def place_names(sites: pd.DataFrame, *, level: str, lang: str) -> dict[str, str]:
    """Return every place that may be chosen, by token: the areas of the level, then those of `sites`, by name."""
    areas = {area.code: area.name for area in outlined(OUTLINES[level])}
    sites = sites[(sites["metric"] == "projects") & sites["latitude"].notna()]
    named = {
        site_token(row["location_precision"], row["place_code"]): text(
            f"map.site_{row['location_precision']}", lang, name=row["place_name"]
        )
        for row in sites.to_dict("records")
    }
    return {**_by_name(areas), **_by_name(named)}


def find_place(choice: MapChoice, selection: Selection) -> Place | None:
    """Return the place that the address names, None when it names none of this map."""
    if "-" in choice.place:
        return _site(choice.place, selection)
    area = next((area for area in outlined(OUTLINES[choice.level]) if area.code == choice.place), None)
    if area is None:
        return None
    totals = data.query(totals_query(choice.level), selection)
    totals = totals[totals[f"{choice.level}_code"] == area.code]
    # An area outside of the filters has nothing to show; asking for it alone would forget the filters.
    there = replace(selection, region=(area.code,))
    if choice.level == "departement":
        there = replace(selection, departement=(area.code,))
    scopes, projects = data.query("totals_by_scope", there), data.query("counted_projects", there)
    if totals.empty:
        scopes, projects = scopes.head(0), projects.head(0)
    return Place(area.name, area.region_code, totals, scopes, projects)


def figures(place: Place, lang: str) -> list[tuple[str, str]]:
    """Return the figures of a place, (measure, figure): amounts, then jobs by scope, which are never one sum."""
    totals = {row["metric"]: row for row in place.totals.to_dict("records")}
    told = [
        (
            Measure(metric).name(lang) + Measure(metric).reserve(lang),
            numbers.metric(metric, row["low"], row["high"], lang, is_floor=bool(row["is_floor"])),
        )
        for metric in FIGURES
        if (row := totals.get(metric)) is not None
    ]
    jobs = place.scopes[place.scopes["metric"] == "jobs"]
    for row in jobs.to_dict("records"):
        scope = data.schema().label("jobs_scope", row["scope"], lang)
        figure = numbers.metric("jobs", row["low"], row["high"], lang, is_floor=bool(row["is_floor"]))
        told.append((text("map.jobs_scope", lang, scope=scope.lower()), figure))
    return told


def project_rows(place: Place, metric: str, lang: str, most: int | None = None) -> list[tuple[str, str, str]]:
    """Return the projects of a place as (id, name, what is retained for the metric and its status), largest first.

    `most` keeps so many of them.
    """
    shown = "investment_meur" if metric == "projects" else metric
    column = {"investment_meur": "investment_high_meur", "power_mw": "power_high_mw", "jobs": "jobs_high"}[shown]
    rows = place.projects.sort_values([column, "project_name"], ascending=[False, True], na_position="last")
    return [
        (row["project_id"], project_name(row, lang), _project_words(row, shown, lang))
        for row in rows[:most].to_dict("records")
    ]


def _project_words(row: Row, metric: str, lang: str) -> str:
    schema, parts = data.schema(), [retained_figure(row, metric, lang)]
    if metric == "jobs" and own_ends(row, metric) != (None, None) and isinstance(row["jobs_scope"], str):
        parts.append(schema.label("jobs_scope", row["jobs_scope"], lang).lower())
    if isinstance(row["status"], str):
        parts.append(schema.label("status", row["status"], lang).lower())
    return ", ".join(parts)


def _site(token: str, selection: Selection) -> Place | None:
    precision, _, code = token.partition("-")
    sites = data.query("sites", selection)
    rows = sites[(sites["location_precision"] == precision) & (sites["place_code"] == code) & sites["latitude"].notna()]
    if rows.empty:
        return None
    first = rows.iloc[0]
    # The site is one of the selection: its region is.
    projects = data.query("counted_projects", replace(selection, region=(str(first["region_code"]),)))
    here = projects[(projects["location_precision"] == precision) & (projects["place_code"] == code)]
    no_scope = data.query("totals_by_scope", selection).head(0)
    return Place(str(first["place_name"]), str(first["region_code"]), rows, no_scope, here, precision != EXACT)


def _by_name(names: dict[str, str]) -> dict[str, str]:
    return dict(sorted(names.items(), key=lambda item: item[1].casefold()))
