"""Contribuer: from an empty form to a line that the check takes, each problem beside its box, and the true effect."""

import csv
import json
import shutil
from html import escape
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from etl.check import check_file
from etl.database import write_database
from etl.new_row import GROUPS, commit_sentence, groups, propose_id, propose_project_id, slug
from etl.placing import place_row
from etl.schema import ANNOUNCEMENTS, SCHEMA, load_schema
from etl.workbook import export_workbook
from pages.shared import contribute_file, contribute_form, data, draft_runner
from pages.shared.contribute_choices import NEW
from pages.shared.contribute_form import key
from pages.shared.texts import text
from queries import Selection, open_database
from queries.effect import find_changes
from tests.etl.test_libreoffice import MADE
from tests.marks import in_page
from tests.pages.conftest import OpenPage, read

SCRIPT = "contribute.py"
N = "\u202f"
# A row of a project that is known, and that of a new one, whole.
KNOWN = {
    "project_id": "brookfield-france",
    "announced_on": "2026-05-03",
    "announcer": "Brookfield",
    "investment_low_meur": "25000",
    "investment_high_meur": "25000",
    "source_publisher": "Le Monde",
    "source_title": "Brookfield, encore",
    "source_url": "https://www.lemonde.fr/x",
    "source_kind": "national_press",
}
NEW_SITE = {
    "project_id": NEW,
    "project_name": "Data center d’essai à Lisses",
    "project_name_en": "Trial data centre, Lisses",
    "kind": "site",
    "purpose": "ai",
    "announced_on": "2026-03",
    "operator": "CloudHQ",
    "region_code": "11",
    "departement_code": "91",
    "commune_code": "91340",
    "investment_low_meur": "750",
    "jobs_low": "30",
    "jobs_high": "40",
    "jobs_scope": "direct",
    "source_publisher": "Le Républicain de l’Essonne",
    "source_title": "Un centre de plus, « dit-on »",
    "source_url": "https://www.le-republicain.fr/x",
    "source_kind": "regional_press",
}
HOSTILE = "<script>alert(1)</script> *gras* $x$ :smile: \"a\", 'b'; `c` [d](javascript:e) &amp;"


def write(visit: AppTest, row: dict[str, str], lang: str = "fr") -> AppTest:
    """Fill the boxes one after the other, those that others open first."""
    for name, value in row.items():
        widgets = {widget.key: widget for widget in [*visit.selectbox, *visit.text_input, *visit.text_area]}
        widgets[key(name, lang)].set_value(value)
        if name in ("region_code", "departement_code") or value == NEW:
            visit.run()
    return visit.run()


def faults(visit: AppTest, name: str, lang: str = "fr") -> str:
    """Return the problems said in the column of the page that holds the box `name`, and nowhere else."""
    for column in visit.columns:
        if any(widget.key == key(name, lang) for widget in [*column.selectbox, *column.text_input, *column.text_area]):
            return "\n".join(element.proto.body for element in column.get("html"))
    raise AssertionError(f"no box for {name}")


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_an_empty_form_shows_every_column_and_complains_of_nothing(open_page: OpenPage, lang: str):
    visit = open_page(SCRIPT, lang=lang)
    assert not visit.exception and not visit.warning and not visit.error
    assert visit.title[0].value == text("contribute.title", lang)
    untouched = read(visit).replace("\\", "")
    assert '<p class="fault' not in untouched and text("contribute.empty", lang) in untouched
    write(visit, {"project_id": NEW}, lang)
    shown = {widget.key for widget in [*visit.selectbox, *visit.text_input, *visit.text_area]}
    assert shown >= {key(name, lang) for name in load_schema().names}


