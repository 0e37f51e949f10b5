"""The width and the language in which a page is looked at: half of them often, the others by `make test-all`."""

from collections.abc import Sequence
from typing import Any

import pytest

DRESSES = [
    (1280, "fr"),
    (390, "en"),
    pytest.param(1280, "en", marks=pytest.mark.whole),
    pytest.param(390, "fr", marks=pytest.mark.whole),
]


def sometimes(values: Sequence[Any], *often: object) -> list[Any]:
    """Return the values for a test, all but those of `often` left to `make test-all`."""
    return [value if value in often else pytest.param(value, marks=pytest.mark.whole) for value in values]
