"""What is allowed and yet deserves a look: likely copies, odd figures, weak or lost sources, days to come.

Rule: an alert forbids nothing, so it must be rare: each bound was measured on the file itself, and what cannot be put
right by one person in one sitting is said in one line.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from etl.decoding import decoded_once
from etl.near import similar_claims, similar_projects
from etl.problems import Problem
from etl.project_rules import COUNTED
from etl.rows import Row, by_project
from etl.schema import Schema

# The metrics by their low ends; the high end is the same column with _high.
FIGURES = ("investment_low_meur", "power_low_mw", "jobs_low", "construction_jobs_low")
SINGLE_FIGURES = ("area_ha", "sites_count")
# A unit mistaken for another (M€ for Md€, kW for MW) is a thousand; a zero too many is ten.
TENFOLD = 10
# Million euros a megawatt: buildings and their power cost about 10, with the computers 30 to 42 (evroc, Brookfield).
# Of the 46 claims of November 2026 which give both figures, one is outside (0.8: the power of a later stage).
MEUR_PER_MW = (Decimal(2), Decimal(50))
# Million euros a lasting job: 2 to 80 in the 30 claims of November 2026 that give both. Below, the jobs are those of
# the building site, or of another trade; above, the figure is that of a whole programme.
MEUR_PER_JOB = (Decimal(1), Decimal(150))
RATIOS = (("power_low_mw", "ratio-power", MEUR_PER_MW), ("jobs_low", "ratio-jobs", MEUR_PER_JOB))
WEAK = "other"
MOST_NAMED = 12
# « 1.200 » may be 1.2, as it is read, or the 1200 of somebody who separates thousands with a point.
AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")


def find_alerts(rows: list[Row], schema: Schema, today: date) -> list[Problem]:
    """Return the alerts on the rows of a file that has every column, those of the whole file last."""
    projects = by_project(rows)
    found = [*_future(rows, today), *_ambiguous(rows, schema), *_decoded_twice(rows, schema)]
    found += similar_claims(projects)
    for held in projects.values():
        for column in (*FIGURES, *SINGLE_FIGURES):
            found += _tenfold(held, column)
        if held[0].cell("kind") in COUNTED:
            found += _ratios(held)
    found += similar_projects(projects)
    rank = {name: position for position, name in enumerate(schema.names)}
    found.sort(key=lambda alert: (alert.line or 0, rank.get(alert.column or "", -1)))
    return [*found, *_sources(projects, rows)]


def _future(rows: list[Row], today: date) -> Iterator[Problem]:
    for row in rows:
        day = row.cell("announced_on")
        if day > today.isoformat()[: len(day)]:
            yield Problem(row.line, "announced_on", "date-future", day, details={"today": today.isoformat()})


def _ambiguous(rows: list[Row], schema: Schema) -> Iterator[Problem]:
    names = [field.name for field in schema.fields if field.type == "number"]
    for row in rows:
        for name in names:
            text = row.cell(name)
            if AMBIGUOUS.fullmatch(text):
                details = {"thousands": text.replace(".", "")}
                yield Problem(row.line, name, "number-ambiguous", text, f"{Decimal(text).normalize():f}", details)


def _decoded_twice(rows: list[Row], schema: Schema) -> Iterator[Problem]:
    names = [field.name for field in schema.fields if field.type == "string" and not field.enum]
    for row in rows:
        for name in names:
            if meant := decoded_once(row.cell(name)):
                yield Problem(row.line, name, "text-decoded-twice", row.cell(name), meant)


def _figures(row: Row, column: str) -> list[Decimal]:
    ends = dict.fromkeys((column, column.replace("_low", "_high")))
    return [Decimal(row.cell(end)) for end in ends if row.cell(end)]


def _tenfold(rows: list[Row], column: str) -> Iterator[Problem]:
    """Compare each figure of a project with the one before it in the file."""
    before: tuple[list[Decimal], Row] | None = None
    for row in rows:
        figures = _figures(row, column)
        if not figures:
            continue
        if before:
            least, most = min(before[0]), max(before[0])
            up = max(figures) > 0 and min(figures) >= TENFOLD * most
            if most > 0 and (up or (min(figures) > 0 and max(figures) * TENFOLD <= least)):
                written = column if row.cell(column) else column.replace("_low", "_high")
                details = {"previous": f"{most if up else least:f}", "previous_line": before[1].line}
                yield Problem(row.line, written, "figure-tenfold", row.cell(written), details=details)
        before = figures, row


def _ratios(rows: list[Row]) -> Iterator[Problem]:
    for row in rows:
        euros = _figures(row, "investment_low_meur")
        for column, code, (least, most) in RATIOS:
            others = [figure for figure in _figures(row, column) if figure > 0]
            if not euros or not others:
                continue
            low, high = min(euros) / max(others), max(euros) / min(others)
            if high < least or low > most:
                ratio = high if high < least else low
                written = "investment_low_meur" if row.cell("investment_low_meur") else "investment_high_meur"
                details = {"euros": euros[0], "other": others[0], "ratio": Decimal(f"{ratio:.2g}")}
                details |= {"least": least, "most": most}
                yield Problem(row.line, written, code, row.cell(written), details=details)


def _sources(projects: dict[str, list[Row]], rows: list[Row]) -> Iterator[Problem]:
    weak = [name for name, held in projects.items() if {row.cell("source_kind") for row in held} == {WEAK}]
    if weak:
        named = ", ".join(weak[:MOST_NAMED]) + (", …" if len(weak) > MOST_NAMED else "")
        yield Problem(None, None, "sources-weak", details={"number": len(weak), "named": named})
    lost = sum(row.is_blank("archive_url") for row in rows)
    if lost:
        yield Problem(None, None, "archive-missing", details={"number": lost, "all": len(rows)})