def test_a_row_of_a_known_project_becomes_a_line_its_place_and_its_sentence(open_page: OpenPage, tmp_path: Path):
    visit = write(open_page(SCRIPT), KNOWN)
    assert not visit.exception
    line, sentence = (block.value for block in visit.code)
    assert sentence == "ADD 2026-05-brookfield-france-25-md-le-monde : Brookfield, 25 Md€ (Le Monde)"
    lines = ANNOUNCEMENTS.read_text(encoding="utf-8").split("\n")
    words = read(visit).replace("\\", "")
    number = int(words.split("Elle devient la ligne ")[1].split(" ")[0])
    lines.insert(number - 1, line)
    copy = tmp_path / "announcements.csv"
    copy.write_text("\n".join(lines), encoding="utf-8")
    assert check_file(copy).problems == ()
    (added,) = [row for row in rows_of(copy) if row["id"] == "2026-05-brookfield-france-25-md-le-monde"]
    assert added["project_name"] == "Programme Brookfield d’infrastructures d’IA en France"
    assert "s’écartent du vôtre de plus de 10" in words and "2025-02-brookfield-20-md-afp" in words


def test_the_effect_shown_is_that_of_a_real_rebuild(open_page: OpenPage, tmp_path: Path):
    visit = write(open_page(SCRIPT), NEW_SITE)
    assert not visit.exception and visit.success
    line = visit.code[0].value
    header = ANNOUNCEMENTS.read_text(encoding="utf-8").split("\n")[0].split(",")
    row = dict(zip(header, next(csv.reader([line])), strict=True))
    assert row["project_id"] == "data-center-d-essai-a-lisses" and row["investment_high_meur"] == ""
    copy = tmp_path / "announcements.csv"
    copy.write_text(place_row(ANNOUNCEMENTS.read_text(encoding="utf-8"), row).content, encoding="utf-8")
    write_database(copy, tmp_path / "observatory.duckdb")
    rebuilt = open_database(tmp_path / "observatory.duckdb")
    changes = find_changes(data.query("totals_by_place", Selection()).to_dict("records"), data.examined(row)["totals"])
    assert {(change.place, change.metric) for change in changes} == {
        (place, metric) for place in ("all", "11") for metric in ("investment_meur", "jobs", "projects")
    }
    for change in changes:
        name = "totals" if change.place == "all" else "totals_by_region"
        for ends, frame in ((change.before, data.query(name, Selection())), (change.after, rebuilt.run(name))):
            if change.metric == "jobs":
                continue
            place = pd.Series(True, frame.index) if change.place == "all" else frame["region_code"] == change.place
            (told,) = frame[place & (frame["metric"] == change.metric)].to_dict("records")
            assert (told["low"], told["high"]) == ends
    jobs = next(change for change in changes if change.metric == "jobs" and change.place == "all")
    scopes = rebuilt.run("totals_by_scope")
    (direct,) = scopes[(scopes["metric"] == "jobs") & (scopes["scope"] == "direct")].to_dict("records")
    assert (jobs.segment, jobs.after) == ("direct", (direct["low"], direct["high"]))
    assert (jobs.after[0] - jobs.before[0], jobs.after[1] - jobs.before[1]) == (30, 40)
    words = read(visit)
    assert f"174{N}995 → 175{N}745 (+750)" in words and f"214{N}015 → 214{N}765 (+750)" in words
    assert "Île-de-France" in words and "Emplois durables" in words


WRONG = [
    ("announced_on", "2026-02-31", "n’existe pas"),
    ("announced_on", "3/2/2026", "2026-02-03"),
    ("investment_low_meur", "1 500,5", "1500.5"),
    ("investment_low_meur", "-3", "-3"),
    ("investment_low_meur", "99999", "25000"),
    ("power_low_mw", "environ 20", "environ 20"),
    ("target_year", "1850", "1850"),
    ("source_url", "lemonde.fr", "lemonde.fr"),
    ("source_date", "hier", "hier"),
    ("recorded_on", "2020-01-01", "2020-01-01"),
    ("id", "Ma ligne", "Ma ligne"),
    ("id", "2026-06-brookfield-30-md-data-central", "déjà employé"),
    ("announcer", "a\u200bb", "U+200B"),
]


