"""From an address to what it asks for: the filters, the options of the chart, and what was not understood.

Rule: what the database does not know is set aside and told, never guessed; nothing here is drawn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kit import data
from kit.addresses import EXCEL, Asked, Page
from pages.shared.charts.dots import site_token
from pages.shared.charts.fills import OUTLINES
from pages.shared.charts.measure import answers
from pages.shared.charts.register import CHARTS, PROJECT, TWO_REGIONS, Declared
from pages.shared.texts import LANGUAGES
from queries import Database, Ignored, Selection
from queries.geometry import outlined
from queries.selection import DAYS
from queries.selection import FACETS as FILTERS

# What is told of that was ignored: some of it, cut.
TOLD, LONGEST_TOLD = 4, 40
# A longer code is none of ours, and nobody would read it.
LONGEST_CODE = 80
# What the site itself adds to an address, and which changes no answer.
SILENT = ("lang", "embed", "embed_options", "dialect")
TRUE = ("true", "1")


class Missing(LookupError):
    """What was asked for is not there; `key` says it in words, `code` is what was asked."""

    def __init__(self, key: str, code: str = "") -> None:
        super().__init__(key, code)
        self.key, self.code = key, code[:LONGEST_CODE]


def read_asked(page: Page, params: Mapping[str, Sequence[str]], database: Database) -> Asked:
    """Return what a page is asked for. Raises Missing on an unknown subject, project or region."""
    page = replace(page, lang=spoken(page, params))
    if not page.exists:
        raise Missing("unknown", page.subject)
    declared = CHARTS.get(page.subject)
    chosen, ignored = Selection.from_params(params, data.facets(database))
    selection = _about(page, declared, chosen, params, database)
    options, not_offered = _options(declared, selection, params, database) if declared else ((), [])
    known = {*FILTERS, *DAYS, "q", "project", *SILENT, *(declared.codes if declared else ()), "place"}
    ignored = [
        *ignored,
        *not_offered,
        *(Ignored(name, values[0]) for name, values in params.items() if name not in known),
    ]
    dialect = _last(params, "dialect")
    return Asked(
        page,
        selection,
        options,
        is_embedded=_last(params, "embed").lower() in TRUE and declared is not None and not page.is_table,
        dialect=dialect if dialect == EXCEL and page.is_table else "",
        ignored=tuple(Ignored(one.name[:LONGEST_TOLD], one.value[:LONGEST_TOLD]) for one in ignored[:TOLD]),
    )


def spoken(page: Page, params: Mapping[str, Sequence[str]]) -> str:
    """Return the language of the answer: that of the parameter, as on the site, else that of the path."""
    lang = _last(params, "lang")
    return lang if lang in LANGUAGES else page.lang


def _about(
    page: Page, declared: Declared | None, chosen: Selection, params: Mapping[str, Sequence[str]], database: Database
) -> Selection:
    """Return the selection that a subject is about: a dossier is that of its day, whatever the other filters."""
    if page.subject == "projet" or (declared and declared.about == PROJECT):
        project = _last(params, "project")
        if project not in data.project_names(database):
            raise Missing("project" if project else "which_project", project)
        return Selection(project=project, until=chosen.until)
    if page.subject == "region":
        if not chosen.region:
            asked = _last(params, "region")
            raise Missing("region" if asked else "which_region", asked)
        return replace(chosen, region=chosen.region[:1])
    if declared and declared.about == TWO_REGIONS:
        if len(chosen.region) < 2:
            raise Missing("which_two")
        return replace(chosen, region=chosen.region[:2])
    return chosen


def _options(
    declared: Declared, selection: Selection, params: Mapping[str, Sequence[str]], database: Database
) -> tuple[tuple[tuple[str, str], ...], list[Ignored]]:
    """Return the options of a chart that are not what an address without any means, and those that are not offered."""
    options, ignored = [], []
    for name, codes in declared.codes.items():
        asked = _last(params, name)
        offered = codes or tuple(data.answer(database, "events", selection)["event"])
        if asked and asked not in offered:
            ignored.append(Ignored(name, asked))
        elif asked and asked != next(iter(codes), ""):
            options.append((name, asked))
    if "selected" in declared.given and (place := _last(params, "place")):
        level = dict(options).get("level", declared.codes["level"][0])
        if place in _places(level, selection, database):
            options.append(("place", place))
        else:
            ignored.append(Ignored("place", place))
    return tuple(options), ignored


def _places(level: str, selection: Selection, database: Database) -> set[str]:
    sites = answers(data.answer(database, "sites", selection))
    tokens = {site_token(row["location_precision"], row["place_code"]) for row in sites}
    return tokens | {area.code for area in outlined(OUTLINES[level])}


def _last(params: Mapping[str, Sequence[str]], name: str) -> str:
    values = params.get(name, ())
    return values[-1] if values else ""
