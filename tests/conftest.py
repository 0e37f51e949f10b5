"""The order of the tests: those of a real browser come first.

They are the slowest, and several workers end together when the long files are handed out before the short ones.
"""

from pathlib import Path

import pytest

BROWSER = Path(__file__).parent / "browser"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of `tests/browser` before all others, and keep the order otherwise."""
    items.sort(key=lambda item: not item.path.is_relative_to(BROWSER))
