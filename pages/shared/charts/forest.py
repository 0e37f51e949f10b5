"""How programmes, sites and phases nest: an icicle from investors to phases, one block a project.

Rule: a block is what its tree adds to the selection in the high scenario, so that the blocks of a column never exceed
the total; what no child details is a hatched block of its own. A block's name links to its project.
"""

from dataclasses import dataclass
from urllib.parse import quote

import pandas as pd
import plotly.graph_objects as go

from etl.schema import load_schema
from pages.shared.charts.measure import Answer, Measure, cell, listed
from pages.shared.charts.theme import Palette, new_figure, palette, rgba, wrapped
from pages.shared.charts.trees import Node, investors, nest, project_name, status_words, walk, whole
from pages.shared.texts import text

BODY_HEIGHT = 980
# Room for what Plotly writes above the picture: the way back, once a block was clicked.
BACK_HEIGHT = 22
FILL_OPACITY = 0.3
# Characters of a line in a block: few in a column of a phone, more where the block is too low for as many lines.
LINE_WIDTHS = (13, 18, 22)
LINE, BLOCK_TEXT_SIZE = 16, 12
WHOLE, BY, REST_OF = "whole", "by ", "rest of "


@dataclass(frozen=True)
class Block:
    """A rectangle of the icicle; `code` is its project, "" for an investor and for the whole."""

    id: str
    parent: str
    name: str
    words: str
    hover: str
    value: float
    fill: str
    line: str
    code: str = ""
    shape: str = ""


def forest(forest: pd.DataFrame, lang: str, *, metric: str, address: str, dark: bool = False) -> go.Figure:
    """Draw the rows of `forest` for a metric as an icicle: all, investors, programmes, sites, phases.

    `address` is that of the projects' page, to which a block's name links. `customdata` is the project of a block.
    """
    measure, colours = Measure(metric), palette(dark)
    high, rest = whole(forest, metric)
    blocks = _blocks(nest(forest, metric), high, measure, colours, lang)
    figure = new_figure(
        _title(high, rest, measure, lang), _subtitle(measure, lang), body_height=BODY_HEIGHT + BACK_HEIGHT, dark=dark
    )
    figure.add_trace(
        go.Icicle(
            ids=[block.id for block in blocks],
            parents=[block.parent for block in blocks],
            labels=[cell(block.name) for block in blocks],
            values=[block.value for block in blocks],
            branchvalues="total",
            sort=False,
            text=[_label(block, blocks[0].value, address, colours.ink) for block in blocks],
            textinfo="text",
            hovertext=[block.hover for block in blocks],
            hovertemplate="%{hovertext}<extra></extra>",
            marker={
                "colors": [block.fill for block in blocks],
                "line": {"color": [block.line for block in blocks], "width": 1.5},
                "pattern": {
                    "shape": [block.shape for block in blocks],
                    "fgcolor": [block.line for block in blocks],
                    "size": 9,
                    "solidity": 0.08,
                },
            },
            leaf={"opacity": 1},
            tiling={"orientation": "h", "pad": 2},
            pathbar={"thickness": BACK_HEIGHT - 2},
            textfont={"color": colours.ink, "size": BLOCK_TEXT_SIZE},
        )
    )
    # Text is written at one size or not at all: the pointer, the box and the table give every name.
    figure.update_layout(uniformtext={"mode": "hide", "minsize": 10})
    return figure


def describe_forest(forest: pd.DataFrame, lang: str, *, metric: str) -> str:
    """Return the icicle in a sentence: what it measures, and each tree with its amount."""
    measure = Measure(metric)
    items = [f"{project_name(tree.row, lang)}, {_figure(tree.row, measure, lang)}" for tree in nest(forest, metric)]
    return text("charts.described", lang, measure=_subtitle(measure, lang), items=listed(items, lang))


def block_project(block: str) -> str:
    """Return the project of a block by its id, as a click gives it; "" for an investor and for the whole."""
    return "" if block == WHOLE or block.startswith(BY) else block.removeprefix(REST_OF)


