"""The data dictionary of the extracts: what each column of a resource holds, in both languages.

Rule: names, order and types are those of the answer itself; words, units and codes come from the schema, then from
`columns.toml` for what the schema does not declare or an extract gives differently. What nothing describes fails.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from etl.schema import SCHEMA, Field, Label, Schema, load_schema
from queries.database import Database
from queries.resources import RESOURCES
from queries.selection import Selection
from queries.versioned import Versioned

COLUMNS = Path(__file__).with_name("columns.toml")
WORDS = ("title_fr", "title_en", "description_fr", "description_en")
# No project has this name: the answer has its columns and no row.
NOTHING = Selection(project=" ")
# Two versions at once, of every resource.
DICTIONARIES_KEPT = 2 * len(RESOURCES)
TYPES = (
    ("string", lambda kind: pa.types.is_string(kind) or pa.types.is_large_string(kind)),
    ("integer", pa.types.is_integer),
    ("number", lambda kind: pa.types.is_decimal(kind) or pa.types.is_floating(kind)),
    ("boolean", pa.types.is_boolean),
    ("date", pa.types.is_date),
)

Declared = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """A column of a resource: `type` is that of Table Schema, `unit` is written as people do, or None.

    `codes` are the codes that the column may hold, with their words; empty where it is no code list.
    """

    name: str
    type: str
    title_fr: str
    title_en: str
    description_fr: str
    description_en: str
    unit: str | None
    codes: Mapping[str, Label]

    def title(self, lang: str) -> str:
        """Return the title in `lang` ("fr" or "en")."""
        return self.title_en if lang == "en" else self.title_fr

    def description(self, lang: str) -> str:
        """Return the description in `lang` ("fr" or "en")."""
        return self.description_en if lang == "en" else self.description_fr


def dictionary(database: Database, name: str) -> tuple[Column, ...]:
    """Return the columns of the resource `name`, in the order of its extract.

    Raises KeyError on an unknown resource, and on a column that nothing describes.
    """
    return _dictionary(Versioned.of(database), name, SCHEMA)


def describe(resource: str, column: str, column_type: str, schema: Schema) -> Column:
    """Describe one column of a resource. Raises KeyError, with the missing words, where nothing does."""
    declared = _declared()
    own = declared[resource].get(column, {})
    shared = declared["shared"].get(column, {})
    field = _of_schema(schema.field(column), declared["units"]) if column in schema.names else {}
    found = {**field, **shared, **_of_metric(resource, column, schema), **own}
    if missing := [word for word in WORDS if not found.get(word)]:
        raise KeyError(f"{resource}.{column} has no {', '.join(missing)}: describe it in {COLUMNS.name}")
    words = {word: found[word] for word in WORDS}
    return Column(column, column_type, **words, unit=found.get("unit") or None, codes=_codes(found, schema))


@lru_cache(maxsize=DICTIONARIES_KEPT)
def _dictionary(source: Versioned, name: str, schema: Path) -> tuple[Column, ...]:
    answer = source.database.table(RESOURCES[name].query, NOTHING)
    return tuple(describe(name, column.name, _type(column.type), load_schema(schema)) for column in answer.schema)


@lru_cache(maxsize=1)
def _declared() -> Declared:
    return tomllib.loads(COLUMNS.read_text(encoding="utf-8"))


def _type(kind: pa.DataType) -> str:
    for name, is_of in TYPES:
        if is_of(kind):
            return name
    raise KeyError(f"no Table Schema type is known for {kind}")


def _of_schema(field: Field, units: Mapping[str, str]) -> Declared:
    return {
        "title_fr": field.title,
        "title_en": field.title_en,
        "description_fr": field.description,
        "description_en": field.description_en,
        "unit": units.get(field.unit or "", field.unit),
        "codes": field.codes,
    }


def _of_metric(resource: str, column: str, schema: Schema) -> Declared:
    """Describe a column of a metric, `<metric>_<part>` or `<metric>_<scope>_<part>`, by the template of its part."""
    declared = _declared()
    # The longest name first: construction_jobs before jobs.
    metrics = sorted(declared["metrics"], key=len, reverse=True)
    metric = next((metric for metric in metrics if column.startswith(f"{metric}_")), None)
    if metric is None:
        return {}
    noun = declared["metrics"][metric]
    part = column.removeprefix(f"{metric}_").removesuffix(noun.get("suffix", ""))
    scope, _, end = part.rpartition("_")
    if template := declared["patterns"].get(resource, {}).get(part):
        return _filled(template, noun, {})
    scopes = schema.field(noun["scope"]).codes if "scope" in noun else {}
    template = declared["scoped"].get(resource, {}).get(end)
    if template and scope in scopes:
        return _filled(template, noun, {lang: scopes[scope].name(lang) for lang in ("fr", "en")})
    return {}


def _filled(template: Declared, noun: Declared, scope: Mapping[str, str]) -> Declared:
    words = {}
    for word in WORDS:
        lang = word[-2:]
        words[word] = template[word].format(**noun[lang], scope=scope.get(lang, ""))
    return {**words, "unit": noun.get("unit") if template.get("is_amount") else None}


def _codes(found: Declared, schema: Schema) -> Mapping[str, Label]:
    codes: dict[str, Label] = {}
    for name in found.get("codes_of", ()):
        codes |= schema.field(name).codes
    for code, label in found.get("codes", {}).items():
        codes[code] = label if isinstance(label, Label) else Label(**label)
    return MappingProxyType(codes)
