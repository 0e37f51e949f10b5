"""The trees of the forest, as rows of the query `forest`: parents, children, and the part that nobody details.

Rule: amounts come from the query; a tree is only those rows put under each other.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from etl.schema import load_schema
from pages.shared.charts.measure import Answer, answers
from pages.shared.texts import text


@dataclass(frozen=True)
class Node:
    """A project of the forest with its `depth` (0 for a root), and `value`: the high nets of it and what is below."""

    row: Answer
    value: float
    depth: int
    children: tuple["Node", ...]

    @property
    def rest(self) -> float:
        """The part that no child details: all of it where there is no child with an amount."""
        return self.value - sum(child.value for child in self.children)


def nest(forest: pd.DataFrame, metric: str) -> list[Node]:
    """Return the trees of `forest` for a metric, the largest first, as are the children of each project."""
    rows = answers(forest[forest["metric"] == metric])
    below: dict[str, list[Answer]] = {}
    for row in rows:
        below.setdefault(row["part_of"] if isinstance(row["part_of"], str) else "", []).append(row)

    def grown(parent: str, depth: int) -> list[Node]:
        nodes = []
        for row in below.get(parent, []):
            children = tuple(grown(row["project_id"], depth + 1))
            value = round(float(row["net_high"]) + sum(child.value for child in children), 3)
            nodes.append(Node(row, value, depth, children))
        return sorted(nodes, key=lambda node: (-node.value, node.row["project_id"]))

    return grown("", 0)


def whole(forest: pd.DataFrame, metric: str) -> tuple[float, float]:
    """Return what all trees of a metric add up to, and the part of it that no child details, drawn or not."""
    rows = forest[forest["metric"] == metric]
    return (0.0, 0.0) if rows.empty else (float(rows["all_high"].iloc[0]), float(rows["all_undetailed"].iloc[0]))


def walk(nodes: list[Node] | tuple[Node, ...]) -> Iterator[Node]:
    """Go through trees from the top, each project before its children."""
    for node in nodes:
        yield node
        yield from walk(node.children)


def investors(row: Answer, lang: str) -> str:
    """Return who pays for the tree of a row (who runs it, where nobody says who pays)."""
    names = row["root_investors"]
    if not isinstance(names, str) or not names:
        return text("nesting.no_investor", lang)
    return ", ".join(name.strip() for name in names.split(";"))


def project_name(row: Answer, lang: str) -> str:
    """Return the name of a project of the forest."""
    return str(row["project_name_en"] if lang == "en" else row["project_name"])


def status_words(row: Answer, lang: str) -> str:
    """Return the status of a project of the forest, in lower case."""
    status = row["status"]
    label = load_schema().label("status", status, lang) if isinstance(status, str) else text("layout.unstated", lang)
    return label[:1].lower() + label[1:]
