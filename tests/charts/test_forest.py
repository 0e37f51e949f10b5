"""The icicle: blocks, what is not detailed, links, and the words of it."""

import pandas as pd
import pytest

from pages.shared.charts.forest import block_project, describe_forest, forest
from pages.shared.charts.theme import palette
from pages.shared.charts.trees import nest

N = "\u202f"
# project, parent, investors, low, high, net low, net high, children, status
ROWS = [
    ("fund", None, "Fund & Sons;Bank", 30, 50, 20, 30, 1, "announced"),
    ("campus", "fund", "Fund & Sons;Bank", 10, 20, 10, 20, 0, "under_construction"),
    ("alone", None, None, 5, 5, 5, 5, 0, None),
]
ADDRESS = "/projets?lang=fr"


@pytest.fixture
def frame() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "metric": "investment_meur", "project_id": code, "project_name": f"Projet <{code}>",
                "project_name_en": f"Project {code}", "part_of": parent, "root_investors": who, "purpose": "ai",
                "total_low": low, "total_high": high, "net_low": net_low, "net_high": net_high, "is_floor": False,
                "children": children, "status": status, "all_high": 55, "all_undetailed": 30,
            }
            for code, parent, who, low, high, net_low, net_high, children, status in ROWS
        ]
    )  # fmt: skip


def drawn(frame: pd.DataFrame, **options) -> dict[str, dict]:
    trace = forest(frame, "fr", metric="investment_meur", address=ADDRESS, **options).data[0]
    return {
        code: {"parent": parent, "value": value, "text": words, "hover": hover, "shape": shape, "colour": colour}
        for code, parent, value, words, hover, shape, colour in zip(
            trace.ids, trace.parents, trace.values, trace.text, trace.hovertext, trace.marker.pattern.shape,
            trace.marker.line.color, strict=True,
        )
    }  # fmt: skip


def test_blocks_go_from_the_whole_to_investors_projects_and_what_is_not_detailed(frame: pd.DataFrame):
    blocks = drawn(frame)
    assert {code: (block["parent"], block["value"]) for code, block in blocks.items()} == {
        "whole": ("", 55),
        "by Fund & Sons, Bank": ("whole", 50),
        "fund": ("by Fund & Sons, Bank", 50),
        "rest of fund": ("fund", 30),
        "campus": ("fund", 20),
        "by Investisseur non précisé": ("whole", 5),
        "alone": ("by Investisseur non précisé", 5),
    }


def test_only_what_is_not_detailed_is_hatched_in_the_colour_of_its_parent(frame: pd.DataFrame):
    blocks, colours = drawn(frame), palette()
    assert [code for code, block in blocks.items() if block["shape"]] == ["rest of fund"]
    assert blocks["rest of fund"]["colour"] == blocks["fund"]["colour"] == colours.status["announced"]
    assert blocks["campus"]["colour"] == colours.status["under_construction"]
    assert blocks["alone"]["colour"] == colours.other
    assert drawn(frame, dark=True)["campus"]["colour"] == palette(dark=True).status["under_construction"]


def test_the_name_of_a_project_opens_it_and_is_shown_as_it_is_typed(frame: pd.DataFrame):
    words = drawn(frame)["campus"]["text"]
    assert 'href="/projets?lang=fr&project=campus" target="_self"' in words
    assert "Projet<br>&lt;campus&gt;" in words or "Projet &lt;campus&gt;" in words
    assert f"20{N}M€" in words and "en<br>chantier" in words.replace("en chantier", "en<br>chantier")
    plain = forest(frame, "fr", metric="investment_meur", address="/projets").data[0].text
    assert any('href="/projets?project=campus"' in words for words in plain)


def test_an_investor_and_a_rest_have_no_link(frame: pd.DataFrame):
    blocks = drawn(frame)
    assert [code for code, block in blocks.items() if "<a " in block["text"]] == ["fund", "campus", "alone"]


def test_the_pointer_gives_both_ends(frame: pd.DataFrame):
    assert f"entre 30 et 50{N}M€" in drawn(frame)["fund"]["hover"]


def test_a_parent_whose_child_the_filters_leave_out_says_what_is_shown_of_it(frame: pd.DataFrame):
    kept = frame[frame["project_id"] != "campus"].assign(children=0)
    block = drawn(kept)["fund"]
    assert block["value"] == 30
    assert f"dont 30{N}M€ dans cette sélection" in block["hover"]


def test_a_child_whose_parent_the_filters_leave_out_stands_as_a_root(frame: pd.DataFrame):
    kept = frame[frame["project_id"] == "campus"].assign(part_of=None)
    assert [tree.row["project_id"] for tree in nest(kept, "investment_meur")] == ["campus"]
    assert drawn(kept)["campus"]["parent"] == "by Fund & Sons, Bank"


def test_a_block_too_low_for_a_line_has_no_words(frame: pd.DataFrame):
    tiny = frame.assign(net_high=[30, 20, 0.1], total_high=[50, 20, 0.1])
    assert drawn(tiny)["alone"]["text"] == ""


def test_the_title_says_how_much_is_not_detailed(frame: pd.DataFrame):
    figure = forest(frame, "fr", metric="investment_meur", address=ADDRESS)
    title = figure.layout.title.text.replace("<br>", " ")
    assert title == f"<b>Sur 55{N}M€ en hypothèse haute, 30{N}M€ ne sont détaillés par aucune annonce</b>"


def test_a_metric_that_nobody_states_is_said(frame: pd.DataFrame):
    figure = forest(frame, "en", metric="power_mw", address=ADDRESS)
    assert "No known figure in this selection" in figure.layout.title.text


def test_the_description_gives_each_tree_its_range(frame: pd.DataFrame):
    words = describe_forest(frame, "en", metric="investment_meur")
    assert "Project fund, between €30m and €50m; Project alone, €5m" in words


def test_a_click_gives_the_project_of_its_block():
    assert [block_project(block) for block in ("whole", "by Fund", "rest of fund", "fund")] == ["", "", "fund", "fund"]
