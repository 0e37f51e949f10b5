"""The overview says what the database holds, in both languages, with all that must stand beside a total."""

from pages.shared import data
from pages.shared.numbers import amount, jobs
from queries import Selection
from tests.pages.conftest import OpenPage, read

N = "\u202f"


def test_the_headline_is_the_total_of_the_database(open_page: OpenPage):
    visit = open_page()
    totals = data.query("totals", Selection()).set_index("metric")
    row = totals.loc["investment_meur"]
    low, high = row["low"], row["high"]
    assert (low, high) == (174_995, 214_015)
    words = read(visit)
    assert f"Entre 175 et au moins 214{N}Md€ annoncés en France pour {row['projects']}{N}projets, dont " in words
    assert f"{row['projects']}{N}projets, dont {row['missing']} sans chiffre" in words
    assert f"dont {amount(row['single_low'], row['single_high'], 'fr')} sur une seule source" in words
    assert f"dont {amount(row['weak_low'], row['weak_high'], 'fr')} sur sources faibles" in words


def test_jobs_are_split_by_scope_and_their_sum_is_nowhere(open_page: OpenPage):
    words = read(open_page())
    total = data.query("totals", Selection()).set_index("metric").loc["jobs"]
    assert jobs(total["low"], total["high"], "fr") not in words
    assert amount(total["low"], total["high"], "fr", form="bare") not in words
    for label in ("Directs", "Directs et indirects", "Non précisés"):
        assert f"<dt>{label}</dt>" in words
    assert f"périmètres différents{N}: ne s’additionnent pas" in words
    assert f"natures mêlées{N}:" in words


def test_landmarks_carry_figure_date_source_project_and_what_changed(open_page: OpenPage):
    words = read(open_page(lang="en"))
    assert words.count("<article>") == len(data.query("landmarks", Selection()))
    brookfield = words[words.index("€20bn") :].split("</article>")[0]
    assert "pledged by Brookfield" in brookfield
    assert "Retained today for this project: €30bn." in brookfield
    assert 'href="/projets?lang=en&amp;project=brookfield-france"' in brookfield or (
        'href="/projets?project=brookfield-france&amp;lang=en"' in brookfield
    )
    assert "10 February 2025, source:" in brookfield and 'href="https://' in brookfield
    summit = words[words.index("€109bn") :].split("</article>")[0]
    assert "Traced line by line: between €98.3bn and €102.3bn." in summit


def test_the_figures_follow_the_filters(open_page: OpenPage):
    visit = open_page(region="32", purpose="ai")
    words = read(visit)
    row = data.query("totals", Selection(region=("32",), purpose=("ai",))).set_index("metric").loc["investment_meur"]
    written = amount(row["low"], row["high"], "fr", is_floor=bool(row["is_floor"]))
    assert f"{written[0].upper()}{written[1:]} annoncés dans cette sélection" in words
    assert "dédiés à l’IA." not in words, "the whole selection is for AI"


def test_an_event_says_that_its_amounts_are_those_of_today(open_page: OpenPage):
    words = read(open_page(event="sommet-ia-2025"))
    assert "Montants retenus aujourd’hui des projets cités" in words
    assert 'href="#events"' in words


def test_each_picture_has_words_for_those_who_do_not_see_it(open_page: OpenPage):
    charts = open_page().get("plotly_chart")
    assert len(charts) == 2
    assert all("Hauts-de-France" in chart.proto.alt for chart in charts)


def test_announcements_are_the_newest_and_say_what_is_not_counted(open_page: OpenPage):
    words = read(open_page())
    newest = data.query("announcements_list", Selection()).head(12)
    for name in newest["project_name"]:
        assert name.replace("&", "&amp;") in words
    assert '<th scope="col">Nature</th>' in words