def test_each_problem_stands_beside_its_box_and_no_other(open_page: OpenPage):
    visit = write(open_page(SCRIPT), {"project_id": KNOWN["project_id"]})
    for name, value, said in WRONG:
        sound = {**dict.fromkeys(("id", "power_low_mw", "target_year", "source_date"), ""), **KNOWN}
        write(visit, {**sound, "recorded_on": "2026-11-24", name: value, "project_id": KNOWN["project_id"]})
        assert not visit.exception and not visit.code
        assert escape(said) in faults(visit, name), (name, value)
        # The date proposes the identifier: without it, both are told.
        others = [other for other in KNOWN if other not in (name, "announced_on")]
        assert all('<p class="fault' not in faults(visit, other) for other in others), (name, value)


def test_what_is_left_blank_is_asked_for_quietly_and_a_code_from_its_list(open_page: OpenPage):
    visit = write(open_page(SCRIPT), {"project_id": NEW, "jobs_low": "30"})
    for name in ("project_name", "announced_on", "source_title"):
        assert '<p class="fault due">À remplir.</p>' in faults(visit, name)
    for name in ("kind", "purpose", "source_kind"):
        assert '<p class="fault due">À choisir dans la liste.</p>' in faults(visit, name)
    assert "jobs_low" in faults(visit, "jobs_scope")
    (button,) = [button for button in visit.button if button.key.startswith("contribute-write-fr-jobs_scope")]
    assert button.label == "Écrire Non précisés"
    button.click().run()
    assert visit.selectbox(key=key("jobs_scope", "fr")).value == "unspecified"
    assert '<p class="fault' not in faults(visit, "jobs_scope")


def test_places_are_chosen_by_name_each_inside_the_other(open_page: OpenPage):
    visit = open_page(SCRIPT)
    assert visit.selectbox(key=key("commune_code", "fr")).options == []
    write(visit, {"departement_code": "59"})
    assert visit.selectbox(key=key("region_code", "fr")).value == "32"
    communes = visit.selectbox(key=key("commune_code", "fr")).options
    assert "Cambrai" in communes and 500 < len(communes) < 900
    write(visit, {"commune_code": "59122"})
    visit.selectbox(key=key("region_code", "fr")).set_value("11").run()
    assert visit.selectbox(key=key("departement_code", "fr")).value is None
    assert visit.selectbox(key=key("commune_code", "fr")).value is None
    assert len(visit.selectbox(key=key("departement_code", "fr")).options) == 8


def test_a_second_saying_of_the_same_claim_is_pointed_at(open_page: OpenPage):
    same = next(row for row in rows_of(ANNOUNCEMENTS) if row["id"] == "2025-02-brookfield-20-md-afp")
    kept = {name: same[name] for name in KNOWN if name not in ("project_id", "announcer")}
    visit = write(open_page(SCRIPT, lang="en"), {"project_id": "brookfield-france", **kept}, "en")
    assert not visit.exception
    assert "2025-02-brookfield-20-md-afp" in faults(visit, "id", "en")
    assert "deserves a look" in read(visit)
    assert "No total changes" in read(visit)


def test_what_is_typed_is_data_wherever_it_is_shown(open_page: OpenPage):
    typed = {**KNOWN, "announcer": HOSTILE, "source_publisher": HOSTILE, "note": f"{HOSTILE}\n=1+1"}
    visit = write(open_page(SCRIPT), typed)
    assert not visit.exception
    assert "<script>" not in read(visit)
    line = next(csv.reader(visit.code[0].value.splitlines(keepends=True)))
    assert line.count(HOSTILE) == 2 and f"{HOSTILE}\n=1+1" in line
    wrong = write(open_page(SCRIPT), {**KNOWN, "source_url": HOSTILE, "investment_low_meur": HOSTILE})
    assert "<script>" not in read(wrong) and escape("<script>") in read(wrong)


