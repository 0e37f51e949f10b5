"""Re-annonces names every project announced twice, with its occasions, and says that they add nothing."""

from pages.shared import data
from queries import Selection
from tests.pages.conftest import OpenPage, read

N = "\u202f"


def test_every_project_announced_twice_is_named_linked_and_counted(open_page: OpenPage):
    words = read(open_page("reannouncements.py"))
    found = data.query("reannouncements", Selection())
    first = found[found["number"] == 1]
    assert f"{(first['events'] > 1).sum()} projets ont été annoncés à plusieurs événements." in words
    assert f"{len(first)} ont été chiffrés à deux occasions ou plus." in words
    listed = words[words.index('<ul class="again">') :]
    assert listed.count("<ol>") == len(first)
    assert listed.count("<li>") == len(first) + len(found)
    for project in first["project_id"]:
        assert f"project={project}" in listed
    assert f"<li>Choose France 2025{N}: 6,4{N}Md€</li>" in listed


def test_the_page_says_that_announcing_again_adds_nothing(open_page: OpenPage):
    assert "Announcing again adds nothing to the totals" in read(open_page("reannouncements.py", lang="en"))


def test_the_picture_has_words(open_page: OpenPage):
    (chart,) = open_page("reannouncements.py").get("plotly_chart")
    assert "Choose France 2025" in chart.proto.alt


def test_a_selection_announced_once_says_so_and_an_empty_one_offers_a_way_out(open_page: OpenPage):
    assert "Aucun projet de cette sélection n’a été chiffré" in read(open_page("reannouncements.py", region="06"))
    empty = open_page("reannouncements.py", q="zzzz")
    assert [button.label for button in empty.button].count("Effacer les filtres") >= 1
