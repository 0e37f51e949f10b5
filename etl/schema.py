"""The one reader of `data/schema.json`, where every column of an announcement is declared once.

Rule: nothing here knows a column by name. What is derived from the declaration (checks, DDL, filters,
dictionary) asks this module, so that a column is added by one declaration.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
REFERENCE = DATA / "reference"
ANNOUNCEMENTS = DATA / "announcements.csv"
DATABASE = DATA / "observatory.duckdb"
# What came of the last check, beside the database: its name with this ending.
CHECKED = ".check.json"
SCHEMA = DATA / "schema.json"

# Amounts are decimal, never floating (data model, « Figures »).
DUCKDB_TYPES = {
    "string": "VARCHAR",
    "date": "DATE",
    "integer": "INTEGER",
    "number": "DECIMAL(18,3)",
    "boolean": "BOOLEAN",
}
# A unit that is read to a smaller part than the thousandth: a hectare, to the square metre.
DUCKDB_UNIT_TYPES = {"ha": "DECIMAL(18,4)"}


@dataclass(frozen=True)
class Label:
    """A code of a closed list, in words; the descriptions are "" where none is declared."""

    fr: str
    en: str
    description_fr: str = ""
    description_en: str = ""

    def name(self, lang: str) -> str:
        """Return the label in `lang` ("fr" or "en")."""
        return self.en if lang == "en" else self.fr

    def description(self, lang: str) -> str:
        """Return the description in `lang` ("fr" or "en")."""
        return self.description_en if lang == "en" else self.description_fr


@dataclass(frozen=True)
class Field:
    """One column. `title` and `description` are French; the `*_en` are English; `example` is text."""

    name: str
    type: str
    title: str
    title_en: str
    description: str
    description_en: str
    example: str
    codes: Mapping[str, Label]
    enum: tuple[str, ...]
    facet: bool
    unit: str | None
    required: bool
    unique: bool
    pattern: str | None
    minimum: str | None
    maximum: str | None

    @property
    def duckdb_type(self) -> str:
        """The type of the column in `announcements`, before any change the build documents."""
        return DUCKDB_UNIT_TYPES.get(self.unit or "", DUCKDB_TYPES[self.type])

    def title_in(self, lang: str) -> str:
        """Return the title in `lang` ("fr" or "en")."""
        return self.title_en if lang == "en" else self.title

    def description_in(self, lang: str) -> str:
        """Return the description in `lang` ("fr" or "en")."""
        return self.description_en if lang == "en" else self.description


@dataclass(frozen=True)
class Schema:
    """The declared columns, in the order of the file. `descriptor` is the JSON as read: do not change it."""

    name: str
    title: str
    title_en: str
    description: str
    description_en: str
    version: str
    primary_key: str
    fields: tuple[Field, ...]
    descriptor: Mapping[str, Any]

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The column names, in the order of the file."""
        return tuple(self._by_name)

    @cached_property
    def facets(self) -> tuple[Field, ...]:
        """The fields offered as filters, in the order of the file."""
        return tuple(field for field in self.fields if field.facet)

    def field(self, name: str) -> Field:
        """Return the field of that name. Raises KeyError, with the known names, on another."""
        try:
            return self._by_name[name]
        except KeyError:
            raise KeyError(f"no field {name!r} in the schema; known: {', '.join(self.names)}") from None

    def label(self, field: str, code: str, lang: str) -> str:
        """Return the words of a code in `lang`. Raises KeyError on an unknown field or code."""
        codes = self.field(field).codes
        if code not in codes:
            raise KeyError(f"no code {code!r} in {field!r}; known: {', '.join(codes)}")
        return codes[code].name(lang)


def _read_field(declared: Mapping[str, Any]) -> Field:
    constraints = declared.get("constraints", {})
    codes = {code: Label(**label) for code, label in declared.get("codes", {}).items()}
    bounds = {key: str(constraints[key]) if key in constraints else None for key in ("minimum", "maximum")}
    return Field(
        name=declared["name"],
        type=declared["type"],
        title=declared["title"],
        title_en=declared["title_en"],
        description=declared["description"],
        description_en=declared["description_en"],
        example=str(declared.get("example", "")),
        codes=MappingProxyType(codes),
        enum=tuple(constraints.get("enum", ())),
        facet=bool(declared.get("facet", False)),
        unit=declared.get("unit"),
        required=bool(constraints.get("required", False)),
        unique=bool(constraints.get("unique", False)),
        pattern=constraints.get("pattern"),
        **bounds,
    )


@lru_cache(maxsize=8)
def load_schema(path: Path = SCHEMA) -> Schema:
    """Read the declaration at `path` into typed objects (cached by path).

    Raises FileNotFoundError when it is missing, KeyError when a declaration is incomplete.
    """
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    primary_key = descriptor["primaryKey"]
    return Schema(
        name=descriptor["name"],
        title=descriptor["title"],
        title_en=descriptor["title_en"],
        description=descriptor["description"],
        description_en=descriptor["description_en"],
        version=str(descriptor["version"]),
        primary_key=primary_key if isinstance(primary_key, str) else primary_key[0],
        fields=tuple(_read_field(declared) for declared in descriptor["fields"]),
        descriptor=MappingProxyType(descriptor),
    )
