"""What is known while a row is being asked for: the file as it is, its projects, the codes of places and events.

Rule: read once, before the first question; nothing is judged here.
"""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from etl.add_offers import SEPARATOR, Offer
from etl.add_places import PLACES
from etl.forms import Forms
from etl.messages import told
from etl.new_row import OF_PROJECT
from etl.reference import Place, Reference
from etl.schema import Field, Label, Schema

Row = Mapping[str, str]
# A column of words is completed with what it holds where each value is there so many times on average: 2.0 for
# publishers, 4.5 for announcers, but 1.5 for titles and words of sources, in November 2026.
COMES_BACK = 1.8


@dataclass(frozen=True)
class Known:
    """The file (`content`, which has no problem) and what its codes mean; `today` proposes the day of recording."""

    content: str
    schema: Schema
    reference: Reference
    today: date
    lang: str

    @cached_property
    def rows(self) -> Sequence[Row]:
        """The rows of the file, in its order."""
        return list(csv.DictReader(io.StringIO(self.content, newline="")))

    @cached_property
    def projects(self) -> Mapping[str, Row]:
        """The first row of each project, which says what it is; the last one spoken of comes first."""
        firsts: dict[str, Row] = {}
        for row in self.rows:
            firsts.setdefault(row["project_id"], row)
        latest = dict.fromkeys(row["project_id"] for row in reversed(self.rows))
        return {project: firsts[project] for project in latest}

    @cached_property
    def project_offers(self) -> Sequence[Offer]:
        """The projects, by identifier and by both names."""
        name = "project_name_en" if self.lang == "en" else "project_name"
        return [
            Offer(project, row[name], project, (row["project_name"], row["project_name_en"]))
            for project, row in self.projects.items()
        ]

    @cached_property
    def forms(self) -> Forms:
        """The repairs of form that `normalise` makes."""
        return Forms(self.reference)

    def identity(self, project: str) -> dict[str, str]:
        """Return what an existing project says of itself, which each row of it repeats."""
        return {name: self.projects[project][name] for name in OF_PROJECT}

    def cell(self, column: str, value: str) -> str:
        """Return a cell in words: « region_code : 32 (Hauts-de-France) »."""
        label = self.label(column, value)
        return told("add", "cell", self.lang, column=column, value=f"{value} ({label})" if label else value)

    def codes(self, field: Field) -> Mapping[str, Label]:
        """Return the codes of a column and their labels: those declared, or the events; nothing for another."""
        return self.reference.events if field.name == "event" else field.codes

    def label(self, column: str, value: str) -> str:
        """Return the words of a code, of a place or of a project, "" for what is no code."""
        if column == "part_of":
            name = "project_name_en" if self.lang == "en" else "project_name"
            return self.projects.get(value, {}).get(name, "")
        place = self._places.get(column, {}).get(value)
        code = self.codes(self.schema.field(column)).get(value)
        return place.name if place else code.name(self.lang) if code else ""

    @cached_property
    def _places(self) -> Mapping[str, Mapping[str, Place]]:
        held = self.reference
        return dict(zip(PLACES, (held.regions, held.departements, held.communes), strict=True))

    def written(self, field: Field) -> Sequence[Offer]:
        """Return the values that a column of words holds already, the most frequent first, if they come back."""
        if field.type != "string" or field.pattern or field.enum or field.name in OF_PROJECT:
            return []
        values = Counter(
            value.strip() for row in self.rows for value in row[field.name].split(SEPARATOR) if value.strip()
        )
        if sum(values.values()) < COMES_BACK * len(values):
            return []
        return [Offer(value) for value, _ in values.most_common()]

    def usual(self, column: str, beside: str, value: str) -> str:
        """Return what `column` holds most often where the column `beside` holds `value`; "" where it never does."""
        held = Counter(row[column] for row in self.rows if value and row[beside] == value and row[column])
        return held.most_common(1)[0][0] if held else ""
