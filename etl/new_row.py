"""A row that somebody writes: its groups of columns, the names proposed for it, and what is said of it in a commit.

Rule: every column comes from the schema, and finds its group by the one before it; only what is proposed knows columns
by name. The page Contribuer and `python -m etl add` both ask for a row so.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping

from etl.figures import short_figure
from etl.schema import Field, Schema

# The column that opens each group, in the order of the file; a column added later joins the group it stands in.
OPENS = {
    "project_id": "project",
    "announced_on": "announcement",
    "region_code": "place",
    "investment_low_meur": "figures",
    "source_publisher": "source",
    "note": "note",
}
# In the order of the page.
GROUPS = ("project", "announcement", "figures", "place", "source", "note")
# What an existing project already says of itself.
OF_PROJECT = ("project_name", "project_name_en", "kind", "purpose", "part_of")
LONGEST_PROJECT_ID, LONGEST_ID = 40, 60
MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
SPACES = re.compile(r"\s+")
THOUSANDS = re.compile(r"(?<=[0-9]) (?=[0-9])")

Row = Mapping[str, str]


def groups(schema: Schema) -> dict[str, list[Field]]:
    """Return the fields of each group, in the order of the page; what stands before all groups closes the last."""
    found: dict[str, list[Field]] = {name: [] for name in GROUPS}
    current = ""
    first: list[Field] = []
    for field in schema.fields:
        current = OPENS.get(field.name, current)
        (found[current] if current else first).append(field)
    found[GROUPS[-1]] += first
    return found


def slug(words: str, longest: int = LONGEST_ID) -> str:
    """Return words as an identifier, cut between two words: « Campus IA (Fouju) » → campus-ia-fouju."""
    bare = unicodedata.normalize("NFKD", words.casefold().replace("œ", "oe").replace("æ", "ae"))
    parts = re.findall(r"[a-z0-9]+", "".join(sign for sign in bare if not unicodedata.combining(sign)))
    while len(parts) > 1 and len("-".join(parts)) > longest:
        parts.pop()
    return "-".join(parts)[:longest].strip("-")


def propose_project_id(name: str, taken: Collection[str]) -> str:
    """Return an identifier for a project of that name, unlike those taken; "" for a name without a letter."""
    return _unlike(slug(name, LONGEST_PROJECT_ID), taken)


def propose_id(row: Row, taken: Collection[str]) -> str:
    """Return an identifier for the row: year and month, project, figure, publisher; "" where there is no month."""
    month = row.get("announced_on", "")[:7]
    if not MONTH.fullmatch(month) or not row.get("project_id"):
        return ""
    figure = THOUSANDS.sub("", short_figure(row, "fr"))
    said = " ".join((slug(row["project_id"], 24), figure, slug(row.get("source_publisher", ""), 20)))
    return _unlike(f"{month}-{slug(said, LONGEST_ID - len(month) - 1)}", taken)


def commit_sentence(row: Row, schema: Schema, lang: str) -> str:
    """Return the subject of the commit that adds the row: « ADD 2026-02-… : Brookfield, 20 Md€ (Le Monde) »."""
    who = next((row[name] for name in ("announcer", "operator", "project_name") if row.get(name)), row["project_id"])
    status = row.get("status", "")
    what = short_figure(row, lang) or (schema.label("status", status, lang) if status else "")
    said = ", ".join(filter(None, (who.split(";")[0].strip(), what)))
    colon = " :" if lang == "fr" else ":"
    return SPACES.sub(" ", f"ADD {row['id']}{colon} {said} ({row['source_publisher']})")


def _unlike(proposed: str, taken: Collection[str]) -> str:
    if proposed not in taken:
        return proposed
    return next(name for number in range(2, len(taken) + 3) if (name := f"{proposed}-{number}") not in taken)
