"""Small sets of claims for tests: rows of the CSV with only what matters written out, and a database from them."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from etl.database import create_rules, create_trees, load_announcements, load_reference
from etl.schema import load_schema

BLANK = dict.fromkeys(load_schema().names)
Rows = list[dict[str, Any]]


def claim(project_id: str, announced_on: str, **columns: Any) -> dict[str, Any]:
    """One claim of a counted AI site in an official source, but for the columns given.

    `investment`, `power`, `jobs` and `construction_jobs` take a number (exact), (low, high), (low, None) or
    (None, high).
    """
    row = BLANK | {
        "id": f"{announced_on[:7]}-{project_id}-{columns.pop('n', 1)}",
        "project_id": project_id,
        "project_name": f"Projet {project_id}",
        "project_name_en": f"Project {project_id}",
        "kind": "site",
        "purpose": "ai",
        "announced_on": announced_on,
        "source_publisher": "Source A",
        "source_kind": "official",
        "recorded_on": "2026-11-22",
    }
    for metric, unit in (("investment", "_meur"), ("power", "_mw"), ("jobs", ""), ("construction_jobs", "")):
        if metric in columns:
            figure = columns.pop(metric)
            low, high = figure if isinstance(figure, tuple) else (figure, figure)
            row[f"{metric}_low{unit}"] = None if low is None else Decimal(low)
            row[f"{metric}_high{unit}"] = None if high is None else Decimal(high)
    unknown = set(columns) - set(row)
    assert not unknown, f"no such column: {unknown}"
    return row | columns


def write_csv(path: Path, rows: Iterable[dict[str, Any]]) -> Path:
    """Write claims as the CSV holds them, in the order given."""
    import csv

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(BLANK), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


class Workbench:
    """A database in memory with the real rules, whose claims can be replaced."""

    def __init__(self, folder: Path) -> None:
        self.csv = folder / "claims.csv"
        self.connection = duckdb.connect()
        self.connection.execute("ATTACH ':memory:' AS observatory")
        self.connection.execute("USE observatory")
        load_reference(self.connection)
        load_announcements(self.connection, write_csv(self.csv, []), load_schema())
        create_trees(self.connection)
        create_rules(self.connection)

    def load(self, rows: Iterable[dict[str, Any]]) -> "Workbench":
        """Replace the claims."""
        self.connection.execute("DROP TABLE announcements")
        load_announcements(self.connection, write_csv(self.csv, rows), load_schema())
        create_trees(self.connection)
        return self

    def rows(self, sql: str, values: Any = None) -> Rows:
        """Run a query; return its rows as dicts."""
        cursor = self.connection.execute(sql, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def projects(self, day: str = "9999-12-31") -> dict[str, dict[str, Any]]:
        """The rows of projects_as_of(day), by id."""
        return {row["project_id"]: row for row in self.rows("FROM projects_as_of(?::DATE)", [day])}

    def total(
        self, metric: str = "investment_net_{}_meur", where: str = "is_counted", day: str = "9999-12-31"
    ) -> tuple:
        """The sums of a net amount in both scenarios."""
        low, high = metric.format("low"), metric.format("high")
        return self.connection.execute(
            f"SELECT sum({low}), sum({high}) FROM projects_as_of(?::DATE) WHERE {where}", [day]
        ).fetchall()[0]
