"""The schema as read: types, labels, facets, and a column added by one declaration."""

import json
from pathlib import Path

import pytest

from etl.schema import SCHEMA, load_schema


def test_every_column_of_the_announcements_is_declared_in_order(real_file: Path) -> None:
    header = real_file.read_text(encoding="utf-8").split("\n", 1)[0]
    assert header.split(",") == list(load_schema().names)


def test_each_type_has_its_column_type_and_hectares_go_to_the_square_metre() -> None:
    schema = load_schema()
    types = {name: schema.field(name).duckdb_type for name in ("id", "recorded_on", "jobs_low", "area_ha")}
    assert types == {"id": "VARCHAR", "recorded_on": "DATE", "jobs_low": "INTEGER", "area_ha": "DECIMAL(18,4)"}
    assert schema.field("investment_low_meur").duckdb_type == "DECIMAL(18,3)"


def test_a_code_has_its_words_in_both_languages() -> None:
    schema = load_schema()
    assert schema.label("status", "under_construction", "fr") == "En chantier"
    assert schema.label("status", "under_construction", "en") == "Under construction"


def test_codes_are_those_that_the_enumeration_allows_in_the_same_order() -> None:
    for field in load_schema().fields:
        assert tuple(field.codes) == field.enum, field.name


def test_an_unknown_field_or_code_is_refused_with_the_known_ones() -> None:
    schema = load_schema()
    with pytest.raises(KeyError, match="no field 'regions' in the schema; known: id, project_id"):
        schema.field("regions")
    with pytest.raises(KeyError, match="no code 'both' in 'purpose'; known: ai, mixed, general"):
        schema.label("purpose", "both", "fr")


def test_facets_are_the_fields_declared_as_filters() -> None:
    facets = [field.name for field in load_schema().facets]
    declared = json.loads(SCHEMA.read_text(encoding="utf-8"))["fields"]
    assert facets == [field["name"] for field in declared if field.get("facet")]
    assert {"region_code", "status", "kind", "purpose", "event"} <= set(facets)


def test_a_column_is_added_by_one_declaration(tmp_path: Path) -> None:
    descriptor = json.loads(SCHEMA.read_text(encoding="utf-8"))
    descriptor["fields"].append(
        {
            "name": "water_m3",
            "type": "number",
            "title": "Eau",
            "title_en": "Water",
            "description": "Mètres cubes par an.",
            "description_en": "Cubic metres a year.",
            "constraints": {"minimum": 0},
            "unit": "m3",
        }
    )
    path = tmp_path / "schema.json"
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    field = load_schema(path).field("water_m3")
    assert load_schema(path).names == (*load_schema().names, "water_m3")
    assert (field.duckdb_type, field.title_in("fr"), field.title_in("en")) == ("DECIMAL(18,3)", "Eau", "Water")
    assert (field.minimum, field.required, field.codes) == ("0", False, {})
