"""The claims themselves: nothing lost, nothing that contradicts itself, the founding articles all there."""

import csv
import io
import re
from collections import defaultdict
from urllib.parse import urlsplit

import pytest

from tests.data.rows import DATA, announcements

CLAIMS = announcements()
BY_ID = {claim["id"]: claim for claim in CLAIMS}

# The five articles from which the observatory began.
VALENCE = "https://iamia.fr/un-futur-prometteur-limplantation-dun-data-center-dedie-a-lintelligence-artificielle"
HAUTS_DE_FRANCE = "https://iamia.fr/les-hauts-de-france-aspirent-a-se-transformer-en-un-veritable-paradis-europeen"
FOUNDING_ARTICLES = {
    "https://datascientest.com/des-milliards-dinvestissements-et-des-centaines-demplois-a-la-cle": 4,
    "https://www.tendanceouest.com/actualite-425189-normandie-des-centaines-d-emplois-a-la-cle": 8,
    "https://www.ekole.fr/blog/intelligence-artificielle-un-mega-data-center-a-valence": 3,
    VALENCE: 6,
    HAUTS_DE_FRANCE: 8,
}


def _of_article(start: str) -> list[dict[str, str]]:
    return [claim for claim in CLAIMS if claim["source_url"].startswith(start)]


def test_every_claim_and_every_project_is_there():
    assert len(CLAIMS) == len(BY_ID) == 439
    assert len({claim["project_id"] for claim in CLAIMS}) == 134


@pytest.mark.parametrize(("start", "count"), FOUNDING_ARTICLES.items())
def test_every_claim_of_a_founding_article_is_there(start, count):
    assert len(_of_article(start)) == count


@pytest.mark.parametrize(
    ("claim_id", "expected"),
    {
        "2025-02-sites-etat-35-centres-ekole": {
            "kind": "inventory", "sites_count": "35", "announced_on": "2025-02-06", "project_id": "sites-etat",
        },
        "2025-05-sites-etat-65-le-monde-copie": {
            "kind": "inventory", "sites_count": "65", "announced_on": "2025-05", "project_id": "sites-etat",
        },
        "2025-05-sites-etat-hauts-de-france-16-iamia": {
            "kind": "inventory", "sites_count": "16", "region_code": "32", "part_of": "sites-etat",
            "note": "16 sur 65",
        },
        "2025-02-brookfield-20-md-iamia": {
            "kind": "programme", "project_id": "brookfield-france", "event": "sommet-ia-2025",
            "investment_low_meur": "20000", "investment_high_meur": "20000", "region_code": "",
        },
        "2025-02-valence-450-m-iamia": {
            "kind": "site", "commune_code": "26004", "investors": "Sesterce",
            "investment_low_meur": "450", "investment_high_meur": "450",
        },
        "2025-02-valence-1000-emplois-directs-indirects-iamia": {
            "commune_code": "26004", "jobs_low": "1000", "jobs_high": "1000", "jobs_scope": "direct_indirect",
        },
        "2025-05-hauts-de-france-2-gw-iamia": {
            "kind": "target", "region_code": "32", "power_low_mw": "2000", "power_high_mw": "",
        },
        "2025-01-normandie-3-4-sites-tendance-ouest": {
            "kind": "target", "region_code": "28", "status": "ambition", "note": "trois ou quatre sites clés en main",
        },
        "2025-01-normandie-hectares-datascientest": {"note": "30 à 50 ha par site", "area_ha": ""},
        "2025-01-normandie-emplois-tendance-ouest": {
            "jobs_stated": "des centaines d’emplois par data center", "jobs_low": "", "jobs_high": "",
        },
        "2025-01-microsoft-80-md-datascientest": {
            "kind": "context", "investment_low_meur": "80000", "region_code": "",
        },
        "2025-01-microsoft-80-md-dollars-afp": {
            "kind": "context", "investment_low_meur": "", "investment_stated": "80 milliards de dollars",
        },
    }.items(),
)  # fmt: skip
def test_what_the_founding_articles_say_is_entered_as_they_say_it(claim_id, expected):
    claim = BY_ID[claim_id]
    assert {column: claim[column] for column in expected} == expected


def test_the_file_is_utf8_with_commas_line_feeds_and_no_needless_quote():
    content = (DATA / "announcements.csv").read_bytes().decode("utf-8")
    assert "\r" not in content and not content.startswith("\ufeff") and content.endswith("\n")
    rewritten = io.StringIO()
    csv.writer(rewritten, lineterminator="\n").writerows(csv.reader(io.StringIO(content)))
    assert rewritten.getvalue() == content


