"""The page Emboîtement: the trees, the account of each event, in both languages."""

import pytest

from pages.shared import data
from pages.shared.charts.trees import nest, walk
from pages.shared.markup import plain
from pages.shared.numbers import amount
from queries import Selection
from tests.pages.conftest import OpenPage, read

N = "\u202f"
# What the real file gives, in million euros: headline, traced, known before, new; low and high.
ACCOUNTS = {
    "choose-france-2024": ((15_000, 15_000), (6_830, 6_830), (6_850, 6_850), (4_080, 4_080)),
    "sommet-ia-2025": ((109_000, 109_000), (98_300, 102_300), (8_700, 8_700), (90_200, 94_200)),
    "choose-france-2025": ((40_800, 40_800), (27_200, 27_200), (80_800, 80_800), (2_900, 2_900)),
    "choose-france-2025-11": ((30_400, 30_400), (8_660, 8_680), (2_400, 2_400), (6_660, 6_680)),
    "choose-france-2026": ((93_000, 93_000), (52_500, 52_500), (70_000, 70_000), (45_000, 45_000)),
}


def test_the_accounts_of_the_five_events_are_those_checked_by_hand(real_data: None):
    events = data.query("events", Selection()).set_index("event")
    assert list(events.index) == list(ACCOUNTS)
    for event, amounts in ACCOUNTS.items():
        names = ("headline", "traced", "known", "new")
        told = tuple((events.at[event, f"{name}_low"], events.at[event, f"{name}_high"]) for name in names)
        assert told == amounts, event


def test_what_leaves_between_two_amounts_of_an_event_is_their_difference(real_data: None):
    summit = data.query("events", Selection()).set_index("event").loc["sommet-ia-2025"]
    assert (summit["untraced_low"], summit["untraced_high"]) == (6_700, 10_700)
    assert (summit["repeated_low"], summit["repeated_high"]) == (8_100, 8_100)


@pytest.mark.parametrize("metric", ["investment_meur", "power_mw"])
@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        Selection(region=("none",)),
        Selection(region=("32",)),
        Selection(purpose=("ai",)),
        Selection(kind=("site",)),
    ],
    ids=str,
)
def test_the_trees_add_up_to_the_high_total_of_the_selection(real_data: None, selection: Selection, metric: str):
    trees = nest(data.query("forest", selection), metric)
    totals = data.query("totals", selection).set_index("metric")
    row = totals.loc[metric]
    nodes = list(walk(trees))
    assert len(nodes) == len({node.row["project_id"] for node in nodes})
    lows = sum(node.row["net_low"] for node in nodes)
    ends = sorted([round(lows, 3), round(sum(tree.value for tree in trees), 3)])
    assert ends == [round(row["low"], 3), round(row["high"], 3)]


def test_without_a_filter_a_block_is_the_total_of_its_project(real_data: None):
    for node in walk(nest(data.query("forest", Selection()), "investment_meur")):
        assert node.value == node.row["total_high"], node.row["project_id"]
        if node.row["children"]:
            assert node.rest == pytest.approx(node.row["undetailed"])


def test_the_sentence_counts_the_trees_and_says_their_total(open_page: OpenPage):
    words = read(open_page("nesting.py"))
    nodes = list(walk(nest(data.query("forest", Selection()), "investment_meur")))
    inside = sum(node.depth > 0 for node in nodes)
    assert f"{len(nodes)} projets chiffrés forment {len(nodes) - inside} ensembles" in words
    assert f"entre 175 et au moins 214{N}Md€" in words
    assert f"{inside} projets sont compris dans un autre" in words


def test_the_table_indents_children_under_their_parent_with_links(open_page: OpenPage):
    words = read(open_page("nesting.py", lang="en"))
    table = words[words.index("<th scope") :]
    parent, child = table.index("project=mgx-campus"), table.index("project=campus-ia-fouju")
    assert parent < child < table.index("project=fouju-tranche-1") < table.index("project=brookfield-france")
    row = table[child:].split("</tr>")[0]
    assert "\u2003└ " in row
    assert "€10bn" in row


def test_the_chosen_project_tells_its_total_and_what_its_parts_leave(open_page: OpenPage):
    visit = open_page("nesting.py", node="brookfield-france")
    words = read(visit)
    assert plain(f"Total{N}: 30{N}Md€, dont 13{N}Md€ que ses parties ne détaillent pas") in words
    box = next(box for box in visit.selectbox if box.key == "nesting-node-fr")
    assert box.value == "brookfield-france"
    box.select("mgx-campus").run()
    assert visit.query_params["node"] == "mgx-campus"


def test_a_project_that_the_picture_has_not_is_said(open_page: OpenPage):
    words = read(open_page("nesting.py", node="nobody"))
    assert plain("Le projet demandé n’a pas de chiffre dans cette sélection.") in words


def test_an_event_is_opened_by_the_address_and_tells_each_amount(open_page: OpenPage):
    words = read(open_page("nesting.py", account="choose-france-2026"))
    account = words[words.index("<ul><li>") :].split("</ul>")[0]
    for figures in ACCOUNTS["choose-france-2026"]:
        assert f"<strong>{amount(*figures, 'fr')}</strong>" in account
    assert "tracés ligne par ligne" in account


def test_the_event_with_the_largest_headline_is_shown_first(open_page: OpenPage):
    visit = open_page("nesting.py", account="unknown")
    box = next(box for box in visit.selectbox if box.key == "nesting-account-fr")
    assert box.value == "sommet-ia-2025"
    box.select("choose-france-2024").run()
    assert visit.query_params["account"] == "choose-france-2024"


def test_all_events_stand_in_the_table(open_page: OpenPage):
    words = read(open_page("nesting.py", lang="en"))
    table = words[words.rindex("<table>") :]
    for row in ("€109bn", "€98.3–102.3bn", "€8.7bn", "€90.2–94.2bn", "€40.8bn", "€93bn", "€45bn"):
        assert row in table, row


def test_an_empty_selection_is_a_sentence(open_page: OpenPage):
    visit = open_page("nesting.py", q="zzzz-personne")
    assert "Aucun projet ne répond à ces filtres." in read(visit)
    assert not visit.get("plotly_chart")


def test_a_selection_outside_of_the_events_says_so(open_page: OpenPage):
    assert "Aucun projet de cette sélection n’a été annoncé" in read(open_page("nesting.py", q="mamoudzou"))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_pictures_have_words_for_those_who_do_not_see_them(open_page: OpenPage, lang: str):
    forest, account = open_page("nesting.py", lang=lang, metric="power_mw").get("plotly_chart")
    assert "SoftBank" in forest.proto.alt
    assert "109" in account.proto.alt
