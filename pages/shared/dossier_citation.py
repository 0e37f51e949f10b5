"""How to cite a dossier: a sentence and a BibTeX entry, with the version and the date of the data.

Rule: words in, text out, and nothing of a name can break the entry: what BibTeX or LaTeX would read is escaped. No
Streamlit here.
"""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from pages.shared import dates
from pages.shared.markup import LINE_BREAKS
from pages.shared.texts import text

AUTHOR = "Infra IA France"
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
    """A dossier as it is cited: `covered` is the date of the data, `until` the past day it is shown for, if any."""

    project_id: str
    title: str
    version: str
    covered: date
    address: str
    until: date | None = None


def cite(dossier: Cited, lang: str) -> str:
    """Return the citation as one line of text."""
    values = {**_values(dossier, lang), "title": LINE_BREAKS.sub(" ", dossier.title), "address": dossier.address}
    return text("dossier.citation.text", lang, **values)


def bibtex(dossier: Cited, lang: str) -> str:
    """Return the citation as a BibTeX entry of type `misc`."""
    covered = dossier.covered
    day = f"-{dossier.until.isoformat()}" if dossier.until else ""
    fields = {
        "author": f"{{{AUTHOR}}}",
        "title": f"{{{escaped(dossier.title)}}}",
        "year": str(covered.year),
        "month": str(covered.month),
        "version": escaped(dossier.version),
        # Read as it is: an address has no brace and no backslash left, `dossier_address` saw to it.
        "url": dossier.address,
        "note": escaped(text("dossier.citation.bibtex_note", lang, **_values(dossier, lang))),
        "language": {"fr": "french", "en": "english"}[lang],
    }
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    key = NOT_IN_A_KEY.sub("-", f"infra-ia-france-{dossier.project_id}{day}")
    return f"@misc{{{key},\n{body}}}"


def dossier_address(base: str, project_id: str, until: date | None, lang: str) -> str:
    """Return the address of a dossier on the page at `base`, with the day and the language it is read in."""
    values = {"project": project_id, "lang": lang} | ({"until": until.isoformat()} if until else {})
    page = quote(base.split("?")[0].split("#")[0], safe=KEPT)
    return f"{page}?{urlencode(values)}"


def escaped(words: str) -> str:
    """Return words that BibTeX and LaTeX read as they are, on one line."""
    return "".join(SPECIAL.get(letter, letter) for letter in LINE_BREAKS.sub(" ", words))


def _values(dossier: Cited, lang: str) -> dict[str, str]:
    day = dates.day(dossier.until, "day", lang)
    return {
        "as_of": text("dossier.citation.as_of", lang, day=day) if day else "",
        "date": dates.day(dossier.covered, "day", lang),
        "version": dossier.version,
    }
