"""A page that fails: a sentence for the visitor, a line in the log, no traceback on the screen."""

import logging

import pytest
from streamlit.testing.v1 import AppTest


def failing() -> None:
    from pages.shared.incidents import show_incident

    assert show_incident(ValueError("secret")) is True


def given_up() -> None:
    import duckdb

    from pages.shared.incidents import show_incident

    show_incident(duckdb.InterruptException("INTERRUPT Error: Query exceeded maximum execution time"))
    show_incident(duckdb.OutOfMemoryException("Out of Memory Error"))


@pytest.mark.parametrize(("lang", "said"), [("fr", "trop de temps ou de mémoire"), ("en", "too much time or memory")])
def test_a_question_that_was_given_up_is_told_as_such(lang: str, said: str):
    visit = AppTest.from_function(given_up)
    visit.query_params["lang"] = lang
    assert [said in error.value for error in visit.run().error] == [True, True]


def test_the_visitor_reads_a_sentence_and_the_log_has_the_cause(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.ERROR):
        visit = AppTest.from_function(failing).run()
    (sentence,) = [error.value for error in visit.error]
    assert sentence.startswith("Cette page n’a pas pu s’afficher.")
    assert "secret" not in sentence
    assert "ValueError('secret')" in caplog.text
