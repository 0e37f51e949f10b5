"""Histories: a dot a count, nothing added, nothing repeated."""

import pandas as pd

from pages.shared.charts import describe_history, history

N = "\u202f"


def test_each_count_is_a_dot_at_its_date(histories: pd.DataFrame) -> None:
    (points,) = history(histories, "fr").data
    assert list(points.y) == [35, 38, 63, 61]
    assert [str(day)[:10] for day in points.x] == ["2025-02-06", "2025-02-11", "2025-11-01", "2026-02-10"]
    assert [list(code) for code in points.customdata] == [["a0"], ["a1"], ["a2"], ["a3"]]
    assert "Élysée" in points.hovertext[0]


def test_the_title_goes_from_the_first_count_to_the_last(histories: pd.DataFrame) -> None:
    title = history(histories, "fr").layout.title.text.replace("<br>", " ")
    assert title == f"<b>De 35 (6 février 2025) à 61{N}sites (10 février 2026)</b>"


def test_a_count_said_again_before_it_changes_is_one_dot(histories: pd.DataFrame) -> None:
    again = histories.iloc[[1]].assign(announced_on=pd.Timestamp("2025-03-01"), announcement_id="again")
    (points,) = history(pd.concat([histories, again]), "fr").data
    assert list(points.y) == [35, 38, 63, 61]


def test_each_project_has_its_panel_and_nothing_is_added(histories: pd.DataFrame) -> None:
    other = histories.iloc[[0]].assign(project_id="autre", project_name="Autre inventaire", low=7, high=7)
    figure = history(pd.concat([histories, other]), "fr")
    assert {points.name: max(points.y) for points in figure.data} == {
        "Autre inventaire": 7,
        "Sites identifiés par l’État": 63,
    }
    assert {points.yaxis for points in figure.data} == {"y", "y2"}


def test_a_count_in_words_only_is_no_dot(histories: pd.DataFrame) -> None:
    only_words = histories[histories["metric"] == "sites_count"].assign(low=float("nan"), high=float("nan"))
    figure = history(only_words, "fr")
    assert len(figure.data) == 0
    assert "Aucun chiffre connu" in figure.layout.title.text


def test_the_history_is_said_in_a_sentence(histories: pd.DataFrame) -> None:
    told = describe_history(histories, "en")
    assert told == (
        "Number of sites identified: Sites identifiés par l’État, 35 sites (6 February 2025); "
        "Sites identifiés par l’État, 38 sites (11 February 2025); "
        "Sites identifiés par l’État, 63 sites (November 2025); "
        "Sites identifiés par l’État, 61 sites (10 February 2026)."
    )
