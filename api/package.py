"""The data package (version 2, https://datapackage.org): every resource with its schema, licence and sources.

Rule: schemas come from the dictionary; the same descriptor stands at `/api/v1/datapackage.json`, where paths are the
addresses beside it, and inside an archive, where they are its files.
"""

from collections.abc import Callable, Mapping
from typing import Any

from api import data
from api.formats.notes import LICENCE, LICENCE_FR, LICENCE_URL, NAME, TITLE_EN, TITLE_FR
from queries import RESOURCES, Resource
from queries.dictionary import Column

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
SCHEMA_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
# Integers, decimals and days are written plainly: no other option of the types is needed.
CSV_DIALECT = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "header": True}


def package(path: Callable[[Resource], str], details: Mapping[str, Mapping[str, Any]] | None = None) -> dict[str, Any]:
    """Return the descriptor of the resources as CSV; `path` places each, `details` adds to it (bytes, hash)."""
    known = data.metadata()
    return {
        "$schema": PROFILE,
        "name": "infra-ia-france",
        "title": TITLE_FR,
        "title_en": TITLE_EN,
        "description": "Une ligne par déclaration, par chiffre, par projet, par région et par événement. "
        "Vide veut dire inconnu, jamais zéro. N’additionnez que les montants nets des projets comptés.",
        "description_en": "One row a claim, a figure, a project, a region and an event. Blank means unknown, "
        "never zero. Add up net amounts of counted projects only.",
        "version": data.database().version,
        "created": f"{known['recorded_until']:%Y-%m-%d}T00:00:00Z",
        "licenses": [{"name": LICENCE, "title": LICENCE_FR, "path": LICENCE_URL}],
        "contributors": [{"title": NAME, "roles": ["publisher"]}],
        "keywords": ["intelligence artificielle", "centres de données", "investissement", "France"],
        "resources": [
            {
                "name": resource.name,
                "type": "table",
                "path": path(resource),
                "title": resource.title_fr,
                "title_en": resource.title_en,
                "description": resource.description_fr,
                "description_en": resource.description_en,
                "scheme": "file",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": CSV_DIALECT,
                "schema": table_schema(resource, data.dictionary(resource.name)),
                **(details or {}).get(resource.name, {}),
            }
            for resource in RESOURCES.values()
        ],
    }


def table_schema(resource: Resource, columns: tuple[Column, ...]) -> dict[str, Any]:
    """Return the Table Schema of a resource as it is extracted (the file's own is `data/schema.json`)."""
    return {
        "$schema": SCHEMA_PROFILE,
        "fields": [_field(column) for column in columns],
        "missingValues": [""],
        "primaryKey": list(resource.key),
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": column.type,
        "title": column.title_fr,
        "title_en": column.title_en,
        "description": column.description_fr,
        "description_en": column.description_en,
    }
    if column.type == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    if column.unit:
        field["unit"] = column.unit
    if column.codes:
        field["codes"] = {code: {"fr": label.fr, "en": label.en} for code, label in column.codes.items()}
    return field
