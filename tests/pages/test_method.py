"""The method page: rules in plain words, an example and a dictionary read from the data."""

import pytest

from etl.schema import load_schema
from tests.pages.conftest import OpenPage, read

N = "\u202f"


def test_the_example_is_computed_from_the_database(open_page: OpenPage):
    words = read(open_page("method.py")).replace("\\", "")
    assert f"annonce 30{N}Md€" in words
    for amount in (10, 5, 2):
        assert f'<td class="figure">{amount}{N}Md€</td>' in words
    assert f"Tout additionner donnerait 47{N}Md€" in words
    assert f"On compte donc 30{N}Md€{N}: 17{N}Md€ là où sont les sites, et le reste, 13{N}Md€, non localisé." in words


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_dictionary_holds_every_declared_column(open_page: OpenPage, lang: str):
    words = read(open_page("method.py", lang=lang)).replace("&#x27;", "'").replace("&quot;", '"')
    for field in load_schema().fields:
        assert f"<td>{field.name}</td>" in words
        assert field.title_in(lang) in words


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_code_is_defined(open_page: OpenPage, lang: str):
    words = read(open_page("method.py", lang=lang)).replace("&#x27;", "'").replace("&quot;", '"')
    for name in ("kind", "purpose", "status", "power_kind", "jobs_scope", "source_kind"):
        for label in load_schema().field(name).codes.values():
            assert label.name(lang) in words and label.description(lang).replace("&", "&amp;") in words


def test_the_contents_lead_to_the_parts(open_page: OpenPage):
    visit = open_page("method.py")
    words = read(visit)
    anchors = [header.proto.anchor for header in visit.header if header.proto.anchor]
    assert anchors == ["counted", "example", "definitions", "dictionary", "sources", "limits", "unmeasured"]
    for anchor in anchors:
        assert f'href="#{anchor}"' in words
