"""The language of a visit: asked, accepted, or French."""

import pytest

from pages.shared.language import choose


@pytest.mark.parametrize(
    ("asked", "accepted", "expected"),
    [
        ("", "", "fr"),
        ("en", "fr-FR", "en"),
        ("fr", "en-GB", "fr"),
        ("de", "en-GB,en;q=0.9", "en"),
        ("", "en-GB,en;q=0.9,fr;q=0.8", "en"),
        ("", "de-DE,fr;q=0.7,en;q=0.9", "en"),
        ("", "fr-CA, en;q=0.9", "fr"),
        ("", "de-DE", "fr"),
        ("", "en;q=0", "fr"),
        ("", "en;q=oops, fr;q=0.1", "fr"),
    ],
)
def test_the_address_decides_then_the_browser_then_french(asked, accepted, expected):
    assert choose(asked, accepted) == expected
