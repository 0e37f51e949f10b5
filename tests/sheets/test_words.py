"""Every sentence of the sheets exists in both languages, with the same values, in the typography of each."""

from pathlib import Path

import pytest

import sheets.words
from sheets.words import SENTENCES, say
from tests.pages.test_texts import check_punctuation, check_values, written_in

ROOM = Path(sheets.words.__file__).parent


@pytest.mark.parametrize("key", SENTENCES)
def test_a_sentence_is_the_same_in_both_languages(key: str) -> None:
    check_values(SENTENCES[key])
    check_punctuation(SENTENCES[key])


def test_every_sentence_is_said_somewhere() -> None:
    written = written_in(ROOM)
    composed = {f"missing.{nature}" for nature in ("region", "project", "unknown", "title")}
    composed |= {f"{group}.{name}" for group in ("nothing", "refused") for name in ("title", "told")}
    assert [key for key in SENTENCES if f'"{key}"' not in written and key not in composed] == []


def test_an_unknown_sentence_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("frame.nowhere", "fr")
