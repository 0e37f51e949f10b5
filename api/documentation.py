"""The page that documents the service, for people: one plain HTML page that loads nothing.

Rule: made of the same tables as the OpenAPI document; every example is an address that answers.
"""

from pathlib import Path
from typing import Any

from fastapi import FastAPI
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from api import data
from api.openapi import allowed, document_openapi, is_table, summary, words
from api.parameters import FILTERS, SHAPES
from queries import RESOURCES, Selection, resource_path
from queries.resources import API

TEMPLATE = "documentation.html"
EXAMPLES = (
    resource_path("projects", "csv", Selection(region=("32",))),
    resource_path("regions", "json", columns="region_code,region_name,investment_low_meur,investment_high_meur"),
    resource_path("projects", "json", Selection(purpose=("ai",)), sort="-investment_net_high_meur", limit="10"),
    resource_path("claims", "csv", Selection(), dialect="excel-fr"),
    resource_path("projects", "geojson"),
)

environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=select_autoescape(),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def documentation(service: FastAPI, lang: str) -> bytes:
    """Return the page in `lang`."""
    said = words()
    addresses = [path for path in document_openapi(service)["paths"] if not is_table(path)]
    page = environment.get_template(TEMPLATE).render(
        lang=lang,
        other={"fr": "en", "en": "fr"}[lang],
        said={name: told[lang] for name, told in said["page"].items()},
        about=said["about"][lang],
        rules=[told[lang] for told in said["rule"].values()],
        api=API,
        version=data.database().version,
        resources=[_resource(name, lang) for name in RESOURCES],
        parameters=[
            {"name": name, "words": said["parameter"][name][lang], "allowed": allowed(name, "projects")}
            for name in (*FILTERS, *SHAPES, "dialect", "lang", "resource")
        ],
        addresses=[{"path": f"/api{path}", "words": summary(path, lang)} for path in addresses],
        examples=EXAMPLES,
    )
    return page.encode()


def _resource(name: str, lang: str) -> dict[str, Any]:
    resource = RESOURCES[name]
    return {
        "name": name,
        "title": resource.title(lang),
        "description": resource.description(lang),
        "links": [(ending, resource_path(name, ending)) for ending in resource.formats],
        "columns": [
            {"name": column.name, "words": column.description(lang), "unit": column.unit or ""}
            for column in data.dictionary(name)
        ],
    }
