"""From a selection to SQL: the plain names of every query, narrowed to the selection.

A common table expression shadows `projects`, `claims`… in front of the query's own text. Only this module and the
database's views and macros write `observatory.…`; identifiers are constants, values are bound.
"""

import re

from queries.selection import NOT_LOCATED, Selection

Value = str | list[str]

# What stands for a letter in a search: no accent, no case, no typographic apostrophe.
FOLDED = "lower(strip_accents(replace({text}, '’', '''')))"
SEARCHED = "concat_ws(' ', project_name, project_name_en, operator, investors, commune_name)"

SHADOWS = """WITH all_projects AS NOT MATERIALIZED (FROM {projects}),
all_amounts AS NOT MATERIALIZED (FROM {amounts}),
projects AS {kept} (FROM all_projects{where}),
amounts AS NOT MATERIALIZED (FROM all_amounts{chosen}),
claims AS NOT MATERIALIZED (FROM {claims}{chosen}{bounds}),
announcements AS NOT MATERIALIZED (FROM observatory.announcements{chosen}{bounds}),
all_announcements AS NOT MATERIALIZED (FROM observatory.announcements{known}),
history AS NOT MATERIALIZED (FROM observatory.history{chosen}{changed}),
quality AS NOT MATERIALIZED (FROM observatory.quality{judged}),
event_accounts AS NOT MATERIALIZED (FROM {event_accounts})
"""
# A check on no project in particular is shown where there is any.
JUDGED = """ WHERE coalesce(project_id, (SELECT min(project_id) FROM projects)) IN (SELECT project_id FROM projects)"""

# A value to bind, by its name; the text of a query has no other dollar.
PLACEHOLDER = re.compile(r"\$([a-z]+)")
# The tables whose rows depend on the day, each with its macro `<table>_as_of(day)`.
DATED = ("projects", "amounts", "claims", "event_accounts")


def scoped(query: str, selection: Selection, dated_in: str = "observatory") -> tuple[str, dict[str, Value]]:
    """Return the SQL of `query` narrowed to `selection`, and the values to bind.

    `dated_in` is the schema that holds the tables `DATED` as of `selection.until` (today's by default).
    """
    return _narrowed(query, selection, {table: f"{dated_in}.{table}" for table in DATED})


def runnable(query: str, selection: Selection) -> str:
    """Return the SQL of `query` for `selection`, its values written in: it runs on the file opened as `observatory`.

    It is made to be read and run by others, not by the site: quotes are doubled, and the day is asked of the macros.
    """
    dated = "observatory.{}_as_of($until::DATE)" if selection.until else "observatory.{}"
    sql, values = _narrowed(query, selection, {table: dated.format(table) for table in DATED})
    return PLACEHOLDER.sub(lambda found: _literal(values[found[1]]), sql)


def _narrowed(query: str, selection: Selection, sources: dict[str, str]) -> tuple[str, dict[str, Value]]:
    values: dict[str, Value] = {}
    if selection.until:
        values["until"] = selection.until.isoformat()
    conditions = _conditions(selection, values)
    prelude = SHADOWS.format(
        # Without a condition every row is of a chosen project: nothing is kept aside, nothing is looked up.
        kept="MATERIALIZED" if conditions else "NOT MATERIALIZED",
        chosen=" SEMI JOIN projects USING (project_id)" if conditions else "",
        where=" WHERE " + " AND ".join(conditions) if conditions else "",
        bounds=_bounds(selection),
        known=f" WHERE {_public('announced_on')}" if selection.until else "",
        changed=" WHERE changed_on <= $until::DATE" if selection.until else "",
        judged=JUDGED if conditions or selection.until else "",
        **sources,
    )
    return f"{prelude}SELECT * FROM (\n{query}\n)", values


def _literal(value: Value) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_literal(item) for item in value) + "]"
    return "'" + value.replace("'", "''") + "'"


def _conditions(selection: Selection, values: dict[str, Value]) -> list[str]:
    conditions = []
    for name, column in (
        ("kind", "kind"),
        ("purpose", "purpose"),
        ("status", "status"),
        ("departement", "departement_code"),
    ):
        if codes := getattr(selection, name):
            values[name] = list(codes)
            conditions.append(f"{column} IN (SELECT unnest(${name}::VARCHAR[]))")
    if selection.region:
        values["region"] = list(selection.region)
        conditions.append(f"coalesce(region_code, '{NOT_LOCATED}') IN (SELECT unnest($region::VARCHAR[]))")
    if selection.investor:
        values["investor"] = list(selection.investor)
        named = "list_transform(string_split(concat_ws(';', operator, investors), ';'), lambda name: trim(name))"
        conditions.append(f"list_has_any({named}, $investor::VARCHAR[])")
    if selection.project:
        values["project"] = selection.project
        conditions.append("project_id = $project")
    return conditions + _said(selection, values) + _search(selection, values)


def _said(selection: Selection, values: dict[str, Value]) -> list[str]:
    """Conditions on what was said of a project by the day: an event's code, a claim since a day."""
    conditions = []
    public = " AND " + _public("announced_on") if selection.until else ""
    if selection.event:
        values["event"] = list(selection.event)
        conditions.append(
            "project_id IN (SELECT project_id FROM observatory.announcements"
            f" WHERE event IN (SELECT unnest($event::VARCHAR[])){public})"
        )
    if selection.since:
        values["since"] = selection.since.isoformat()
        conditions.append(
            "project_id IN (SELECT project_id FROM observatory.announcements"
            f" WHERE announced_on >= $since::DATE{public})"
        )
    return conditions


def _search(selection: Selection, values: dict[str, Value]) -> list[str]:
    """Every word of `q` must be found, in any order, forgiving accents, case and apostrophes."""
    if not selection.q:
        return []
    values["words"] = selection.q.split()
    named = "(SELECT any_value(name) FROM observatory.communes WHERE code = commune_code)"
    text = FOLDED.format(text=SEARCHED.replace("commune_name", named))
    word = FOLDED.format(text="word")
    return [f"(SELECT bool_and(contains({text}, {word})) FROM (SELECT unnest($words::VARCHAR[]) AS word))"]


def _bounds(selection: Selection) -> str:
    bounds = []
    if selection.since:
        bounds.append("announced_on >= $since::DATE")
    if selection.until:
        bounds.append(_public("announced_on"))
    return " WHERE " + " AND ".join(bounds) if bounds else ""


def _public(column: str) -> str:
    return f"observatory.public_on({column}, announced_on_precision) <= $until::DATE"
