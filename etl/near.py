"""Claims and projects that may have been entered twice.

Rule: the same words and figures written otherwise, never a mere likeness of subject: the phases of a site, its parent,
two sites of one builder and two numbers are different things.
"""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, islice

from etl.closest import DIGITS, plain
from etl.problems import Problem
from etl.project_rules import COUNTED
from etl.rows import Row

# Comparing texts is slow: enough for people (69 claims of November 2026 are compared with another, and 9,000 pairs of
# projects), a bound for a hostile file.
MOST_CLAIMS, MOST_PROJECTS = 5_000, 1_000_000
# What two claims must share to say the same; two scopes of one number are two statements.
SAME = (
    "investment_low_meur", "investment_high_meur", "power_low_mw", "power_high_mw", "power_kind", "jobs_low",
    "jobs_high", "jobs_scope", "construction_jobs_low", "construction_jobs_high",
)  # fmt: skip
PUBLISHER_SIMILARITY = 0.85
NOTE_SIMILARITY = 0.9
# The closest names of two counted projects that are not kin: 0.75 in November 2026 (Apollo and Brookfield, « IA en
# France »).
NAME_SIMILARITY = 0.8
# Words that nearly all names hold, and which tell nothing.
COMMON_WORDS = {
    "data", "center", "centers", "centre", "centres", "datacenter", "datacenters", "campus", "ia", "ai", "site",
    "sites", "projet", "programme", "de", "du", "la", "le", "les", "l", "d", "des", "en", "a", "au", "aux", "et", "sur",
    "the", "of", "in", "and", "france", "intelligence", "artificielle",
}  # fmt: skip


def similar_claims(projects: dict[str, list[Row]]) -> Iterator[Problem]:
    """Yield each claim that repeats an earlier one of its project: same day, figures and publisher.

    Where there is no figure, the page and the note must be the same too: one page often makes several statements.
    """
    seen: set[int] = set()
    for first, second in islice(_comparable(projects), MOST_CLAIMS):
        if second.line not in seen and _is_same(first, second):
            seen.add(second.line)
            details = {"first_line": first.line, "first_id": first.cell("id")}
            yield Problem(second.line, "id", "claim-similar", second.cell("id"), details=details)


def _comparable(projects: dict[str, list[Row]]) -> Iterator[tuple[Row, Row]]:
    """Yield the claims of one project, one day and the same figures, each after those before it in the file."""
    by_day: dict[tuple[str, ...], list[Row]] = {}
    for name, rows in projects.items():
        for row in rows:
            held = by_day.setdefault((name, row.cell("announced_on"), *(row.cell(column) for column in SAME)), [])
            yield from ((other, row) for other in held)
            held.append(row)


def _is_same(first: Row, second: Row) -> bool:
    is_same_page = bool(first.cell("source_url")) and first.cell("source_url") == second.cell("source_url")
    if not any(first.cell(name) for name in SAME):
        return is_same_page and _likeness(first.cell("note"), second.cell("note")) >= NOTE_SIMILARITY
    near = _likeness(first.cell("source_publisher"), second.cell("source_publisher"))
    return is_same_page or near >= PUBLISHER_SIMILARITY


def _likeness(first: str, second: str) -> float:
    one, other = (plain(text).replace(" ", "") for text in (first, second))
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


@dataclass(frozen=True)
class _Known:
    """What tells a project from another."""

    project: str
    row: Row
    name: str
    numbers: tuple[str, ...]
    communes: frozenset[str]
    operators: frozenset[str]


def similar_projects(projects: dict[str, list[Row]]) -> Iterator[Problem]:
    """Yield each counted project that may be an earlier one: a name nearly the same, or one builder in one commune.

    Projects of which one is part of the other are not compared, nor those in two communes, nor those whose names hold
    different numbers.
    """
    parents = {name: rows[0].cell("part_of") for name, rows in projects.items()}
    known = [_known(name, rows) for name, rows in projects.items() if rows[0].cell("kind") in COUNTED]
    matcher = difflib.SequenceMatcher(autojunk=False)
    seen = set()
    for first, second in islice(combinations(known, 2), MOST_PROJECTS):
        if second.project in seen or first.numbers != second.numbers or not _are_alike(first, second, matcher):
            continue
        if not _are_kin(first.project, second.project, parents):
            seen.add(second.project)
            details = {"near": first.project, "near_line": first.row.line, "near_name": first.row.cell("project_name")}
            value = second.row.cell("project_name")
            yield Problem(second.row.line, "project_id", "project-similar", value, details=details)


def _known(project: str, rows: list[Row]) -> _Known:
    words = sorted(word for word in plain(rows[0].cell("project_name")).split() if word not in COMMON_WORDS)
    return _Known(
        project,
        rows[0],
        " ".join(words),
        tuple(number for word in words for number in DIGITS.findall(word)),
        frozenset(row.cell("commune_code") for row in rows) - {""},
        frozenset(plain(row.cell("operator")) for row in rows) - {""},
    )


def _are_alike(first: _Known, second: _Known, matcher: "difflib.SequenceMatcher[str]") -> bool:
    if first.communes and second.communes and not first.communes & second.communes:
        return False
    if first.communes & second.communes and first.operators & second.operators:
        return True
    matcher.set_seqs(first.name, second.name)
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)  # each dearer and lower than the one before
    return all(bound() >= NAME_SIMILARITY for bound in bounds)


def _are_kin(first: str, second: str, parents: dict[str, str]) -> bool:
    return second in _ancestors(first, parents) or first in _ancestors(second, parents)


def _ancestors(project: str, parents: dict[str, str]) -> set[str]:
    above: set[str] = set()
    while (project := parents.get(project, "")) and project not in above:
        above.add(project)
    return above
