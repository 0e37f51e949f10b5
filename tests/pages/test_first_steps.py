"""The first visit: one line that says what the site is, and three sentences on demand."""

import re
from html import unescape

import pytest

from pages.shared.texts import LANGUAGES, text
from tests.pages.conftest import OpenPage


@pytest.mark.parametrize("lang", LANGUAGES)
def test_three_sentences_each_with_the_way_to_its_page(open_page: OpenPage, lang: str) -> None:
    visit = open_page(lang=lang, region="32")
    (first,) = [element.proto.body for element in visit.get("html") if '<div class="first">' in element.proto.body]
    words = unescape(first)
    assert text("overview.first.purpose", lang) in words
    assert f"<details><summary>{text('overview.first.title', lang)}</summary>" in words, "folded, and no script"
    steps = re.findall(r"<li>(.*?)</li>", words)
    assert len(steps) == 3
    for step, path in zip(steps, ("/carte", "/projets", "/donnees"), strict=True):
        (address,) = re.findall(r'href="([^"]+)"', step)
        assert address == f"{path}?region=32&lang={lang}"
        said = re.sub(r"<[^>]+>", "", step)
        assert len(re.findall(r"[.!?](?:\s|$)", said.replace("\u202f?\u202f»", ""))) == 1, said
    # The words that it quotes are those on the buttons.
    assert text("frame.filters", lang) in steps[1] and text("explanation.open", lang) in steps[1]


def test_the_line_does_not_repeat_the_masthead() -> None:
    for lang in LANGUAGES:
        assert text("frame.tagline", lang) not in text("overview.first.purpose", lang)