def test_a_column_added_to_the_schema_has_its_box(open_page: OpenPage, tmp_path: Path, monkeypatch):
    declared = json.loads(SCHEMA.read_text(encoding="utf-8"))
    codes = {"air": {"fr": "À air", "en": "Air"}, "water": {"fr": "À eau", "en": "Water"}}
    added = {"name": "cooling", "type": "string", "title": "Refroidissement", "title_en": "Cooling", "codes": codes}
    added |= {"description": "Comment.", "description_en": "How.", "constraints": {"enum": list(codes)}}
    at = [field["name"] for field in declared["fields"]].index("target_year")
    declared["fields"].insert(at, added)
    path = tmp_path / "schema.json"
    path.write_text(json.dumps(declared), encoding="utf-8")
    monkeypatch.setattr(data, "schema", lambda: load_schema(path))
    visit = open_page(SCRIPT, lang="en")
    box = visit.selectbox(key=key("cooling", "en"))
    assert (box.label, box.options) == ("Cooling", ["Air", "Water"])
    assert "cooling" in [field.name for field in groups(data.schema())["figures"]]


def test_every_column_has_one_group():
    found = groups(load_schema())
    assert tuple(found) == GROUPS and all(found.values())
    assert sorted(field.name for held in found.values() for field in held) == sorted(load_schema().names)


def test_names_are_proposed_and_unlike_those_taken():
    assert slug("Œuvre d’Île-de-France (Fouju)") == "oeuvre-d-ile-de-france-fouju"
    assert propose_project_id("Campus IA", {"campus-ia", "campus-ia-2"}) == "campus-ia-3"
    assert propose_project_id("!!", set()) == ""
    row = {"announced_on": "2026-02", "project_id": "x", "jobs_low": "1000", "source_publisher": "Le Monde"}
    assert propose_id(row, set()) == "2026-02-x-1000-emplois-le-monde"
    assert propose_id({**row, "announced_on": "demain"}, set()) == ""
    assert propose_id({**row, "jobs_low": "NaN", "investment_high_meur": "1e999"}, set()) == "2026-02-x-le-monde"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"announcer": "A;B", "power_low_mw": "300"}, "ADD 2026-02-x : A, ≥ 300 MW (P)"),
        ({"operator": "Data4", "status": "under_construction"}, "ADD 2026-02-x : Data4, En chantier (P)"),
        ({"project_name": "Nom\nlong"}, "ADD 2026-02-x : Nom long (P)"),
    ],
)
def test_the_sentence_of_the_commit_is_one_line(cells: dict[str, str], said: str):
    row = {"id": "2026-02-x", "project_id": "x", "source_publisher": "P", **cells}
    assert commit_sentence(row, load_schema(), "fr") == said


def upload(visit: AppTest, content: bytes, name: str = "annonces.csv") -> AppTest:
    visit.get("file_uploader")[0].upload(name, content, "text/csv")
    return visit.run(timeout=120)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_spoiled_file_gets_its_whole_report_and_leaves_no_bytes(open_page: OpenPage, lang: str):
    lines = ANNOUNCEMENTS.read_text(encoding="utf-8").split("\n")
    lines[4] = lines[4].replace("2026-11-22", "<b>hier</b>")
    del lines[100]
    visit = upload(open_page(SCRIPT, mode="file", lang=lang), "\n".join(lines).encode(), "<i>x</i>.csv")
    assert not visit.exception
    words = read(visit)
    assert "<mark>&lt;b&gt;hier&lt;/b&gt;</mark>" in words and "<b>hier" not in words and "<i>x" not in words
    assert load_schema().field("recorded_on").title_in(lang) in words
    assert text("contribute.file.removed", lang, n=1, count="1") in words.replace("\\", "")
    kept = visit.session_state[contribute_file.REPORT]
    assert len(json.dumps(kept)) < 20_000
    assert visit.get("file_uploader")[0].value is None


