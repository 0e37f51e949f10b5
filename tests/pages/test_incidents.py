"""A page that fails: a sentence for the visitor, a line in the log, no traceback on the screen."""

import logging

import pytest
from streamlit.testing.v1 import AppTest


def failing() -> None:
    from pages.shared.incidents import show_incident

    assert show_incident(ValueError("secret")) is True


def test_the_visitor_reads_a_sentence_and_the_log_has_the_cause(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.ERROR):
        visit = AppTest.from_function(failing).run()
    (sentence,) = [error.value for error in visit.error]
    assert sentence.startswith("Cette page n’a pas pu s’afficher.")
    assert "secret" not in sentence
    assert "ValueError('secret')" in caplog.text
