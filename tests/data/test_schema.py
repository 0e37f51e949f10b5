"""The declaration of the columns: a Table Schema that the claims obey, in both languages."""

import csv
import json

import pytest
from frictionless import Control, Dialect, Resource, Schema, formats

from tests.data.rows import DATA, announcements

DECLARED = json.loads((DATA / "schema.json").read_text(encoding="utf-8"))
FIELDS = {field["name"]: field for field in DECLARED["fields"]}
CODED = [field for field in DECLARED["fields"] if "codes" in field]


def _validate(path):
    controls: list[Control] = [formats.CsvControl(delimiter=",")]
    resource = Resource(path=str(path), schema=Schema.from_descriptor(DECLARED), encoding="utf-8")
    resource.dialect = Dialect(controls=controls)
    resource.basepath = ""
    return resource.validate()


def test_frictionless_accepts_the_declaration_with_our_own_properties():
    schema = Schema.from_descriptor(DECLARED)
    assert schema.get_field("kind").to_descriptor()["codes"]["site"]["en"] == "Site"
    assert schema.primary_key == ["id"]


def test_the_claims_obey_the_declaration(monkeypatch):
    monkeypatch.chdir(DATA)
    report = _validate("announcements.csv")
    assert report.flatten(["rowNumber", "fieldName", "note"]) == []
    assert report.valid
    assert report.stats["errors"] == 0


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", "Site"), ("status", "annoncé"), ("jobs_scope", "indirect"), ("region_code", "Hauts-de-France"),
        ("investment_low_meur", "-1"), ("jobs_low", "12.5"), ("announced_on", "10/02/2025"), ("announced_on", ""),
        ("id", "brookfield"), ("source_url", "www.iamia.fr"), ("recorded_on", ""), ("target_year", "1"),
    ],
)  # fmt: skip
def test_a_wrong_cell_breaks_the_declaration(tmp_path, monkeypatch, column, value):
    claims = announcements()[:3]
    claims[1][column] = value
    with (tmp_path / "announcements.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(claims[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(claims)
    monkeypatch.chdir(tmp_path)
    errors = _validate("announcements.csv").flatten(["rowNumber", "fieldName"])
    assert [3, column] in errors


def test_the_columns_are_those_of_the_file_in_its_order():
    assert list(FIELDS) == list(announcements()[0])


@pytest.mark.parametrize("field", DECLARED["fields"], ids=list(FIELDS))
def test_every_column_says_in_both_languages_what_it_holds(field):
    for key in ("title", "title_en", "description", "description_en", "example"):
        assert field[key].strip(), key
    assert field["description"].endswith(".") and field["description_en"].endswith(".")
    assert field["title"] == field["title"].strip() and len(field["title"]) <= 40


@pytest.mark.parametrize("field", CODED, ids=[field["name"] for field in CODED])
def test_the_codes_allowed_are_the_codes_described(field):
    assert field["constraints"]["enum"] == list(field["codes"])
    for words in field["codes"].values():
        assert set(words) == {"fr", "en", "description_fr", "description_en"}
        assert all(words.values())
        assert len(words["fr"]) <= 24 and len(words["en"]) <= 24
        assert words["description_fr"].endswith(".") and words["description_en"].endswith(".")


def test_codes_whose_order_matters_come_best_or_earliest_first():
    assert list(FIELDS["status"]["codes"]) == [
        "ambition", "announced", "permitted", "under_construction", "operational", "suspended", "cancelled",
    ]  # fmt: skip
    assert list(FIELDS["source_kind"]["codes"]) == [
        "official", "company", "agency", "national_press", "regional_press", "trade_press", "other",
    ]  # fmt: skip
    assert list(FIELDS["jobs_scope"]["codes"]) == ["direct_indirect", "direct", "unspecified"]


def test_the_facets_are_the_filters_of_the_site():
    assert [name for name, field in FIELDS.items() if field.get("facet")] == [
        "kind", "purpose", "event", "operator", "investors", "status", "region_code", "departement_code",
    ]  # fmt: skip


def test_examples_obey_their_own_declaration(tmp_path, monkeypatch):
    with (tmp_path / "announcements.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([list(FIELDS), [field["example"] for field in DECLARED["fields"]]])
    monkeypatch.chdir(tmp_path)
    assert _validate("announcements.csv").flatten(["fieldName", "note"]) == []


def test_french_words_use_the_apostrophe_and_spaces_of_french_typography():
    texts = [field[key] for field in DECLARED["fields"] for key in ("title", "description")]
    texts += [words[key] for field in CODED for words in field["codes"].values() for key in ("fr", "description_fr")]
    texts += [DECLARED["title"], DECLARED["description"]]
    for text in texts:
        assert "'" not in text
        for wrong in (" ;", " :", " !", " ?", "« ", " »"):
            assert wrong not in text, text
