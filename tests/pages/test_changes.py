"""Ce qui a changé: each row a sentence in both languages, a page at a time, linked to its project and its source."""

import re
from html import unescape

import pandas as pd
import pytest

from pages.shared import changes_view, data, filters
from pages.shared.changes_view import change_html, tell_day, tell_effects
from queries import Selection
from queries.parts import CHANGES_A_PAGE
from tests.pages.conftest import OpenPage, read

N = "\u202f"
BLANK = {
    "project_id": "a", "project_name": "Site A & fils", "project_name_en": "Site A & sons", "kind": "site",
    "announced_on": pd.Timestamp("2026-05-12"), "announced_on_precision": "day", "announcer": None,
    "status": None, "previous_status": None, "retained_status": "announced", "new_metrics": [],
    "source_publisher": "Le <Journal>", "source_url": "https://journal.example/a",
    **{name: None for ends in changes_view.ENDS.values() for name in ends},
}  # fmt: skip


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(filters, "link", lambda page, **changes: f"/projets?project={changes['project']}")

    def told(lang: str, effect: str, **columns: object) -> str:
        html = change_html(BLANK | {"effect": effect} | columns, lang)
        assert "<Journal>" not in html and "Site A & " not in html, "what comes from the data is escaped"
        assert html.count("<a ") == 2
        return unescape(re.sub(r"<[^>]+>", "", html))

    return told


def test_a_new_project_says_its_kind_figure_announcer_and_source(said):
    money = {"investment_low_meur": 450, "investment_high_meur": 450, "announcer": "Y;Z"}
    assert said("fr", "new_project", **money) == (
        f"12 mai 2026 Nouveau projet{N}: Site A & fils (450{N}M€ selon Y, Z, source{N}: Le <Journal>)."
    )
    assert said("en", "new_project", kind="target") == (
        "12 May 2026 New target: Site A & sons (no figure, source: Le <Journal>)."
    )
    assert f"Nouvel inventaire{N}: " in said("fr", "new_project", kind="inventory", sites_count=1)


def test_a_status_says_from_what_to_what_and_whether_it_is_retained(said):
    step = {"previous_status": "announced", "status": "under_construction"}
    assert said("fr", "status_change", **step, **{"retained_status": "operational"}) == (
        f"12 mai 2026 Site A & fils passe de «{N}annoncé{N}» à «{N}en chantier{N}» selon Le <Journal>."
    )
    assert said("fr", "status_change", **step).endswith(f"(statut retenu aujourd’hui{N}: «{N}annoncé{N}»).")
    stopped = {"previous_status": "announced", "status": "cancelled"}
    assert "retained" not in said("en", "status_change", **stopped, **{"retained_status": "cancelled"})
    assert said("en", "status_change", **stopped).endswith("(status retained today: “announced”).")


def test_new_figures_are_singular_or_plural_and_only_the_new_ones(said):
    row = {"power_low_mw": 100, "power_high_mw": None, "jobs_low": 1, "jobs_high": 1}
    assert said("fr", "new_figure", **row, new_metrics=["power_mw"]) == (
        f"12 mai 2026 Nouveau chiffre pour Site A & fils{N}: au moins 100{N}MW, selon Le <Journal>."
    )
    assert said("en", "new_figure", **row, new_metrics=["jobs", "power_mw"]) == (
        "12 May 2026 New figures for Site A & sons: at least 100 MW, 1 job, according to Le <Journal>."
    ).replace("100 MW", "100\u202fMW").replace("1 job", said_job())


def said_job() -> str:
    from pages.shared.numbers import jobs

    return jobs(1, 1, "en")


def test_a_source_and_a_repeat_give_what_they_say(said):
    row = {"area_ha": 33}
    assert said("fr", "new_source", **row) == (
        f"12 mai 2026 Nouvelle source pour Site A & fils{N}: Le <Journal> (33{N}ha)."
    )
    assert said("fr", "repeat") == "12 mai 2026 Le <Journal> parle de nouveau de Site A & fils."
    assert said("en", "repeat") == "12 May 2026 Le <Journal> speaks again of Site A & sons."


def test_a_day_counts_its_rows_by_effect():
    effects = {"day_new_project": 1_203, "day_repeat": 1}
    others = {f"day_{effect}": 0 for effect in changes_view.EFFECTS}
    day = pd.Series({"recorded_on": pd.Timestamp("2026-11-22"), "day_changes": 1_204, **others, **effects})
    assert tell_day(day, "fr") == f"22 novembre 2026{N}: 1{N}204 lignes"
    assert tell_effects(day, "fr") == f"1{N}203 nouveaux projets, 1 reprise par une source déjà citée."
    assert tell_effects(day, "en") == "1,203 new projects, 1 repeat by a source already quoted."


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_first_page_has_the_newest_rows_and_the_whole_counts(open_page: OpenPage, lang: str):
    visit = open_page("changes.py", lang=lang)
    changes = data.query("changes", Selection())
    words = read(visit)
    assert words.count("<li>") == CHANGES_A_PAGE
    first = words[words.index("<li>") :]
    assert f"project={changes.iloc[0]['project_id']}" in first.split("</li>")[0]
    counts = changes["effect"].value_counts()
    name = {"fr": "nouveaux projets", "en": "new projects"}[lang]
    assert f"{counts['new_project']} {name}" in words


def test_the_pages_hold_every_row_once(open_page: OpenPage):
    changes = data.query("changes", Selection())
    pages = -(-len(changes) // CHANGES_A_PAGE)
    last = read(open_page("changes.py", page=str(pages)))
    assert last.count("<li>") == len(changes) - CHANGES_A_PAGE * (pages - 1)
    assert f"Page {pages} sur {pages}" in last


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", ""])
def test_a_page_that_cannot_be_is_the_first(open_page: OpenPage, page: str):
    assert "Page 1 sur" in read(open_page("changes.py", page=page))


def test_a_page_too_far_is_the_last(open_page: OpenPage):
    pages = -(-len(data.query("changes", Selection())) // CHANGES_A_PAGE)
    assert f"Page {pages} sur {pages}" in read(open_page("changes.py", page="999"))


def test_the_filters_act(open_page: OpenPage):
    changes = data.query("changes", Selection(region=("06",)))
    words = read(open_page("changes.py", region="06"))
    assert words.count("<li>") == len(changes) < CHANGES_A_PAGE
    empty = open_page("changes.py", q="zzzz")
    assert [button.label for button in empty.button].count("Effacer les filtres") >= 1
