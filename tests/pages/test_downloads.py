"""Données: the selection on screen, its files and its address are one; its columns, its licence, in both languages."""

import re
from html import escape, unescape
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import data, frame, reports
from pages.shared.downloads_links import files, service
from pages.shared.downloads_view import written
from pages.shared.filters import ADDRESSES
from pages.shared.layout import SCRIPTS
from pages.shared.markup import plain
from pages.shared.snippets import FORMATS
from pages.shared.texts import text
from queries import RESOURCES, Selection, archive_path, resource_path
from tests.pages.conftest import OpenPage, read

SCRIPT = "downloads.py"
N = "\u202f"
LANGUAGES = ("fr", "en")
# Every letter that could end a quote, an attribute or a line somewhere.
HOSTILE = 'l\'été "x" <b onclick=1> `id` $(id) *gras* {a} [1](javascript:b) \\ & ; é\u2028y'


def links(visit: AppTest) -> dict[str, str]:
    """Return the links of the page's own lists: name and address."""
    words = "\n".join(element.proto.body for element in visit.get("html"))
    found = re.findall(r'<li><a href="([^"]*)" [^>]*><strong>(.*?)</strong>', words)
    return {unescape(name): unescape(address) for address, name in found}


def sentence(visit: AppTest) -> str:
    return unescape(re.findall(r'<p class="lead">(.*?)</p>', read(visit), re.DOTALL)[0])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", RESOURCES)
def test_every_resource_says_its_rows_its_columns_and_what_a_row_is(open_page: OpenPage, name: str, lang: str):
    visit = open_page(SCRIPT, resource=name, lang=lang)
    assert not visit.exception and not visit.warning
    rows = data.query(RESOURCES[name].query, Selection())
    told = sentence(visit)
    assert re.search(rf"\b{len(rows)} ", told.replace(N, " ")) and str(len(rows.columns)) in told
    assert told.endswith(RESOURCES[name].description(lang))
    assert visit.title[0].value == text("downloads.title", lang)


def test_the_sentence_counts_the_selection(open_page: OpenPage):
    rows = data.query("extract_projects", Selection(region=("06",)))
    told = sentence(open_page(SCRIPT, resource="projects", region="06")).replace(N, " ")
    noun = "projet" if len(rows) < 2 else "projets"
    assert told.startswith(f"La sélection compte {len(rows)} {noun}, en {len(rows.columns)} colonnes.")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", RESOURCES)
def test_the_files_are_those_of_the_service_with_the_filters_of_the_page(open_page: OpenPage, name: str, lang: str):
    params = {"region": ["32", "none"], "purpose": "ai", "since": "2025-02-01", "until": "2026-01-31", "q": "data"}
    visit = open_page(SCRIPT, resource=name, lang=lang, **params)
    selection, _ = data.parse(
        tuple((key, (value,) if isinstance(value, str) else tuple(value)) for key, value in params.items())
    )
    expected = {ending: resource_path(name, ending, selection) for ending in ("csv", "json", "parquet")}
    expected["csv_excel"] = resource_path(name, "csv", selection, dialect="excel-fr")
    expected["xlsx"] = resource_path(name, "xlsx", selection, **({"lang": "en"} if lang == "en" else {}))
    expected["zip"] = archive_path(selection)
    if RESOURCES[name].is_mapped:
        expected["geojson"] = resource_path(name, "geojson", selection)
    found = links(visit)
    for key, address in expected.items():
        assert found[text(f"downloads.files.{key}", lang)] == address
    assert (text("downloads.files.geojson", lang) in found) == RESOURCES[name].is_mapped
    asked = parse_qs(urlsplit(expected["zip"]).query)
    assert asked == {key: [value] if isinstance(value, str) else value for key, value in params.items()}
    assert visit.code[0].value.endswith(expected["csv"])


def test_a_file_is_saved_and_a_page_is_opened():
    for link in files(RESOURCES["projects"], Selection(), "fr"):
        assert link.is_file and link.address.startswith("/api/v1/")
    kinds = {link.address.split("?")[0]: link.is_file for link in service(Selection(region=("32", "53")), "en")}
    assert kinds == {
        "/api/docs": False,
        "/api/v1/observatory.duckdb": True,
        "/api/v1/versions": False,
        "/api/v1/errata.csv": True,
        "/api/v1/schema.json": True,
        "/api/v1/datapackage.json": True,
        "/api/v1/feed.atom": False,
    }


def test_the_feed_follows_the_regions_and_the_documentation_the_language(open_page: OpenPage):
    found = links(open_page(SCRIPT, lang="en", region=["32", "53"], purpose="ai"))
    assert found["Follow what is new"] == "/api/v1/feed.atom?region=32&region=53&lang=en"
    assert found["Documentation"] == "/api/docs?lang=en"
    assert links(open_page(SCRIPT))["Suivre les nouveautés"] == "/api/v1/feed.atom"


