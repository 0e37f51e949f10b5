"""Each page, walked in both languages: nothing is said the same way in both, nothing of one is left in the other."""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import duckdb
import pytest

from etl.schema import load_schema
from pages.shared.layout import SCRIPTS
from pages.shared.texts import LANGUAGES, load_texts
from queries import open_database, query_names
from tests.pages.conftest import OpenPage
from tests.pages.test_texts import forms
from tests.pages.words import Said, said

# Each page, and the states of a page that say something else.
STATES = (
    *((name, {}) for name in SCRIPTS),
    ("overview", {"why": "investment_meur"}),
    ("map", {"place": "32"}),
    ("regions", {"region": "32"}),
    ("regions", {"region": ["32", "11"], "metric": "power_mw"}),
    ("projects", {"project": "cambrai"}),
    ("projects", {"project": "brookfield-france"}),
    ("projects", {"region": "32", "until": "2026-01-31", "nature": "x"}),
    ("projects", {"q": "zzzzzz"}),
    ("timeline", {"metric": "jobs"}),
    ("contribute", {"mode": "file"}),
)
# What French and English both write so.
SAME = frozenset(
    (
        *("dossier.sentence.publishers", "dossier.stages.source", "dossier.family.net", "dossier.sources.date"),
        *("dossier.sources.publisher", "downloads.rows.errata", "downloads.files.csv", "downloads.files.xlsx"),
        *("downloads.files.json", "downloads.files.parquet", "downloads.files.geojson", "downloads.code.python"),
        *("downloads.code.r", "downloads.code.duckdb", "downloads.code.powerquery", "downloads.code.curl"),
        *("downloads.columns.codes", "downloads.type.date", "downloads.service.docs", "downloads.service.versions"),
        *("downloads.service.datapackage", "frame.title", "glossary.term.gw.name", "glossary.term.commune.name"),
        *("glossary.term.departement.name", "glossary.words.kind-programme", "map.per_total"),
        *("map.level_departement", "map.site_commune", "method.example.site", "method.dictionary.meaning"),
        *("nesting.column.total", "overview.date", "overview.source", "projects.table.power_low"),
        *("projects.table.power_high", "projects.metric.sites_count", "promises.regions.total"),
        *("reannouncements.list.times", "reannouncements.table.occasion", "reannouncements.table.date"),
        *("reannouncements.table.sources", "regions.history.date", "regions.history.source"),
    )
)
# Calendars write their pattern so in both.
PATTERN = frozenset(("DD", "MM", "YYYY"))
WORD = re.compile(r"[^\W\d_]+")
# Small words that the other language does not have, and that no sentence does without.
SMALL = {
    "fr": {
        *("le", "la", "les", "des", "du", "une", "est", "sont", "et", "pour", "dans", "par", "sur", "avec", "sans"),
        *("qui", "que", "ne", "aux", "ses", "ces", "leur", "où", "cette", "être"),
    },
    "en": {
        *("the", "of", "and", "with", "from", "for", "are", "was", "were", "that", "this", "which", "has", "have"),
        *("its", "they", "in", "is", "or"),
    },
}
# Where a name stands in the data; names are said as they are.
NAMES = {
    "announcements": (
        *("id", "project_id", "part_of", "project_name", "project_name_en", "operator", "investors", "announcer"),
        *("source_publisher", "event"),
    ),
    "regions": ("name",),
    "departements": ("name",),
    "communes": ("name",),
    "events": ("name_fr", "name_en"),
}
QUOTED = ("source_title", "note", "investment_stated", "power_stated", "jobs_stated", "source_url", "archive_url")


class Quotations:
    """What the data say: quotations, whole, and the words of names."""

    def __init__(self, path: Path) -> None:
        with duckdb.connect(str(path), read_only=True) as connection:

            def cells(table: str, columns: Iterable[str]) -> set[str]:
                values = " UNION ".join(f"SELECT {column} FROM {table}" for column in columns)
                return {" ".join(str(cell).split()) for (cell,) in connection.execute(values).fetchall() if cell}

            self.whole = sorted(cells("announcements", QUOTED), key=len, reverse=True)
            names = set().union(*(cells(table, columns) for table, columns in NAMES.items()))
            columns = cells("duckdb_columns()", ("column_name",)) | cells("announcements", ("announced_on_precision",))
        self.names = {word for name in names for word in WORD.findall(name)}
        # A file is shown as it is: its columns and its codes by their own names.
        extracts = [name for name in query_names() if name.startswith("extract_")]
        columns.update(*(open_database(path).run(name).columns for name in extracts))
        self.codes = columns | {code for field in load_schema().fields for code in field.codes}

    def own_words(self, words: str) -> list[str]:
        """Return the words of ours: those that are neither quoted nor part of a name."""
        if words in self.codes or words.startswith(("http://", "https://")):
            return []
        for cell in self.whole:
            if len(cell) > 3 and cell in words:
                words = words.replace(cell, " ")
        return [word for word in WORD.findall(words) if word not in self.names]


@pytest.fixture(scope="module")
def quotations(database_path: Path) -> Quotations:
    return Quotations(database_path)


@lru_cache(maxsize=1)
def allowed() -> frozenset[str]:
    """Return the words of the texts and of the labels that are the same in both languages."""
    same = [form for key in SAME for form in forms(load_texts()[key]["fr"])]
    fields = load_schema().fields
    same += [
        label.name("fr") for field in fields for label in field.codes.values() if label.name("fr") == label.name("en")
    ]
    same += [field.title_in("fr") for field in fields if field.title_in("fr") == field.title_in("en")]
    return PATTERN | {word.lower() for form in same for word in WORD.findall(re.sub(r"\{[^}]*\}", " ", form))}


def test_what_is_the_same_in_both_languages_is_known_to_be():
    known = {}
    for key, entry in load_texts().items():
        filled = re.sub(r"\{[^}]*\}|\W", "", str(entry["fr"]))
        if entry["fr"] == entry["en"] and WORD.search(filled) and len(filled) > 2:
            known[key] = entry["fr"]
    assert {key: known.get(key) for key in {*known} ^ (SAME - {"downloads.code.r"})} == {}


@pytest.mark.parametrize(("name", "params"), STATES, ids=str)
def test_a_page_is_translated_whole(open_page: OpenPage, quotations: Quotations, name: str, params: dict):
    spoken: dict[str, set[Said]] = {}
    for lang in LANGUAGES:
        visit = open_page(SCRIPTS[name], lang=lang, **params)
        assert not visit.exception
        spoken[lang] = {item for item in said(visit) if item.lang in ("", lang)}
    shared = {item.words for item in spoken["fr"]} & {item.words for item in spoken["en"]}
    asked = " ".join(str(value) for value in params.values())
    untranslated = {
        words: rest
        for words in shared
        if (rest := [w for w in quotations.own_words(words) if len(w) > 2 and w.lower() not in allowed()])
        and not set(rest) <= {*PATTERN, *WORD.findall(asked)}
    }
    assert untranslated == {}
    for lang, other in (("fr", "en"), ("en", "fr")):
        foreign = {
            item.words: small
            for item in spoken[lang]
            if (small := [w for w in quotations.own_words(item.words) if w.lower() in SMALL[other]])
        }
        assert foreign == {}, lang
