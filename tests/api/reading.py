"""What the database holds of a resource, and what foreign readers find in what is served of it."""

import io
import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
from openpyxl.workbook import Workbook

from queries import RESOURCES, Database, Selection

Rows = list[dict[str, Any]]


def held(database: Database, name: str, selection: Selection | None = None) -> Rows:
    """The rows of a resource as the database has them: decimals, days, None for a blank."""
    return database.table(RESOURCES[name].query, selection).to_pylist()


def as_text(value: Any) -> str:
    """A value as the plain CSV must have it, written here once more and differently."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return ["false", "true"][value]
    if isinstance(value, Decimal):
        return str(int(value)) if value == int(value) else f"{value.normalize():f}"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return value.strftime("%Y-%m-%d") if isinstance(value, date) else str(value)


def pandas_csv(content: bytes, **options: Any) -> Rows:
    """The cells of a CSV as pandas reads them, each a text."""
    read = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False, encoding="utf-8", **options)
    return read.to_dict("records")


def pandas_json(content: bytes) -> Rows:
    """The rows of a JSON document as pandas normalises them, numbers exact."""
    frame = pd.json_normalize(json.loads(content, parse_float=Decimal), "data").astype(object)
    return frame.where(frame.notna(), None).to_dict("records")


def pandas_parquet(content: bytes) -> Rows:
    """The rows of a Parquet file as pandas reads them, None for a blank."""
    frame = pd.read_parquet(io.BytesIO(content)).astype(object)
    return frame.where(frame.notna(), None).to_dict("records")


def duckdb_rows(content: bytes, place: Path, reader: str) -> Rows:
    """The rows of a file as DuckDB reads it, by an expression in which `?` is its path."""
    place.write_bytes(content)
    with duckdb.connect() as connection:
        cursor = connection.execute(f"FROM {reader}", [str(place)])
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def workbook(content: bytes) -> Workbook:
    """A workbook as openpyxl reads it, formulas as they are written."""
    return openpyxl.load_workbook(io.BytesIO(content))


def texts(rows: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    """Rows as the plain CSV must have them."""
    return [{name: as_text(value) for name, value in row.items()} for row in rows]


def same_numbers(rows: Rows) -> Rows:
    """Rows in which a decimal and the number equal to it compare equal, and a day is its ISO 8601 text."""
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:
    if isinstance(value, (bool, str)) or value is None:
        return value
    if isinstance(value, (int, float, Decimal)):
        return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else value
