"""The links of the page Données: a file a format, the whole archive, and what describes the data service.

Rule: every address comes from `queries`, which the data service answers; a link is an ordinary one. No Streamlit here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from pages.shared.texts import text
from queries import Resource, Selection, archive_path, resource_path
from queries.resources import API

EXCEL = {"dialect": "excel-fr"}


@dataclass(frozen=True)
class Link:
    """A link of a list: its name, what it is good for, its address; a file is saved, a page is read."""

    name: str
    note: str
    address: str
    is_file: bool = True


def files(resource: Resource, selection: Selection, lang: str) -> tuple[Link, ...]:
    """Return a link a format of a resource for a selection, the CSV of French Excel, then the whole archive."""
    links = []
    for ending in resource.formats:
        # A workbook speaks a language; the other formats are for machines.
        others = {"lang": lang} if ending == "xlsx" and lang != "fr" else {}
        links.append(_file(ending, resource_path(resource.name, ending, selection, **others), lang))
        if ending == "csv":
            links.append(_file("csv_excel", resource_path(resource.name, ending, selection, **EXCEL), lang))
    return (*links, _file("zip", archive_path(selection), lang))


def service(selection: Selection, lang: str) -> tuple[Link, ...]:
    """Return the links to what describes the data and the service that gives them."""
    feed = urlencode({"region": list(selection.region), **({"lang": lang} if lang != "fr" else {})}, doseq=True)
    places = {
        "docs": (f"/api/docs?lang={lang}", False),
        "database": (f"{API}/observatory.duckdb", True),
        "versions": (f"{API}/versions", False),
        "errata": (resource_path("errata", "csv"), True),
        "schema": (f"{API}/schema.json", True),
        "datapackage": (f"{API}/datapackage.json", True),
        "feed": (f"{API}/feed.atom" + (f"?{feed}" if feed else ""), False),
    }
    return tuple(
        Link(text(f"downloads.service.{name}", lang), text(f"downloads.service.{name}_note", lang), address, is_file)
        for name, (address, is_file) in places.items()
    )


def link_list(links: Iterable[Link]) -> str:
    """Return the HTML list of links, as boxes of one height."""
    return f'<ul class="files">{"".join(f"<li>{_html(link)}</li>" for link in links)}</ul>'


def _file(key: str, address: str, lang: str) -> Link:
    return Link(text(f"downloads.files.{key}", lang), text(f"downloads.files.{key}_note", lang), address)


def _html(link: Link) -> str:
    how = "download" if link.is_file else 'target="_blank" rel="noopener"'
    note = f"<span>{escape(link.note)}</span>"
    return f'<a href="{escape(link.address)}" {how}><strong>{escape(link.name)}</strong>{note}</a>'
