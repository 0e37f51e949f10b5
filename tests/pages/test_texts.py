"""Every sentence of the site exists in both languages, with the same values to fill in."""

import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from pages.shared.texts import FOLDER, LANGUAGES, load_texts, text

NARROW = "\u202f"
NO_BREAK = (NARROW, "\u00a0")


def forms(entry: object) -> Iterator[str]:
    if isinstance(entry, str):
        yield entry
    else:
        yield from entry.values()


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def written_in(room: Path) -> str:
    """All the code and templates of a room."""
    return "".join(path.read_text(encoding="utf-8") for path in room.rglob("*") if path.suffix in (".py", ".html"))


ENTRIES = [pytest.param(entry, id=key) for key, entry in load_texts().items()]


def test_every_room_has_its_file_of_texts():
    assert {path.stem for path in FOLDER.glob("*.toml")} >= {"frame", "numbers", "layout", "overview", "method"}


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_sentence_says_something_in_both_languages_with_the_same_values(entry):
    check_values(entry)


def check_values(entry) -> None:
    """A sentence says something in both languages, with the same values to fill in."""
    assert set(entry) == set(LANGUAGES)
    assert all(form.strip() for lang in LANGUAGES for form in forms(entry[lang]))
    # The number that chooses a plural need not be written in every form.
    french, english = (set().union(*map(fields, forms(entry[lang]))) for lang in LANGUAGES)
    assert french == english


@pytest.mark.parametrize("entry", ENTRIES)
def test_french_keeps_its_high_punctuation_to_the_word_before_it(entry):
    check_punctuation(entry)


def check_punctuation(entry) -> None:
    """No line may break before the high punctuation of French, and its apostrophe is curved."""
    for sentence in forms(entry["fr"]):
        assert not re.search(r" [;!?»]| :(?!\w)|« ", sentence), "an ordinary space would let the line break there"
        assert "'" not in re.sub(r"`[^`]*`", "", sentence), "the apostrophe is ’"


def test_a_plural_follows_the_rule_of_its_language():
    assert text("numbers.unit.projects", "fr", n=0, written="0") == f"0{NARROW}projet"
    assert text("numbers.unit.projects", "fr", n=2, written="2") == f"2{NARROW}projets"
    assert text("numbers.unit.projects", "en", n=0, written="0") == "0 projects"
    assert text("numbers.unit.projects", "en", n=1, written="1") == "1 project"


def test_an_unknown_key_or_a_missing_number_is_an_error():
    with pytest.raises(KeyError):
        text("frame.nowhere", "fr")
    with pytest.raises(KeyError, match="give it n="):
        text("numbers.unit.projects", "fr", written="2")
