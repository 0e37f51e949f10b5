"""The dossier of a project, through the frame: every part in both languages, on the real data and on hostile data."""

import csv
import json
import re
from html import escape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.database import write_database
from etl.schema import ANNOUNCEMENTS
from pages.shared import data
from queries import Selection
from tests.pages.conftest import OpenPage, read

SCRIPT = "projects.py"
N = "\u202f"
# Project → its charts: stages, place, then a figure each.
DOSSIERS = {
    "brookfield-france": ["dossier-status", "dossier-investment_meur", "dossier-power_mw"],
    "sesterce-valence": [
        "dossier-status",
        "dossier-place",
        "dossier-investment_meur",
        "dossier-power_mw",
        "dossier-jobs",
    ],
    "campus-ia-fouju": ["dossier-status", "dossier-place", "dossier-power_mw"],
    "digital-realty-dugny": ["dossier-status", "dossier-place", "dossier-investment_meur", "dossier-power_mw"],
    "sites-etat": ["dossier-status", "dossier-sites_count"],
    "microsoft-monde-80-mds": ["dossier-status", "dossier-investment_meur"],
    "fluidstack-1gw": ["dossier-status", "dossier-place", "dossier-investment_meur", "dossier-power_mw"],
}
HOSTILE = "<script>alert(1)</script> **gras** $x^2$ :smile: [a](javascript:b) =1+1"


def charts_of(visit: AppTest) -> dict[str, object]:
    return {chart.proto.id.split("-", 2)[-1]: chart.proto for chart in visit.get("plotly_chart")}


def part(words: str, start: str, end: str) -> str:
    return words[words.index(start) :].split(end)[0]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("project", DOSSIERS)
def test_a_dossier_has_the_parts_that_make_sense(open_page: OpenPage, project: str, lang: str) -> None:
    visit = open_page(SCRIPT, project=project, lang=lang)
    assert not visit.exception and not visit.error
    keys = list(charts_of(visit))
    assert [key for key, name in zip(keys, DOSSIERS[project], strict=True) if not key.endswith(name)] == []
    assert all(chart.alt for chart in charts_of(visit).values())
    words = read(visit)
    has_history = project == "sites-etat"
    assert ("Chiffres retenus" in words or "Retained figures" in words) != has_history
    assert len(visit.code) == 2 and data.data_version() in visit.code[0].value
    assert visit.code[1].value.startswith(f"@misc{{infra-ia-france-{project},")
    assert f"lang={lang}" in visit.code[0].value
    assert '<ol class="claims">' in words


def test_the_head_says_kind_purpose_marks_and_a_sentence(open_page: OpenPage) -> None:
    words = read(open_page(SCRIPT, project="fluidstack-1gw"))
    lead = part(words, '<p class="lead">', "</p>")
    assert f"10{N}Md€, jusqu’à 1{N}GW{N}; abandonné{N}; Bosquel, Somme, Hauts-de-France." in lead
    assert "5 déclarations de 5 sources (10 février 2025 – avril 2026)." in lead
    badges = words.replace("\\", "")
    assert "Site · Dédié à l’IA" in badges and "arrêt signalé, à confirmer" in badges


def test_each_retained_figure_says_its_rule_and_its_open_end(open_page: OpenPage) -> None:
    words = read(open_page(SCRIPT, project="brookfield-france"))
    investment = part(words, "<h3>Investissement</h3>", "</section>")
    assert (
        f"Retenu{N}: la déclaration la plus récente (juin 2026{N}; type de source{N}: presse spécialisée){N}; "
        "7 autres déclarations à côté, dont 2 de sources faibles, écartées." in investment
    )
    power = part(words, "<h3>Puissance</h3>", "</section>")
    assert "plafond non dit" in power and f"Nature de la puissance{N}: Non précisée" in power
    english = read(open_page(SCRIPT, project="campus-ia-fouju", lang="en"))
    power = part(english, "<h3>Power</h3>", "</section>")
    assert "no floor stated: counts as zero in the low scenario" in power and "Kind of power: Grid connection" in power


def test_what_the_parts_leave_undetailed_or_exceed_is_said(open_page: OpenPage) -> None:
    words = read(open_page(SCRIPT, project="brookfield-france"))
    assert f"<li>Investissement{N}: la part non détaillée par ses parties est de 13{N}Md€.</li>" in words
    assert (
        f"<li>Puissance{N}: la somme des parties dépasse le total déclaré (au moins 500{N}MW) dans une hypothèse"
        in words
    )
    child = read(open_page(SCRIPT, project="cambrai"))
    row = next(row for row in child.split("<tr>") if "project=brookfield-france" in row)
    assert "Fait partie de" in row and "ses parties dépassent le total" in row


