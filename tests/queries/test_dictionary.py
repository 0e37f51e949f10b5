"""The data dictionary: every column of every extract is described, in both languages."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from etl.database import write_database
from etl.schema import ANNOUNCEMENTS, SCHEMA, Label, load_schema
from queries import RESOURCES, Database, Selection, open_database
from queries.dictionary import COLUMNS, Column, describe, dictionary

N = "\u202f"
DECLARED = tomllib.loads(COLUMNS.read_text(encoding="utf-8"))


def column(database: Database, resource: str, name: str) -> Column:
    return next(column for column in dictionary(database, resource) if column.name == name)


@pytest.mark.parametrize("resource", RESOURCES)
def test_the_columns_are_those_of_the_extract_in_its_order(database: Database, resource: str) -> None:
    extract = database.table(RESOURCES[resource].query, Selection(region=("32",)))
    assert [column.name for column in dictionary(database, resource)] == extract.column_names


@pytest.mark.parametrize("resource", RESOURCES)
def test_every_column_is_described_in_both_languages(database: Database, resource: str) -> None:
    described = dictionary(database, resource)
    for found in described:
        words = (found.title_fr, found.title_en, found.description_fr, found.description_en)
        assert all(words), found.name
        assert not [text for text in words if re.search(r"[{}]|  |^\s|\s$", text)], found.name
        assert found.description_fr != found.description_en, found.name
        assert (found.title("fr"), found.title("en")) == words[:2]
        assert (found.description("fr"), found.description("en")) == words[2:]
    for lang in ("fr", "en"):
        assert len({found.title(lang) for found in described}) == len(described), "a title names one column"


@pytest.mark.parametrize("resource", RESOURCES)
def test_french_is_typeset(database: Database, resource: str) -> None:
    for found in dictionary(database, resource):
        assert not re.search(r" [:;!?»]|« |'", found.title_fr + found.description_fr), found.name
        assert "'" not in found.title_en + found.description_en, found.name


@pytest.mark.parametrize(
    ("resource", "name", "type_", "unit"),
    [
        ("announcements", "investment_low_meur", "number", "M€"),
        ("announcements", "area_ha", "number", "ha"),
        ("announcements", "sites_count", "integer", None),
        ("announcements", "announced_on", "date", None),
        ("announcements", "source_date", "string", None),
        ("claims", "low", "number", None),
        ("claims", "is_retained", "boolean", None),
        ("projects", "investment_net_high_meur", "number", "M€"),
        ("projects", "power_low_mw", "number", "MW"),
        ("projects", "power_is_weak", "boolean", None),
        ("projects", "power_kind", "string", None),
        ("projects", "jobs_net_low", "integer", None),
        ("projects", "construction_jobs_source_count", "integer", None),
        ("projects", "latitude", "number", "°"),
        ("regions", "longitude", "number", "°"),
        ("regions", "power_it_low_mw", "number", "MW"),
        ("regions", "investment_share_low", "number", None),
        ("regions", "jobs_direct_indirect_high", "integer", None),
        ("regions", "population", "integer", None),
        ("events", "new_high_meur", "number", "M€"),
        ("events", "first_day", "date", None),
    ],
)
def test_types_and_units(database: Database, resource: str, name: str, type_: str, unit: str | None) -> None:
    found = column(database, resource, name)
    assert (found.type, found.unit) == (type_, unit)


def test_a_column_of_the_schema_takes_its_words_and_codes_from_there(database: Database) -> None:
    found, declared = column(database, "announcements", "power_kind"), load_schema().field("power_kind")
    assert (found.title_fr, found.description_en) == (declared.title, declared.description_en)
    assert found.codes == declared.codes
    assert column(database, "projects", "power_kind").codes == declared.codes
    assert column(database, "projects", "power_kind").title_en == "Kind of the retained power"
    assert column(database, "announcements", "note").codes == {}


def test_an_extract_says_what_it_gives_differently_from_the_file(database: Database) -> None:
    assert column(database, "announcements", "announced_on").description("en") == (
        "Day the claim became public; the first of the month where only the month is known "
        "(announced_on_precision tells)."
    )
    assert "AAAA-MM" not in column(database, "claims", "announced_on").description_fr
    assert column(database, "announcements", "project_name").description_fr == (
        "Nom du projet en français, le même sur toutes les lignes du projet."
    )
    assert column(database, "regions", "region_code").description_en.endswith("none for what is not located.")


def test_columns_of_a_metric_are_described_by_one_noun_and_one_template(database: Database) -> None:
    low = column(database, "projects", "investment_low_meur")
    assert (low.title_fr, low.title_en) == (
        "Investissement, chiffre retenu, borne basse (M€)",
        "Investment, retained figure, low end (€m)",
    )
    weak = column(database, "projects", "construction_jobs_is_weak")
    assert weak.title_fr == f"Emplois de chantier{N}: source faible"
    assert weak.description_fr == (
        "Vrai quand le chiffre retenu pour le nombre d’emplois de chantier ne repose que sur des sources "
        f"de type «{N}autre{N}»."
    )
    scoped = column(database, "regions", "jobs_direct_indirect_high")
    assert scoped.title_fr == "Emplois durables – Directs et indirects, hypothèse haute"
    assert scoped.description_en == (
        "Sum of the net amounts of only those counted projects whose retained jobs have the scope “Direct and "
        "indirect”, in whichever scenario gives more. Blank where there is none."
    )
    missing = column(database, "regions", "construction_jobs_missing_projects")
    assert missing.title("en") == "Construction jobs, projects without a figure"


@pytest.mark.parametrize(
    ("resource", "name"),
    [
        ("announcements", "announced_on_precision"),
        ("announcements", "status"),
        ("claims", "metric"),
        ("claims", "scope"),
        ("claims", "source_kind"),
        ("projects", "location_precision"),
        ("projects", "kind"),
        ("projects", "status"),
        ("projects", "jobs_scope"),
    ],
)
def test_every_code_in_the_data_has_its_words(database: Database, resource: str, name: str) -> None:
    held = set(database.run(RESOURCES[resource].query)[name].dropna())
    codes = column(database, resource, name).codes
    assert held <= set(codes)
    assert all(label.name(lang) for label in codes.values() for lang in ("fr", "en"))


def test_the_scope_of_a_figure_joins_both_lists(database: Database) -> None:
    codes = column(database, "claims", "scope").codes
    assert list(codes) == ["direct_indirect", "direct", "unspecified", "grid", "it", "site"]
    assert codes["grid"].fr == "Raccordement"
    assert codes["unspecified"] == Label("Non précisé", "Unspecified")


@pytest.mark.parametrize(
    ("resource", "name"),
    [("projects", "colour"), ("claims", "area_ha_net"), ("regions", "power_nuclear_low_mw"), ("events", "latitude")],
)
def test_a_column_that_nothing_describes_is_an_error(resource: str, name: str) -> None:
    with pytest.raises(KeyError, match=rf"{resource}\.{name} has no .*description_fr.*: describe it in columns\.toml"):
        describe(resource, name, "string", load_schema())


def test_an_unknown_resource_is_an_error(database: Database) -> None:
    with pytest.raises(KeyError):
        dictionary(database, "sources")


def test_nothing_is_described_that_no_extract_has(database: Database) -> None:
    names = {resource: {column.name for column in dictionary(database, resource)} for resource in RESOURCES}
    for resource, known in names.items():
        assert set(DECLARED[resource]) <= known, resource
    assert set(DECLARED["shared"]) <= set.union(*names.values())
    assert set(DECLARED) == {*RESOURCES, "units", "shared", "metrics", "patterns", "scoped"}


def test_a_column_added_to_the_schema_needs_no_other_declaration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    descriptor = json.loads(SCHEMA.read_text(encoding="utf-8"))
    water = {
        "name": "water_m3",
        "type": "number",
        "unit": "m³",
        "title": "Eau",
        "title_en": "Water",
        "description": "Eau annoncée",
        "description_en": "Announced water",
        "example": "12",
    }
    descriptor["fields"].append(water)
    schema_path = tmp_path / "schema.json"
    schema_path.write_text(json.dumps(descriptor), encoding="utf-8")
    header, *lines = ANNOUNCEMENTS.read_text(encoding="utf-8").splitlines()
    csv_path = tmp_path / "announcements.csv"
    csv_path.write_text("\n".join([header + ",water_m3", *(line + ",7.5" for line in lines)]) + "\n", encoding="utf-8")
    path = tmp_path / "observatory.duckdb"
    write_database(csv_path, path, schema=load_schema(schema_path))
    monkeypatch.setattr("queries.dictionary.SCHEMA", schema_path)
    expected = Column("water_m3", "number", "Eau", "Water", "Eau annoncée", "Announced water", "m³", {})
    assert column(open_database(path), "announcements", "water_m3") == expected
