"""Document the database in the database: a COMMENT ON every table, view, macro and column.

The columns of `announcements` are described by the schema; the others in `sql/comments.toml`, and nowhere else.
"""

import tomllib
from pathlib import Path

import duckdb

from etl.schema import Schema

COMMENTS = Path(__file__).parent / "sql" / "comments.toml"

METRIC_COLUMNS = {
    "low": "retained figure of the {metric}, low end ({unit}); NULL where only a ceiling is stated, or nothing",
    "high": "retained figure of the {metric}, high end ({unit}); NULL where only a floor is stated, or nothing",
    "net_low": "{metric} net of what its children already count, low scenario ({unit}); sum this one",
    "net_high": "{metric} net of what its children already count, high scenario ({unit}); sum this one",
    "is_floor": "the {metric} counted for this project is a floor (« at least »)",
    "is_missing": "counted, and no {metric} known for it, above it or below it",
    "is_disputed": "sources of equal rank disagree on the {metric}: the retained figure is their range",
    "is_weak": "the retained {metric} rests on sources of kind « other » only",
    "is_exceeded": "the children's {metric} exceeds the project's own",
    "source_count": "number of publishers that give a number for the {metric}",
}
METRIC_UNITS = {
    "investment": ("_meur", "investment", "million euros"),
    "power": ("_mw", "power", "MW"),
    "jobs": ("", "lasting jobs", "jobs"),
    "construction_jobs": ("", "building-site jobs", "jobs"),
}


def comment_on_all(connection: duckdb.DuckDBPyConnection, schema: Schema) -> None:
    """Write every comment. Raises KeyError on a column that nothing describes."""
    declared = tomllib.loads(COMMENTS.read_text(encoding="utf-8"))
    connection.begin()  # at once: each comment written by itself costs as much as all of them
    for table, comment in declared["tables"].items():
        connection.execute(f"COMMENT ON TABLE {table} IS {_literal(comment)}")
        for (column,) in connection.execute(
            "SELECT column_name FROM duckdb_columns() WHERE table_name = ? AND database_name = 'observatory'",
            [table],
        ).fetchall():
            text = _describe(table, column, declared, schema)
            connection.execute(f'COMMENT ON COLUMN {table}."{column}" IS {_literal(text)}')
    for kind, names in (("VIEW", "views"), ("MACRO TABLE", "table_macros"), ("MACRO", "macros")):
        for name, comment in declared[names].items():
            connection.execute(f"COMMENT ON {kind} {name} IS {_literal(comment)}")
    connection.commit()


def _describe(table: str, column: str, declared: dict, schema: Schema) -> str:
    own = declared["columns"].get(table, {}).get(column)
    if own:
        return own
    if table == "projects":
        metric_comment = _describe_metric_column(column)
        if metric_comment:
            return metric_comment
    if column in schema.names and table in ("announcements", "projects"):
        field = schema.field(column)
        return f"{field.description_en} / {field.description}"
    return declared["columns"]["shared"][column]


def _describe_metric_column(column: str) -> str | None:
    # The longest name first: construction_jobs before jobs.
    for metric, (suffix, words, unit) in sorted(METRIC_UNITS.items(), key=lambda item: -len(item[0])):
        if column.startswith(metric + "_"):
            part = column.removeprefix(metric + "_").removesuffix(suffix)
            if part in METRIC_COLUMNS:
                return METRIC_COLUMNS[part].format(metric=words, unit=unit)
    return None


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
