"""The resources that are given whole: tables of an extract, the same on the page Données and in the data service.

Rule: a resource is one query, `extract_<name>.sql`, a stable order of columns, and a key; nothing is computed here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlencode

from queries.selection import Selection

API = "/api/v1"


@dataclass(frozen=True)
class Resource:
    """A table that is given whole: `key` are the columns that name a row, `formats` the endings of its addresses."""

    name: str
    title_fr: str
    title_en: str
    description_fr: str
    description_en: str
    key: tuple[str, ...]
    is_mapped: bool = False

    @property
    def query(self) -> str:
        """The name of the query that answers it."""
        return f"extract_{self.name}"

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats it is given in, the simplest first."""
        return (*FORMATS, "geojson") if self.is_mapped else FORMATS

    def title(self, lang: str) -> str:
        """Return the title in `lang` ("fr" or "en")."""
        return self.title_en if lang == "en" else self.title_fr

    def description(self, lang: str) -> str:
        """Return the description in `lang` ("fr" or "en")."""
        return self.description_en if lang == "en" else self.description_fr


FORMATS = ("csv", "json", "parquet", "xlsx")

RESOURCES: Mapping[str, Resource] = MappingProxyType(
    {
        resource.name: resource
        for resource in (
            Resource(
                "announcements",
                "Déclarations",
                "Claims as recorded",
                "Une ligne par déclaration publique, dans les colonnes du fichier tenu par l’observatoire.",
                "One row a public claim, in the columns of the file that the observatory keeps.",
                ("id",),
            ),
            Resource(
                "claims",
                "Chiffres",
                "Figures",
                "Une ligne par chiffre d’une déclaration, avec la marque de ceux qui sont retenus.",
                "One row a figure of a claim, with the mark of those that are retained.",
                ("announcement_id", "metric"),
            ),
            Resource(
                "projects",
                "Projets",
                "Projects",
                "Une ligne par projet : chiffres retenus, et montants nets, les seuls à additionner.",
                "One row a project: retained figures, and net amounts, the only ones to add up.",
                ("project_id",),
                is_mapped=True,
            ),
            Resource(
                "regions",
                "Régions",
                "Regions",
                "Une ligne par région et une pour ce qui n’est pas localisé : sommes des montants nets, part et rang.",
                "One row a region and one for what is not located: sums of net amounts, share and rank.",
                ("region_code",),
                is_mapped=True,
            ),
            Resource(
                "events",
                "Événements",
                "Events",
                "Une ligne par sommet : total affiché, retracé ligne à ligne, déjà connu, vraiment nouveau (M€).",
                "One row a summit: headline, traced line by line, known before, really new (M€).",
                ("event",),
            ),
            Resource(
                "errata",
                "Corrections",
                "Errata",
                "Une ligne par case corrigée : ce qui était écrit, ce qui l’est, quand et pourquoi.",
                "One row a corrected cell: what was written, what is written, when and why.",
                ("announcement_id", "field"),
            ),
        )
    }
)


def resource_path(name: str, ending: str, selection: Selection | None = None, **others: str) -> str:
    """Return the path, on our own host, of a resource in a format, for a selection.

    `others` are the parameters that are no filter (`dialect`, `columns`…). Raises KeyError on an unknown resource
    or format.
    """
    if ending not in RESOURCES[name].formats:
        raise KeyError(f"no format {ending!r} for {name}; known: {', '.join(RESOURCES[name].formats)}")
    return _address(f"{API}/{name}.{ending}", selection, others)


def archive_path(selection: Selection | None = None) -> str:
    """Return the path of the archive of a selection: every resource, in every format."""
    return _address(f"{API}/extract.zip", selection, {})


def _address(path: str, selection: Selection | None, others: Mapping[str, str]) -> str:
    query = urlencode({**(selection or Selection()).to_params(), **others}, doseq=True, safe=",")
    return path + (f"?{query}" if query else "")
