"""From a page asked to its bytes: the content of its room, through its template.

Rule: templates escape whatever they are given; what comes as HTML was escaped cell by cell where it was made. No
script, nothing from elsewhere.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from etl.schema import load_schema
from pages.shared.addresses import kit_path
from pages.shared.citation import Cited, cite
from pages.shared.dates import day
from pages.shared.texts import text
from queries import RESOURCES, Database, archive_path, resource_path
from sheets.addresses import Page, live
from sheets.index import read_index
from sheets.linked import link_index, link_sheet
from sheets.project import read_project
from sheets.region import read_region
from sheets.sitemap import write_robots, write_sitemap
from sheets.style import STYLE
from sheets.words import say
from sheets.writing import environment, write

TEMPLATES = environment()
EXTRACTS = ("announcements", "projects")


def render(page: Page, database: Database, base: str) -> bytes:
    """Return the body of a page that exists; absolute addresses are on `base`. Raises KeyError on an unknown code."""
    if page.nature == "sitemap":
        return write_sitemap(database, base)
    if page.nature == "robots":
        return write_robots(base)
    if page.nature == "index":
        content = read_index(database, page.lang)
        linked = link_index(page, content, database, base)
        return _write("index.html", page, base, {**content, **_dated(database, page.lang), "linked": linked})
    read = {"region": read_region, "project": read_project}[page.nature]
    content = read(page.code, database, page.lang)
    more = {
        "linked": link_sheet(page, content, database, base),
        "citation": cite(_cited(page, content, database, base), page.lang),
        "live": _live(page),
        "links": _links(page, content),
        "titles": _titles(page.lang),
        "labels": [_labelled(page.lang, title) for title in _titles(page.lang)],
        **_dated(database, page.lang),
    }
    return _write(f"{page.nature}.html", page, base, {**content, "description": content["sentence"], **more})


def render_notice(key: str, lang: str, reason: str = "") -> bytes:
    """Return the page that says why there is none: `key` is a group of words with a title."""
    told = reason or say(f"{key}.told", lang)
    return _write(
        "notice.html", Page("index", lang), "", {"title": say(f"{key}.title", lang), "told": told, "key": key}
    )


def _write(template: str, page: Page, base: str, content: Mapping[str, Any]) -> bytes:
    own = {"page": page, "base": base, "labelled": partial(_labelled, page.lang), "style": STYLE.path}
    return write(TEMPLATES, template, page.lang, {**own, **content})


def _labelled(lang: str, title: str) -> str:
    """Return the title of a column as it stands before its cell, where a phone stacks them."""
    return text("dossier.sources.labelled", lang, title=title)


def _dated(database: Database, lang: str) -> Mapping[str, str]:
    known = database.metadata
    dates = {name: day(known[f"{name}"], "day", lang) for name in ("covered_until", "built_at")}
    told = say("frame.date", lang, covered=dates["covered_until"], built=dates["built_at"], version=database.version)
    return {"dated": told}


def _extracts(content: Mapping[str, Any], lang: str) -> list[tuple[str, str]]:
    told = [
        (
            say("further.extract", lang, title=RESOURCES[name].title(lang)),
            resource_path(name, "csv", content["selection"]),
        )
        for name in EXTRACTS
    ]
    return [*told, (say("further.archive", lang), archive_path(content["selection"]))]


def _links(page: Page, content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return where a sheet leads, (words, address): its live page, its region's sheet, its extracts, the method."""
    lang, links = page.lang, [(say("further.live", page.lang), _live(page))]
    if page.nature == "project" and content["region"]:
        parent = say("further.parent", lang, name=content["region_name"])
        links.append((parent, Page("region", lang, content["region"]).path))
    links.append((say("further.reuse", lang), _kit(page)))
    return [*links, *_extracts(content, lang), (say("further.method", lang), live("method", lang))]


def _titles(lang: str) -> tuple[str, ...]:
    """Return the titles of the columns of a list of projects."""
    status = load_schema().field("status").title_in(lang)
    figures = [text(f"projects.figures.{name}", lang) for name in ("investment", "power", "jobs")]
    first, where, last = (text(f"projects.table.{name}", lang) for name in ("project", "place", "marks"))
    return (first, status, where, *figures, last)


def _live(page: Page) -> str:
    if page.nature == "region":
        return live("regions", page.lang, region=page.code)
    return live("projects", page.lang, project=page.code)


def _kit(page: Page) -> str:
    """Return the path of the kit of a region or of a project."""
    if page.nature == "region":
        return kit_path("region", page.lang, {"region": page.code})
    return kit_path("projet", page.lang, {"project": page.code})


def _cited(page: Page, content: Mapping[str, Any], database: Database, base: str) -> Cited:
    return Cited(
        id=page.code,
        nature=f"{page.nature}_sheet",
        title=content["name"],
        version=database.version,
        covered=database.metadata["covered_until"].date(),
        address=base + page.path,
    )
