"""The declaration of accessibility: complete, in both languages, and true of the code."""

import ast
import re
from html import unescape

import pytest

from etl.schema import ROOT
from pages.shared import data, frame, replay, reports
from pages.shared.accessibility_view import TRIED_ON
from pages.shared.dates import day
from pages.shared.filters import ADDRESSES
from pages.shared.layout import SCRIPTS
from pages.shared.markup import plain
from pages.shared.texts import LANGUAGES, text
from tests.pages.conftest import OpenPage, read

PARTS = ["state", "tested", "faults", "otherwise", "contact", "recourse"]


def calls(name: str) -> list[tuple[str, ast.Call]]:
    """Every call of a function of Streamlit in the pages, with the file."""
    return [
        (path.relative_to(ROOT / "pages").as_posix(), node)
        for path in sorted((ROOT / "pages").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == f"st.{name}"
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_declaration_has_its_parts_its_day_and_its_ways_of_recourse(open_page: OpenPage, lang: str) -> None:
    visit = open_page("accessibility.py", lang=lang)
    assert not visit.exception
    assert [header.proto.anchor for header in visit.header if header.proto.anchor] == PARTS
    words = read(visit)
    partly = {
        "fr": "**partiellement conforme** au RGAA\u202f4.1",
        "en": "**partially compliant** with the RGAA\u202f4.1",
    }
    nobody = {"fr": "**Aucun audit extérieur n’a été fait**", "en": "**No external audit was made**"}
    assert partly[lang] in words and nobody[lang] in words
    assert words.count(day(TRIED_ON, "day", lang)) >= 2
    assert "https://formulaire.defenseurdesdroits.fr/" in words and "Libre réponse 71120" in words
    assert f'href="{"/fiche" if lang == "fr" else "/en/fiche"}"' in words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_writes_where_errors_are_reported(open_page: OpenPage, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(reports.VARIABLE, "mailto:ecrire@exemple.fr")
    assert 'href="mailto:ecrire@exemple.fr?subject=' in read(open_page("accessibility.py", lang=lang))
    monkeypatch.setenv(reports.VARIABLE, "")
    monkeypatch.setattr(data, "_parts", replay.Parts(data.PARTS_KEPT))
    assert text("accessibility.contact.nobody", lang) in unescape(read(open_page("accessibility.py", lang=lang)))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("script", ["overview.py", "method.py", "accessibility.py"])
def test_the_footer_of_every_page_leads_to_it_and_the_row_of_pages_does_not(
    open_page: OpenPage, script: str, lang: str
) -> None:
    visit = open_page(script, lang=lang, region="32")
    footer = unescape(read(visit).partition("<footer>")[2])
    label = text("frame.below.accessibility", lang)
    assert re.search(rf'<a href="/accessibilite\?region=32&lang={lang}" target="_self">{label}</a>', footer)
    labels = {link.proto.label for link in visit.get("page_link")}
    assert plain(text("frame.page.accessibility", lang)) not in labels
    assert set(frame.BELOW) <= set(SCRIPTS) and set(frame.BELOW) <= set(ADDRESSES)


def test_every_chart_has_a_description() -> None:
    charts = calls("plotly_chart")
    assert len(charts) >= 4
    assert [path for path, call in charts if "alt" not in {word.arg for word in call.keywords}] == []


def test_the_grids_that_a_screen_reader_cannot_read_whole_are_those_it_names() -> None:
    grids = {path for path, _ in [*calls("dataframe"), *calls("data_editor")]}
    assert grids == {"shared/layout.py", "shared/map_table.py", "shared/project_table.py"}


def test_what_a_click_chooses_in_a_picture_is_chosen_otherwise_too() -> None:
    chosen = {path for path, call in calls("plotly_chart") if "on_select" in {word.arg for word in call.keywords}}
    assert chosen == {"map.py", "nesting.py", "timeline.py"}
    boxes = {path for path, _ in [*calls("selectbox"), *calls("date_input")]}
    assert {"shared/map_choice.py", "shared/nesting_view.py", "shared/timeline_view.py"} <= boxes


@pytest.mark.parametrize("lang", LANGUAGES)
def test_changing_the_language_is_a_new_document(open_page: OpenPage, lang: str) -> None:
    other = next(code for code in LANGUAGES if code != lang)
    assert re.search(rf'<a href="\?[^"]*" target="_self" lang="{other}"', read(open_page("contribute.py", lang=lang)))
