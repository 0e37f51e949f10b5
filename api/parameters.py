"""The parameters of a call: read, checked, and each mistake told with what is allowed.

Rule: nothing is ignored. A name, a code, a column or a date that is not understood is a problem, and all problems of
a call are told at once. Filters mean what they mean on the pages (rule 11 of the data model).
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from api.problems import BadCall, Problem
from queries import Facets, Resource, Selection
from queries.selection import DAYS, FACETS

FILTERS = (*FACETS, *DAYS, "q", "project")
SHAPES = ("columns", "sort", "limit", "offset")
DIALECTS = ("standard", "excel-fr")
LANGUAGES = ("fr", "en")
REPEATABLE = (*FACETS, "columns", "sort", "resource")
# More rows than that are no page of rows.
MOST_ROWS = 10_000_000
NUMBER = re.compile(r"[0-9]{1,8}", re.ASCII)

Pairs = Sequence[tuple[str, str]]


WHOLE = Selection()
Order = tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Call:
    """What is asked: rows of a selection, in some columns and order, a page of them.

    `columns` empty means all; `sort` holds (column, is descending); `limit` None means all.
    """

    selection: Selection = WHOLE
    columns: tuple[str, ...] = ()
    sort: Order = ()
    limit: int | None = None
    offset: int = 0
    dialect: str = DIALECTS[0]
    lang: str = LANGUAGES[0]
    resources: tuple[str, ...] = ()

    def to_params(self) -> dict[str, list[str]]:
        """Return the parameters of the call's address, only those that are set, always in the same order."""
        params = self.selection.to_params()
        if self.resources:
            params["resource"] = list(self.resources)
        if self.columns:
            params["columns"] = [",".join(self.columns)]
        if self.sort:
            params["sort"] = [",".join(("-" if down else "") + name for name, down in self.sort)]
        for name in ("limit", "offset", "dialect", "lang"):
            if getattr(self, name) != getattr(Call, name):
                params[name] = [str(getattr(self, name))]
        return params


def allowed_names(resource: Resource | None, ending: str) -> tuple[str, ...]:
    """Return the parameters that an address takes: filters, and what its format and resource make sense of."""
    names: tuple[str, ...] = FILTERS
    if ending == "zip":
        return (*names, "resource")
    if ending == "atom":
        return ("region", "lang")
    names += SHAPES
    return names + {"csv": ("dialect",), "xlsx": ("lang",)}.get(ending, ())


def read_call(
    pairs: Pairs,
    names: Sequence[str],
    facets: Facets,
    *,
    columns: Sequence[str] = (),
    projects: Collection[str] = (),
    resources: Sequence[str] = (),
) -> Call:
    """Read the parameters of an address, in which only `names` may stand. Raises BadCall with every problem."""
    problems: list[Problem] = []
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    for name in values:
        if name not in names:
            problems.append(Problem("unknown_parameter", name, "", tuple(names)))
        elif len(values[name]) > 1 and name not in REPEATABLE:
            problems.append(Problem("repeated", name, values[name][1]))
    known = {name: found for name, found in values.items() if name in names}
    selection = _selection(known, facets, projects, problems)
    wanted = _codes(known, "resource", resources, problems)
    call = Call(
        selection,
        columns=tuple(dict.fromkeys(_codes(known, "columns", columns, problems))),
        sort=_sort(known, columns, problems),
        limit=_number(known, "limit", problems),
        offset=_number(known, "offset", problems) or 0,
        dialect=_one_of(known, "dialect", DIALECTS, problems),
        lang=_one_of(known, "lang", LANGUAGES, problems),
        resources=tuple(name for name in resources if name in wanted),
    )
    if problems:
        raise BadCall(problems)
    return call


def refuse_parameters(pairs: Pairs) -> None:
    """Refuse any parameter, for an address that takes none. Raises BadCall."""
    if pairs:
        raise BadCall([Problem("unknown_parameter", name, "") for name, _ in pairs])


def _selection(
    values: dict[str, list[str]], facets: Facets, projects: Collection[str], problems: list[Problem]
) -> Selection:
    selection, ignored = Selection.from_params(values, facets)
    for item in ignored:
        if item.name in DAYS:
            problems.append(Problem("not_a_day", item.name, item.value))
        elif item.name == "q":
            problems.append(Problem("not_a_search", "q", item.value))
        else:
            problems.append(Problem("unknown_code", item.name, item.value, facets.codes(item.name)))
    for name in DAYS:
        if "" in values.get(name, ()):
            problems.append(Problem("not_a_day", name, ""))
    for words in values.get("q", ())[:1]:
        if not words.strip() and not any(item.name == "q" for item in ignored):
            problems.append(Problem("not_a_search", "q", words))
    for project in values.get("project", ())[:1]:
        if project not in projects:
            problems.append(Problem("unknown_code", "project", project, tuple(projects)))
        selection = replace(selection, project=project)
    return selection


def _codes(values: dict[str, list[str]], name: str, allowed: Sequence[str], problems: list[Problem]) -> list[str]:
    """Return the codes of a parameter that takes several, in one value or repeated."""
    asked = [code.strip() for value in values.get(name, ()) for code in value.split(",")]
    problems += [Problem(f"unknown_{name}", name, code, tuple(allowed)) for code in asked if code not in allowed]
    return asked


def _sort(values: dict[str, list[str]], columns: Sequence[str], problems: list[Problem]) -> Order:
    asked = [code.strip() for value in values.get("sort", ()) for code in value.split(",")]
    found = tuple((code.removeprefix("-"), code.startswith("-")) for code in asked)
    problems += [
        Problem("unknown_columns", "sort", code, tuple(columns))
        for code, (name, _) in zip(asked, found, strict=True)
        if name not in columns
    ]
    # A column sorted already stays as it is: said a thousand times, it is sorted once.
    first = dict(reversed(found))
    return tuple((name, first[name]) for name in dict.fromkeys(name for name, _ in found))


def _number(values: dict[str, list[str]], name: str, problems: list[Problem]) -> int | None:
    for value in values.get(name, ())[:1]:
        if NUMBER.fullmatch(value) and int(value) <= MOST_ROWS:
            return int(value)
        problems.append(Problem("not_a_number", name, value))
    return None


def _one_of(values: dict[str, list[str]], name: str, allowed: Sequence[str], problems: list[Problem]) -> str:
    for value in values.get(name, ())[:1]:
        if value not in allowed:
            problems.append(Problem("unknown_code", name, value, tuple(allowed)))
        return value
    return allowed[0]
