"""The glossary: every term is there, in order, in both languages, and every link to a term leads to one."""

import re
from html import unescape

import pytest

from etl.schema import load_schema
from pages.shared.glossary import CODED, COLUMNS, RULES, SEE, anchors, code_anchor, folded, spoken, terms
from pages.shared.layout import SCRIPTS
from pages.shared.term_links import term_address, with_terms
from pages.shared.texts import LANGUAGES, load_texts, text
from tests.pages.conftest import OpenPage, read

LINK = re.compile(r'<a class="term" href="([^"]*)#([^"#]+)" target="_self" title="[^"]+">(.*?)</a>')
TITLE = re.compile(r'<h([23]) data-anchor="([^"]+)">(.*?)</h\1>')
# Pages where terms are linked, each with terms that must be among them.
LINKED = {
    "overview.py": ({}, {"range", "floor", "mw-it", "mw-grid", "jobs-direct", "status-announced", "weak-source"}),
    "regions.py": ({"region": "32"}, {"mw-grid", "jobs-direct-indirect", "no-figure", "kind-target", "realisation"}),
    "projects.py": ({"project": "brookfield-france"}, {"retained", "net"}),
    "promises.py": ({}, {"realisation", "net", "silence", "kind-programme"}),
    "nesting.py": ({}, {"net", "kind-programme"}),
    "reannouncements.py": ({}, {"reannouncement", "retained"}),
}


