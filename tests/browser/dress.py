"""At which width and in which language a page is looked at: some often, all of them by `make test-all`."""

from collections.abc import Iterable, Sequence
from typing import Any

import pytest

# The first two are looked at often.
DRESSES = [(1280, "fr"), (390, "en"), (1280, "en"), (390, "fr")]


def sometimes(values: Iterable[Any], *often: object) -> list[Any]:
    """Return the values of a test, all but those of `often` left to `make test-all`."""
    return [value if value in often else _whole(*_several(value)) for value in values]


def in_turn(names: Iterable[Any], dresses: Sequence[Any]) -> list[Any]:
    """Return each name in each dress: one of the first two in turn, the others left to `make test-all`."""
    combined = []
    for place, name in enumerate(names):
        for number, dress in enumerate(dresses):
            combined.append((name, *_several(dress)) if number == place % 2 else _whole(name, *_several(dress)))
    return combined


def _several(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def _whole(*values: Any) -> Any:
    return pytest.param(*values, marks=pytest.mark.whole)
