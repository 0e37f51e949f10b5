"""The glossary: every term of the site with its meaning, and the words by which other pages lead to it.

Rule: what the schema defines is read from the schema, the rest is in `texts/glossary.toml`. An anchor is the same in
both languages, so that a link to a term never breaks. No Streamlit here.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from etl.schema import load_schema
from pages.shared.texts import load_texts, text

# The code lists of the schema whose codes are terms, and what their anchors begin with.
CODED = MappingProxyType(
    {
        "kind": "kind",
        "purpose": "purpose",
        "status": "status",
        "power_kind": "mw",
        "jobs_scope": "jobs",
        "source_kind": "source",
    }
)
# Our own terms, each with the rule of the page Méthode that it comes from ("" where it is a column's).
RULES = MappingProxyType(
    {
        "announcement": "row",
        "claim": "row",
        "project": "figure",
        "retained": "figure",
        "range": "scenarios",
        "floor": "scenarios",
        "ceiling": "scenarios",
        "scenario": "scenarios",
        "net": "net",
        "double-counting": "net",
        "no-figure": "unknown",
        "single-source": "figure",
        "direct-source": "figure",
        "weak-source": "figure",
        "mw": "split",
        "gw": "split",
        "lasting-jobs": "split",
        "construction-jobs": "split",
        "commune": "",
        "departement": "",
        "region": "",
        "not-located": "net",
        "reannouncement": "tags",
        "extract": "",
        "euros": "",
        "realisation": "added",
        "silence": "silence",
    }
)
# The column of the schema behind one of our own terms.
COLUMNS = MappingProxyType(
    {
        "announcement": "announced_on",
        "project": "project_id",
        "direct-source": "source_kind",
        "weak-source": "source_kind",
        "mw": "power_high_mw",
        "gw": "power_high_mw",
        "lasting-jobs": "jobs_high",
        "construction-jobs": "construction_jobs_high",
        "commune": "commune_code",
        "departement": "departement_code",
        "region": "region_code",
        "not-located": "region_code",
        "net": "part_of",
        "double-counting": "part_of",
        "euros": "investment_high_meur",
    }
)
SEE = MappingProxyType(
    {
        "announcement": ("claim", "reannouncement"),
        "claim": ("announcement", "retained"),
        "project": ("kind-programme", "kind-site"),
        "range": ("scenario", "floor", "ceiling"),
        "net": ("double-counting",),
        "double-counting": ("net", "kind-programme"),
        "mw": ("mw-it", "mw-grid", "mw-site", "mw-unspecified", "gw"),
        "gw": ("mw",),
        "lasting-jobs": ("jobs-direct", "jobs-direct-indirect", "jobs-unspecified", "construction-jobs"),
        "construction-jobs": ("lasting-jobs",),
        "weak-source": ("source-other", "direct-source"),
        "direct-source": ("source-company", "source-official", "weak-source"),
        "region": ("not-located",),
        "realisation": ("status-operational", "status-under-construction", "silence"),
        "kind-event-total": ("double-counting",),
    }
)


@dataclass(frozen=True)
class Term:
    """A term in a language; `column` and `code` are those of the schema, `rule` the key of a rule, "" where none."""

    anchor: str
    name: str
    definition: str
    column: str = ""
    code: str = ""
    rule: str = ""
    see: tuple[str, ...] = ()

    @property
    def order(self) -> str:
        """What the term is sorted by: its letters without accents or capitals, from the first on."""
        return re.sub(r"^\W+", "", folded(self.name))

    @property
    def letter(self) -> str:
        """The letter it stands under."""
        return self.order[0].upper()


@lru_cache
def terms(lang: str) -> tuple[Term, ...]:
    """Return every term in `lang`, in the order of its alphabet."""
    return tuple(sorted((*_own(lang), *_coded(lang)), key=lambda term: (term.order, term.anchor)))


@lru_cache
def anchors() -> frozenset[str]:
    """Return the anchors of all terms, the same in both languages."""
    coded = (code_anchor(field, code) for field in CODED for code in load_schema().field(field).codes)
    return frozenset((*RULES, *coded))


def code_anchor(field: str, code: str) -> str:
    """Return the anchor of a code of the schema. Raises KeyError where the field's codes are no terms."""
    return f"{CODED[field]}-{code.replace('_', '-')}"


def folded(words: str) -> str:
    """Return words as they are compared: without accents or capitals."""
    decomposed = unicodedata.normalize("NFKD", words)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).casefold()


@lru_cache
def spoken(lang: str, field: str = "") -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Return a pattern of the words that lead to a term, and the anchor of each (in small letters).

    The codes of `field` are among them by their names: two fields have codes of one name.
    """
    found = {form: anchor for anchor in anchors() for form in _forms(anchor, lang)}
    if field:
        codes = load_schema().field(field).codes
        found |= {label.name(lang).casefold(): code_anchor(field, code) for code, label in codes.items()}
    # The longest first: « directs et indirects » is not « directs ».
    longest = sorted(found, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE), found


def _forms(anchor: str, lang: str) -> list[str]:
    for key in (f"glossary.term.{anchor}.words", f"glossary.words.{anchor}"):
        if key in load_texts():
            return text(key, lang).casefold().split("|")
    return []


def _own(lang: str) -> Iterator[Term]:
    kinds = {code: label.name(lang) for code, label in load_schema().field("source_kind").codes.items()}
    for anchor, rule in RULES.items():
        yield Term(
            anchor,
            text(f"glossary.term.{anchor}.name", lang),
            text(f"glossary.term.{anchor}.definition", lang, **kinds),
            column=COLUMNS.get(anchor, ""),
            rule=rule,
            see=SEE.get(anchor, ()),
        )


def _coded(lang: str) -> Iterator[Term]:
    for name in CODED:
        field = load_schema().field(name)
        title = field.title_in(lang)
        column = title[:1].lower() + title[1:]
        for code, label in field.codes.items():
            anchor = code_anchor(name, code)
            also = f"glossary.also.{anchor}"
            key, more = ("coded_also", {"also": text(also, lang)}) if also in load_texts() else ("coded", {})
            named = text(f"glossary.{key}", lang, label=label.name(lang), column=column, **more)
            yield Term(anchor, named, label.description(lang), name, code, see=SEE.get(anchor, ()))
