"""Every sentence of the kit exists in both languages, with the same values, in the typography of each."""

import re
import string
from pathlib import Path

import pytest

import kit.words
from kit.words import SENTENCES, tell
from pages.shared.charts.register import CHARTS
from pages.shared.texts import LANGUAGES

ROOM = Path(kit.words.__file__).parent


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("key", SENTENCES)
def test_a_sentence_is_the_same_in_both_languages(key: str) -> None:
    said = SENTENCES[key]
    assert set(said) == set(LANGUAGES) and fields(said["fr"]) == fields(said["en"])
    assert not re.search(r" [;:!?»]|« ", said["fr"]) and "'" not in said["fr"]


def test_every_sentence_is_said_somewhere() -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in ROOM.rglob("*") if path.suffix in (".py", ".html"))
    composed = {f"chart.{name}" for name in CHARTS} | {"missing.title", "long.title", "long.told"}
    missing = {key for key in SENTENCES if key.startswith("missing.") and f'"{key.partition(".")[2]}"' in written}
    assert [key for key in SENTENCES if f'"{key}"' not in written and key not in composed | missing] == []


def test_every_chart_has_its_name() -> None:
    assert {key.partition(".")[2] for key in SENTENCES if key.startswith("chart.")} == set(CHARTS)


def test_an_unknown_sentence_is_an_error() -> None:
    with pytest.raises(KeyError):
        tell("frame.nowhere", "fr")