def test_an_unknown_resource_is_told_and_the_first_is_shown(open_page: OpenPage):
    visit = open_page(SCRIPT, resource="tout")
    (notice,) = [warning.value for warning in visit.warning]
    assert notice.startswith("Ce filtre de l’adresse n’est pas connu") and "resource\\=tout" in notice
    assert "/api/v1/announcements.csv" in links(visit)["CSV"]


def test_a_project_narrows_the_rows_and_one_button_takes_all_again(open_page: OpenPage):
    visit = open_page(SCRIPT, resource="claims", project="cambrai")
    rows = data.query("extract_claims", Selection(project="cambrai"))
    assert f"{len(rows)} chiffres" in sentence(visit).replace(N, " ")
    assert links(visit)["CSV"] == "/api/v1/claims.csv?project=cambrai"
    project = data.query("projects_list", Selection(project="cambrai"))["project_name"].iloc[0]
    assert plain(f"Projet{N}: {project}. Seules ses lignes sont données.") in read(visit)
    visit.button(key="all-projects-fr").click().run()
    assert set(visit.query_params) == {"resource"}
    assert links(visit)["CSV"] == "/api/v1/claims.csv"


def test_a_project_that_nobody_knows_is_told_and_left_out(open_page: OpenPage):
    visit = open_page(SCRIPT, project="nowhere", resource="claims")
    assert "project\\=nowhere" in visit.warning[0].value
    assert links(visit)["CSV"] == "/api/v1/claims.csv"


def test_a_choice_of_resource_is_written_in_the_address(open_page: OpenPage):
    visit = open_page(SCRIPT, region="32")
    switch = visit.get("button_group")[0]
    assert switch.value == "announcements"
    switch.set_value("regions").run()
    assert visit.query_params["resource"] in ("regions", ["regions"])
    assert links(visit)["CSV"] == "/api/v1/regions.csv?region=32"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_preview_has_the_first_rows_and_every_column(open_page: OpenPage, lang: str):
    words = read(open_page(SCRIPT, resource="projects", lang=lang))
    preview = words.split('<div class="table preview"')[1].split("</table>")[0]
    rows = data.query("extract_projects", Selection())
    assert preview.count("<tr>") == 11
    assert re.findall(r'<th scope="col">(.*?)</th>', preview) == list(rows.columns)
    assert f"<td>{rows['project_id'].iloc[0]}</td>" in preview and "00:00:00" not in preview and "nan" not in preview


def test_the_preview_says_whether_it_is_whole(open_page: OpenPage):
    whole, part = (open_page(SCRIPT, resource=name, lang="en").caption for name in ("events", "errata"))
    events, errata = (len(data.query(f"extract_{name}", Selection())) for name in ("events", "errata"))
    assert any(caption.value.startswith(f"All {events} rows") for caption in whole)
    assert any(caption.value.startswith(f"The first 10 rows of {errata}") for caption in part)


def test_a_cell_is_written_as_the_csv_has_it():
    cells = (None, pd.NA, pd.NaT, float("nan"), 51.0, 0.5, 12345.678, pd.Timestamp("2026-01-02"), True, "01", 7)
    assert [written(cell) for cell in cells] == [
        "", "", "", "", "51", "0.5", "12345.678", "2026-01-02", "true", "01", "7",
    ]  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", RESOURCES)
def test_the_dictionary_describes_every_column_and_code(open_page: OpenPage, name: str, lang: str):
    words = read(open_page(SCRIPT, resource=name, lang=lang))
    table = words.split('<div class="table dictionary"')[1].split("</table>")[0]
    columns = data.dictionary(name)
    assert re.findall(r"<td><code>(\w+)</code></td>", table) == [column.name for column in columns]
    assert [column.name for column in columns] == list(data.query(RESOURCES[name].query, Selection()).columns)
    for column in columns:
        assert escape(column.title(lang)) in table and escape(column.description(lang)) in table
        for code, label in column.codes.items():
            assert f"<code>{code}</code>" in table and escape(label.name(lang)) in table