def test_claims_are_sorted_by_date_as_text_then_by_id():
    order = [(claim["announced_on"], claim["id"]) for claim in CLAIMS]
    assert order == sorted(order)


def test_an_id_begins_with_the_month_of_the_announcement():
    assert [claim["id"] for claim in CLAIMS if claim["id"][:7] != claim["announced_on"][:7]] == []


def test_a_project_keeps_one_name_in_each_language_one_kind_one_purpose_and_one_parent():
    said = defaultdict(set)
    for claim in CLAIMS:
        for column in ("project_name", "project_name_en", "kind", "purpose", "part_of"):
            said[claim["project_id"], column].add(claim[column])
    assert {key: values for key, values in said.items() if len(values) > 1} == {}


def test_no_two_projects_bear_the_same_name():
    for column in ("project_name", "project_name_en"):
        names = {claim["project_id"]: claim[column] for claim in CLAIMS}
        assert all(names.values())
        assert len(set(names.values())) == len(names)


def test_english_names_are_in_english_and_keep_the_numbers_of_the_french_ones():
    projects = {claim["project_id"]: claim for claim in CLAIMS}.values()
    french = re.compile(
        r"\b(data centers?|milliards?|euros|projets?|annoncé|première|hors|centre de|sites identifiés)\b"
    )
    assert [claim["project_name_en"] for claim in projects if french.search(claim["project_name_en"])] == []
    assert [claim["project_name_en"] for claim in projects if " :" in claim["project_name_en"]] == []
    for claim in projects:
        numbers, numbers_en = (
            re.findall(r"\d+(?:[.,]\d+)?", claim[column].replace(",", "."))
            for column in ("project_name", "project_name_en")
        )
        assert sorted(numbers) == sorted(numbers_en), claim["project_name"]


@pytest.mark.parametrize("mark", ["'", "\u00a0", "\u202f", "\u200b", "  ", '"'])
def test_texts_use_one_apostrophe_and_plain_single_spaces(mark):
    found = [
        (claim["id"], column)
        for claim in CLAIMS
        for column, text in claim.items()
        if mark in text and not column.endswith("_url")
    ]
    assert found == []


def test_no_cell_begins_or_ends_with_a_space_or_a_stray_colon():
    found = [claim["id"] for claim in CLAIMS for text in claim.values() if text != text.strip() or text.startswith(":")]
    assert found == []


def test_addresses_name_a_host_and_hold_no_space():
    for claim in CLAIMS:
        address = urlsplit(claim["source_url"])
        assert address.scheme in ("http", "https"), claim["id"]
        assert re.fullmatch(r"([\w-]+\.)+[a-z]{2,}", address.netloc), claim["id"]
        assert not re.search(r"\s", claim["source_url"]), claim["id"]


def test_a_number_comes_with_the_words_of_the_source_and_their_scope():
    for claim in CLAIMS:
        for metric, unit, scope in (
            ("investment", "_meur", None),
            ("power", "_mw", "power_kind"),
            ("jobs", "", "jobs_scope"),
        ):
            stated = claim[f"{metric}_stated"]
            if claim[f"{metric}_low{unit}"] or claim[f"{metric}_high{unit}"]:
                assert stated, claim["id"]
            if scope:
                assert bool(stated) == bool(claim[scope]), claim["id"]


def test_foreign_money_is_never_put_in_euros():
    dollars = [claim for claim in CLAIMS if "dollar" in claim["investment_stated"]]
    assert len(dollars) >= 8
    assert {claim["investment_low_meur"] + claim["investment_high_meur"] for claim in dollars} == {""}


def test_words_that_bound_a_figure_bound_it_on_the_right_side():
    at_least = re.compile(r"^(plus d[e’]|au moins|un peu plus)")
    at_most = re.compile(r"^(jusqu’à|au plus)")
    seen = 0
    for claim in CLAIMS:
        for metric, unit in (("investment", "_meur"), ("power", "_mw"), ("jobs", "")):
            low, high = claim[f"{metric}_low{unit}"], claim[f"{metric}_high{unit}"]
            if not (low or high):
                continue
            if at_least.match(claim[f"{metric}_stated"]):
                assert low and not high, claim["id"]
                seen += 1
            if at_most.match(claim[f"{metric}_stated"]):
                assert high and not low, claim["id"]
                seen += 1
    assert seen > 40
