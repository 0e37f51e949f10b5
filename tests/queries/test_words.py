"""The filters of a selection in words, in both languages."""

import re
import tomllib
from datetime import date

import pytest

from etl.schema import load_schema
from queries import Database, Selection, facets
from queries.words import WORDS, code_words, day, filter_title, filter_words

N = "\u202f"
FILTERS = ("region", "departement", "kind", "purpose", "status", "event", "investor", "since", "until", "q", "project")
EVERY_FILTER = Selection(
    region=("32", "none"),
    departement=("59", "2A"),
    kind=("site",),
    purpose=("ai", "mixed"),
    status=("under_construction",),
    event=("sommet-ia-2025",),
    investor=("Brookfield", "MGX"),
    since=date(2025, 2, 1),
    until=date(2025, 2, 28),
    q="éclair",
    project="cambrai",
)


def test_every_filter_is_told_in_french(database: Database) -> None:
    assert filter_words(EVERY_FILTER, "fr", database) == (
        ("Région", "Hauts-de-France, Non localisé"),
        ("Département", "Nord (59), Corse-du-Sud (2A)"),
        ("Nature", "Site"),
        ("Vocation", "Dédié à l’IA, Mixte"),
        ("Avancement", "En chantier"),
        ("Annoncé lors de", "Sommet pour l’action sur l’IA (février 2025)"),
        ("Opérateur ou investisseur", "Brookfield, MGX"),
        ("Annonce depuis le", "1er février 2025"),
        ("Tel que connu le", "28 février 2025"),
        ("Rechercher", f"«{N}éclair{N}»"),
        ("Projet", "Data center Data4 / Brookfield de Cambrai (E-Valley)"),
    )


def test_every_filter_is_told_in_english(database: Database) -> None:
    assert filter_words(EVERY_FILTER, "en", database) == (
        ("Region", "Hauts-de-France, Not located"),
        ("Département", "Nord (59), Corse-du-Sud (2A)"),
        ("Kind", "Site"),
        ("Purpose", "AI, Mixed"),
        ("Status", "Under construction"),
        ("Announced at", "AI Action Summit (February 2025)"),
        ("Operator or investor", "Brookfield, MGX"),
        ("Announced since", "1 February 2025"),
        ("As known on", "28 February 2025"),
        ("Search", "“éclair”"),
        ("Project", "Data4 / Brookfield data centre, Cambrai (E-Valley)"),
    )


def test_the_whole_country_today_has_no_words(database: Database) -> None:
    assert filter_words(Selection(), "fr", database) == filter_words(Selection(), "en", database) == ()


@pytest.mark.parametrize(
    ("q", "told"),
    [
        ("{lang} {0} {words.__class__}", "{lang} {0} {words.__class__}"),
        ("%s %(x)s", "%s %(x)s"),
        ("=1+1", "=1+1"),
        ("<b>&amp;</b> [x](y)", "<b>&amp;</b> [x](y)"),
        ("éclair\r\nLicence\t:  la mienne\u2028fin", "éclair Licence : la mienne fin"),
        ("a\x00b\x1b[31m\x7f", "a�b�[31m�"),
        ("nom\u202egnirts", "nom�gnirts"),
        ("\ud800", "�"),
        ("🙂 « ” »", "🙂 « ” »"),
        ("a" * 10_000, "a" * 10_000),
    ],
)
def test_what_was_searched_for_is_quoted_on_one_line_and_never_read(database: Database, q: str, told: str) -> None:
    assert filter_words(Selection(q=q), "fr", database) == (("Rechercher", f"«{N}{told}{N}»"),)
    assert filter_words(Selection(q=q), "en", database) == (("Search", f"“{told}”"),)


def test_a_place_an_event_or_a_project_nobody_knows_is_its_code(database: Database) -> None:
    unknown = Selection(region=("99",), departement=("99",), event=("<b>",), project="nowhere")
    words = [values for _, values in filter_words(unknown, "fr", database)]
    assert words == ["99", "99 (99)", "<b>", "nowhere"]


def test_an_unknown_code_of_the_schema_is_an_error(database: Database) -> None:
    with pytest.raises(KeyError, match="no code 'dream' in 'status'"):
        filter_words(Selection(status=("dream",)), "fr", database)
    with pytest.raises(KeyError):
        filter_title("colour", "fr")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_filter_and_every_code_has_words(database: Database, lang: str) -> None:
    schema = load_schema()
    allowed = facets(database, {name: tuple(schema.field(name).codes) for name in ("kind", "purpose", "status")})
    assert len({filter_title(name, lang) for name in FILTERS}) == len(FILTERS)
    for name in FILTERS[:7]:
        words = [code_words(name, code, lang, database) for code in allowed.codes(name)]
        assert all(words)
        assert len(set(words)) == len(words)


def test_the_first_of_the_month_is_said_as_french_says_it() -> None:
    days = [date(2025, 1, 1), date(2025, 1, 11), date(2025, 12, 31)]
    assert [day(when, "fr") for when in days] == ["1er janvier 2025", "11 janvier 2025", "31 décembre 2025"]
    assert [day(when, "en") for when in days] == ["1 January 2025", "11 January 2025", "31 December 2025"]


def test_the_words_are_in_both_languages_and_typeset() -> None:
    declared = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    sentences = [*declared.pop("filter").values(), *declared.values()]
    assert all(set(said) == {"fr", "en"} and all(said.values()) for said in sentences)
    assert not [said["fr"] for said in sentences if re.search(r" [:;!?»]|« |'", said["fr"])]
