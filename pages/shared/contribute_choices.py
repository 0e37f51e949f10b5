"""What the form offers to choose from: codes of the schema, projects, events and places, by name.

Rule: a list the browser must hold stays short: the communes are those of the département chosen.
"""

from collections.abc import Mapping

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
PLACES = ("region_code", "departement_code", "commune_code")

Row = Mapping[str, str]


def choices(field: Field, row: Row, lang: str) -> Mapping[str, str] | None:
    """Return the codes of a column and their names, in the order to show; None where anything may be written.

    Empty where another column must be chosen first.
    """
    if field.codes:
        return {code: label.name(lang) for code, label in field.codes.items()}
    if field.name == "project_id":
        return {NEW: text("contribute.new_project", lang), **_projects(lang)}
    if field.name == "part_of":
        return _projects(lang)
    if field.name == "event":
        return data.event_names(lang)
    if field.name in PLACES:
        return _places(field.name, row)
    return None


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
    projects = data.query("projects_list", Selection())
    known = projects[projects["project_id"] == project].to_dict("records")
    return {name: words_or_blank(known[0][name]) if known else "" for name in OF_PROJECT}


def _projects(lang: str) -> dict[str, str]:
    rows = data.query("projects_list", Selection()).to_dict("records")
    named = {str(row["project_id"]): project_name(row, lang) for row in rows}
    return dict(sorted(named.items(), key=lambda item: item[1].casefold()))


def _places(column: str, row: Row) -> dict[str, str]:
    """Return the places inside the one chosen above; départements of the whole country where no region is chosen."""
    if column == PLACES[0]:
        return _sorted(dict(data.names("regions")))
    if column == PLACES[1]:
        inside, names = _inside("departements", "region_code"), data.names("departements")
        return _sorted({c: name for c, name in names.items() if row["region_code"] in ("", inside[c])})
    communes = data.reference("communes")
    held = communes[communes["departement_code"] == row["departement_code"]]
    return _sorted(dict(zip(held["code"], held["name"], strict=True)))


def _inside(table: str, column: str) -> dict[str, str]:
    frame = data.reference(table)
    return dict(zip(frame["code"], frame[column], strict=True))


def _sorted(names: dict[str, str]) -> dict[str, str]:
    return dict(sorted(names.items(), key=lambda item: item[1].casefold()))
