"""Qualité tells every check with its counts, and links each warning to its project."""

import pytest

from pages.shared import data
from pages.shared.charts.coverage import CHECKS
from queries import Selection
from tests.pages.conftest import OpenPage, read

N = "\u202f"


@pytest.mark.parametrize(
    ("lang", "counted"), [("fr", "{seen} vérifiés, {warnings}"), ("en", "{seen} checked, {warnings}")]
)
def test_every_check_is_named_explained_and_counted_in_order(open_page: OpenPage, lang: str, counted: str):
    visit = open_page("quality.py", lang=lang)
    checks = data.query("quality_rows", Selection()).drop_duplicates("code")
    assert [title.value.replace("\\", "") for title in visit.subheader] == list(checks[f"name_{lang}"])
    words = read(visit).replace("\\", "")
    for check in checks.to_dict("records"):
        none = {"fr": "aucune alerte", "en": "no warning"}[lang]
        told = counted.format(seen=check["subjects"], warnings=check["warnings"] or none)
        assert told in words, check["code"]
        assert check[f"explanation_{lang}"] in words


def test_the_warnings_are_linked_and_say_what_they_compare(open_page: OpenPage):
    words = read(open_page("quality.py"))
    assert f"Puissance{N}: 1,95{N}GW dans ses parties, au moins 500{N}MW pour le tout" in words
    assert f"60{N}M€ par MW, d’ordinaire entre 2,5{N}M€ par MW et 42{N}M€ par MW" in words
    assert "Directs ; Non précisés pour".replace(" ;", f"{N};") in words
    assert "65 mois sans nouvelle" in words
    assert "Abandonné, d’après des sources faibles seulement" in words
    assert "connu à la région seulement" in words
    rows = data.query("quality_rows", Selection())
    for project in rows[rows["code"] != "has_archive"]["project_id"].dropna():
        assert f"project={project}" in words


def test_archives_are_one_line_with_the_count(open_page: OpenPage):
    visit = open_page("quality.py")
    checks = data.query("quality_rows", Selection()).drop_duplicates("code")
    listed = checks[(checks["warnings"] > 0) & (checks["code"] != "has_archive")]
    folded = [expander for expander in visit.get("expander") if expander.label.startswith("Voir")]
    assert len(folded) == len(listed)
    assert "Aucune liste" in read(visit)


def test_the_shares_known_are_drawn(open_page: OpenPage):
    (chart,) = open_page("quality.py", lang="en").get("plotly_chart")
    checks = data.query("quality_rows", Selection()).drop_duplicates("code").set_index("code")
    for code in CHECKS:
        known = checks.loc[code, "subjects"] - checks.loc[code, "warnings"]
        assert f"{known} of {checks.loc[code, 'subjects']}" in chart.proto.alt


def test_the_filters_choose_the_projects_and_a_past_day_is_said_not_to_act(open_page: OpenPage):
    words = read(open_page("quality.py", region="06"))
    assert "project=mayotte-ith" in words and "project=brookfield-france" not in words
    assert "même quand un jour passé est choisi" in read(open_page("quality.py", until="2025-06-01"))
    assert "même quand un jour passé" not in words
