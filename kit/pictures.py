"""A picture that is taken away: its figure for the press, its words, what is written in it, the name of its file.

Rule: what a picture must say of itself (filters, day, source, address, licence) is said here, once, for all of them.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kit.addresses import EXCEL, Asked
from kit.asking import Missing
from kit.compose import compose, headed
from kit.drawing import Drawn, draw, live_address
from kit.words import tell
from pages.shared.dates import day
from pages.shared.texts import text
from queries import Database
from queries.words import filter_words

FILE = "infra-ia-france"


def picture(drawn: Drawn, database: Database, base: str) -> Mapping[str, Any]:
    """Return what a template needs of a picture: its figure and size, its words, its names and addresses."""
    asked = drawn.asked
    composed = compose(drawn.figure, _notes(asked, database, base, drawn.named), drawn.about)
    options = [value.replace("_", "-") for _, value in asked.options]
    parts = [FILE, asked.page.subject, *asked.selection.region, asked.selection.project, *options]
    return {
        "id": "-".join(filter(None, [asked.page.subject, *(value for _, value in asked.options)])),
        "title": headed(drawn.about, drawn.title),
        "eyebrow": tell(f"chart.{asked.page.subject}", asked.lang),
        "sentence": drawn.sentence,
        "figure": composed.json,
        "width": composed.width,
        "height": composed.height,
        "name": "-".join(filter(None, [*parts, _date(asked, database)])),
        "table": asked.table_path(),
        "excel_table": asked.table_path(EXCEL),
        "kit": asked.path,
    }


def tried(asked: Asked, database: Database, base: str) -> Mapping[str, Any] | None:
    """Return a picture, None where there is nothing to draw."""
    try:
        return picture(draw(asked, database, base), database, base)
    except Missing:
        return None


def scoped(asked: Asked, database: Database, named: str = "") -> list[str]:
    """Return the filters and the day that what is shown stands under, in words: nothing for the whole, today.

    `named` is the filter ("project" or "region") that the title says already.
    """
    lang, told = asked.lang, []
    said: dict[str, Any] = {"project": ""} if named == "project" else {"region": ()} if named else {}
    shown = replace(asked.selection, until=None, **said)
    words = [
        text("frame.active_one", lang, title=title, values=values)
        for title, values in filter_words(shown, lang, database)
    ]
    if words:
        told.append(tell("note.selection", lang, words=text("frame.separator", lang).join(words)))
    if until := asked.selection.until:
        told.append(tell("note.until", lang, day=day(until, "day", lang)))
    return told


def _notes(asked: Asked, database: Database, base: str, named: str) -> list[str]:
    """Return what is written in a picture: filters, the day it is shown for, source, address, licence."""
    source = tell("note.source", asked.lang, date=covered(database, asked.lang))
    return [*scoped(asked, database, named), source, base + live_address(asked), tell("note.licence", asked.lang)]


def _date(asked: Asked, database: Database) -> str:
    return str((asked.selection.until or database.metadata["covered_until"].date()).isoformat())


def covered(database: Database, lang: str) -> str:
    """Return up to which day announcements were collected, in words."""
    return day(database.metadata["covered_until"], "day", lang)
