"""The citation of a dossier or an extract: its version, date and address; no name breaks the BibTeX entry."""

import re
from datetime import date

import pytest

from pages.shared.citation import SPECIAL, Cited, bibtex, cite, escaped, page_address

N = "\u202f"
HOSTILE = '50 % & $x_1$ #1 {a} } \\input{/etc} ~^ "@misc{b,\n title={c}}" « é »'
BY_NAME = {written: letter for letter, written in SPECIAL.items()}


def dossier(title: str = "Programme d’essai", until: date | None = None, project_id: str = "essai") -> Cited:
    past = {"until": until.isoformat()} if until else {}
    address = page_address("https://example.org/projets", {"project": project_id, "lang": "fr"} | past)
    return Cited(project_id, "dossier", title, "abc-1", date(2026, 6, 2), address, until)


def parse(entry: str) -> tuple[str, str, dict[str, str]]:
    """Read one entry as BibTeX does: braces are counted even behind a backslash, a value ends where they balance."""
    kind, key, body = re.fullmatch(r"@(\w+)\{([^,\s{}]+),\n(.*)\}", entry, re.DOTALL).groups()
    fields, rest = {}, body
    while rest.strip():
        name, rest = re.match(r"\s*(\w+) = \{(.*)", rest, re.DOTALL).groups()
        depth, end = 1, 0
        while depth:
            depth += {"{": 1, "}": -1}.get(rest[end], 0)
            end += 1
        fields[name], rest = rest[: end - 1], rest[end:].removeprefix(",\n")
    return kind, key, fields


def typeset(value: str) -> str:
    """Return what LaTeX would print of an escaped value."""
    names = "|".join(re.escape(name) for name in sorted(BY_NAME, key=len, reverse=True))
    left = re.sub(names, "", value)
    assert not set(left) & set(SPECIAL), f"not escaped: {left}"
    return re.sub(names, lambda found: BY_NAME[found[0]], value)


def test_the_text_says_what_which_data_and_where() -> None:
    assert cite(dossier(), "fr") == (
        f"Infra IA France, «{N}Programme d’essai{N}», dossier de projet, données du 2 juin 2026, version abc-1, "
        "licence ouverte 2.0, https://example.org/projets?project=essai&lang=fr"
    )
    past = cite(dossier(until=date(2025, 3, 1)), "en")
    assert "project dossier as known on 1 March 2025, data as of 2 June 2026" in past
    assert past.endswith("?project=essai&lang=fr&until=2025-03-01")


def test_the_entry_has_the_fields_of_a_citation() -> None:
    kind, key, fields = parse(bibtex(dossier(until=date(2025, 3, 1)), "fr"))
    assert (kind, key) == ("misc", "infra-ia-france-essai-2025-03-01")
    assert fields == {
        "author": "{Infra IA France}",
        "title": "{Programme d’essai}",
        "year": "2026",
        "month": "6",
        "version": "abc-1",
        "url": "https://example.org/projets?project=essai&lang=fr&until=2025-03-01",
        "note": "Dossier de projet tel que connu le 1er mars 2025, données du 2 juin 2026, version abc-1, "
        "licence ouverte 2.0",
        "language": "french",
    }


def test_an_extract_says_that_it_is_one() -> None:
    extract = Cited("projects", "extract", "Projets", "abc-1", date(2026, 6, 2), "https://example.org/donnees")
    assert f"«{N}Projets{N}», jeu de données, données du 2 juin 2026" in cite(extract, "fr")
    _, key, fields = parse(bibtex(extract, "en"))
    assert key == "infra-ia-france-projects"
    assert fields["note"] == "Dataset, data as of 2 June 2026, version abc-1, Licence Ouverte 2.0"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_hostile_name_stays_a_name(lang: str) -> None:
    kind, key, fields = parse(bibtex(dossier(HOSTILE, project_id="a},\n b={c"), lang))
    assert kind == "misc" and re.fullmatch(r"[A-Za-z0-9-]+", key)
    assert set(fields) == {"author", "title", "year", "month", "version", "url", "note", "language"}
    assert typeset(fields["title"].removeprefix("{").removesuffix("}")) == HOSTILE.replace("\n", " ")
    assert not set(fields["url"]) & set("{}\\\n ")
    assert "\n" not in cite(dossier(HOSTILE), lang)


@pytest.mark.parametrize("letter", SPECIAL)
def test_each_special_character_is_escaped_without_unbalancing_braces(letter: str) -> None:
    written = escaped(f"a{letter}b")
    assert written.count("{") == written.count("}")
    assert typeset(written) == f"a{letter}b"


def test_an_address_with_parameters_or_braces_is_made_clean() -> None:
    address = page_address("http://localhost:8501/projets?region=32#x", {"project": "é à", "lang": "en"})
    assert address == "http://localhost:8501/projets?project=%C3%A9+%C3%A0&lang=en"
    assert (
        page_address("http://h/{a}", {"q": "}", "region": ["32", "53"]}) == "http://h/%7Ba%7D?q=%7D&region=32&region=53"
    )
