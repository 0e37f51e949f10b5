"""The order of the tests: those of a real browser come last.

They are the slowest, and Playwright keeps an event loop running as long as its browser is open, in which no other test
could run its own.
"""

from pathlib import Path

import pytest

BROWSER = Path(__file__).parent / "browser"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of `tests/browser` after all others, and keep the order otherwise."""
    items.sort(key=lambda item: item.path.is_relative_to(BROWSER))