def test_a_sound_file_shows_its_effect_and_its_sentence(open_page: OpenPage, tmp_path: Path):
    row = {**KNOWN, "id": "2026-05-essai", "recorded_on": "2026-11-24"}
    content = place_row(ANNOUNCEMENTS.read_text(encoding="utf-8"), row).content
    visit = upload(open_page(SCRIPT, mode="file"), content.encode())
    assert not visit.exception and visit.success
    assert visit.code[0].value == "ADD 2026-05-essai"
    assert "1 déclaration ajoutée" in read(visit) and "L’effet sur les totaux" in [
        title.value for title in visit.subheader
    ]


@pytest.mark.parametrize(
    "name", ["../../\u202e\u200bwww.mal.example <script>.csv", ":red[a] https://mal.example/ $$x$$.csv"]
)
def test_the_name_of_a_file_is_words(open_page: OpenPage, name: str):
    visit = upload(open_page(SCRIPT, mode="file"), b"id\n", name)
    assert not visit.exception and in_page(visit, frozenset()) == []
    assert visit.session_state[contribute_file.REPORT]["name"] == name.translate({0x202E: "", 0x200B: ""})


def test_what_cannot_be_read_is_a_sentence(open_page: OpenPage, monkeypatch):
    visit = upload(open_page(SCRIPT, mode="file"), b"PK\x03\x04" + bytes(range(256)) * 100)
    assert not visit.exception and "à corriger" in visit.error[0].value
    monkeypatch.setattr(draft_runner, "WITHIN_S", 0.01)
    visit = upload(visit, b"id\n")
    assert not visit.exception and "trop de temps ou de mémoire" in visit.error[0].value


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_workbook_is_taken_as_a_csv_is(open_page: OpenPage, tmp_path: Path, lang: str):
    content = export_workbook(ANNOUNCEMENTS, tmp_path / "annonces.xlsx").read_bytes()
    visit = upload(open_page(SCRIPT, mode="file", lang=lang), content, "annonces.xlsx")
    assert not visit.exception and visit.success
    assert text("contribute.file.unchanged", lang) in read(visit).replace("\\", "")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("sealed.xlsx", "protégé par un mot de passe"),
        ("french.xls", "d’un ancien format (.xls)"),
        ("french.ods", "un document de LibreOffice (.ods)"),
    ],
)
def test_what_is_no_workbook_of_ours_is_told_how_to_be_saved(open_page: OpenPage, name: str, said: str):
    visit = upload(open_page(SCRIPT, mode="file"), (MADE / name).read_bytes(), name)
    assert not visit.exception and "1 problème à corriger" in visit.error[0].value.replace(N, " ")
    assert said in read(visit)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"added": 0, "changed": 0, "removed": 0}, ""),
        ({"added": 2, "changed": 0, "removed": 0}, "ADD 2 déclarations ajoutées"),
        ({"added": 0, "changed": 1, "removed": 0}, "FIX y"),
        ({"added": 0, "changed": 0, "removed": 1}, "UPDATE z"),
        ({"added": 1, "changed": 1, "removed": 0}, "UPDATE 1 déclaration ajoutée, 1 déclaration modifiée"),
    ],
)
def test_the_sentence_of_a_file_says_what_was_done(counts: dict[str, int], said: str):
    told = {"counts": counts, "added": ["x"], "changed": [{"id": "y"}], "removed": ["z"]}
    assert contribute_file.tell_commit(told, "fr") == said


def test_the_page_writes_nothing_beside_the_data(open_page: OpenPage, tmp_path: Path):
    before = {path: path.stat().st_mtime_ns for path in ANNOUNCEMENTS.parent.iterdir()}
    shutil.copy(ANNOUNCEMENTS, tmp_path)
    write(open_page(SCRIPT), {"project_id": NEW, "project_name": "x"})
    assert {path: path.stat().st_mtime_ns for path in ANNOUNCEMENTS.parent.iterdir()} == before
    assert contribute_form.LONGEST_CELL < 10_000
