"""JSON: `{"meta": …, "data": […]}`, one object a row, every column in every object, blanks as null.

Rule: numbers stay numbers (an amount of 148.8 is 148.8, one of 30000 is 30000), days are ISO 8601 texts.
"""

from decimal import Decimal
from typing import Any

import orjson
import pyarrow as pa

from api.formats.notes import LICENCE, LICENCE_URL, TITLE_EN, TITLE_FR, Notes


def write_json(table: pa.Table, notes: Notes) -> bytes:
    """Write the table as a JSON document."""
    return orjson.dumps({"meta": meta(table, notes), "data": records(table)}, default=number) + b"\n"


def meta(table: pa.Table, notes: Notes) -> dict[str, Any]:
    """Return what a reader must know of the rows: selection, version, licence, counts, columns."""
    return {
        "resource": notes.resource.name,
        "title_fr": notes.resource.title_fr,
        "title_en": notes.resource.title_en,
        "publisher_fr": TITLE_FR,
        "publisher_en": TITLE_EN,
        "address": notes.path,
        "parameters": {name: list(values) for name, values in notes.params},
        "filters_fr": notes.words("fr"),
        "filters_en": notes.words("en"),
        "count": table.num_rows,
        "total": notes.total,
        "offset": notes.offset,
        "data_version": notes.version,
        "covered_until": notes.covered_until,
        "recorded_until": notes.recorded_until,
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "columns": [
            {
                "name": column.name,
                "type": column.type,
                "unit": column.unit,
                "title_fr": column.title_fr,
                "title_en": column.title_en,
            }
            for column in notes.columns
        ],
    }


def records(table: pa.Table) -> list[dict[str, Any]]:
    """Return the rows as objects; amounts are still decimals."""
    return table.to_pylist()


def number(value: Any) -> Any:
    """Return what orjson writes for a value it does not know: a decimal as the number it is."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"no JSON for {type(value).__name__}")