def _blocks(trees: list[Node], high: float, measure: Measure, colours: Palette, lang: str) -> list[Block]:
    groups: dict[str, list[Node]] = {}
    for tree in trees:
        if tree.value > 0:
            groups.setdefault(investors(tree.row, lang), []).append(tree)
    words = measure.format(high, high, lang)
    # Trees that are not drawn leave a blank. A whole smaller than its parts, by a rounding, would draw nothing.
    high = max(high, sum(tree.value for tree in trees))
    name = text("nesting.whole", lang)
    plain = {"fill": colours.paper, "line": colours.border}
    blocks = [Block(WHOLE, "", name, words, f"<b>{name}</b><br>{words}", high, **plain)]
    for group in sorted(groups, key=lambda group: -sum(tree.value for tree in groups[group])):
        value = sum(tree.value for tree in groups[group])
        words = measure.format(value, value, lang, short=True)
        hover = f"<b>{wrapped(cell(group), 40)}</b><br>{text('nesting.investor', lang)}<br>{words}"
        blocks.append(Block(BY + group, WHOLE, group, words, hover, value, **plain))
        for node in walk(groups[group]):
            parent = node.row["part_of"] if node.depth else BY + group
            blocks += _project_blocks(node, parent, measure, colours, lang)
    return blocks


def _project_blocks(node: Node, parent: str, measure: Measure, colours: Palette, lang: str) -> list[Block]:
    """Return the block of a project and, where children detail a part of it only, that of the rest."""
    if node.value <= 0:
        return []
    row, status = node.row, status_words(node.row, lang)
    colour = colours.status.get(row["status"], colours.other)
    name, code = project_name(row, lang), row["project_id"]
    figure = measure.format(node.value, node.value, lang, short=True)
    block = Block(
        code, parent, name, f"{figure}, {status}", _hover(node, measure, lang), node.value,
        fill=rgba(colour, FILL_OPACITY), line=colour, code=code,
    )  # fmt: skip
    if not (row["children"] > 0 and node.rest > 0):
        return [block]
    rest = measure.format(node.rest, node.rest, lang, short=True)
    named = text("nesting.rest", lang)
    hover = f"<b>{wrapped(cell(name), 40)}</b><br>{text('nesting.rest_hover', lang, figure=rest)}"
    return [
        block,
        Block(REST_OF + code, code, named, rest, hover, node.rest, fill=colours.paper, line=colour, code=code,
              shape="/"),
    ]  # fmt: skip


def _hover(node: Node, measure: Measure, lang: str) -> str:
    row = node.row
    lines = [f"<b>{wrapped(cell(project_name(row, lang)), 40)}</b>", _figure(row, measure, lang)]
    if round(node.value, 3) != round(float(row["total_high"]), 3):
        here = measure.format(node.value, node.value, lang)
        lines.append(text("nesting.part_selected", lang, figure=here))
    schema = load_schema()
    lines.append(f"{status_words(row, lang)}, {schema.label('purpose', row['purpose'], lang).lower()}")
    return "<br>".join(lines)


def _figure(row: Answer, measure: Measure, lang: str) -> str:
    return measure.format(row["total_low"], row["total_high"], lang, is_floor=bool(row["is_floor"]))


def _label(block: Block, whole: float, address: str, ink: str) -> str:
    """Return what stands in a block: its name, whole or cut, and its figure; "" in one too low for a line.

    The name opens the project, which a click elsewhere in the block does not: it opens the block.
    """
    lines = int((block.value / whole * BODY_HEIGHT - 2) / LINE) if whole else 0
    if lines < 1:
        return ""
    name, words, joint = _fitted(block, lines)
    if block.code and not block.shape:
        query = f"{'&' if '?' in address else '?'}project={quote(block.code)}"
        name = f'<a href="{address}{query}" target="_self" style="color:{ink};text-decoration:underline">{name}</a>'
    return f"<b>{name}</b>{joint}{words}"


def _fitted(block: Block, lines: int) -> tuple[str, str, str]:
    """Return the name and the words of a block on so many lines, and what stands between them."""
    for width in LINE_WIDTHS:
        name, words = wrapped(cell(block.name), width), wrapped(block.words, width)
        if f"{name}<br>{words}".count("<br>") < lines:
            return name, words, "<br>"
    figure = block.words.split(", ")[0] if lines == 1 else block.words
    room = LINE_WIDTHS[-1] - (len(figure) if lines == 1 else 0)
    name = block.name if len(block.name) <= room else block.name[: room - 1].rstrip() + "…"
    return cell(name), figure, "  " if lines == 1 else "<br>"


def _title(high: float, rest: float, measure: Measure, lang: str) -> str:
    if not high:
        return text("charts.nothing_known", lang)
    key = "nesting.finding" if rest > 0 else "nesting.finding_detailed"
    return text(key, lang, figure=measure.format(high, high, lang), rest=measure.format(rest, rest, lang))


def _subtitle(measure: Measure, lang: str) -> str:
    return text("nesting.subtitle", lang, measure=measure.name(lang) + measure.reserve(lang))
