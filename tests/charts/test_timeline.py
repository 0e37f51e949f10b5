"""Totals through time, drawn: the band, the steps and their days, the events, the stages."""

import pandas as pd
import pytest

from pages.shared.charts.measure import Measure
from pages.shared.charts.timeline import changed, describe_timeline, signed, timeline
from pages.shared.charts.timeline_by_status import by_day, describe_timeline_by_status, timeline_by_status

N = "\u202f"
END = "2026-06-02"
# day, project, change low, change high, low, high
STEPS = [
    ("2020-12-04", "Petit site", 10, 10, 10, 10),
    ("2025-02-10", "Programme", 20_000, 30_000, 20_020, 30_010),
    ("2025-02-10", "Site <b>", 10, 0, 20_020, 30_010),
    ("2025-07-22", "Programme", -400, 0, 19_620, 30_010),
]
STAGES = [
    ("2020-12-04", "operational", 10, 10),
    ("2025-02-10", "announced", 20_010, 30_000),
    ("2025-07-22", None, 0, 0),
    ("2025-07-22", "under_construction", 0, 500),
]


@pytest.fixture
def steps() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "changed_on": pd.Timestamp(day), "metric": "investment_meur", "project_name": name,
                "project_name_en": name, "change_low": change_low, "change_high": change_high, "low": low,
                "high": high, "is_floor": False, "publishers": ["AFP", "Élysée", "Reuters"],
                "steps": sum(step[0] == day for step in STEPS), "falls": 0,
            }
            for day, name, change_low, change_high, low, high in STEPS
        ]
    )  # fmt: skip


@pytest.fixture
def events() -> pd.DataFrame:
    days = {"Sommet (février 2025)": "2025-02-10", "Autre": "2025-11-17", "Trop tôt": "2020-01-01"}
    rows = [{"first_day": pd.Timestamp(day), "name_fr": name, "name_en": name} for name, day in days.items()]
    return pd.DataFrame(rows)


@pytest.fixture
def stages() -> pd.DataFrame:
    rows = [(pd.Timestamp(day), "investment_meur", status, low, high) for day, status, low, high in STAGES]
    return pd.DataFrame(rows, columns=["changed_on", "metric", "status", "low", "high"])


def drawn(steps: pd.DataFrame, events: pd.DataFrame, metric: str = "investment_meur"):
    return timeline(steps, events, "fr", metric=metric, end=END)


def test_the_band_goes_in_steps_from_low_to_high_up_to_the_last_day(steps: pd.DataFrame, events: pd.DataFrame):
    low, high, _ = drawn(steps, events).data
    assert (low.line.shape, high.line.shape) == ("hv", "hv")
    assert list(low.y) == [10, 20_020, 19_620, 19_620]
    assert list(high.y) == [10, 30_010, 30_010, 30_010]
    assert pd.Timestamp(high.x[-1]) == pd.Timestamp(END)
    assert high.fill == "tonexty"


def test_a_day_is_one_mark_that_gives_its_day_and_names_what_moved_it(steps: pd.DataFrame, events: pd.DataFrame):
    marks = drawn(steps, events).data[2]
    assert [data[0] for data in marks.customdata] == ["2020-12-04", "2025-02-10", "2025-07-22"]
    words = marks.hovertext[1].replace("<br>", " ")
    assert "10 février 2025" in words
    assert f"+20{N}Md€ en bas, +30{N}Md€ en haut – Programme (AFP, Élysée)" in words
    assert "Site &lt;b&gt;" in words


def test_what_came_before_the_total_counted_is_left_of_the_picture(steps: pd.DataFrame, events: pd.DataFrame):
    first, last = drawn(steps, events).layout.xaxis.range
    assert pd.Timestamp("2025-01-01") < pd.Timestamp(first) < pd.Timestamp("2025-02-10")
    assert pd.Timestamp(last) > pd.Timestamp(END)


def test_events_in_the_picture_are_named_lines_without_the_date_in_their_name(steps, events):
    figure = drawn(steps, events)
    assert [note.text for note in figure.layout.annotations] == ["Autre", "Sommet"]
    assert len(figure.layout.shapes) == 2


def test_the_title_gives_the_total_and_the_largest_step(steps: pd.DataFrame, events: pd.DataFrame):
    title = drawn(steps, events).layout.title.text.replace("<br>", " ")
    assert f"+30{N}Md€, Programme (10 février 2025)" in title
    assert "19,6" in title


@pytest.mark.parametrize("metric", ["jobs", "power_mw"])
def test_a_total_of_mixed_things_says_so_in_title_and_subtitle(steps, events, metric: str):
    figure = drawn(steps.assign(metric=metric), events, metric)
    mixed = {"jobs": "(périmètres mêlés)", "power_mw": "(natures mêlées)"}[metric]
    for words in (figure.layout.title.text, figure.layout.title.subtitle.text):
        assert mixed in words.replace("<br>", " ")


def test_without_a_step_the_title_says_that_nothing_is_known(steps: pd.DataFrame, events: pd.DataFrame):
    figure = drawn(steps.head(0), events)
    assert "Aucun chiffre connu" in figure.layout.title.text
    assert not figure.data


def test_the_description_gives_the_total_at_each_event(steps: pd.DataFrame, events: pd.DataFrame):
    words = describe_timeline(steps, events, "en", metric="investment_meur")
    assert "Sommet (février 2025), between €20" in words
    assert "Trop tôt" not in words


def test_a_change_has_a_sign_in_both_languages():
    assert signed("investment_meur", 10_000, "fr") == f"+10{N}Md€"
    assert signed("investment_meur", -400, "fr") == f"−400{N}M€"
    assert signed("investment_meur", -400, "en") == "−€400m"
    assert signed("jobs", 0, "fr") == "0"
    assert changed({"change_low": 5, "change_high": 5}, "investment_meur", "en") == "+€5m"


def test_stages_are_carried_from_day_to_day_the_furthest_at_the_bottom(stages: pd.DataFrame):
    table = by_day(stages, Measure("investment_meur"))
    assert list(table) == ["operational", "under_construction", "announced"]
    assert table.to_numpy().tolist() == [[10, 0, 0], [10, 0, 30_000], [10, 500, 30_000]]


def test_stages_are_stacked_in_steps_and_named_with_what_they_hold(stages: pd.DataFrame):
    figure = timeline_by_status(stages, "fr", metric="investment_meur", end=END)
    assert [trace.name for trace in figure.data] == ["operational", "under_construction", "announced"]
    assert {(trace.stackgroup, trace.line.shape) for trace in figure.data} == {("stages", "hv")}
    assert [note.text.split("<b>")[1] for note in figure.layout.annotations] == [
        f"30{N}Md€</b>", f"500{N}M€</b>", f"10{N}M€</b>"
    ]  # fmt: skip


def test_the_description_of_the_stages_goes_from_the_first_to_the_furthest(stages: pd.DataFrame):
    words = describe_timeline_by_status(stages, "en", metric="investment_meur")
    assert words.index("€30bn") < words.index("€500m") < words.index("€10m")
