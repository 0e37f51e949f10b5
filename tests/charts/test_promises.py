"""Outcomes and rates: the exact ends of each part, its words, and what is stopped left out of the bars."""

import math

import pandas as pd
import pytest

from pages.shared.charts import (
    describe_outcomes,
    describe_promises,
    describe_realisation,
    outcomes,
    promises,
    realisation,
)
from pages.shared.charts.theme import LIGHT

N = "\u202f"
NAN = math.nan
# region, name, outcome, counted, (low, high, floor), projects, without a figure
ROWS = [
    ("all", None, "announced", True, (66_700, 70_700, True), 11, 2),
    ("all", None, "operational", True, (350, 350, False), 4, 3),
    ("all", None, "silent", True, (NAN, NAN, False), 1, 1),
    ("all", None, "cancelled", False, (10_000, 10_000, False), 2, 1),
    ("32", "Hauts-de-France", "announced", True, (66_000, 66_000, True), 9, 1),
    ("32", "Hauts-de-France", "cancelled", False, (10_000, 10_000, False), 2, 1),
    ("93", "Provence-Alpes-Côte d’Azur", "announced", True, (700, 4_700, False), 2, 1),
    ("93", "Provence-Alpes-Côte d’Azur", "operational", True, (350, 350, False), 4, 3),
    ("none", None, "silent", True, (NAN, NAN, False), 1, 1),
]
TOTALS = [("32", (66_000, 66_000, True)), ("93", (1_050, 5_050, False)), ("none", (NAN, NAN, False))]


@pytest.fixture
def frame() -> pd.DataFrame:
    rows = []
    for code, name, outcome, counted, (low, high, floor), n, missing in ROWS:
        rows.append((code, name, outcome, counted, "investment_meur", low, high, floor, n, missing))
        rows.append((code, name, outcome, counted, "projects", n, n, False, n, 0))
    columns = ["region_code", "region_name", "outcome", "is_counted", "metric", "low", "high", "is_floor"]
    return pd.DataFrame(rows, columns=[*columns, "projects", "missing"])


@pytest.fixture
def totals() -> pd.DataFrame:
    rows = [(code, "investment_meur", low, high, floor) for code, (low, high, floor) in TOTALS]
    return pd.DataFrame(rows, columns=["region_code", "metric", "low", "high", "is_floor"])


@pytest.fixture
def years() -> pd.DataFrame:
    def row(
        year: int, metric: str, high: float, running: tuple, building: tuple, n: int, open_: int, site: int
    ) -> dict:
        return {
            "announced_year": year, "metric": metric, "low": high, "high": high,
            "operational_rate_low": running[0], "operational_rate_high": running[1],
            "building_rate_low": building[0], "building_rate_high": building[1],
            "projects": n, "operational_projects": open_, "building_projects": site, "stopped_projects": 0,
        }  # fmt: skip

    return pd.DataFrame(
        [
            row(2023, "power_mw", 372, (0.0, 0.27), (0.73, 0.73), 4, 1, 2),
            row(2024, "power_mw", 200, (0.0, 0.0), (NAN, NAN), 3, 0, 1),
            row(2024, "projects", 3, (0.0, 0.0), (1 / 3, 1 / 3), 3, 0, 1),
        ]
    )


def test_the_whole_has_one_bar_an_outcome_and_what_is_stopped_is_hatched(frame: pd.DataFrame):
    figure = outcomes(frame, "fr")
    low = figure.data[0]
    assert (low.name, list(low.x)) == ("low", [66_700, 350, 10_000])
    assert list(low.marker.pattern.shape) == ["", "", "/"]
    assert list(low.marker.color) == [LIGHT.status[code] for code in ("announced", "operational", "cancelled")]
    assert figure.layout.title.text == f"<b>En chantier{N}: aucun projet{N}; en service{N}:<br>350{N}M€</b>"
    words = " ".join(note.text for note in figure.layout.annotations)
    assert f"4{N}projets, dont 3 sans chiffre" in words
    assert "hors total" in words and words.count("hors total") == 1


def test_parts_stand_end_to_end_low_solid_and_the_span_lighter(frame: pd.DataFrame, totals: pd.DataFrame):
    figure = promises(frame, totals, "fr")
    low, span = figure.data
    # The largest region first; what is cancelled has no mark, nor has what nobody puts a figure on.
    assert [code for (code,) in low.customdata] == ["32", "93", "93"]
    assert list(low.x) == [66_000, 700, 350]
    assert list(low.base) == [0, 0, 4_700]
    assert (list(span.x), list(span.base)) == ([4_000], [700])
    assert figure.layout.title.text.startswith("<b>1 région sur 2 a un projet")


def test_each_part_is_said_with_its_sign(frame: pd.DataFrame, totals: pd.DataFrame):
    north, south, nowhere = (note.text for note in promises(frame, totals, "fr").layout.annotations)
    assert north.startswith(f"<b>Hauts-de-France</b>  au moins 66{N}Md€<br>")
    assert f"▨</span> Abandonné 10{N}Md€ (2{N}projets), hors total" in north
    assert f"■</span> Annoncé 700{N}M€–4,7{N}Md€ (2{N}projets)" in south
    assert nowhere == (
        f'<b>Non localisé</b>  montant inconnu<br><span style="color:{LIGHT.muted}">▨</span> Sans nouvelle 1{N}projet'
    )


def test_in_projects_a_part_is_its_number(frame: pd.DataFrame, totals: pd.DataFrame):
    figure = promises(frame, totals, "en", metric="projects")
    assert list(figure.data[0].x) == [9, 2, 4, 1]
    assert figure.layout.xaxis.showticklabels is False


def test_the_charts_are_told_to_those_who_do_not_see_them(frame: pd.DataFrame, totals: pd.DataFrame):
    assert "Operational, €350m (4 projects, 3 without a figure)" in describe_outcomes(frame, "en")
    told = describe_promises(frame, totals, "en")
    assert "Hauts-de-France, at least €66bn" in told and "out of the total" in told


def test_rates_go_from_zero_to_a_hundred_percent(years: pd.DataFrame):
    figure = realisation(years, "fr", metric="power_mw")
    low, span = figure.data
    assert [code for (code,) in low.customdata] == ["2023", "2023"]
    assert (list(low.x), list(low.base)) == ([0, 0.73], [0, 0.27])
    assert (list(span.x), list(span.base)) == ([0.27], [0])
    assert figure.layout.xaxis.range == (0, 1.02)
    assert (
        figure.layout.title.text
        == f"<b>Annoncé en 2023 – en service{N}: entre 0{N}%<br>et 27{N}%{N}; en chantier{N}: 73{N}%</b>"
    )
    assert f"En chantier part inconnue (1{N}projet)" in figure.layout.annotations[1].text


def test_a_rate_in_projects_is_told(years: pd.DataFrame):
    assert describe_realisation(years, "en", metric="projects").endswith("2024, Under construction 33% (1 project).")


def test_without_a_figure_the_charts_say_so(frame: pd.DataFrame, totals: pd.DataFrame, years: pd.DataFrame):
    assert "Aucun chiffre connu" in realisation(years.iloc[:0], "fr").layout.title.text
    empty = promises(frame.iloc[:0], totals.iloc[:0], "fr")
    assert "Aucun projet localisé" in empty.layout.title.text and len(empty.data[0].x) == 0
