"""How a table is written: one module a format, each a pure function from a table and its notes to bytes.

Rule: the same table and notes give the same bytes, so that an answer has one ETag and an archive one digest.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pyarrow as pa

from api.formats.delimited import write_csv
from api.formats.documents import write_json
from api.formats.geojson import write_geojson
from api.formats.notes import Notes
from api.formats.parquet import write_parquet
from api.formats.workbook import write_xlsx

Write = Callable[[pa.Table, Notes], bytes]


@dataclass(frozen=True)
class Format:
    """A format: the end of its addresses, its media type, whether its bytes are worth compressing, its writer."""

    ending: str
    media_type: str
    is_text: bool
    write: Write


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        made.ending: made
        for made in (
            Format("csv", "text/csv; charset=utf-8; header=present", True, write_csv),
            Format("json", "application/json", True, write_json),
            Format("parquet", "application/vnd.apache.parquet", False, write_parquet),
            Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", False, write_xlsx),
            Format("geojson", "application/geo+json", True, write_geojson),
        )
    }
)

__all__ = ["FORMATS", "Format", "Notes"]
