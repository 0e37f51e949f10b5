"""The filters of a selection in words: on the pages, and in the notes of an extract.

Rule: a filter bears the title of its column where the schema declares its codes, and a code the words of the schema
or of a reference table; the few other words are in `words.toml`, in both languages.
"""

import tomllib
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from babel.dates import format_date

from etl.schema import load_schema
from queries.database import Database
from queries.selection import DAYS, FACETS, NOT_LOCATED, Selection
from queries.versioned import Versioned

WORDS = Path(__file__).with_suffix(".toml")
LOCALES = {"fr": "fr_FR", "en": "en_GB"}
TABLES = {"region": "regions", "departement": "departements", "event": "events"}
# Two versions at once, of two tables in one language and of one in two.
NAMES_KEPT = 8
# Control characters, lone halves of a character, and what turns the direction of a line around.
UNPRINTABLE = ("Cc", "Cs")
TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def filter_words(selection: Selection, lang: str, database: Database) -> tuple[tuple[str, str], ...]:
    """Tell the filters of a selection: pairs (title of the filter, its values in words), () for the whole.

    The order is that of the filters, and a project comes last, by its name. What a visitor searched for is quoted on
    one line, without what cannot be printed; it is no markup yet, so escape it where it is shown. Raises KeyError on
    a code that the schema has not.
    """
    pairs = [
        (filter_title(name, lang), ", ".join(code_words(name, code, lang, database) for code in codes))
        for name in FACETS
        if (codes := getattr(selection, name))
    ]
    pairs += [(filter_title(name, lang), day(when, lang)) for name in DAYS if (when := getattr(selection, name))]
    if selection.q:
        pairs.append((filter_title("q", lang), _said("quoted", lang).format(words=_on_one_line(selection.q))))
    if selection.project:
        pairs.append((filter_title("project", lang), _project_name(selection.project, lang, database)))
    return tuple(pairs)


def filter_title(name: str, lang: str) -> str:
    """Return the name of a filter in words: that of its column where the schema declares its codes."""
    schema = load_schema()
    if name in schema.names and schema.field(name).codes:
        return schema.field(name).title_in(lang)
    return _said(f"filter.{name}", lang)


def code_words(name: str, code: str, lang: str, database: Database) -> str:
    """Return the words of a code of the filter `name` (a code list, a place, an event; a name is itself).

    A place or an event that the database does not know is its code. Raises KeyError on another unknown code.
    """
    if name == "region" and code == NOT_LOCATED:
        return _said("not_located", lang)
    if name in TABLES:
        column = f"name_{lang}" if name == "event" else "name"
        known = _names(Versioned.of(database), TABLES[name], column).get(code, code)
        return f"{known} ({code})" if name == "departement" else known
    return code if name == "investor" else load_schema().label(name, code, lang)


def day(when: date, lang: str) -> str:
    """Write a day in words: « 1er février 2025 », “1 February 2025”."""
    written: str = format_date(when, "d MMMM y", locale=LOCALES[lang])
    # French says « 1er » of a month's first day; Babel writes « 1 ».
    return written.replace("1 ", "1er ", 1) if lang == "fr" and when.day == 1 else written


def _project_name(project: str, lang: str, database: Database) -> str:
    found = database.run("projects_list", Selection(project=project))
    names = found["project_name_en" if lang == "en" else "project_name"]
    return project if names.empty else str(names.iloc[0])


def _on_one_line(words: str) -> str:
    line = " ".join(words.split())
    return "".join(
        REPLACEMENT if letter in TURNING or unicodedata.category(letter) in UNPRINTABLE else letter for letter in line
    )


def _said(key: str, lang: str) -> str:
    return _sentences()[key][lang]


@lru_cache(maxsize=1)
def _sentences() -> Mapping[str, Mapping[str, str]]:
    declared = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    filters = {f"filter.{name}": said for name, said in declared.pop("filter").items()}
    return {**declared, **filters}


@lru_cache(maxsize=NAMES_KEPT)
def _names(source: Versioned, table: str, column: str) -> Mapping[str, str]:
    frame = source.database.reference(table)
    return dict(zip(frame["code"], frame[column], strict=True))
