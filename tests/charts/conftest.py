"""Small answers of the queries, made by hand with the columns that the queries give."""

import math

import pandas as pd
import pytest

UNKNOWN = math.nan
# code, name, population, then low, high and whether a floor is inside, for investment (M€), power (MW), projects.
REGIONS = [
    ("32", "Hauts-de-France", 5_980_697, (66_000, 66_000, True), (5_340, 5_340, True), 9),
    ("11", "Île-de-France", 12_317_279, (26_834, 31_834, False), (1_630.6, 4_330.6, False), 30),
    ("93", "Provence-Alpes-Côte d’Azur", 5_160_091, (1_000, 5_000, False), (240, 240, False), 6),
    ("76", "Occitanie", 6_022_176, (300, 300, False), (UNKNOWN, UNKNOWN, False), 2),
    ("24", "Centre-Val de Loire", 2_573_295, (UNKNOWN, UNKNOWN, False), (UNKNOWN, UNKNOWN, False), 2),
    ("04", "La Réunion", 871_157, (30, 30, False), (UNKNOWN, UNKNOWN, False), 1),
    ("06", "Mayotte", 320_901, (0, 10, False), (UNKNOWN, UNKNOWN, False), 1),
    ("none", None, UNKNOWN, (70_430, 100_430, True), (1_900, 3_500, False), 12),
]
# place, name, precision, région, département, latitude, longitude, (low, high, floor), projects
SITES = [
    ("59122", "Cambrai", "commune", "32", "59", 50.17, 3.23, (10_000, 10_000, False), 2),
    ("77186", "Fouju", "commune", "11", "77", 48.59, 2.78, (8_500, 10_000, False), 2),
    ("59", "Nord", "departement", "32", "59", 50.45, 3.22, (30_000, 35_000, False), 1),
    ("36", "Indre", "departement", "24", "36", 46.78, 1.58, (UNKNOWN, UNKNOWN, False), 1),
    ("97411", "Saint-Denis", "commune", "04", "974", -20.88, 55.45, (30, 30, False), 1),
    ("none", None, "none", None, None, UNKNOWN, UNKNOWN, (70_430, 100_430, True), 12),
]
STATUSES = [
    ("ambition", True, 3, (0, 5_000), (500, 2_500)),
    ("announced", True, 60, (120_000, 150_000), (7_000, 9_000)),
    ("under_construction", True, 9, (12_000, 14_000), (1_800, 2_400)),
    ("operational", True, 7, (900, 900), (300, 300)),
    (None, True, 4, (UNKNOWN, UNKNOWN), (UNKNOWN, UNKNOWN)),
    ("suspended", False, 1, (UNKNOWN, UNKNOWN), (UNKNOWN, UNKNOWN)),
    ("cancelled", False, 2, (UNKNOWN, UNKNOWN), (UNKNOWN, UNKNOWN)),
]
SCOPES = [
    ("jobs", "direct", 5_000, 5_200, False, 12),
    ("jobs", "direct_indirect", 4_300, 4_600, True, 6),
    ("jobs", "unspecified", 5_000, 5_170, False, 14),
    ("power_mw", "grid", 4_000, 4_000, False, 8),
    ("power_mw", "unspecified", 7_262.82, 11_862.82, True, 30),
]
HISTORIES = [
    ("sites-etat", "Sites identifiés par l’État", "inventory", "sites_count", 35, 35, "2025-02-06", "day", "Élysée"),
    ("sites-etat", "Sites identifiés par l’État", "inventory", "sites_count", 38, 38, "2025-02-11", "day", "JDN"),
    ("sites-etat", "Sites identifiés par l’État", "inventory", "sites_count", 63, 63, "2025-11-01", "month", "DGE"),
    ("sites-etat", "Sites identifiés par l’État", "inventory", "sites_count", 61, 61, "2026-02-10", "day", "AFP"),
    ("objectif", "Ambition des Hauts-de-France", "target", "power_mw", 2_000, UNKNOWN, "2025-04-01", "month", "Région"),
]


@pytest.fixture
def regions() -> pd.DataFrame:
    rows = []
    for code, name, population, investment, power, projects in REGIONS:
        for metric, (low, high, floor) in {
            "investment_meur": investment,
            "power_mw": power,
            "projects": (projects, projects, False),
        }.items():
            rows.append((code, name, population, metric, low, high, floor, projects))
    columns = ["region_code", "region_name", "population", "metric", "low", "high", "is_floor", "projects"]
    return pd.DataFrame(rows, columns=columns)


@pytest.fixture
def sites() -> pd.DataFrame:
    rows = []
    for *place, (low, high, floor), projects in SITES:
        rows.append((*place, "investment_meur", low, high, floor, projects))
        rows.append((*place, "projects", projects, projects, False, projects))
    columns = ["place_code", "place_name", "location_precision", "region_code", "departement_code"]
    columns += ["latitude", "longitude", "metric", "low", "high", "is_floor", "projects"]
    return pd.DataFrame(rows, columns=columns)


@pytest.fixture
def statuses() -> pd.DataFrame:
    rows = []
    for status, counted, projects, investment, power in STATUSES:
        count = (projects, projects) if counted else (UNKNOWN, UNKNOWN)
        ends = {"investment_meur": investment, "power_mw": power, "projects": count}
        rows += [(status, counted, metric, low, high, False, projects) for metric, (low, high) in ends.items()]
    return pd.DataFrame(rows, columns=["status", "is_counted", "metric", "low", "high", "is_floor", "projects"])


@pytest.fixture
def scopes() -> pd.DataFrame:
    return pd.DataFrame(SCOPES, columns=["metric", "scope", "low", "high", "is_floor", "projects"])


@pytest.fixture
def histories() -> pd.DataFrame:
    columns = ["project_id", "project_name", "kind", "metric", "low", "high"]
    columns += ["announced_on", "announced_on_precision", "source_publisher"]
    frame = pd.DataFrame(HISTORIES, columns=columns)
    frame["announced_on"] = pd.to_datetime(frame["announced_on"])
    frame["project_name_en"] = frame["project_name"]
    frame["announcement_id"] = [f"a{i}" for i in range(len(frame))]
    return frame