def test_the_dictionary_names_units_and_the_key(open_page: OpenPage):
    words = read(open_page(SCRIPT, resource="claims"))
    assert "désignée par `announcement_id`, `metric`" in words
    assert "<td>nombre, M€</td>" in read(open_page(SCRIPT, resource="projects"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_lines_of_code_hold_the_address_and_only_the_codes_there_are(open_page: OpenPage, lang: str):
    visit = open_page(SCRIPT, resource="regions", region="32", lang=lang)
    python, duckdb, attach, r, powerquery, curl = [block.value for block in visit.code[1:7]]
    assert [tab.label for tab in visit.tabs] == [text(f"downloads.code.{language}", lang) for language in FORMATS]
    for lines in (python, r, powerquery, curl):
        assert "/api/v1/regions.csv?region=32" in lines
    assert "/api/v1/regions.parquet?region=32" in duckdb
    assert "region_code" in python and "commune_code" not in python
    assert f"/api/v1/observatory-{data.data_version()}.duckdb' AS observatory (READ_ONLY);" in attach
    assert "dtype" not in open_page(SCRIPT, resource="errata").code[1].value


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_citation_has_the_version_and_the_address_of_the_page(open_page: OpenPage, lang: str):
    visit = open_page(SCRIPT, resource="projects", region="32", lang=lang)
    cited, entry = (block.value for block in visit.code[-2:])
    assert data.data_version() in cited and "Hauts-de-France" in cited
    assert cited.endswith(f"/donnees?resource=projects&region=32&lang={lang}")
    assert entry.startswith("@misc{infra-ia-france-projects,")
    assert f'href="{frame.LICENCE}"' in read(visit) and "etalab-2.0" in read(visit)


def test_an_error_is_reported_with_the_table_and_its_address(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(reports.VARIABLE, "mailto:a@example.org")
    words = read(open_page(SCRIPT, resource="errata", region="32"))
    link = unescape(re.findall(r'href="(mailto:[^"]*)"', words)[0])
    body = parse_qs(urlsplit(link).query)["body"][0]
    assert "Corrections" in body and "resource=errata&region=32&lang=fr" in body and data.data_version() in body


@pytest.mark.parametrize("name", RESOURCES)
def test_a_hostile_search_stays_words_and_breaks_no_quote(open_page: OpenPage, name: str):
    visit = open_page(SCRIPT, resource=name, q=HOSTILE)
    assert not visit.exception
    html = "\n".join(element.proto.body for element in visit.get("html"))
    assert "<b onclick" not in html and 'href="javascript' not in html
    asked = parse_qs(urlsplit(links(visit)["CSV"]).query)
    assert asked == {"q": [HOSTILE]}
    address = visit.code[0].value
    assert not set(address) & set("'\"`<>\\{}() \n\u2028")
    python, duckdb, _, r, powerquery, curl = [block.value for block in visit.code[1:7]]
    assert [lines.count(address) for lines in (python, r, powerquery, curl)] == [1, 1, 1, 1]
    assert curl.count("'") == duckdb.count("'") == 2 and python.split("\n")[2].count('"') == 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_selection_is_told_and_the_filters_can_be_removed(open_page: OpenPage, lang: str):
    visit = open_page(SCRIPT, q="rien de tel", project="cambrai", resource="claims", lang=lang)
    assert not visit.exception and 'class="table preview"' not in read(visit)
    assert sentence(visit) == text("downloads.sentence_empty", lang, description=RESOURCES["claims"].description(lang))
    assert 'class="table dictionary"' in read(visit) and links(visit)["CSV"].startswith("/api/v1/claims.csv?q=")
    visit.button(key=f"empty-reset-{lang}").click().run()
    assert set(visit.query_params) == {"resource", "lang"}


def data_links(visit: AppTest, lang: str) -> list[dict[str, list[str]]]:
    label = text("frame.data", lang)
    return [parse_qs(link.proto.query_string) for link in visit.get("page_link") if link.proto.label == label]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", frame.SHOWN_AS)
def test_every_page_leads_to_its_data_with_its_filters(open_page: OpenPage, page: str, lang: str):
    visit = open_page(SCRIPTS[page], lang=lang, region="32", purpose="ai")
    expected = {"region": ["32"], "purpose": ["ai"], "lang": [lang], "resource": [frame.SHOWN_AS[page]]}
    assert data_links(visit, lang) == [expected]


def test_every_page_that_shows_data_is_thought_of():
    assert set(frame.SHOWN_AS) == set(ADDRESSES) - {"downloads", "contribute", "accessibility"}
    assert set(frame.SHOWN_AS.values()) <= set(RESOURCES)


def test_the_page_of_the_data_leads_to_no_other(open_page: OpenPage):
    assert data_links(open_page(SCRIPT), "fr") == []


def test_a_dossier_leads_to_its_own_claims_on_its_day(open_page: OpenPage):
    visit = open_page("projects.py", project="cambrai", region="11", q="x", since="2026-01-01", until="2026-03-01")
    assert data_links(visit, "fr") == [{"resource": ["claims"], "project": ["cambrai"], "until": ["2026-03-01"]}]
    unknown = open_page("projects.py", project="nowhere", region="11")
    assert data_links(unknown, "fr") == [{"resource": ["projects"], "region": ["11"]}]