def test_contradictory_sources_are_listed_with_words_links_use_and_gap(open_page: OpenPage) -> None:
    words = read(open_page(SCRIPT, project="sesterce-valence"))
    assert "Sources contradictoires" in words
    table = part(words, f'aria-label="Investissement{N}:', "</table>")
    claims = data.query("claims_list", Selection(project="sesterce-valence"))
    claims = claims[claims["metric"] == "investment_meur"]
    assert table.count("<tr") - 1 == len(claims) + ("apart" in table)
    kept = next(row for row in table.split("<tr>") if "<strong>retenu</strong>" in row)
    assert "28 juin 2025" in kept and ">Lyon Capitale</a>" in kept and f">1,8{N}Md€</td>" in kept
    assert '<q lang="fr">1,8 milliard d’euros</q>' in kept and "écart" not in kept
    assert table.count('<span class="gap">écart</span>') == int(claims["deviates"].sum()) == 6


def test_claims_in_words_come_after_those_with_a_number(open_page: OpenPage) -> None:
    words = read(open_page(SCRIPT, project="brookfield-france", lang="en"))
    table = part(words, 'aria-label="Investment:', "</table>")
    numbered, in_words = table.split("Said in words, without a usable number")
    assert "<strong>retained</strong>" in numbered and "10 milliards de dollars" in in_words
    assert "retained" not in in_words and "gap" not in in_words


def test_an_inventory_has_a_history_and_no_use_of_its_counts(open_page: OpenPage) -> None:
    words = read(open_page(SCRIPT, project="sites-etat")).replace("\\,", ",")
    assert "Chaque chiffre, sa date, sa source" in words and "Sources contradictoires" not in words
    table = part(words, '<div class="table sources"', "</table>")
    assert ">Usage<" not in table and "retenu" not in table and 'class="gap"' not in table


def test_facts_say_who_pays_who_runs_when_and_leave_out_what_is_no_project(open_page: OpenPage) -> None:
    facts = part(read(open_page(SCRIPT, project="mayotte-ith")), '<dl class="facts">', "</dl>")
    assert "<dt>Investisseurs</dt><dd>ITH, Banque des Territoires, AFD, Crédit Agricole de La Réunion</dd>" in facts
    assert "<dt>Année prévue</dt><dd>2022 (échéance passée, pas en service)</dd>" in facts
    assert "<dt>Première annonce</dt><dd>décembre 2020</dd>" in facts
    inventory = part(read(open_page(SCRIPT, project="sites-etat")), '<dl class="facts">', "</dl>")
    assert "Investisseurs" not in inventory and "Dernière annonce" in inventory


def test_until_cuts_the_claims_the_charts_and_stands_in_the_citation(open_page: OpenPage) -> None:
    visit = open_page(SCRIPT, project="brookfield-france", until="2025-12-31", region="11")
    words = read(visit)
    assert "Data Central" not in words and "2026-06-brookfield" not in words
    chart = next(proto for key, proto in charts_of(visit).items() if key.endswith("investment_meur"))
    drawn = json.loads(chart.spec)
    retained = next(trace for trace in drawn["data"] if trace["name"] == "retained")
    assert [code for (code,) in retained["customdata"]] == ["2025-02-brookfield-20-md-communique"]
    assert "Data Central" not in chart.spec
    for block in visit.code:
        assert "project=brookfield-france&lang=fr&until=2025-12-31" in block.value and "region" not in block.value
    assert "tel que connu le 31 décembre 2025" in visit.code[0].value


@pytest.fixture
def hostile_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Serve the real claims with one project whose names and words try to be something else."""
    with ANNOUNCEMENTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["project_id"] == "rantigny":
            for column in ("project_name", "project_name_en"):
                row[column] = HOSTILE if row[column] else ""
            row |= {"operator": HOSTILE, "investors": HOSTILE, "source_publisher": HOSTILE, "note": HOSTILE}
            row |= {
                "investment_stated": HOSTILE,
                "source_url": "javascript:alert(1)",
                "archive_url": "data:text/html,x",
            }
    path = tmp_path / "hostile.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    write_database(path, tmp_path / "observatory.duckdb")
    monkeypatch.setattr(data, "DATABASE", tmp_path / "observatory.duckdb")
    return "rantigny"


def test_hostile_names_and_words_stay_data(open_page: OpenPage, hostile_data: str) -> None:
    visit = open_page(SCRIPT, project=hostile_data)
    assert not visit.exception
    html = "\n".join(element.proto.body for element in visit.get("html"))
    assert "<script" not in html and 'href="javascript' not in html and 'href="data:' not in html
    assert escape(HOSTILE) in html
    markdown = "\n".join(element.value for kind in ("title", "markdown", "caption") for element in getattr(visit, kind))
    assert re.search(r"(?<!\\)(\*\*gras|\[a|\$x|<script)", markdown) is None
    assert r"\*\*gras\*\*" in markdown
    for chart in charts_of(visit).values():
        assert "<script" not in chart.spec
    assert r"\$x\textasciicircum{}2\$" in visit.code[1].value
