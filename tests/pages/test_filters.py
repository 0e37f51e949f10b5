"""The address, the selection and the links are three forms of one thing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.shared import data, filters
from queries import Selection

N = "\u202f"


@pytest.fixture
def facets(real_data):
    return data.facets()


def test_a_selection_becomes_parameters_and_comes_back(facets):
    chosen = Selection(
        region=("32", "none"),
        departement=("59",),
        kind=("site",),
        purpose=("ai",),
        status=("announced", "operational"),
        event=("sommet-ia-2025",),
        investor=(facets.investor[0],),
        since=date(2025, 2, 1),
        until=date(2026, 1, 31),
        q="data center",
    )
    frozen = tuple((name, tuple(values)) for name, values in chosen.to_params().items())
    assert data.parse(frozen) == (chosen, ())


@given(choice=st.data())
def test_any_choice_of_codes_comes_back(database_path, choice):
    data.DATABASE, kept = database_path, data.DATABASE
    try:
        facets = data.facets()
        params = {
            name: tuple(choice.draw(st.lists(st.sampled_from(facets.codes(name)), unique=True, max_size=3)))
            for name in filters.FACETS
        }
        selection, ignored = data.parse(tuple(params.items()))
        assert not ignored
        assert {name: set(values) for name, values in params.items() if values} == {
            name: set(values) for name, values in selection.to_params().items()
        }
        again = tuple((name, tuple(values)) for name, values in selection.to_params().items())
        assert data.parse(again) == (selection, ())
    finally:
        data.DATABASE = kept


def test_the_filters_are_told_in_words(facets):
    chosen = Selection(
        region=("32", "none"), departement=("59",), purpose=("ai",), event=("sommet-ia-2025",), q="éclair"
    )
    assert filters.words(chosen, "fr") == (
        f"Région{N}: Hauts-de-France, Non localisé{N}; Département{N}: Nord (59){N}; Vocation{N}: Dédié à l’IA{N}; "
        f"Annoncé lors de{N}: Sommet pour l’action sur l’IA (février 2025){N}; Rechercher{N}: «{N}éclair{N}»"
    )
    assert filters.words(Selection(until=date(2025, 2, 5)), "en") == "As known on: 5 February 2025"
    assert filters.words(Selection(), "fr") == ""


def test_every_code_of_every_filter_has_words_in_both_languages(facets):
    for name in filters.FACETS:
        for lang in ("fr", "en"):
            labels = [filters.label(name, code, lang) for code in facets.codes(name)]
            assert all(labels) and len(set(labels)) == len(labels)
