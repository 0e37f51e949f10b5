"""The page Emboîtement beside its picture: the sentence, the project chosen, the table of parents and children.

Rule: the trees are those that the picture draws (`charts.forest.nest`); amounts come from the query, none is added up
here. The chosen project is in the address, as `?node=`.
"""

import pandas as pd
import streamlit as st

from pages.shared import choice, data, filters, layout
from pages.shared.charts.forest import block_project
from pages.shared.charts.trees import Node, investors, nest, project_name, walk
from pages.shared.markup import plain
from pages.shared.numbers import count, to_float
from pages.shared.numbers import metric as written
from pages.shared.texts import text

# Before the name of a child, once a level: a table in HTML keeps this space, not the ordinary one.
INDENT = "\u2003"
BRANCH = "└ "
CHART = "nesting-chart"
# The project of a click that the page has not yet answered.
CLICKED = "nesting-clicked"
ADDRESS = "address"


def tell(forest: pd.DataFrame, totals: pd.DataFrame, metric: str, lang: str) -> str:
    """Say how many projects nest into how many trees, and what they add up to."""
    rows = forest[forest["metric"] == metric]
    row = totals[totals["metric"] == metric].iloc[0]
    if rows.empty:
        return text("nesting.sentence_unknown", lang)
    inside = int(rows["all_inside"].iloc[0])
    return text(
        "nesting.sentence",
        lang,
        n=inside,
        nodes=count(rows["all_projects"].iloc[0], lang),
        trees=count(rows["all_trees"].iloc[0], lang),
        inside=count(inside, lang),
        figure=written(metric, row["low"], row["high"], lang, is_floor=bool(row["is_floor"])),
    )


def show_project(forest: pd.DataFrame, metric: str, lang: str) -> None:
    """Offer every project of the picture in a box, and show the one chosen: its amounts, its parts, its page."""
    nodes = {node.row["project_id"]: node for node in walk(nest(forest, metric))}
    asked = st.query_params.get("node", "")
    with st.container(key="nested-choice", gap="xsmall"):
        if asked in nodes:
            _show_node(nodes[asked], metric, lang)
        else:
            st.markdown(plain(text("nesting.unknown_node" if asked else "nesting.no_node", lang)))
    wanted = asked if asked in nodes else None
    key = choice.follow(f"nesting-node-{lang}", wanted)
    st.selectbox(
        text("nesting.choose", lang),
        sorted(nodes, key=lambda code: project_name(nodes[code].row, lang).casefold()),
        index=None,
        format_func=lambda code: project_name(nodes[code].row, lang) if code in nodes else code,
        placeholder=text("nesting.choose_placeholder", lang),
        key=key,
        on_change=lambda: filters.write("node", [st.session_state[key]] if st.session_state[key] else []),
    )
    if wanted and nodes[wanted].children:
        name = project_name(nodes[wanted].row, lang)
        _table(list(nodes[wanted].children), metric, lang, text("nesting.parts", lang, name=name))


def clicked() -> None:
    """Write in the address the project of the block that was clicked; an investor or the whole lets it go."""
    points = st.session_state[CHART].selection.points
    if points:
        code = block_project(str(points[0]["id"]))
        filters.write("node", [code] if code else [])
        st.session_state[CLICKED] = code


def follow(forest: pd.DataFrame, metric: str) -> None:
    """Open the dossier of the block that was just clicked, where nothing stands below it to be enlarged."""
    code = st.session_state.pop(CLICKED, None)
    if any(node.row["project_id"] == code and not node.children for node in walk(nest(forest, metric))):
        st.switch_page(layout.SCRIPTS["projects"], query_params=filters.params(project=code))


def show_table(forest: pd.DataFrame, metric: str, lang: str) -> None:
    """Show each project under its parent, with its total and the part that nothing below it details."""
    layout.remark(text("nesting.table_note", lang))
    trees = nest(forest, metric)
    if trees and len(trees) < (n := int(trees[0].row["all_trees"])):
        st.caption(plain(text("nesting.largest", lang, shown=count(len(trees), lang), count=count(n, lang))))
    nested = [node for tree in trees if tree.children for node in walk([tree])]
    alone = [tree for tree in trees if not tree.children]
    if nested:
        with st.container(key=f"nested-trees-{lang}"):
            _table(nested, metric, lang, text("nesting.table", lang))
    if alone:
        n = len(alone)
        with st.expander(text("nesting.alone", lang, n=n, count=count(n, lang)), key=f"nested-alone-{lang}"):
            _table(alone, metric, lang, text("nesting.alone", lang, n=n, count=count(n, lang)))


def table_cells(nodes: list[Node], metric: str, lang: str) -> pd.DataFrame:
    """Return the table in words, columns titled in `lang`, indented by depth, and one of addresses."""
    schema = data.schema()
    return pd.DataFrame(
        {
            text("nesting.column.project", lang): [_indented(node, lang) for node in nodes],
            text("nesting.column.total", lang): [_total(node, metric, lang) for node in nodes],
            text("nesting.column.net", lang): [_net(node, metric, lang) for node in nodes],
            schema.field("status").title_in(lang): [layout.label("status", node.row["status"]) for node in nodes],
            text("nesting.column.investors", lang): ["" if node.depth else investors(node.row, lang) for node in nodes],
            ADDRESS: [filters.link("projects", project=node.row["project_id"]) for node in nodes],
        }
    )


def _table(nodes: list[Node], metric: str, lang: str, alt: str) -> None:
    columns = {name: text(f"nesting.column.{name}", lang) for name in ("project", "total", "net")}
    layout.table(
        table_cells(nodes, metric, lang),
        alt=alt,
        links={columns["project"]: ADDRESS},
        figures=(columns["total"], columns["net"]),
    )


def _show_node(node: Node, metric: str, lang: str) -> None:
    row, name = node.row, project_name(node.row, lang)
    key = "detail_parts" if node.children else "detail"
    sentence = text(
        f"nesting.{key}", lang, total=_total(node, metric, lang), net=_net(node, metric, lang), who=investors(row, lang)
    )
    layout.page_link("projects", text("nesting.open", lang, name=name), project=row["project_id"])
    st.caption(plain(sentence))


def _indented(node: Node, lang: str) -> str:
    return (INDENT * node.depth + BRANCH if node.depth else "") + project_name(node.row, lang)


def _total(node: Node, metric: str, lang: str) -> str:
    row = node.row
    return written(metric, row["total_low"], row["total_high"], lang, is_floor=bool(row["is_floor"]), form="short")


def _net(node: Node, metric: str, lang: str) -> str:
    # From the smaller to the larger: a net may be larger in the low scenario (rule 4).
    ends = sorted(end for end in map(to_float, (node.row["net_low"], node.row["net_high"])) if end is not None)
    return written(metric, ends[0], ends[-1], lang, form="short")
