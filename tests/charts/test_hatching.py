"""Hatched bars leave Plotly no list of colours to look for another one against."""

from pages.shared.charts.hatching import hatching

PAPER = "#FBFAF7"


def test_bars_of_a_colour_each_name_one_colour_under_their_lines() -> None:
    assert hatching(["", "/"], ["#0A4F86", "#2F8FCB"], PAPER)["bgcolor"] == PAPER


def test_bars_of_one_colour_keep_it_under_their_lines() -> None:
    assert hatching("/", "#0A4F86", PAPER)["bgcolor"] == "#0A4F86"
