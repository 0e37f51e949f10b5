"""The catalogue entry: one dataset in DCAT-AP and schema.org, as JSON-LD with its context inside.

Rule: nothing is fetched to read it; addresses are absolute, built on the host that was asked.
"""

from typing import Any

from api import data
from api.formats import FORMATS
from api.formats.notes import LICENCE_URL, NAME, TITLE_EN, TITLE_FR
from queries import RESOURCES, archive_path, resource_path
from queries.resources import API

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
LICENCE_URI = "http://publications.europa.eu/resource/authority/licence/ETALAB_2_0"
FRANCE = "http://publications.europa.eu/resource/authority/country/FRA"
THEME = "http://publications.europa.eu/resource/authority/data-theme/TECH"
IRREGULAR = "http://publications.europa.eu/resource/authority/frequency/IRREG"
LANGUAGES = {"fr": "FRA", "en": "ENG"}
LANGUAGE = "http://publications.europa.eu/resource/authority/language/"
# schema.org and DCAT name the same things twice; both are read by search engines of data.
DESCRIPTION_FR = (
    "Qui a promis quoi, où, quand, avec quelle source : montants, puissances et emplois annoncés, comptés une fois."
)
DESCRIPTION_EN = "Who promised what, where, when, from which source: announced amounts, power and jobs, counted once."


def catalog(host: str) -> dict[str, Any]:
    """Return the JSON-LD document; `host` is the scheme and authority that the visitor asked."""
    known = data.metadata()
    version = data.database().version
    modified = {"@value": f"{known['recorded_until']:%Y-%m-%d}", "@type": "xsd:date"}
    names = [{"@value": TITLE_FR, "@language": "fr"}, {"@value": TITLE_EN, "@language": "en"}]
    told = [{"@value": DESCRIPTION_FR, "@language": "fr"}, {"@value": DESCRIPTION_EN, "@language": "en"}]
    publisher = {"@id": f"{host}/#publisher", "@type": ["foaf:Agent", "schema:Organization"], "foaf:name": NAME}
    return {
        "@context": CONTEXT,
        "@id": f"{host}{API}/catalog.jsonld#dataset",
        "@type": ["dcat:Dataset", "schema:Dataset"],
        "dct:title": names,
        "schema:name": names,
        "dct:description": told,
        "schema:description": told,
        "dct:identifier": "infra-ia-france",
        "dct:publisher": {**publisher, "schema:name": NAME},
        "schema:creator": {"@id": publisher["@id"]},
        "dct:license": {"@id": LICENCE_URI},
        "schema:license": {"@id": LICENCE_URL},
        "dct:modified": modified,
        "schema:dateModified": modified,
        "dcat:version": version,
        "schema:version": version,
        "dct:spatial": {"@id": FRANCE},
        "schema:spatialCoverage": "France",
        "dct:accrualPeriodicity": {"@id": IRREGULAR},
        "dcat:theme": {"@id": THEME},
        "dct:language": [{"@id": LANGUAGE + code} for code in LANGUAGES.values()],
        "dcat:landingPage": {"@id": f"{host}/donnees"},
        "schema:url": {"@id": f"{host}/donnees"},
        "schema:isAccessibleForFree": True,
        "dcat:distribution": distributions(host),
        "schema:distribution": [{"@id": one["@id"]} for one in distributions(host)],
    }


def distributions(host: str) -> list[dict[str, Any]]:
    """Return each form in which the data is given, with its address and media type."""
    given = [
        (resource_path(name, ending), FORMATS[ending].media_type.split(";")[0], f"{resource.title_fr} ({ending})")
        for name, resource in RESOURCES.items()
        for ending in resource.formats
    ]
    given.append((archive_path(), "application/zip", "Tout, dans tous les formats (zip)"))
    given.append((f"{API}/observatory.duckdb", "application/vnd.duckdb", "Toute la base (DuckDB)"))
    return [
        {
            "@id": host + path,
            "@type": ["dcat:Distribution", "schema:DataDownload"],
            "dct:title": {"@value": title, "@language": "fr"},
            "dcat:accessURL": {"@id": host + path},
            "dcat:downloadURL": {"@id": host + path},
            "schema:contentUrl": {"@id": host + path},
            "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media_type}"},
            "schema:encodingFormat": media_type,
            "dct:license": {"@id": LICENCE_URI},
        }
        for path, media_type, title in given
    ]
