"""Every sheet says what the queries say, in its language, and nothing more."""

from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from pages.shared import numbers
from pages.shared.addresses import KITS
from pages.shared.filters import ADDRESSES
from pages.shared.preview import PREVIEWS
from pages.shared.project_words import METRICS, WITH_HISTORY, own_ends, project_name
from queries import Database, Selection
from queries.words import code_words
from sheets import data
from sheets.addresses import Page
from tests.answering.finished import HOST, Serve
from tests.browser.dress import sometimes
from tests.sheets.reading import Read

LANGUAGES = ("fr", "en")


def read(client: TestClient, page: Page) -> Read:
    answer = client.get(page.path)
    assert answer.status_code == 200 and answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-language"] == page.lang
    return Read(answer.text)


def expect_sound(sheet: Read, page: Page) -> None:
    """What is true of every sheet: language, one title, its addresses, no script but data, nothing from elsewhere."""
    assert sheet.all("html") == [{"lang": page.lang}] and len(sheet.all("h1")) == 1
    assert list(sheet.relations("canonical").values()) == [HOST + page.path]
    alternates = {lang: HOST + page.in_language(lang).path for lang in LANGUAGES}
    assert sheet.relations("alternate") == {**alternates, "x-default": alternates["fr"]}
    assert [one["type"] for one in sheet.all("script")] == ["application/ld+json"]
    assert not any(sheet.all(tag) for tag in ("img", "iframe", "style", "object", "form", "base"))
    (style,) = sheet.relations("stylesheet").values()
    assert style.startswith("/fiche/style.")
    assert not any(name.startswith("on") or name == "style" for _, attrs in sheet.tags for name in attrs)
    assert sheet.meta("og:url") == [HOST + page.path] and sheet.meta("og:title")[0]
    assert sheet.meta("og:description") == sheet.meta("description") and sheet.meta("description")[0]
    assert sheet.meta("og:image") == [HOST + PREVIEWS[page.lang].path]
    assert sheet.meta("og:locale") == [{"fr": "fr_FR", "en": "en_GB"}[page.lang]]
    (linked,) = sheet.linked
    assert linked["@context"] == "https://schema.org" and linked["url"] == HOST + page.path
    ids = [attrs["id"] for _, attrs in sheet.tags if "id" in attrs]
    assert len(ids) == len(set(ids))


def expect_links_understood(sheet: Read, database: Database, page: Page) -> None:
    """Every link of the sheet to the site opens a page with parameters that this page reads."""
    names, projects = data.region_names(database, page.lang), data.project_names(database)
    for link in sheet.links():
        parts = urlsplit(link.removeprefix(HOST))
        if (
            parts.netloc
            or parts.path.startswith(("/fiche", "/en/fiche", "/api/", "/sitemap", *KITS.values()))
            or not parts.path
        ):
            continue
        assert parts.path in ADDRESSES.values(), link
        params = parse_qs(parts.query)
        assert params.pop("lang") == [page.lang]
        assert set(params) <= {"region", "project"}
        assert set(params.get("region", ())) <= set(names) and set(params.get("project", ())) <= set(projects)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_region_says_its_totals(client: TestClient, database: Database, lang: str) -> None:
    totals = database.run("totals_by_region")
    codes = data.region_names(database, lang)
    assert len(codes) == 19
    for code in codes:
        page = Page("region", lang, code)
        sheet = read(client, page)
        expect_sound(sheet, page)
        expect_links_understood(sheet, database, page)
        assert sheet.titles["h1"] == code_words("region", code, lang, database)
        own = totals[(totals["region_code"] == code) & totals["metric"].isin(["investment_meur", "power_mw"])]
        for row in own.to_dict("records"):
            figure = numbers.metric(row["metric"], row["low"], row["high"], lang, is_floor=bool(row["is_floor"]))
            assert figure in sheet.words, (code, row["metric"])
        listed = database.run("projects_list", Selection(region=(code,)))
        for row in listed.to_dict("records"):
            assert project_name(row, lang) in sheet.words
            assert Page("project", lang, row["project_id"]).path in sheet.links()


@pytest.mark.parametrize("lang", sometimes(LANGUAGES, "en"))
def test_jobs_and_powers_stand_by_scope_and_kind_and_are_never_one_sum_of_scopes(
    client: TestClient, database: Database, lang: str
) -> None:
    mixed = 0
    for code in data.region_names(database, lang):
        own = Selection(region=(code,))
        sheet = read(client, Page("region", lang, code))
        scopes = database.run("totals_by_scope", own)
        for row in scopes.to_dict("records"):
            floor = bool(row["is_floor"])
            figure = numbers.metric(row["metric"], row["low"], row["high"], lang, is_floor=floor, form="bare")
            assert figure in sheet.words
        if len(scopes[scopes["metric"] == "jobs"]) > 1:
            (whole,) = database.run("totals", own).query("metric == 'jobs'").to_dict("records")
            total = numbers.jobs(whole["low"], whole["high"], lang, is_floor=bool(whole["is_floor"]))
            assert total not in sheet.words
            mixed += 1
    assert mixed > 1


