"""The rules between the cells of one row.

Rule: each function is one rule of the data model, and yields facts; a blank cell is unknown, never a mistake
where the model allows it.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from etl.closest import closest, plain
from etl.problems import Problem
from etl.reference import Place, Reference
from etl.rows import Row
from etl.schema import Schema

# A figure means nothing without these beside it (counting rule 5).
SCOPES = {"power_kind": ("power_low_mw", "power_high_mw"), "jobs_scope": ("jobs_low", "jobs_high")}
UNSPECIFIED = "unspecified"


def check_rows(rows: list[Row], schema: Schema, reference: Reference) -> Iterator[Problem]:
    """Yield the problems inside each row."""
    pairs = [(low, high) for low in schema.names if (high := low.replace("_low", "_high", 1)) != low]
    for row in rows:
        yield from _check_event(row, reference)
        yield from _check_places(row, reference)
        for low, high in pairs:
            yield from _check_bounds(row, low, high)
        yield from _check_scopes(row, schema)
        yield from _check_recorded(row)


def _check_event(row: Row, reference: Reference) -> Iterator[Problem]:
    code = row.cell("event")
    if code and code not in reference.events:
        meant = closest(code, {known: (label.fr, label.en) for known, label in reference.events.items()})
        details = {"label": reference.events.get(meant or ""), "allowed": tuple(reference.events)}
        yield Problem(row.line, "event", "unknown-event", code, meant, details)


def _check_places(row: Row, reference: Reference) -> Iterator[Problem]:
    """Judge each code, then each place against the one that contains it, from the most precise outwards."""
    known: dict[str, Place] = {}
    tables = {
        "region_code": reference.regions,
        "departement_code": reference.departements,
        "commune_code": reference.communes,
    }
    for column, places in tables.items():
        code = row.cell(column)
        if code in places:
            known[column] = places[code]
        elif code:
            yield _unknown_place(row, column, code, places, reference)
    precise = known.get("commune_code")
    departement: Place | None
    if precise:
        departement = reference.departements[precise.inside]
        yield from _check_inside(row, "commune_code", precise, "departement_code", departement)
    else:
        departement = known.get("departement_code")
    if departement:
        region = reference.regions[departement.inside]
        stated = "departement_code" if known.get("departement_code") == departement else "commune_code"
        yield from _check_inside(row, stated, precise or departement, "region_code", region)


def _check_inside(row: Row, column: str, place: Place, outer: str, container: Place) -> Iterator[Problem]:
    found = row.cell(outer)
    if found == container.code or outer in row.wrong:
        return
    details = {"label": container.name, "inner_column": column, "inner": place.code, "inner_name": place.name}
    code = "place-outside" if found else "place-incomplete"
    yield Problem(row.line, outer, code, found, container.code, details)


def _unknown_place(row: Row, column: str, code: str, places: Mapping[str, Place], reference: Reference) -> Problem:
    likely = places
    departement = row.cell("departement_code")
    if column == "commune_code":  # 35,000 names, many of them shared: only those where the row says it is
        likely = {known: place for known, place in places.items() if place.inside == departement}
    meant = closest(code, {known: (place.name,) for known, place in likely.items()})
    if meant is None and column == "commune_code" and plain(code) in reference.communes_by_name:
        meant = reference.communes_by_name[plain(code)].code
    details = {"label": places[meant].name if meant else None}
    return Problem(row.line, column, f"unknown-{column.removesuffix('_code')}", code, meant, details)


def _check_bounds(row: Row, low: str, high: str) -> Iterator[Problem]:
    least, most = row.cell(low), row.cell(high)
    if least and most and Decimal(least) > Decimal(most):
        yield Problem(row.line, low, "low-above-high", least, most, {"high_column": high, "high": most})


def _check_scopes(row: Row, schema: Schema) -> Iterator[Problem]:
    for column, figures in SCOPES.items():
        figure = next((name for name in figures if row.cell(name)), None)
        if figure and row.is_blank(column):
            details = {
                "figure_column": figure,
                "figure": row.cells[figure],
                "allowed": schema.field(column).enum,
            }
            yield Problem(row.line, column, "scope-missing", "", UNSPECIFIED, details)


def _check_recorded(row: Row) -> Iterator[Problem]:
    announced, recorded = row.cell("announced_on"), row.cell("recorded_on")
    first_day = announced if len(announced) == len("2025-02-10") else f"{announced}-01"
    if announced and recorded and recorded < first_day:
        yield Problem(row.line, "recorded_on", "recorded-before", recorded, first_day, {"announced": announced})
