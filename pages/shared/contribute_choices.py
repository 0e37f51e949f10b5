"""What the form offers to choose from: codes of the schema, projects, events and places, by name.

Rule: a list the browser must hold stays short: the communes are those of the département chosen, the projects those
that the page of projects lists; the identifier of another may be written.
"""

from collections.abc import Collection, Mapping

import pandas as pd

from etl.new_row import OF_PROJECT
from etl.schema import Field
from pages.shared import data
from pages.shared.project_words import project_name, words_or_blank
from pages.shared.texts import text
from queries import Selection

# The choice that opens the columns of a project; no identifier is written so.
NEW = "+"
# What a new project is called for the check, until it has a name.
UNNAMED = "nouveau-projet"
LISTED, EVERYWHERE = ("projects_listed",), Selection()
NAMES_A_PROJECT = ("project_id", "part_of")
PLACES = ("region_code", "departement_code", "commune_code")

Row = Mapping[str, str]


def choices(field: Field, row: Row, lang: str) -> Mapping[str, str] | None:
    """Return the codes of a column and their names, in the order to show; None where anything may be written.

    Empty where another column must be chosen first.
    """
    if field.codes:
        return {code: label.name(lang) for code, label in field.codes.items()}
    if field.name == "project_id":
        return {NEW: text("contribute.new_project", lang), **data.made(_projects, LISTED, EVERYWHERE, lang)}
    if field.name == "part_of":
        return data.made(_projects, LISTED, EVERYWHERE, lang)
    if field.name == "event":
        return data.event_names(lang)
    if field.name in PLACES:
        return _places(field.name, row)
    return None


def cut(field: Field) -> tuple[int, int] | None:
    """Return how many projects a column offers, and of how many; None where it offers all that it may hold."""
    if field.name not in NAMES_A_PROJECT:
        return None
    shown, count = data.made(_counted, LISTED, EVERYWHERE, "")
    return (shown, count) if shown < count else None


def settle(row: Row) -> dict[str, str]:
    """Return the three codes of the place, made to agree: the outer one that is blank is found from the inner one,
    and an inner one that is no longer inside is forgotten."""
    region, departement, commune = (row[name] for name in PLACES)
    regions = _inside("departements", "region_code")
    if departement and region and regions.get(departement) != region:
        departement = ""
    region = region or regions.get(departement, "")
    if commune and _inside("communes", "departement_code").get(commune) != departement:
        commune = ""
    return dict(zip(PLACES, (region, departement, commune), strict=True))


def complete(project: str) -> dict[str, str]:
    """Return what an existing project says of itself, as every row of it may repeat; nothing for an unknown one."""
    known = data.made(_identity, ("project_identities",), Selection(project=project), "") if project else {}
    return {name: known.get(name, "") for name in OF_PROJECT}


def identifiers(query: str, column: str) -> Collection[str]:
    """Return the identifiers in use: those of a column of a query, for the whole country."""
    return data.made(_column, (query,), EVERYWHERE, "", column=column)


def _column(frame: pd.DataFrame, *, column: str, lang: str) -> frozenset[str]:
    return frozenset(frame[column])


def _identity(projects: pd.DataFrame, *, lang: str) -> dict[str, str]:
    rows = projects.to_dict("records")
    return {name: words_or_blank(rows[0][name]) for name in OF_PROJECT} if rows else {}


def _counted(projects: pd.DataFrame, *, lang: str) -> tuple[int, int]:
    return len(projects), int(projects["all_projects"].max()) if len(projects) else 0


def _projects(projects: pd.DataFrame, *, lang: str) -> dict[str, str]:
    rows = projects.to_dict("records")
    named = {str(row["project_id"]): project_name(row, lang) for row in rows}
    return dict(sorted(named.items(), key=lambda item: item[1].casefold()))


def _places(column: str, row: Row) -> dict[str, str]:
    """Return the places inside the one chosen above; départements of the whole country where no region is chosen."""
    if column == PLACES[0]:
        return data.made(_regions, (), EVERYWHERE, "")
    if column == PLACES[1]:
        return data.made(_departements, (), EVERYWHERE, "", region=row["region_code"])
    return data.made(_communes, (), EVERYWHERE, "", departement=row["departement_code"])


def _regions(*, lang: str) -> dict[str, str]:
    return _sorted(dict(data.names("regions")))


def _departements(*, region: str, lang: str) -> dict[str, str]:
    inside, names = _inside("departements", "region_code"), data.names("departements")
    return _sorted({code: name for code, name in names.items() if region in ("", inside[code])})


def _communes(*, departement: str, lang: str) -> dict[str, str]:
    communes = data.reference("communes")
    held = communes[communes["departement_code"] == departement]
    return _sorted(dict(zip(held["code"], held["name"], strict=True)))


def _inside(table: str, column: str) -> dict[str, str]:
    return data.made(_outer, (), EVERYWHERE, "", table=table, column=column)


def _outer(*, table: str, column: str, lang: str) -> dict[str, str]:
    frame = data.reference(table)
    return dict(zip(frame["code"], frame[column], strict=True))


def _sorted(names: dict[str, str]) -> dict[str, str]:
    return dict(sorted(names.items(), key=lambda item: item[1].casefold()))
