"""The example of the pictures of CONTRIBUTING.md: an announcement that nobody made, and spoiled copies of the file.

Rule: the names say that it is an example; the columns are spoiled as people and spreadsheets spoil them.
"""

import csv
import io
from collections.abc import Mapping
from datetime import date

from etl.placing import place_row
from etl.schema import ANNOUNCEMENTS

ROW = {
    "project_name": "Data center d’exemple à Cambrai",
    "project_name_en": "Example data centre, Cambrai",
    "kind": "site",
    "purpose": "ai",
    "announced_on": "2026-03-02",
    "operator": "Data4",
    "status": "announced",
    "investment_stated": "300 millions d’euros",
    "investment_low_meur": "300",
    "investment_high_meur": "300",
    "region_code": "32",
    "departement_code": "59",
    "commune_code": "59122",
    "source_publisher": "Le Journal d’exemple",
    "source_title": "Un centre de données près de Cambrai",
    "source_url": "https://example.org/cambrai",
    "source_kind": "regional_press",
}
# Line of the file: column and what somebody wrote there.
MEANING = {5: {"recorded_on": "hier"}, 10: {"source_kind": "presse"}, 13: {"source_url": "data4group.com/actualites"}}
FORM = {
    2: {"region_code": "6"},
    5: {"recorded_on": "22/11/2026"},
    13: {"announced_on": "5/4/2023"},
    18: {"investment_low_meur": "541,7"},
}


def read_current() -> str:
    """Return the file of announcements."""
    return ANNOUNCEMENTS.read_text(encoding="utf-8")


def add_example() -> str:
    """Return the file with the example in its place."""
    project = "data-center-d-exemple-a-cambrai"
    written = {"id": f"2026-03-{project}", "project_id": project, "recorded_on": date.today().isoformat()}
    return place_row(read_current(), {**ROW, **written}).content


def spoil(cells: Mapping[int, Mapping[str, str]]) -> str:
    """Return the file with these cells spoiled, by line."""
    rows = list(csv.reader(io.StringIO(read_current(), newline="")))
    for line, written in cells.items():
        for column, value in written.items():
            rows[line - 1][rows[0].index(column)] = value
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
