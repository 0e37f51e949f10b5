"""The frame: language, links, filters and notices follow the address."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import data, filters, frame
from pages.shared.layout import SCRIPTS
from pages.shared.markup import plain
from pages.shared.texts import text
from tests.pages.conftest import FRAME, SECONDS, OpenPage, read

N = "\u202f"


def links(visit: AppTest) -> list[tuple[str, str]]:
    """Return the links to pages: label and query string."""
    return [(link.proto.label, link.proto.query_string) for link in visit.get("page_link")]


def test_the_page_is_french_unless_the_address_says_otherwise(open_page: OpenPage):
    assert open_page().title[0].value == "Vue d’ensemble"
    assert open_page(lang="en").title[0].value == "Overview"
    assert open_page("method.py").title[0].value == "Méthode"
    assert open_page("method.py", lang="en").title[0].value == "Method"


def test_links_between_pages_carry_language_and_filters(open_page: OpenPage):
    visit = open_page(lang="en", region=["32", "none"], metric="power_mw")
    in_row = [page for page in SCRIPTS if page not in frame.BELOW]
    navigation = links(visit)[: len(in_row)]
    assert {label for label, _ in navigation} == {plain(text(f"frame.page.{page}", "en")) for page in in_row}
    assert {query for _, query in navigation} == {"region=32&region=none&lang=en"}


def test_the_other_language_is_a_link_that_keeps_everything(open_page: OpenPage):
    words = read(open_page(region="32", metric="power_mw"))
    found = re.search(r'<a href="\?([^"]*)" target="_self" lang="en" hreflang="en">English</a>', words)
    assert found is not None
    assert set(found[1].split("&amp;")) == {"region=32", "metric=power_mw", "lang=en"}


def test_the_widgets_show_what_the_address_says(open_page: OpenPage):
    visit = open_page(region=["none", "32"], purpose="ai", since="2025-02-01", until="2025-12-31", q="data4")
    shown = {widget.key: widget.value for widget in [*visit.multiselect, *visit.toggle, *visit.text_input]}
    assert shown["filter-region-fr"] == ["32", "none"]
    assert shown["filter-purpose-fr"] == ["ai"]
    assert shown["filter-ai-fr"] is True
    assert shown["filter-q-fr"] == "data4"
    assert [str(widget.value) for widget in visit.date_input] == ["2025-02-01", "2025-12-31"]


def test_a_widget_writes_codes_in_the_address_and_the_page_follows(open_page: OpenPage):
    visit = open_page(lang="en")
    visit.multiselect(key="filter-region-en").set_value(["32"]).run()
    assert visit.query_params == {"lang": ["en"], "region": ["32"]} or dict(visit.query_params) == {
        "lang": "en",
        "region": "32",
    }
    assert "Active filters – Region\\: Hauts\\-de\\-France\\." in read(visit)
    visit.toggle(key="filter-ai-en").set_value(True).run()
    assert visit.multiselect(key="filter-purpose-en").value == ["ai"]
    visit.text_input(key="filter-q-en").set_value("  ").run()
    assert "q" not in visit.query_params


def test_one_button_removes_every_filter_and_leaves_the_language(open_page: OpenPage):
    visit = open_page(lang="en", region="32", status="announced", q="softbank", until="2026-01-01")
    visit.button(key="reset-en").click().run()
    assert set(visit.query_params) == {"lang"}
    assert all(not widget.value for widget in visit.multiselect)
    assert "Active filters" not in read(visit)


def test_what_the_address_says_wrongly_is_named_and_ignored(open_page: OpenPage):
    visit = open_page(region=["32", "zz"], until="demain", lang="xx")
    (notice,) = [warning.value for warning in visit.warning]
    assert notice.startswith("Ces filtres de l’adresse ne sont pas connus")
    assert all(code in notice for code in ("region\\=zz", "until\\=demain", "lang\\=xx"))
    assert visit.multiselect(key="filter-region-fr").value == ["32"]


def test_what_is_told_of_a_wrong_address_is_cut(open_page: OpenPage):
    visit = open_page(region=[f"z{number}" + "z" * 500 for number in range(9)])
    (notice,) = [warning.value for warning in visit.warning]
    assert notice.count("region") == 4 and notice.count("z") < 170


@pytest.mark.parametrize("params", [{"region": "z" * 9_000}, {"x" * 9_000: ""}])
def test_an_address_too_long_is_not_read_and_leads_to_the_page_without_it(open_page: OpenPage, params: dict):
    visit = open_page("projects.py", project="cambrai", lang="en", **params)
    assert not visit.exception
    (notice,) = [error.value.replace("\\", "") for error in visit.error]
    assert notice == "The address of this page is too long: it was not read."
    assert '<a href="/projets?lang=en" target="_self">' in read(visit) and "Cambrai" not in read(visit)
    assert not visit.multiselect


def test_a_page_on_a_past_day_says_so_and_leads_back_to_today(open_page: OpenPage):
    visit = open_page(until="2025-03-01", purpose="ai")
    assert "Cette page montre ce qui était public le 1er mars 2025" in read(visit).replace("\\", "")
    visit.button(key="today-fr").click().run()
    assert set(visit.query_params) == {"purpose"}


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "9999-12-31"])
def test_a_day_beyond_the_calendar_is_no_error(open_page: OpenPage, day: str):
    assert not open_page(until=day).exception
    assert not open_page(since=day).exception


def test_an_empty_selection_is_a_sentence_and_a_button(open_page: OpenPage):
    visit = open_page(q="rien de tel")
    assert "Aucun projet ne répond à ces filtres." in read(visit)
    visit.button(key="empty-reset-fr").click().run()
    assert not visit.query_params
    assert "annoncés en France" in read(visit)


@pytest.mark.parametrize("script", ["overview.py", "method.py"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_footer_dates_the_data_names_the_licence_and_promises_no_cookie(open_page, script, lang):
    words = read(open_page(script, lang=lang))
    footer = words[words.index("<footer>") :]
    known = data.metadata()
    assert filters.day(known["covered_until"], "day", lang) in footer
    assert str(known["announcements_count"]) in footer
    assert ("Licence Ouverte 2.0" if lang == "en" else "licence ouverte 2.0") in footer
    assert ("no cookie" if lang == "en" else "aucun cookie") in footer


def test_without_a_database_the_site_says_which_command_to_run(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(data, "DATABASE", tmp_path / "observatory.duckdb")
    visit = AppTest.from_file(str(FRAME), default_timeout=SECONDS).run()
    assert not visit.exception
    assert visit.error[0].value.endswith(f"lancez{N}: `python -m etl build`")


def test_where_newer_data_wait_every_page_says_which_it_shows(
    open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    assert not open_page().info
    newer = tmp_path / "announcements.csv"
    newer.write_bytes(data.ANNOUNCEMENTS.read_bytes() + b"\n")
    monkeypatch.setattr(data, "ANNOUNCEMENTS", newer)
    for lang, words in (("fr", "De nouvelles données sont arrivées"), ("en", "New data have arrived")):
        notice = open_page(lang=lang).info[0].value
        assert notice.startswith(words)
        assert filters.day(data.metadata()["recorded_until"], "day", lang) in notice


def test_words_of_a_search_are_shown_as_typed(open_page: OpenPage):
    visit = open_page(q="<b>*x*</b>")
    assert "\\<b\\>\\*x\\*\\<\\/b\\>" in read(visit)


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_filters_are_offered_where_they_act(open_page: OpenPage, name: str):
    visit = open_page(SCRIPTS[name])
    assert bool(visit.sidebar.multiselect) == (name not in frame.UNFILTERED)


@pytest.mark.parametrize(
    ("script", "params", "title"),
    [
        ("overview.py", {}, "Infra IA France"),
        ("map.py", {"lang": "en"}, "Map – Infra IA France"),
        (
            "projects.py",
            {"project": "cambrai"},
            "Data center Data4 / Brookfield de Cambrai (E-Valley) – Infra IA France",
        ),
        ("regions.py", {"region": ["32", "none"], "lang": "en"}, "Hauts-de-France, Not located – Infra IA France"),
    ],
)
def test_the_tab_says_what_the_page_shows(real_data: None, monkeypatch: pytest.MonkeyPatch, script: str, params, title):
    told: list[str] = []
    monkeypatch.setattr(frame.st, "set_page_config", lambda **settings: told.append(settings["page_title"]))
    visit = AppTest.from_file(str(FRAME), default_timeout=SECONDS).run()
    for name, value in params.items():
        visit.query_params[name] = value
    visit.switch_page(script).run()
    assert told[-1] == title
