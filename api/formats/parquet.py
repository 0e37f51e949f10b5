"""Parquet: zstd, decimals kept as decimals, each column described, licence and version in the file's metadata.

Rule: what Parquet readers show as metadata is text in UTF-8, in English and French.
"""

import io
import json

import pyarrow as pa
import pyarrow.parquet as pq

from api.formats.notes import LICENCE, LICENCE_URL, TITLE_EN, TITLE_FR, Notes


def write_parquet(table: pa.Table, notes: Notes) -> bytes:
    """Write the table as a Parquet file."""
    fields = [
        table.schema.field(column.name).with_metadata(
            {"description_fr": column.description_fr, "description_en": column.description_en}
            | ({"unit": column.unit} if column.unit else {})
        )
        for column in notes.columns
    ]
    described = table.cast(pa.schema(fields, metadata=_metadata(table, notes)))
    out = io.BytesIO()
    pq.write_table(described, out, compression="zstd")
    return out.getvalue()


def _metadata(table: pa.Table, notes: Notes) -> dict[str, str]:
    return {
        "title_fr": f"{TITLE_FR} : {notes.resource.title_fr}",
        "title_en": f"{TITLE_EN}: {notes.resource.title_en}",
        "data_version": notes.version,
        "covered_until": notes.covered_until.isoformat(),
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "address": notes.path,
        "filters_fr": notes.words("fr"),
        "filters_en": notes.words("en"),
        "parameters": json.dumps(dict(notes.params), ensure_ascii=False),
    }
