"""Bounds are round, few, and hold every value in its class."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.shared.charts.scale import Classes, classes, ticks

AMOUNTS = st.lists(st.floats(0, 1e6, allow_subnormal=False).map(lambda value: round(value, 3)), min_size=1, max_size=20)


def test_amounts_of_five_orders_take_six_classes_from_the_top() -> None:
    found = classes([66_000, 26_834, 1_000, 300, 30, 0, math.nan])
    assert found == Classes((100, 300, 1_000, 3_000, 10_000, 30_000, 100_000), is_open_below=True)
    assert [found.index(value) for value in (66_000, 30_000, 29_999, 1_000, 30, 0)] == [5, 5, 4, 2, 0, 0]


def test_counts_take_finer_bounds_and_a_closed_first_class() -> None:
    assert classes([1, 4, 24], counts=True) == Classes((1, 2, 5, 10, 20, 50), is_open_below=False)


def test_nothing_known_has_no_class() -> None:
    assert classes([math.nan]) is None
    assert classes([]) is None


def test_only_zero_is_one_class() -> None:
    assert classes([0.0]) == Classes((0, 1), is_open_below=False)


@given(AMOUNTS)
def test_every_value_lies_in_its_class(values: list[float]) -> None:
    found = classes(values)
    assert found is not None and 1 <= len(found) <= 6
    for value in values:
        place = found.index(value)
        assert value < found.bounds[place + 1]
        assert value >= found.bounds[place] or (place == 0 and found.is_open_below)


@pytest.mark.parametrize(
    ("high", "expected"), [(100_430, [0, 50_000, 100_000]), (5_340, [0, 2_000, 4_000]), (0, [0]), (math.nan, [0])]
)
def test_ticks_are_round_and_begin_at_zero(high: float, expected: list[float]) -> None:
    assert ticks(high) == expected
