"""How to cite a dossier or an extract: a sentence and a BibTeX entry, with the version and the date of the data.

Rule: words in, text out, and nothing of a name can break the entry: what BibTeX or LaTeX would read is escaped. No
Streamlit here.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from pages.shared import dates
from pages.shared.markup import LINE_BREAKS
from pages.shared.texts import text

AUTHOR = "Infra IA France"
LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
# BibTeX counts a brace even behind a backslash: braces are written by their names.
SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    **{mark: f"\\{mark}" for mark in "$&#%_"},
}
# What stands in the address of a page and is no parameter.
KEPT = ":/%[]@"
NOT_IN_A_KEY = re.compile(r"[^A-Za-z0-9-]+")


@dataclass(frozen=True)
class Cited:
    """What is cited: `id` names it, `nature` ("dossier" or "extract") says what it is, `covered` is the date of the
    data, `until` the past day it is shown for, if any."""

    id: str
    nature: str
    title: str
    version: str
    covered: date
    address: str
    until: date | None = None


def cite(cited: Cited, lang: str) -> str:
    """Return the citation as one line of text."""
    values = {**_values(cited, lang), "title": LINE_BREAKS.sub(" ", cited.title), "address": cited.address}
    return text("citation.text", lang, **values)


def bibtex(cited: Cited, lang: str) -> str:
    """Return the citation as a BibTeX entry of type `misc`."""
    covered = cited.covered
    note = text("citation.bibtex_note", lang, **_values(cited, lang))
    day = f"-{cited.until.isoformat()}" if cited.until else ""
    fields = {
        "author": f"{{{AUTHOR}}}",
        "title": f"{{{escaped(cited.title)}}}",
        "year": str(covered.year),
        "month": str(covered.month),
        "version": escaped(cited.version),
        # Read as it is: an address has no brace and no backslash left, `page_address` saw to it.
        "url": cited.address,
        "note": escaped(note[:1].upper() + note[1:]),
        "language": {"fr": "french", "en": "english"}[lang],
    }
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    key = NOT_IN_A_KEY.sub("-", f"infra-ia-france-{cited.id}{day}")
    return f"@misc{{{key},\n{body}}}"


def page_address(page: str, params: Mapping[str, str | Sequence[str]]) -> str:
    """Return the address `page` with these parameters alone, none of its letters being read by BibTeX."""
    return f"{quote(page.split('?')[0].split('#')[0], safe=KEPT)}?{urlencode(params, doseq=True)}"


def escaped(words: str) -> str:
    """Return words that BibTeX and LaTeX read as they are, on one line."""
    return "".join(SPECIAL.get(letter, letter) for letter in LINE_BREAKS.sub(" ", words))


def _values(cited: Cited, lang: str) -> dict[str, str]:
    day = dates.day(cited.until, "day", lang)
    return {
        "nature": text(f"citation.nature.{cited.nature}", lang),
        "as_of": text("citation.as_of", lang, day=day) if day else "",
        "date": dates.day(cited.covered, "day", lang),
        "version": cited.version,
    }
