"""Projets: the table obeys the filters; a project opens with its figures, family and every claim with its source."""

from html import escape
from urllib.parse import parse_qs, urlsplit

import pytest

from pages.shared import data
from pages.shared.claim_list import claim_list
from pages.shared.numbers import count
from queries import Selection
from tests.pages.conftest import OpenPage, read

SCRIPT = "projects.py"
N = "\u202f"


def test_the_page_says_how_many_projects_it_shows_and_how_many_are_summed(open_page: OpenPage):
    words = read(open_page(SCRIPT))
    listed = data.query("projects_list", Selection())
    counted = int(listed["is_counted"].sum())
    assert f"{len(listed)} projets{N}: {counted} dans les sommes, {len(listed) - counted} montrés sans être" in words
    assert f"Investissement annoncé{N}: entre 175 et au moins 214{N}Md€." in words


def test_a_row_opens_its_project_and_keeps_language_and_filters(open_page: OpenPage):
    table = open_page(SCRIPT, lang="en", region="32").dataframe[0].value
    parts = urlsplit(next(address for address in table["project"] if "softbank-dunkerque" in address))
    assert parts.path == "/projets"
    assert parse_qs(parts.query) == {"lang": ["en"], "region": ["32"], "project": ["softbank-dunkerque"]}
    assert parts.fragment == "SoftBank%20data%20centre%2C%20Dunkerque%20%28Loon-Plage%29"


def test_ends_are_numbers_and_an_open_end_is_blank(open_page: OpenPage):
    table = open_page(SCRIPT).dataframe[0].value
    rows = {parse_qs(urlsplit(row["project"]).query)["project"][0]: row for row in table.to_dict("records")}
    assert (rows["softbank-dunkerque"]["investment_low"], rows["softbank-dunkerque"]["investment_high"]) == (
        30_000,
        35_000,
    )
    ceiling = rows["softbank-france"]
    assert ceiling["investment_low"] != ceiling["investment_low"] and ceiling["investment_high"] == 75_000
    assert rows["sites-etat"]["marks"] == "hors sommes"


def test_the_search_of_the_frame_narrows_the_table_and_the_list_of_a_phone(open_page: OpenPage):
    visit = open_page(SCRIPT, q="brookfield")
    found = data.query("projects_list", Selection(q="brookfield"))
    assert 0 < len(found) < 20
    assert len(visit.dataframe[0].value) == len(found)
    phone = read(visit).split('<ul class="projects">')[1].split("</ul>")[0]
    assert phone.count("<li>") == len(found)
    assert all(escape(name) in phone for name in found["project_name"])


def test_a_search_that_finds_nothing_is_said(open_page: OpenPage):
    visit = open_page(SCRIPT, q="introuvable")
    assert "Aucun projet ne répond à ces filtres." in read(visit)
    assert not visit.dataframe


def test_the_box_opens_a_project(open_page: OpenPage):
    visit = open_page(SCRIPT, lang="en")
    visit.selectbox(key="projects-open-en").set_value("brookfield-france").run()
    assert visit.query_params["project"] == "brookfield-france"
    assert visit.title[0].value == "Brookfield AI infrastructure programme in France"


def test_a_project_shows_its_figures_net_of_its_parts_and_links_to_them(open_page: OpenPage):
    words = read(open_page(SCRIPT, project="brookfield-france", region="11"))
    card = words[words.index("<h3>Investissement</h3>") :].split("</section>")[0]
    assert f">30{N}Md€<" in card and f"net de ses parties{N}: 13{N}Md€" in card and f"écart{N}:" in card
    assert f">au moins 500{N}MW<" in words
    family = words[words.index('<th scope="col">Lien</th>') :].split("</table>")[0]
    for child, net in (("cambrai", f"10{N}Md€"), ("escaudain", f"5{N}Md€"), ("data4-nozay", f"2{N}Md€")):
        row = next(row for row in family.split("<tr>") if f"project={child}" in row)
        assert net in row and "region=11" in row and "Comprend" in row


def test_every_claim_is_there_with_its_words_source_and_whether_it_is_retained(open_page: OpenPage):
    words = read(open_page(SCRIPT, project="brookfield-france"))
    claims = data.query("announcements_list", Selection(project="brookfield-france"))
    assert f"Ses {len(claims)} déclarations et leurs sources" in words
    listed = words[words.index('<ol class="claims">') :]
    for row in claims.to_dict("records"):
        assert escape(row["source_url"]) in listed and escape(row["source_publisher"]) in listed
        assert f"référence {row['id']}" in listed
    kept = next(item for item in listed.split("<h3>") if "2026-06-brookfield-30-md-data-central" in item)
    assert f"30{N}Md€" in kept and "<strong>retenu</strong>" in kept
    older = next(item for item in listed.split("<h3>") if "2025-02-brookfield-20-md-afp" in item)
    stated = '<span lang="fr">20 milliards d’euros, dont jusqu’à 15 en data centers</span>'
    assert f"20{N}Md€, «{N}{stated}{N}» – non retenu, écart" in older.replace("&#x27;", "’")
    assert "10 février 2025" in older and "Agence de presse" in older
    assert 'href="/fiche/projet/brookfield-france"' in words and "Version imprimable" in words


