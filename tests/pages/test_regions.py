"""Régions: the region filter opens one, compares two; ranks are those of the country; a place without news is told."""

from html import escape
from urllib.parse import parse_qs, urlsplit

import pytest

from pages.shared import data
from pages.shared.numbers import amount, percent_range
from queries import Selection
from tests.pages.conftest import OpenPage, read

SCRIPT = "regions.py"
N = "\u202f"


def test_without_a_region_all_of_them_are_listed_and_one_is_invited_to_choose(open_page: OpenPage):
    words = read(open_page(SCRIPT))
    assert "Choisissez une région" in words
    assert f"Hauts-de-France vient en tête de l’investissement annoncé (66{N}Md€), devant Île-de-France" in words
    assert f"Non localisé{N}: entre 70,4 et au moins 100,4{N}Md€." in words
    table = words[words.index("<tbody>") :]
    names = [*data.names("regions").values(), "Non localisé"]
    assert len(names) == 19
    assert all(f">{escape(name)}</a>" in table for name in names)
    assert table.index("Hauts-de-France") < table.index("Bretagne") < table.index("Corse") < table.index("Non localisé")


def test_the_table_says_jobs_by_scope_and_never_their_sum(open_page: OpenPage):
    words = read(open_page(SCRIPT, lang="en"))
    for scope in ("direct and indirect", "direct", "unspecified"):
        assert f"Jobs: {scope}</th>" in words
    row = _table_row(words, "Hauts-de-France")
    assert "<td>" not in row.split("</a>")[1], "figures are set to the right"
    assert ">4,000 jobs<" in row and ">3,330 jobs<" in row and "7,330" not in row


def test_a_name_of_the_table_opens_its_region_and_keeps_the_filters(open_page: OpenPage):
    row = _table_row(read(open_page(SCRIPT, lang="en", purpose="ai")), "Hauts-de-France")
    address = row.split('href="')[1].split('"')[0].replace("&amp;", "&")
    assert urlsplit(address).path == "/regions"
    assert parse_qs(urlsplit(address).query) == {"lang": ["en"], "purpose": ["ai"], "region": ["32"]}


def test_one_region_says_its_amount_rank_share_and_rate(open_page: OpenPage):
    words = read(open_page(SCRIPT, region="32"))
    row = _investment("totals_by_region", Selection(region=("32",)))
    assert f"Hauts-de-France{N}: {row['projects']} projets comptés, investissement annoncé{N}: 66{N}Md€." in words
    assert f"Rang 1 sur {row['ranked']} régions chiffrées" in words
    assert f"{percent_range(row['share_low'], row['share_high'], 'fr')} du total national" in words
    rate = round(66_000 * 1_000_000 / row["population"])
    assert f"{rate:,} € par habitant".replace(",", N).replace(" €", f"{N}€") in words
    assert "toujours sur tout le pays" in words


def test_rank_and_share_do_not_move_with_the_filters_and_the_amount_does(open_page: OpenPage):
    words = read(open_page(SCRIPT, region="32", purpose="mixed"))
    row = _investment("totals_by_region", Selection(region=("32",)))
    assert f"investissement annoncé{N}: 4,5{N}Md€." in words
    assert f"Rang 1 sur {row['ranked']} régions chiffrées" in words
    assert f"{percent_range(row['share_low'], row['share_high'], 'fr')} du total national" in words


def test_announced_power_stands_beside_the_target_and_is_no_rate_of_it(open_page: OpenPage):
    visit = open_page(SCRIPT, region="32")
    power = next(chart.proto.alt for chart in visit.get("plotly_chart") if "GW" in chart.proto.alt)
    assert f"5,34{N}GW" in power and f"au moins 2{N}GW" in power and "vallée de l’IA" in power
    assert "%" not in power
    assert "pas un taux de réalisation" in read(visit)


