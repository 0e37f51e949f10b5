"""Every question on ever more claims: `python -m benchmarks.queries [--claims N]`.

Rule: a selection that nobody asked for before (cold: a new connection, the system's file cache warm) and the same again
(warm); the whole country, then one region. `growth` is the power of n by which the seconds grew from the size before:
n·log n is 1.1 or so at these sizes; `nan` is a question given up (queries/limits.py). A page asks the questions in
`PAGES`, which a test compares with what it asks: what it takes cold is their sum.
"""

import argparse
import math
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.generated import write_claims
from benchmarks.report import write
from benchmarks.servers import pin_client
from etl.database import BUILD_PREFIX, write_database
from etl.schema import ANNOUNCEMENTS
from queries import PARTS, Selection, open_database, query_names
from queries import database as database_module
from queries.limits import GIVEN_UP

CLAIMS = (1_000, 10_000, 100_000, 1_000_000)
REGION, WHOLE = Selection(region=("32",)), Selection()
PROJECT = Selection(project="cambrai")
WARM_TIMES = 3
# Questions about one project are not asked for the whole country by any page.
OF_ONE = {"family": PROJECT, "disagreements": PROJECT}
# What each page asks for a selection. A figure explained, a resource and a region are what an address opens on a page.
PAGES = {
    "overview": (
        *("totals", "events", "explanation_totals", "totals_by_purpose", "landmarks", "totals_by_region", "sites"),
        "latest_announcements",
    ),
    "a figure explained": ("explanation_investment_meur", "sources_investment_meur"),
    "map": ("totals", "sites", "totals_by_region"),
    "regions": ("first_day", "totals_by_region", "totals_by_place"),
    "region": (
        *("explanation_totals", "totals_by_purpose", "totals_by_status", "totals_by_region", "projects_listed"),
        "histories",
    ),
    "projects": ("projects_listed", "totals"),
    "project": ("first_day", "projects_list", "announcements_list", "family", "claims_list"),
    "nesting": ("totals", "forest", "events"),
    "timeline": ("totals", "first_day", "timeline", "events", "timeline_by_status", "totals_by_scope"),
    "promises": ("promises", "pledges", "totals_by_region", "realisation"),
    "reannouncements": ("first_day", "reannouncements"),
    "quality": ("quality_rows",),
    "changes": ("changes_page",),
    "downloads": ("extract_counts", "first_announcements"),
    "downloads of figures": ("extract_counts", "first_claims"),
    "downloads of projects": ("extract_counts", "first_projects"),
    "downloads of regions": ("extract_regions",),
    "downloads of events": ("extract_events",),
    "downloads of errata": ("extract_errata",),
    "contribute": ("projects_listed", "identifiers"),
    "method": ("projects_list", "family"),
    "glossary": (),
    "accessibility": (),
}
# Pages about one project, or which no filter narrows.
OF_ONE_PROJECT = ("project", "method")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every size and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, action="append", help="only so many claims")
    options = parser.parse_args(arguments)
    pin_client()
    rows: list[dict[str, Any]] = []
    before: dict[str, tuple[int, float]] = {}
    pages = []
    for claims in options.claims or CLAIMS:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / ANNOUNCEMENTS.name
            write_claims(path, claims)
            database = Path(folder) / f"{BUILD_PREFIX}duckdb"
            written, _ = write_database(path, database)
            for name in (*query_names(), *PARTS):
                row = _measured(name, database, written)
                known = before.get(name)
                row["growth"] = _growth(known, (written, row["cold ms"])) if known else ""
                before[name] = (written, row["cold ms"])
                rows.append(row)
            cold = {row["query"]: row for row in rows if row["claims"] == written}
            for page, names in PAGES.items():
                if page in OF_ONE_PROJECT:
                    whole = sum(1000 * _asked(name, database, PROJECT)[0] for name in names)
                    pages.append(f"{page} {written:,}: {whole / 1000:.2f} s")
                    continue
                whole, region = (sum(cold[name][column] for name in names) for column in ("cold ms", "region ms"))
                pages.append(f"{page} {written:,}: {whole / 1000:.2f} s, one region {region / 1000:.2f} s")
            print(*pages[-len(PAGES) :], sep="\n")
    write("queries", rows, "A page, cold: " + "; ".join(pages) + ".")


def _measured(name: str, database: Path, claims: int) -> dict[str, Any]:
    whole = OF_ONE.get(name, WHOLE)
    cold = _asked(name, database, whole)
    region = _asked(name, database, OF_ONE.get(name, REGION))
    return {
        "query": name,
        "claims": claims,
        "cold ms": round(cold[0] * 1000, 1),
        "warm ms": round(statistics.median(cold[1:]) * 1000, 1),
        "region ms": round(region[0] * 1000, 1),
    }


def _asked(name: str, database: Path, selection: Selection) -> list[float]:
    database_module._open.cache_clear()  # a new connection: nothing of the question before is kept
    opened = open_database(database)
    seconds = []
    for _ in range(1 + WARM_TIMES):
        started = time.perf_counter()
        try:
            opened.run(name, selection)
            seconds.append(time.perf_counter() - started)
        except GIVEN_UP:
            seconds.append(math.nan)
    return seconds


def _growth(before: tuple[int, float], now: tuple[int, float]) -> float:
    return round(math.log(now[1] / before[1]) / math.log(now[0] / before[0]), 2)


if __name__ == "__main__":
    main()
