"""The rules between the cells of one row.

Rule: each function is one rule of the data model, and yields facts; a blank cell is unknown, never a mistake
where the model allows it.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

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
    """Judge each code against those that exist and against the place it must contain, outwards."""
    commune = reference.communes.get(row.cell("commune_code"))
    if row.cell("commune_code") and not commune:
        yield _unknown_commune(row, reference)
    departement = reference.departements.get(commune.inside) if commune else None
    yield from _check_container(row, "departement_code", reference.departements, departement, commune)
    stated = reference.departements.get(row.cell("departement_code"))
    departement = departement or stated
    region = reference.regions.get(departement.inside) if departement else None
    inner = departement if departement == stated else commune
    yield from _check_container(row, "region_code", reference.regions, region, inner)


def _check_container(
    row: Row, column: str, places: Mapping[str, Place], container: Place | None, inner: Place | None
) -> Iterator[Problem]:
    """Judge a code that must exist and, where `inner` is stated, be its `container`."""
    code = row.cell(column)
    if code and code not in places:
        meant = closest(code, {known: (place.name,) for known, place in places.items()})
        meant = meant or (container.code if container else None)
        details: dict[str, Any] = {"label": places[meant].name if meant else None}
        yield Problem(row.line, column, f"unknown-{column.removesuffix('_code')}", code, meant, details)
    elif container and inner and code != container.code and column not in row.wrong:
        written = next(name for name in ("departement_code", "commune_code") if row.cell(name) == inner.code)
        details = {"label": container.name, "inner_column": written}
        details |= {"inner": inner.code, "inner_name": inner.name}
        problem = "place-outside" if code else "place-incomplete"
        yield Problem(row.line, column, problem, code, container.code, details)


def _unknown_commune(row: Row, reference: Reference) -> Problem:
    """Of 35,000 names, many shared, propose those of the département stated, else the same name elsewhere."""
    code, departement = row.cell("commune_code"), row.cell("departement_code")
    near = {place.code: (place.name,) for place in reference.communes.values() if place.inside == departement}
    meant = closest(code, near)
    place = reference.communes[meant] if meant else reference.communes_by_name.get(plain(code))
    details = {"label": place.name if place else None}
    return Problem(row.line, "commune_code", "unknown-commune", code, place.code if place else None, details)


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