def test_counts_of_different_dates_are_listed_with_their_source_and_never_added(open_page: OpenPage):
    words = read(open_page(SCRIPT, region="32"))
    history = words[words.index("Décompte ou objectif") :].split("</table>")[0]
    assert [history.count(f"<td>{n}{N}sites</td>") for n in (7, 8, 16)] == [1, 3, 2]
    assert "8 février 2025" in history and "La Tribune" in history and 'href="http' in history
    assert "31" not in history.replace("2025", "") and f"39{N}sites" not in history


def test_two_regions_stand_side_by_side(open_page: OpenPage):
    visit = open_page(SCRIPT, region=["32", "11"], lang="en")
    words = read(visit)
    assert _plain(visit.title[0].value) == "Île-de-France and Hauts-de-France"
    assert "Rank 1 of" in words and "Rank 2 of" in words
    compared = next(chart.proto.alt for chart in visit.get("plotly_chart") if "Île-de-France, " in chart.proto.alt)
    assert "Hauts-de-France, €66bn" in compared
    assert "More than two regions" not in words


def test_a_third_region_is_not_compared_and_it_is_said(open_page: OpenPage):
    words = read(open_page(SCRIPT, region=["32", "11", "84"]))
    assert f"Plus de deux régions sont choisies{N}: Île-de-France et Hauts-de-France sont comparées" in words
    assert _table_row(words, "Auvergne-Rhône-Alpes")


def test_what_is_not_located_has_an_amount_and_no_rank(open_page: OpenPage):
    words = read(open_page(SCRIPT, region="none"))
    row = _investment("totals", Selection(region=("none",)))
    assert f"investissement annoncé{N}: {amount(row['low'], row['high'], 'fr', is_floor=True)}." in words
    assert "Ce qu’aucune déclaration ne situe dans une région" in words
    assert "Ce qui n’est pas localisé n’a pas de rang." in words and "Rang " not in words


def test_an_unknown_region_is_said_and_the_table_is_shown(open_page: OpenPage):
    words = read(open_page(SCRIPT, region="99"))
    assert "region\\=99" in words
    assert _table_row(words, "Hauts-de-France")


def test_a_region_without_projects_has_a_sentence_and_its_inventories(open_page: OpenPage):
    visit = open_page(SCRIPT, region="94")
    words = read(visit)
    assert f"Corse{N}: aucun programme ni site compté" in words
    assert "non la preuve qu’il n’y a rien" in words
    assert words.count(f"<td>0{N}site</td>") == 2
    assert not visit.exception and not visit.error


@pytest.mark.parametrize(("lang", "sentence"), [("fr", "aucune annonce, aucun inventaire"), ("en", "no announcement,")])
def test_a_region_nobody_speaks_of_has_a_sentence(open_page: OpenPage, lang: str, sentence: str):
    visit = open_page(SCRIPT, region="02", lang=lang)
    assert sentence in read(visit)
    assert not visit.exception and not visit.error and not visit.get("plotly_chart")


def test_choosing_in_the_box_writes_the_codes_in_the_address(open_page: OpenPage):
    visit = open_page(SCRIPT, lang="en")
    visit.multiselect(key="regions-pick-en").set_value(["32"]).run()
    assert visit.query_params["region"] == "32"
    assert _plain(visit.title[0].value) == "Hauts-de-France"
    visit.multiselect(key="regions-pick-en").set_value([]).run()
    assert "region" not in visit.query_params
    assert visit.title[0].value == "Regions"


def test_a_search_that_finds_nothing_is_said(open_page: OpenPage):
    assert "Aucun projet ne répond à ces filtres." in read(open_page(SCRIPT, q="introuvable"))


def _investment(query: str, selection: Selection):
    return data.query(query, selection).set_index("metric").loc["investment_meur"]


def _table_row(words: str, name: str) -> str:
    return next(row for row in words.split("<tr>") if f">{name}</a>" in row)


def _plain(title: str) -> str:
    return title.replace("\\", "")
