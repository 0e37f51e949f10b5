"""Every sentence of the site, read from `texts/<room>.toml` in French and English.

Rule: a page holds no sentence of its own; a key is written once and says both languages, or loading fails.
No Streamlit here, so that charts and tests read the same words.
"""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from babel import Locale

FOLDER = Path(__file__).parent / "texts"
LANGUAGES = ("fr", "en")
# British English: day before month, "€20bn" in the press.
LOCALES = {"fr": "fr_FR", "en": "en_GB"}
LANGUAGE_NAMES = {"fr": "Français", "en": "English"}

Entry = Mapping[str, str | Mapping[str, str]]


def text(key: str, lang: str, **values: object) -> str:
    """Return the sentence of `key` ("room.name", or "room.group.name") in `lang`, filled with `values`.

    A sentence with plural forms ({one=…, other=…}) is chosen by the number `n` among the values; write
    the number itself with another value, already formatted. Raises KeyError on an unknown key or a
    missing value.
    """
    return fill(load_texts(), key, lang, values)


def fill(entries: Mapping[str, Entry], key: str, lang: str, values: Mapping[str, object]) -> str:
    """Return the sentence of `key` among `entries`, as `text` does."""
    entry = entries[key][lang]
    if not isinstance(entry, str):
        entry = entry.get(_plural(lang)(abs(_number(key, values))), entry["other"])
    return entry.format(**values)


@lru_cache(maxsize=1)
def load_texts() -> dict[str, Entry]:
    """Read every file of `texts/` once: {"room.name": {"fr": …, "en": …}}.

    Raises ValueError when a sentence lacks a language.
    """
    return {key: entry for path in sorted(FOLDER.glob("*.toml")) for key, entry in read_texts(path, path.stem).items()}


def read_texts(path: Path, room: str = "") -> dict[str, Entry]:
    """Read one file of texts: {"name": {"fr": …, "en": …}}, the names led by that of their room where it is given.

    Raises ValueError when a sentence lacks a language.
    """
    entries: dict[str, Entry] = {}
    _collect(room, tomllib.loads(path.read_text(encoding="utf-8")), entries)
    return entries


def _collect(prefix: str, table: Mapping[str, object], entries: dict[str, Entry]) -> None:
    if "fr" in table or "en" in table:
        if set(table) != set(LANGUAGES):
            raise ValueError(f"texts: {prefix} must have exactly fr and en, not {', '.join(table)}")
        entries[prefix] = table  # type: ignore[assignment]
        return
    for name, value in table.items():
        if not isinstance(value, Mapping):
            raise ValueError(f"texts: {prefix}.{name} must be a table with fr and en")
        _collect(f"{prefix}.{name}".lstrip("."), value, entries)


def _number(key: str, values: Mapping[str, object]) -> float:
    number = values.get("n")
    if not isinstance(number, int | float):
        raise KeyError(f"{key} has plural forms: give it n=, the number that chooses")
    return number


@lru_cache(maxsize=len(LANGUAGES))
def _plural(lang: str):  # type: ignore[no-untyped-def]
    return Locale.parse(LOCALES[lang]).plural_form