def html_of(visit) -> str:
    return "\n".join(element.proto.body for element in visit.get("html"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_terms_stand_in_the_order_of_the_alphabet_accents_set_aside(lang: str) -> None:
    names = [term.order for term in terms(lang)]
    assert names == sorted(names)
    assert all(folded(term.name).endswith(term.order) for term in terms(lang))
    assert [term.letter for term in terms(lang)] == sorted(term.letter for term in terms(lang))
    assert folded("Réannonce") == "reannonce"


def test_both_languages_have_the_same_terms() -> None:
    french, english = ({term.anchor: term for term in terms(lang)} for lang in LANGUAGES)
    assert set(french) == set(english) == anchors()
    for anchor, term in french.items():
        assert term.name and term.definition and english[anchor].definition
        assert (term.column, term.code, term.rule, term.see) == (
            english[anchor].column,
            english[anchor].code,
            english[anchor].rule,
            english[anchor].see,
        )
        assert len(re.findall(r"[.!?](?:\s|$)", term.definition)) <= 3


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("field", CODED)
def test_the_definitions_of_the_schema_are_the_schemas(field: str, lang: str) -> None:
    found = {term.anchor: term for term in terms(lang)}
    typed = {str(said) for key, entry in load_texts().items() if key.startswith("glossary.") for said in entry.values()}
    for code, label in load_schema().field(field).codes.items():
        term = found[code_anchor(field, code)]
        assert term.definition == label.description(lang) and term.name.startswith(label.name(lang))
        assert term.definition not in typed


def test_every_rule_column_and_neighbour_of_a_term_is_there() -> None:
    assert set(COLUMNS) <= set(RULES) and set(COLUMNS.values()) <= set(load_schema().names)
    assert set(SEE) <= anchors() and {name for names in SEE.values() for name in names} <= anchors()
    declared = {key.split(".")[2] for key in load_texts() if key.startswith(("glossary.words.", "glossary.also."))}
    assert declared <= anchors()
    assert {key.split(".")[2] for key in load_texts() if key.startswith("glossary.term.")} == set(RULES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_rules_are_named_as_the_method_names_them(lang: str) -> None:
    body = text("method.counted.body", lang)
    for key in load_texts():
        if key.startswith("glossary.rule."):
            assert f"**{text(key, lang)}**" in body
    assert {f"glossary.rule.{rule}" for rule in RULES.values() if rule} == {
        key for key in load_texts() if key.startswith("glossary.rule.")
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_holds_every_term_under_its_anchor_and_every_link_of_it_leads_somewhere(
    open_page: OpenPage, lang: str
) -> None:
    visit = open_page("glossary.py", lang=lang, region="32")
    assert not visit.exception
    (words,) = [unescape(element.value) for element in visit.markdown if TITLE.search(element.value)]
    titles = [(anchor, name) for level, anchor, name in TITLE.findall(words) if level == "3"]
    assert titles == [(term.anchor, term.name) for term in terms(lang)]
    letters = {anchor for level, anchor, _ in TITLE.findall(words) if level == "2"}
    assert letters == {f"letter-{term.letter.lower()}" for term in terms(lang)}
    inside = set(re.findall(r'href="#([^"]+)"', words))
    assert inside <= {anchor for anchor, _ in titles} | letters and letters <= inside
    assert all(term.definition in words for term in terms(lang))
    method = set(re.findall(r'href="/methode\?[^"#]*#(\w+)"', words))
    shown = open_page("method.py", lang=lang)
    assert method == {"counted", "definitions", "dictionary", "sources"}
    assert method <= {header.proto.anchor for header in shown.header}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("script", LINKED)
def test_a_page_links_its_terms_with_the_language_and_the_filters(open_page: OpenPage, script: str, lang: str) -> None:
    params, expected = LINKED[script]
    visit = open_page(script, lang=lang, **params)
    assert not visit.exception
    found = LINK.findall(html_of(visit))
    carried = {"lang": lang, **{name: value for name, value in params.items() if name != "project"}}
    for address, anchor, _ in found:
        path, _, query = unescape(address).partition("?")
        assert path == "/glossaire" and anchor in anchors()
        assert dict(part.split("=") for part in query.split("&")) == carried
    assert expected <= {anchor for _, anchor, _ in found}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("why", ["investment_meur", "power_mw", "jobs", "projects"])
def test_the_explanation_of_a_figure_links_its_terms(open_page: OpenPage, why: str, lang: str) -> None:
    visit = open_page(lang=lang, why=why)
    (panel,) = [body for body in (element.proto.body for element in visit.get("html")) if "explained" in body]
    found = {anchor for _, anchor, _ in LINK.findall(panel)}
    expected = {
        "investment_meur": {"scenario", "kind-programme", "floor", "single-source", "kind-event-total"},
        "power_mw": {"mw-it", "mw-grid", "mw-unspecified"},
        "jobs": {"jobs-direct", "jobs-direct-indirect", "lasting-jobs"},
        "projects": {"status-announced", "status-operational"},
    }
    assert expected[why] <= found


@pytest.mark.parametrize("script", sorted(SCRIPTS.values()))
def test_no_page_links_a_term_that_is_missing(open_page: OpenPage, script: str) -> None:
    words = html_of(open_page(script))
    targets = set(re.findall(r'href="/glossaire[^"]*#([^"]+)"', words))
    assert targets <= anchors()


def test_a_term_that_is_not_there_is_an_error(open_page: OpenPage) -> None:
    with pytest.raises(KeyError, match="no term 'nowhere'"):
        term_address("nowhere")
    with pytest.raises(KeyError):
        code_anchor("operator", "x")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_lead_to_one_term_each(lang: str) -> None:
    forms = [form for anchor in anchors() for form in spoken(lang)[1] if spoken(lang)[1][form] == anchor]
    assert len(forms) == len(set(forms))
    declared = [
        form
        for key in load_texts()
        if re.fullmatch(r"glossary\.(?:term\.[\w-]+\.words|words\.[\w-]+)", key)
        for form in text(key, lang).casefold().split("|")
    ]
    assert sorted(declared) == sorted(forms), "no form is said twice"


def test_a_term_is_linked_once_the_longest_first_and_the_rest_is_escaped() -> None:
    seen: set[str] = set()
    words = with_terms("<b> Directs et indirects, directs, directs", "fr", field="jobs_scope", seen=seen)
    assert [anchor for _, anchor, _ in LINK.findall(words)] == ["jobs-direct-indirect", "jobs-direct"]
    assert words.startswith("&lt;b&gt; <a") and words.endswith("</a>, directs")
    assert seen == {"jobs-direct-indirect", "jobs-direct"}
    assert with_terms("directs", "fr", field="jobs_scope", seen=seen) == "directs"
    assert with_terms("indirectement", "fr", field="jobs_scope") == "indirectement"
    # One name, two fields.
    assert "#mw-unspecified" in with_terms("Unspecified", "en", field="power_kind")
    assert "#jobs-unspecified" in with_terms("Unspecified", "en", field="jobs_scope")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_filters_lead_to_the_glossary(open_page: OpenPage, lang: str) -> None:
    labels = [link.proto.label for link in open_page(lang=lang).get("page_link")]
    assert text("glossary.all", lang) in labels
    assert "Le sens" not in read(open_page(lang="en"))
