"""The page Chronologie: its pictures, its steps, and a day that the whole site shows."""

from datetime import date

import pytest

from pages.shared import data
from pages.shared.layout import SCRIPTS
from queries import Selection
from tests.pages.conftest import OpenPage, read

N = "\u202f"
DAY = "2025-07-22"


def test_the_sentence_counts_rises_and_falls_and_gives_the_total(open_page: OpenPage):
    rows = data.query("timeline", Selection()).query("metric == 'investment_meur'")
    falls = int(rows["fall"].notna().sum())
    words = read(open_page("timeline.py"))
    assert f"le total a monté {len(rows) - falls} fois et baissé {falls} fois" in words
    assert f"entre 175 et au moins 214{N}Md€" in words


def test_each_step_is_a_row_newest_first_with_its_project_change_total_and_claims(open_page: OpenPage):
    words = read(open_page("timeline.py"))
    rows = data.query("timeline", Selection()).query("metric == 'investment_meur'")
    newest = words[words.index("<tbody>") :].split("</tr>")[0]
    last = rows.iloc[-1]
    assert f"project={last['project_id']}" in newest
    assert f"+10{N}Md€" in newest
    assert f"1 déclaration{N}: Data Central." in newest
    assert words.count("<tr>") - words.count("<thead>") == len(rows)


def test_a_fall_is_told_where_it_falls(open_page: OpenPage):
    words = read(open_page("timeline.py", lang="en"))
    fall = words[words.index("22 July 2025") :].split("</tr>")[0]
    assert "−€20bn" in fall
    assert "A fall: the newest source gives a lower figure, or repeats an old range." in fall
    assert "A fall: a project has stopped" in words


@pytest.mark.parametrize("metric", ["jobs", "power_mw"])
def test_what_does_not_add_up_is_never_shown_without_its_split(open_page: OpenPage, metric: str):
    visit = open_page("timeline.py", metric=metric)
    assert len(visit.get("plotly_chart")) == 3
    assert "Ce total mêle des chiffres qui ne s’additionnent pas" in read(visit)
    assert len(open_page("timeline.py").get("plotly_chart")) == 2


def test_the_day_of_the_address_ends_the_timeline_and_the_banner_says_it(open_page: OpenPage):
    visit = open_page("timeline.py", until=DAY)
    words = read(visit)
    assert "22 juillet 2025" in words
    assert "2026" not in words[words.index("<tbody>") :].split("</table>")[0]
    assert next(box for box in visit.date_input if box.key == "timeline-day-fr").value == date(2025, 7, 22)
    next(button for button in visit.button if button.key == "today-fr").click().run()
    assert "until" not in visit.query_params


def test_choosing_a_day_writes_it_in_the_address(open_page: OpenPage):
    visit = open_page("timeline.py")
    box = next(box for box in visit.date_input if box.key == "timeline-day-fr")
    assert box.min == data.query("announcements_list", Selection())["announced_on"].min().date()
    box.set_value(date(2025, 2, 10)).run()
    assert visit.query_params["until"] == "2025-02-10"


@pytest.mark.parametrize("script", sorted(SCRIPTS.values()))
def test_every_page_says_the_day_it_is_shown_for(open_page: OpenPage, script: str):
    visit = open_page(script, until=DAY)
    assert not visit.exception
    assert any(button.key == "today-fr" for button in visit.button)


def test_a_day_before_everything_keeps_the_choice_of_a_day(open_page: OpenPage):
    visit = open_page("timeline.py", until="2015-01-01")
    assert "Aucun projet ne répond à ces filtres." in read(visit)
    assert any(box.key == "timeline-day-fr" for box in visit.date_input)