def test_notes_are_french_and_say_so_on_the_english_page(open_page: OpenPage):
    words = read(open_page(SCRIPT, project="brookfield-france", lang="en"))
    notes = data.query("announcements_list", Selection(project="brookfield-france"))["note"].dropna()
    assert words.count('<p class="remark" lang="fr">') == len(notes) > 0
    assert "Its 11 claims and their sources" in words and "not retained, gap" in words


def test_an_inventory_shows_its_history_and_retains_nothing(open_page: OpenPage):
    words = read(open_page(SCRIPT, project="sites-etat"))
    history = words[words.index('class="table sources"') :].split("</table>")[0]
    for n in (28, 35, 38, 61, 63, 65):
        assert f">{n}{N}sites</td>" in history
    assert 'class="card"' not in words and "<strong>retenu</strong>" not in words and "non retenu" not in words
    assert "project=sites-etat-hauts-de-france" in words
    assert "Investissement net" not in words


@pytest.mark.parametrize(("lang", "sentence"), [("fr", f"code «{N}unknown{N}»"), ("en", "code “unknown”")])
def test_an_unknown_project_is_a_sentence_and_a_way_back(open_page: OpenPage, lang: str, sentence: str):
    visit = open_page(SCRIPT, project="unknown", lang=lang, region="32")
    assert sentence in read(visit)
    back = next(
        link.proto for link in visit.get("page_link") if link.proto.label in ("Tous les projets", "All projects")
    )
    assert "project=" not in back.query_string and "region=32" in back.query_string
    assert not visit.exception and not visit.error


def test_a_project_not_yet_announced_on_the_day_is_told_so(open_page: OpenPage):
    words = read(open_page(SCRIPT, project="brookfield-france", until="2025-01-31"))
    assert "n’était pas encore annoncé le 31 janvier 2025" in words
    assert '<ol class="claims">' not in words


def test_a_project_is_shown_as_it_was_known_on_the_day(open_page: OpenPage):
    words = read(open_page(SCRIPT, project="brookfield-france", until="2025-12-31"))
    card = words[words.index("<h3>Investissement</h3>") :].split("</section>")[0]
    assert f">20{N}Md€<" in card
    assert "Tel qu’on le connaissait le 31 décembre 2025" in words
    assert "2026-06-brookfield-30-md-data-central" not in words


def test_marks_say_disagreement_unconfirmed_stop_and_silence(open_page: OpenPage):
    disputed = read(open_page(SCRIPT, project="microsoft-nord-pas-de-calais"))
    assert "sources de même rang en désaccord" in disputed
    assert "arrêt signalé, à confirmer" in read(open_page(SCRIPT, project="fluidstack-1gw")).replace("\\", "")
    listed = data.query("projects_list", Selection()).set_index("project_id")
    months = listed.loc["microsoft-la-janais", "silent_months"]
    silent = read(open_page(SCRIPT, project="microsoft-la-janais"))
    assert f"sans nouvelle depuis {count(months, 'fr')} mois" in silent


def test_scopes_of_jobs_that_differ_in_a_family_are_said(open_page: OpenPage):
    words = read(open_page(SCRIPT, project="telehouse-france", lang="en"))
    assert words.count("different scopes: here Unspecified, there Direct") == 2


def test_what_staff_type_never_becomes_markup_or_an_unsafe_link(open_page: OpenPage):
    announcements = data.query("announcements_list", Selection(project="cambrai")).head(1)
    claims = data.query("claims_list", Selection(project="cambrai"))
    claims = claims[claims["announcement_id"] == announcements["id"].iloc[0]].head(1)
    nasty = "<img src=x onerror=alert(1)> \"'&"
    typed = {"source_url": "javascript:alert(1)", "archive_url": "data:text/html,x", "note": nasty, "announcer": nasty}
    html = claim_list(announcements.assign(**typed, source_title=nasty), claims.assign(stated=nasty), "fr")
    assert "<img" not in html and "href" not in html and "javascript:" not in html
    assert html.count(escape(nasty)) == 4
