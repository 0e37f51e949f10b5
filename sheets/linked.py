"""What a sheet says of itself to machines: JSON-LD in the words of schema.org, and the licence.

Rule: nothing that the page does not say. A sheet is a page about an extract of the dataset that the catalogue
describes; a place has coordinates only where a commune is known.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pages.shared.citation import LICENCE
from pages.shared.texts import text
from queries import Database, resource_path
from queries.resources import API
from sheets.addresses import Page

SCHEMA = "https://schema.org"
NAME = "Infra IA France"
FRANCE = {"@type": "Country", "name": "France"}


def link_sheet(page: Page, content: Mapping[str, Any], database: Database, base: str) -> dict[str, Any]:
    """Return the JSON-LD of the sheet of a region or a project; addresses are absolute, on `base`."""
    address = base + page.path
    known = database.metadata
    day = f"{known['recorded_until']:%Y-%m-%d}"
    # Each language tells of the same dataset: its name in the graph is that of the French page.
    subject = f"{base}{page.in_language('fr').path}#data"
    about: dict[str, Any] = {
        "@type": "Dataset",
        "@id": subject,
        "name": content["title"],
        "description": content["sentence"],
        "license": LICENCE,
        "isAccessibleForFree": True,
        "dateModified": day,
        "version": database.version,
        "creator": {"@type": "Organization", "name": NAME, "url": f"{base}/"},
        "isPartOf": {"@id": f"{base}{API}/catalog.jsonld#dataset"},
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": "text/csv",
                "contentUrl": base + resource_path(name, "csv", content["selection"]),
            }
            for name in ("announcements", "projects")
        ],
    }
    if where := _place(page, content):
        about["spatialCoverage"] = where
    if sources := content.get("addresses"):
        about["isBasedOn"] = list(sources)
    return {
        "@context": SCHEMA,
        "@type": "WebPage",
        "@id": address,
        "url": address,
        "name": content["title"],
        "inLanguage": page.lang,
        "dateModified": day,
        "license": LICENCE,
        "isPartOf": _site(page.lang, base),
        "mainEntity": about,
    }


def link_index(page: Page, content: Mapping[str, Any], database: Database, base: str) -> dict[str, Any]:
    """Return the JSON-LD of the list of all sheets."""
    return {
        "@context": SCHEMA,
        "@type": "CollectionPage",
        "@id": base + page.path,
        "url": base + page.path,
        "name": content["title"],
        "description": content["description"],
        "inLanguage": page.lang,
        "dateModified": f"{database.metadata['recorded_until']:%Y-%m-%d}",
        "license": LICENCE,
        "isPartOf": _site(page.lang, base),
        "mainEntity": {"@id": f"{base}{API}/catalog.jsonld#dataset"},
        "hasPart": _parts([*content["regions"], *content["projects"]], base),
    }


def _parts(rows: Sequence[Mapping[str, Any]], base: str) -> list[dict[str, str]]:
    return [{"@type": "WebPage", "@id": base + row["path"]} for row in rows]


def _site(lang: str, base: str) -> dict[str, str]:
    return {
        "@type": "WebSite",
        "@id": f"{base}/#site",
        "name": text("frame.title", lang),
        "description": text("frame.tagline", lang),
        "url": f"{base}/",
    }


def _place(page: Page, content: Mapping[str, Any]) -> dict[str, Any] | None:
    if page.nature == "region":
        if content["picture"] is None:
            return None
        return {
            "@type": "AdministrativeArea",
            "name": content["name"],
            "identifier": page.code,
            "containedInPlace": FRANCE,
        }
    if content["picture"] is None:
        return None
    where: dict[str, Any] = {"@type": "Place", "name": content["place"], "containedInPlace": FRANCE}
    if content["point"]:
        latitude, longitude = content["point"]
        where["geo"] = {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}
    return where