@pytest.mark.whole
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_project_says_its_figures_and_all_its_claims(client: TestClient, database: Database, lang: str) -> None:
    rows = database.run("projects_list").to_dict("records")
    assert len(rows) > 100
    announcements, claims = (
        dict(list(database.run(name).groupby("project_id"))) for name in ("announcements_list", "claims_list")
    )
    for row in rows:
        page = Page("project", lang, row["project_id"])
        sheet = read(client, page)
        expect_sound(sheet, page)
        expect_links_understood(sheet, database, page)
        assert sheet.titles["h1"] == project_name(row, lang)
        for metric in METRICS:
            if row["kind"] not in WITH_HISTORY and own_ends(row, metric) != (None, None):
                assert numbers.metric(metric, *own_ends(row, metric), lang) in sheet.words
        for claim in announcements[row["project_id"]].to_dict("records"):
            assert claim["id"] in sheet.words and claim["source_publisher"] in sheet.words
        for claim in claims.get(row["project_id"], announcements[row["project_id"]][:0]).to_dict("records"):
            if claim["low"] == claim["low"] or claim["high"] == claim["high"]:
                assert numbers.metric(claim["metric"], claim["low"], claim["high"], lang) in sheet.words
            if isinstance(claim["stated"], str):
                assert claim["stated"] in sheet.words


def test_what_comes_from_french_sources_says_so_in_english(client: TestClient, database: Database) -> None:
    own = Selection(project="campus-ia-fouju")
    sheet = read(client, Page("project", "en", "campus-ia-fouju"))
    claims, announcements = database.run("claims_list", own), database.run("announcements_list", own)
    stated = {*claims["stated"].dropna(), *announcements["note"].dropna()}
    assert len(stated) > 5 and stated <= set(sheet.french)


def test_the_two_languages_differ_and_the_index_lists_every_sheet(client: TestClient, database: Database) -> None:
    sheets = {lang: read(client, Page("index", lang)) for lang in LANGUAGES}
    for lang, sheet in sheets.items():
        expect_sound(sheet, Page("index", lang))
        expected = {Page("region", lang, code).path for code in data.region_names(database, lang)}
        expected |= {Page("project", lang, code).path for code in data.project_names(database)}
        assert expected <= set(sheet.links())
    (whole,) = database.run("totals").query("metric == 'investment_meur'").to_dict("records")
    for lang, sheet in sheets.items():
        total = numbers.amount(whole["low"], whole["high"], lang, is_floor=bool(whole["is_floor"]))
        assert total[:1].upper() + total[1:] in sheet.words
    assert "Projets comptés" in sheets["fr"].words and "Counted projects" in sheets["en"].words
    region = {lang: read(client, Page("region", lang, "32")).words for lang in LANGUAGES}
    assert "Investissement annoncé" in region["fr"] and "Investissement annoncé" not in region["en"]
    assert "Announced investment" in region["en"] and "66\u202fMd€" in region["fr"] and "€66bn" in region["en"]


def test_no_blank_is_shown_as_a_program_writes_it(client: TestClient, database: Database) -> None:
    for project in list(data.project_names(database))[::5]:
        assert not {"nan", "NaN", "NaT", "None", "<NA>"} & set(
            read(client, Page("project", "en", project)).words.split()
        )


def test_a_region_of_which_nothing_is_known_says_so(client: TestClient) -> None:
    sheet = read(client, Page("region", "fr", "03"))
    assert "Guyane\u202f: aucune annonce" in sheet.words and "non la preuve" in sheet.words


def test_a_map_shows_the_region_and_the_commune(client: TestClient, database: Database) -> None:
    for code, names in (("04", "La Réunion"), ("32", "Hauts-de-France")):
        (picture,) = read(client, Page("region", "fr", code)).all("svg")
        assert names in picture["aria-label"] and picture["role"] == "img"
    assert read(client, Page("region", "fr", "none")).all("svg") == []
    rows = database.run("projects_list")
    for precision, kind in (("commune", "exact"), ("region", "near"), ("none", None)):
        project = rows[rows["location_precision"] == precision]["project_id"].iloc[0]
        dots = read(client, Page("project", "fr", project)).all("circle")
        assert [dot["class"] for dot in dots] == ([kind] if kind else [])
        assert all(0 < int(dot["cx"]) < 460 and 0 < int(dot["cy"]) < 470 for dot in dots)


def test_whatever_somebody_typed_stays_words(serve: Serve, hostile_path) -> None:
    client = serve(hostile_path)
    served = data.database()
    tagged = "<script>alert(1)</script> & <b>gras</b>"
    named = [code for code, names in data.project_names(served).items() if tagged in names[0]]
    told = served.run("announcements_list").query("note == @tagged")["project_id"]
    assert named and len(told)
    for project in {*named, *told, *list(data.project_names(served))[::7]}:
        for lang in LANGUAGES:
            page = Page("project", lang, project)
            answer = client.get(page.path)
            assert answer.status_code == 200
            assert not any(ord(letter) < 32 and letter not in "\t\n\r" for letter in answer.text)
            sheet = Read(answer.text)
            expect_sound(sheet, page)
            assert sheet.all("b") == []
    assert tagged in read(client, Page("project", "fr", named[0])).titles["h1"]
    (linked,) = read(client, Page("project", "fr", named[0])).linked
    assert tagged in linked["name"]
    for page in (Page("index"), Page("region", "en", "11"), Page("region", "fr", "none")):
        expect_sound(read(client, page), page)
