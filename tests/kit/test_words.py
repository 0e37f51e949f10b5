"""Every sentence of the kit exists in both languages, with the same values, in the typography of each."""

from pathlib import Path

import pytest

import kit.words
from kit.words import SENTENCES, tell
from pages.shared.charts.register import CHARTS
from tests.pages.test_texts import check_punctuation, check_values, written_in

ROOM = Path(kit.words.__file__).parent


@pytest.mark.parametrize("key", SENTENCES)
def test_a_sentence_is_the_same_in_both_languages(key: str) -> None:
    check_values(SENTENCES[key])
    check_punctuation(SENTENCES[key])


def test_every_sentence_is_said_somewhere() -> None:
    written = written_in(ROOM)
    composed = {f"chart.{name}" for name in CHARTS} | {"missing.title", "long.title", "long.told"}
    missing = {key for key in SENTENCES if key.startswith("missing.") and f'"{key.partition(".")[2]}"' in written}
    assert [key for key in SENTENCES if f'"{key}"' not in written and key not in composed | missing] == []


def test_every_chart_has_its_name() -> None:
    assert {key.partition(".")[2] for key in SENTENCES if key.startswith("chart.")} == set(CHARTS)


def test_an_unknown_sentence_is_an_error() -> None:
    with pytest.raises(KeyError):
        tell("frame.nowhere", "fr")
