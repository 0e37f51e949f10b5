"""The rules between the rows of one project, and between projects.

Rule: the first row of a project, in the order of the file, says what it is; later ones leave blank or repeat.
`part_of` is a forest inside one family of kinds.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from etl.closest import Names
from etl.problems import Problem
from etl.rows import Row, by_project
from etl.schema import Schema

IDENTITY = ("project_name", "project_name_en", "kind", "purpose")
COUNTED = ("programme", "site")
# What a parent may be (counting rule 4); the other kinds have none.
PARENT_KINDS = {
    "programme": COUNTED,
    "site": COUNTED,
    "inventory": ("inventory",),
    "target": ("target",),
}

Projects = Mapping[str, list[Row]]


def check_projects(rows: list[Row], doubted: Iterable[tuple[str, int]], schema: Schema) -> Iterator[Problem]:
    """Yield the problems of the identity and of the parents of projects.

    `doubted` are the projects, with the line, of lines that could not be read: they exist, but nothing is said
    of who a project is when such a line may be its first.
    """
    projects = by_project(rows)
    certain = dict(projects)
    existing = set(projects)
    for name, line in doubted:
        existing.add(name)
        if name in certain and line < certain[name][0].line:
            del certain[name]
    names = {name: _names(held) for name, held in projects.items()}
    known = Names({name: names.get(name, ()) for name in sorted(existing)})
    for name, held in certain.items():
        yield from _check_first(name, held, known, schema)
        yield from _check_later(name, held, existing)
    yield from _check_parents(certain, existing, known, schema)
    yield from _check_cycles(certain)


def _check_first(project: str, rows: list[Row], known: Names, schema: Schema) -> Iterator[Problem]:
    """What the first row must say: a name is asked for, or another project proposed if this one is a typo."""
    first, *later = rows
    blank = [column for column in IDENTITY if first.is_blank(column)]
    near = known.closest(project, besides=project) if blank and not later else None
    for column in blank:
        given = next((row.cell(column) for row in later if row.cell(column)), None)
        details = {"project": project, "near": near, "allowed": schema.field(column).enum}
        code = "identity-missing"
        if near:
            code += "-near"
        elif given is None and schema.field(column).enum:
            code += "-choice"
        yield Problem(first.line, column, code, "", given, details)


def _check_later(project: str, rows: list[Row], existing: Collection[str]) -> Iterator[Problem]:
    """What later rows may say: nothing, or the same as a first row that is right in itself."""
    first, *later = rows
    details = {"project": project, "first_line": first.line}
    for row in later:
        for column in IDENTITY:
            held, said = first.cell(column), row.cell(column)
            if held and said and said != held:
                yield Problem(row.line, column, "identity-changed", said, held, details)
        parent, said = first.cell("part_of"), row.cell("part_of")
        is_known = not parent or parent in existing
        if said and said != parent and is_known and "part_of" not in first.wrong:
            code = "parent-changed" if parent else "parent-added"
            yield Problem(row.line, "part_of", code, said, parent, details)


def _check_parents(projects: Projects, existing: Collection[str], known: Names, schema: Schema) -> Iterator[Problem]:
    codes = schema.field("kind").codes
    kinds = {name: rows[0].cell("kind") for name, rows in projects.items()}
    for project, rows in projects.items():
        line, parent = rows[0].line, rows[0].cell("part_of")
        if parent and parent not in existing:
            yield Problem(line, "part_of", "parent-unknown", parent, known.closest(parent, besides=project))
            continue
        kind, parent_kind = kinds[project], kinds.get(parent, "")
        allowed = PARENT_KINDS.get(kind, ())
        if kind and parent_kind and parent_kind not in allowed:
            details = {"kind": codes.get(kind), "parent_kind": codes.get(parent_kind), "allowed": allowed}
            code = "parent-family" if allowed else "parent-forbidden"
            yield Problem(line, "part_of", code, parent, "", details)


def _names(rows: list[Row]) -> tuple[str, ...]:
    return tuple(filter(None, (rows[0].cell("project_name"), rows[0].cell("project_name_en"))))


def _check_cycles(projects: Projects) -> Iterator[Problem]:
    """Yield one problem for each cycle, at the project of it that comes first in the file."""
    parents = {name: rows[0].cell("part_of") for name, rows in projects.items()}
    seen: set[str] = set()
    for start in projects:
        chain: list[str] = []
        name = start
        while name in parents and name not in seen:
            seen.add(name)
            chain.append(name)
            name = parents[name]
        if name in chain:
            cycle = chain[chain.index(name) :]
            first = min(cycle, key=lambda member: projects[member][0].line)
            turn = cycle.index(first)
            path = [*cycle[turn:], *cycle[:turn], first]
            line = projects[first][0].line
            code = "parent-cycle" if len(cycle) > 1 else "parent-self"
            yield Problem(line, "part_of", code, parents[first], "", {"path": " → ".join(path)})
