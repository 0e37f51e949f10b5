"""The form of a cell: what an office suite, or a finger on the space bar, does to a value without changing it.

Rule: a form is repaired only into a value that its column accepts, and only where it has one meaning; what may
mean two things, and all that is words, is left to who typed it. `check` says the same repairs that `normalise`
makes.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence

from etl.problems import Problem
from etl.reading import Record, values_of
from etl.reference import Place, Reference
from etl.schema import Field, Schema
from etl.typed import certain_date, certain_integer, certain_number, last_day

NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.([0-9]+))?")
INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
INVISIBLE = {"Cc", "Cf", "Zl", "Zp"}  # controls, zero-width signs, separators of lines and paragraphs
INVISIBLE_SPACES = "\t\v\f\r\x85\u2028\u2029"  # those which keep two words apart
# The words of the curators may take several lines; whatever the site shows in a table or a heading may not.
MULTILINE = {"note"}
QUOTES = "\"'“”„‟«»‘’‹›"
DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
CONTAINERS = {"commune_code": "departement_code", "departement_code": "region_code"}
TEXT_MARK = "'’"  # before a number, it tells a spreadsheet to leave it as typed


def repair_records(
    records: Sequence[Record], columns: Sequence[str | None], schema: Schema, reference: Reference
) -> tuple[list[Record], list[Problem]]:
    """Return well-shaped `records` with the form of their cells repaired, and a problem for each repair.

    A record with more or fewer cells than `columns` is returned as it is.
    """
    fields = [schema.field(name) if name else None for name in columns]
    forms = Forms(reference)
    shaped = [record for record in records if len(record.cells) == len(columns) and not record.is_blank]
    odd = _odd_lines(shaped, fields, forms)
    repaired, problems = [], []
    for record in records:
        found = list(forms.check(record, fields)) if record.line in odd else []
        problems += found
        cells = dict(enumerate(record.cells)) | {columns.index(one.column): one.expected or "" for one in found}
        repaired.append(Record(record.line, tuple(cells.values())) if found else record)
    return repaired, problems


def _odd_lines(records: Sequence[Record], fields: Sequence[Field | None], forms: "Forms") -> set[int]:
    """Return the lines that hold a value to repair. A value is looked at once, however many cells hold it."""
    lines: set[int] = set()
    for position, field in enumerate(fields):
        values = values_of(records, position) if field else ()
        odd = {value for value in values if value and field and forms.repair(field, value)}
        lines.update(record.line for record in records if odd and record.cells[position] in odd)
    return lines


class Forms:
    """Repairs cells, knowing the codes of places."""

    def __init__(self, reference: Reference) -> None:
        self._places: Mapping[str, tuple[Mapping[str, Place], int]] = {
            "region_code": (reference.regions, 2),
            "departement_code": (reference.departements, 2),
            "commune_code": (reference.communes, 5),
        }

    def check(self, record: Record, fields: Sequence[Field | None]) -> Iterator[Problem]:
        """Yield a problem for each cell whose form is to be repaired; `expected` is the repaired text.

        A zero is given back to a code only where the place is inside the one that the row states.
        """
        stated: dict[str, str] = {}
        for field, value in zip(fields, record.cells, strict=True):
            if not field or not value:
                continue
            found = self.repair(field, value)
            stated[field.name] = found[0] if found else value
            if found and (found[1] != "zeros-lost" or self._is_inside(field.name, found[0], stated)):
                yield Problem(record.line, field.name, found[1], value, found[0], found[2], is_form=True)

    def _is_inside(self, column: str, code: str, stated: Mapping[str, str]) -> bool:
        """Whether the row states, outside the place, what holds it, or nothing; the wider columns come first."""
        container = stated.get(CONTAINERS.get(column, ""), "")
        return not container or self._places[column][0][code].inside == container

    def repair(self, field: Field, value: str) -> tuple[str, str, dict[str, str]] | None:
        """Return the text to write, the code of the problem and its details, or None when nothing is to be repaired."""
        cleaned, code, details = _clean(value, field.name in MULTILINE)
        is_words = field.type == "string" and not field.enum and not field.pattern
        if cleaned and not is_words and not self.fits(field, cleaned):
            for form, text in self._readings(field, cleaned):
                if self.fits(field, text):
                    place = self._places.get(field.name, ({}, 0))[0].get(text)
                    return text, form, {"label": place.name} if place and form == "zeros-lost" else {}
        return (cleaned, code, details) if cleaned != value else None

    def fits(self, field: Field, text: str) -> bool:
        """Whether the column accepts the text as it is written; bounds are not its form."""
        if field.name in self._places:
            return text in self._places[field.name][0]
        if field.enum:
            return text in field.enum
        if _is_date(field) and DAY.fullmatch(text):
            return text <= last_day(text)
        patterns: dict[str, re.Pattern[str]] = {"number": NUMBER, "integer": INTEGER, "date": DAY}
        pattern = patterns.get(field.type) or re.compile(field.pattern or "(?s:.*)")
        return pattern.fullmatch(text) is not None

    def _readings(self, field: Field, text: str) -> Iterator[tuple[str, str]]:
        """Yield the ways in which `text` may be meant, and what each would say of it."""
        reader = _reader(field)
        if reader:
            form, read = reader
            meant = read(text.lstrip(TEXT_MARK))
            if meant is not None:
                yield form, meant
        elif field.enum or field.pattern:
            bare = text.strip(QUOTES).strip()
            codes = [bare] if bare.startswith("http") else [bare, bare.translate(DASHES)]
            yield from (("code-quotes", one) for one in codes)
            if field.name in self._places and bare.isdigit() and len(bare) + 1 == self._places[field.name][1]:
                yield "zeros-lost", f"0{bare}"


def _reader(field: Field) -> tuple[str, Callable[[str], str | None]] | None:
    if field.type == "number":
        return "type-number", certain_number
    if field.type == "integer":
        return "type-integer", certain_integer
    if _is_date(field):
        return "type-date" if field.type == "date" else "pattern", certain_date
    return None


def _is_date(field: Field) -> bool:
    return field.type == "date" or field.name.endswith(("_on", "_date"))


def _clean(value: str, multiline: bool) -> tuple[str, str, dict[str, str]]:
    """Return the text without what is not seen, the code of the most telling repair, and its details."""
    if value.isprintable() and value[0] != " " != value[-1]:
        return value, "", {}  # nearly every cell: of the blanks, the plain space alone is printable
    hidden = [sign for sign in value if sign != "\n" and unicodedata.category(sign) in INVISIBLE]
    spaces = dict.fromkeys(map(ord, INVISIBLE_SPACES), " ")
    seen = value.translate(spaces | dict.fromkeys({ord(sign) for sign in hidden} - spaces.keys()))
    seen = seen.strip()
    lines = seen if multiline else " ".join(line.strip() for line in seen.split("\n") if line.strip())
    if hidden:
        return lines, "invisible", {"sign": f"U+{ord(hidden[0]):04X}"}
    return lines, "newline" if lines != seen else "spaces", {}
