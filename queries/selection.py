"""The selection: which projects a page, an extract or a call is about (rule 11 of the data model).

A selection is data. It becomes SQL in `scope.py` only, always with bound values, and never changes a retained
value or a net amount: it chooses which are summed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

NOT_LOCATED = "none"
FACETS = ("region", "departement", "kind", "purpose", "status", "event", "investor")
DAYS = ("since", "until")
# Longer words are no search.
LONGEST_SEARCH = 200
# What a search may not hold: it could be no word, and NUL ends a text in some readers.
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class Ignored:
    """A parameter of an address that was not understood: its name, and the value as written."""

    name: str
    value: str


@dataclass(frozen=True)
class Facets:
    """The codes that each facet allows, in display order."""

    region: tuple[str, ...] = ()
    departement: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    purpose: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    event: tuple[str, ...] = ()
    investor: tuple[str, ...] = ()

    def codes(self, name: str) -> tuple[str, ...]:
        """Return the codes allowed for the facet `name`."""
        return getattr(self, name)


@dataclass(frozen=True)
class Selection:
    """A set of projects: several codes of one facet are alternatives, facets restrict each other.

    `region` takes INSEE codes and "none" (not located); `investor` an operator or an investor by name; `since`
    keeps projects with a claim announced on or after that day; `until` is the day the whole answer is given for;
    `q` searches names, operators, investors and communes; `project` is one project, for its own page.
    """

    region: tuple[str, ...] = ()
    departement: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    purpose: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    event: tuple[str, ...] = ()
    investor: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    q: str = ""
    project: str = ""

    @classmethod
    def from_params(cls, params: Mapping[str, Sequence[str]], facets: Facets) -> tuple["Selection", list[Ignored]]:
        """Read the parameters of an address; return the selection and what was not understood in it.

        Names that are no filter (`lang`, `metric`…) are left to others. Codes keep the order of `facets`, so
        that one selection has one form.
        """
        chosen: dict[str, Any] = {}
        ignored: list[Ignored] = []
        for name in FACETS:
            asked = set(params.get(name, ()))
            allowed = facets.codes(name)
            chosen[name] = tuple(code for code in allowed if code in asked)
            ignored += [Ignored(name, code) for code in params.get(name, ()) if code not in allowed]
        for name in DAYS:
            for value in params.get(name, ())[:1]:
                chosen[name] = _day(value)
                if chosen[name] is None and value:
                    ignored.append(Ignored(name, value))
        said = next(iter(params.get("q", ())), "")
        is_search = len(said) <= LONGEST_SEARCH and not CONTROL.search(said)
        chosen["q"] = said.strip() if is_search else ""
        if not is_search:
            ignored.append(Ignored("q", said[:LONGEST_SEARCH]))
        return cls(**chosen), ignored

    def to_params(self) -> dict[str, list[str]]:
        """Return the parameters of an address, only those that are set, always in the same order."""
        params: dict[str, list[str]] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, tuple):
                params[field.name] = list(value)
            elif value:
                params[field.name] = [str(value)]
        return {name: values for name, values in params.items() if values}

    @property
    def is_whole(self) -> bool:
        """True where nothing is filtered: the whole country, today."""
        return self == Selection()


def _day(text: str) -> date | None:
    # Only YYYY-MM-DD: fromisoformat alone would also read 20250210 and 2025-W07-1.
    if len(text) != len("YYYY-MM-DD") or text[4] != "-" or text[7] != "-":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
