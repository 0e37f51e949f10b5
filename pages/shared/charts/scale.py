"""Round bounds: the classes of a map and the ticks of an axis.

Rule: bounds come from fixed ladders (1-3-10 for amounts, 1-2-5 for counts), never from quantiles, so that a
filter changes the values shown and not the meaning of a colour more than it must.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

CLASSES = 6
AMOUNT_STEPS = (1, 3)
COUNT_STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Classes:
    """Bounds of classes, ascending: class i holds `bounds[i] <= value < bounds[i + 1]`.

    `is_open_below`: the first class also holds everything smaller, zero included, and its lower bound is not
    to be written.
    """

    bounds: tuple[float, ...]
    is_open_below: bool

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def index(self, value: float) -> int:
        """Return the class of `value`, from 0."""
        return max(0, min(len(self) - 1, bisect_right(self.bounds, value) - 1))


def classes(values: Iterable[float], *, counts: bool = False) -> Classes | None:
    """Return at most six classes for `values`, the largest value in the last; None without any value."""
    known = sorted(value for value in values if not math.isnan(value))
    if not known:
        return None
    steps = COUNT_STEPS if counts else AMOUNT_STEPS
    positive = [value for value in known if value > 0]
    if not positive:
        return Classes((0, 1), is_open_below=False)
    ladder = rungs(steps, positive[0], positive[-1])[-(CLASSES + 1) :]
    return Classes(tuple(ladder), is_open_below=known[0] < ladder[0])


def rungs(steps: Sequence[int], low: float, high: float) -> list[float]:
    """Return the round numbers `steps × 10^k` from the last at or under `low` to the first above `high`."""
    first, last = math.floor(math.log10(low)) - 1, math.floor(math.log10(high)) + 1
    numbers = [float(f"{step}e{power}") for power in range(first, last + 1) for step in steps]
    start = bisect_right(numbers, low) - 1
    return numbers[start : bisect_right(numbers, high) + 1]


def ticks(high: float, wanted: int = 4) -> list[float]:
    """Return about `wanted` round ticks from zero to at most `high`; only zero when `high` is not positive."""
    if not high > 0:
        return [0.0]
    magnitude = 10 ** math.floor(math.log10(high / wanted))
    step = next(s * magnitude for s in (1, 2, 2.5, 5, 10) if high / (s * magnitude) <= wanted)
    return [step * i for i in range(int(high / step + 1e-9) + 1)]
