"""Promesse → réalité says what the queries answer, links what it names, and keeps what is stopped apart."""

import pytest

from pages.shared import data
from pages.shared.numbers import amount, power
from queries import Selection
from tests.pages.conftest import OpenPage, read

N = "\u202f"


def everywhere(metric: str, selection: Selection | None = None) -> dict:
    rows = data.query("promises", selection or Selection())
    rows = rows[(rows["region_code"] == "all") & (rows["metric"] == metric)]
    return {row["outcome"]: row for row in rows.to_dict("records")}


def table(words: str, name: str) -> str:
    """Return the table whose name for a screen reader begins so."""
    return words[words.index(f'aria-label="{name}') :].split("</table>")[0]


def test_the_sentence_counts_the_projects_by_what_became_of_them(open_page: OpenPage):
    words = read(open_page("promises.py"))
    counts = {code: row["projects"] for code, row in everywhere("projects").items()}
    standing = sum(n for code, n in counts.items() if code not in ("suspended", "cancelled"))
    projects = data.query("projects_list", Selection())
    overdue = projects["years_overdue"].notna().sum()
    assert f"Sur {standing}{N}projets encore portés, {counts['operational']} sont en service" in words
    assert f"{counts['silent']} sont sans nouvelle depuis deux ans ou plus." in words
    assert f"{overdue} projets ont dépassé l’année de mise en service annoncée." in words


@pytest.mark.parametrize(("metric", "write"), [("investment_meur", amount), ("power_mw", power)])
def test_each_measure_has_its_charts_and_its_table(open_page: OpenPage, metric: str, write: object):
    visit = open_page("promises.py", metric=metric)
    charts = visit.get("plotly_chart")
    assert len(charts) == 3
    row = everywhere(metric)["under_construction"]
    assert write(row["low"], row["high"], "fr", is_floor=bool(row["is_floor"])) in charts[0].proto.alt
    assert '<a href="/regions?region=32"' in read(visit)


def test_a_measure_that_nobody_knows_is_the_first_one(open_page: OpenPage):
    visit = open_page("promises.py", metric="wealth", lang="en")
    assert "Announced investment" in visit.get("plotly_chart")[0].proto.alt


def test_what_is_stopped_stands_apart_with_its_own_figures(open_page: OpenPage):
    words = read(open_page("promises.py"))
    apart = table(words, "Les projets suspendus ou abandonnés")
    assert 'href="/projets?project=fluidstack-1gw"' in apart
    assert "Abandonné (arrêt signalé, à confirmer)" in apart and f"10{N}Md€" in apart


def test_overdue_promises_are_linked_with_their_year_and_delay(open_page: OpenPage):
    late = table(read(open_page("promises.py", lang="en")), "The overdue projects")
    projects = data.query("projects_list", Selection())
    overdue = projects[projects["years_overdue"].notna()]
    assert late.count("<tr>") == len(overdue) + 1
    for row in overdue.to_dict("records"):
        assert f"project={row['project_id']}" in late
        assert f"<td>{int(row['target_year'])}</td>" in late
        assert f"{int(row['years_overdue'])} year" in late


def test_every_counted_project_is_in_the_list_of_its_outcome(open_page: OpenPage):
    visit = open_page("promises.py")
    titles = [expander.label for expander in visit.get("expander")]
    counts = {code: row["projects"] for code, row in everywhere("projects").items()}
    assert f"En service{N}: {counts['operational']}{N}projets" in titles
    assert f"Sans nouvelle{N}: {counts['silent']}{N}projets" in titles


def test_the_filters_act_and_a_selection_without_a_promise_says_so(open_page: OpenPage):
    words = read(open_page("promises.py", region="53"))
    rows = everywhere("projects", Selection(region=("53",)))
    assert f"Sur {sum(row['projects'] for row in rows.values())}{N}projets encore portés" in words
    assert "aucun n’est en service" in words
    nothing = open_page("promises.py", q="zzzz")
    assert "Aucun projet de cette sélection n’entre dans les totaux." in read(nothing)
    assert [button.label for button in nothing.button].count("Effacer les filtres") >= 1
