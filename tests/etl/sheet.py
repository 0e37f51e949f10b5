"""A small file of announcements that passes the check, to be broken in one place at a time."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from etl.schema import load_schema

COLUMNS = load_schema().names

SOURCE = {
    "source_publisher": "AFP",
    "source_title": "Un titre",
    "source_url": "https://example.org/annonce",
    "source_kind": "agency",
    "recorded_on": "2026-11-22",
}
PLAN = {
    "id": "2024-05-plan-2-md",
    "project_id": "plan",
    "project_name": "Plan Azur",
    "project_name_en": "Azur plan",
    "kind": "programme",
    "purpose": "ai",
    "announced_on": "2024-05",
    "event": "choose-france-2024",
    "investment_low_meur": "2000",
    "investment_high_meur": "2000.5",
}
CAMPUS = {
    "id": "2025-02-campus-240-mw",
    "project_id": "campus-bethune",
    "project_name": "Campus de Béthune",
    "project_name_en": "Béthune campus",
    "kind": "site",
    "purpose": "ai",
    "part_of": "plan",
    "announced_on": "2025-02-10",
    "status": "announced",
    "region_code": "32",
    "departement_code": "62",
    "commune_code": "62119",
    "power_low_mw": "240",
    "power_kind": "grid",
    "jobs_low": "100",
    "jobs_high": "200",
    "jobs_scope": "direct",
    "target_year": "2028",
    "source_date": "2025-02-10",
}
CAMPUS_AGAIN = {"id": "2025-03-campus-ha", "project_id": "campus-bethune", "announced_on": "2025-03-01"}
STATE_SITES = {
    "id": "2025-05-sites-63",
    "project_id": "sites-etat",
    "project_name": "Sites de l’État",
    "project_name_en": "State sites",
    "kind": "inventory",
    "purpose": "ai",
    "announced_on": "2025-05-19",
    "sites_count": "63",
}
PHASE = {
    "id": "2025-06-phase-1",
    "project_id": "phase-1",
    "project_name": "Première phase",
    "project_name_en": "First phase",
    "kind": "site",
    "purpose": "ai",
    "part_of": "campus-bethune",
    "announced_on": "2025-06",
}
# Lines 2 to 6 of the file.
CLAIMS = (PLAN, CAMPUS, CAMPUS_AGAIN, STATE_SITES, PHASE)
PLAN_LINE, CAMPUS_LINE, CAMPUS_AGAIN_LINE, STATE_SITES_LINE, PHASE_LINE = range(2, 7)


def table() -> list[list[str]]:
    """The header and the claims, each cell a text, to be changed before `write_table`."""
    rows = [SOURCE | claim for claim in CLAIMS]
    return [list(COLUMNS), *[[row.get(name, "") for name in COLUMNS] for row in rows]]


def edited(line: int, **cells: str) -> list[list[str]]:
    """The table with some cells of one line replaced."""
    rows = table()
    for name, value in cells.items():
        rows[line - 1][COLUMNS.index(name)] = value
    return rows


def as_text(rows: Iterable[Iterable[str]]) -> str:
    """The rows as the CSV that staff keep: commas, line feeds, quotes where needed."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def write_table(folder: Path, rows: Iterable[Iterable[str]]) -> Path:
    """Write the rows as `annonces.csv` in the folder."""
    path = folder / "annonces.csv"
    path.write_text(as_text(rows), encoding="utf-8")
    return path


def resaved_by_a_french_spreadsheet(text: str) -> str:
    """What a double click in a French Excel, then Ctrl+S, make of commas: lines cut at semicolons, quoted again."""
    lines = [line.split(";") for line in text.splitlines()]
    width = max(map(len, lines))
    again = io.StringIO()
    csv.writer(again, delimiter=";", lineterminator="\n").writerows(
        [*line, *[""] * (width - len(line))] for line in lines
    )
    return again.getvalue()
