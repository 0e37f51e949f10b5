"""The account of an event as a descent: bars from zero, and what leaves between them."""

import math

import pandas as pd
import pytest

from pages.shared.charts.theme import palette
from pages.shared.charts.waterfall import describe_waterfall, waterfall

N = "\u202f"
ENDS = {
    "headline": (109_000, 109_000), "untraced": (6_700, 10_700), "traced": (98_300, 102_300), "known": (8_700, 8_700),
    "repeated": (8_100, 8_100), "new": (90_200, 94_200),
}  # fmt: skip


def account(**changes: tuple[float, float]) -> pd.DataFrame:
    ends = ENDS | changes
    amounts = {
        f"{name}_{end}": value for name, pair in ends.items() for end, value in zip(("low", "high"), pair, strict=True)
    }
    return pd.DataFrame([{"event": "summit", "name_fr": "Sommet", "name_en": "Summit", "projects": 14, **amounts}])


def traces(frame: pd.DataFrame) -> dict:
    return {trace.name: trace for trace in waterfall(frame, "fr", event="summit").data}


def test_headline_traced_and_new_stand_on_zero():
    low = traces(account())["low"]
    assert list(low.x) == [109_000, 98_300, 90_200]
    assert list(traces(account())["span"].x) == [4_000, 4_000]
    assert low.marker.color[-1] == palette().chosen


def test_what_leaves_hangs_between_the_two_amounts():
    found = traces(account())
    span, sure = found["leaves span"], found["leaves"]
    assert list(zip(span.base, span.x, strict=True)) == [(98_300, 10_700), (90_200, 12_100)]
    assert list(zip(sure.base, sure.x, strict=True)) == [(102_300, 6_700), (94_200, 4_100)]


def test_what_leaves_stands_between_the_rows_around_it():
    found = traces(account())
    headline, traced, new = found["low"].y
    untraced, repeated = found["leaves"].y
    assert headline > untraced > traced > repeated > new


def test_a_step_of_nothing_is_left_out():
    found = traces(account(untraced=(0, 0), traced=(109_000, 109_000), repeated=(14_800, 18_800)))
    assert len(found["leaves span"].x) == 1


def test_an_event_without_a_headline_says_what_is_new():
    frame = account(headline=(math.nan, math.nan), untraced=(math.nan, math.nan))
    figure = waterfall(frame, "fr", event="summit")
    assert f"Sommet{N}: entre 90,2 et 94,2{N}Md€ vraiment nouveaux" in figure.layout.title.text.replace("<br>", " ")
    assert list(traces(frame)["low"].x) == [98_300, 90_200]


def test_the_title_sets_the_headline_beside_what_is_new():
    title = waterfall(account(), "en", event="summit").layout.title.text.replace("<br>", " ")
    assert title == "<b>Summit: €109bn headlined, between €90.2bn and €94.2bn really new</b>"


def test_the_description_gives_each_amount_and_what_leaves():
    words = describe_waterfall(account(), "en", event="summit")
    for part in ("Headline, €109bn", "between €6.7bn and €10.7bn", "Really new, between €90.2bn and €94.2bn"):
        assert part in words


def test_an_event_that_the_frame_has_not_is_an_error():
    with pytest.raises(KeyError):
        waterfall(account(), "fr", event="nobody")
