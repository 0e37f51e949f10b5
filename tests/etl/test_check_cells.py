"""Every mistake that one line can hold: found alone, in its place, with its exact words in both languages."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from etl.check import check_file
from etl.messages import sentence
from etl.schema import SCHEMA, load_schema
from tests.etl.conftest import Write
from tests.etl.sheet import edited, table, write_table

CASES = tomllib.loads(Path(__file__).with_name("cell_messages.toml").read_text(encoding="utf-8"))["case"]
NARROW = {"« ": "«\u202f", " »": "\u202f»", " ;": "\u202f;", " :": "\u00a0:"}


def typeset(french: str) -> str:
    """French with the spaces that it is printed with, save inside what is quoted from the cell."""
    for plain, narrow in NARROW.items():
        french = french.replace(plain, narrow)
    return french


def test_the_small_file_passes(write: Write) -> None:
    report = check_file(write(table()))
    assert (report.problems, report.claims, report.projects) == ((), 5, 4)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['code']}-{case['column']}-{case['cells']}")
def test_a_mistake_is_said_alone_in_both_languages(write: Write, case: dict[str, Any]) -> None:
    path = write(edited(case["line"], **case["cells"]))
    report = check_file(path)
    assert [problem.code for problem in report.problems] == [case["code"]]
    (problem,) = report.problems
    assert (problem.line, problem.column) == (case["line"], case["column"])
    assert problem.expected == case.get("expected")
    place = f"{path}, ligne {case['line']}, colonne {case['column']}\u00a0: "
    assert sentence(problem, report.file, "fr") == place + typeset(case["fr"])
    place = f"{path}, line {case['line']}, column {case['column']}: "
    assert sentence(problem, report.file, "en") == place + case["en"]


def test_the_spaces_of_french_are_narrow_and_those_of_the_cell_untouched(write: Write) -> None:
    path = write(edited(3, region_code="Hauts de France"))
    (problem,) = check_file(path).problems
    assert sentence(problem, "data/announcements.csv", "fr") == (
        "data/announcements.csv, ligne 3, colonne region_code\u00a0: «\u202fHauts de France\u202f» n’est pas "
        "un code INSEE de région\u202f; écrivez 32 (Hauts-de-France)."
    )


@pytest.mark.parametrize(
    "cells",
    [
        {"power_low_mw": "240", "power_high_mw": "240.000"},
        {"recorded_on": "2025-02-10"},
        {"announced_on": "2025-02", "recorded_on": "2025-02-01", "source_date": ""},
        {"power_low_mw": "", "power_high_mw": "", "power_kind": "it"},
        {"commune_code": "", "departement_code": ""},
        {"region_code": "", "departement_code": "", "commune_code": ""},
        {"note": 'deux\nlignes, « guillemets » et "droits"'},
        {"area_ha": "3.4048"},
    ],
    ids=str,
)
def test_what_the_model_allows_is_no_mistake(write: Write, cells: dict[str, str]) -> None:
    assert check_file(write(edited(3, **cells))).problems == ()


def test_a_wrong_cell_is_not_judged_a_second_time_by_the_rules(write: Write) -> None:
    path = write(edited(3, power_low_mw="beaucoup", power_kind="", announced_on="2025-02-31"))
    codes = {(problem.column, problem.code) for problem in check_file(path).problems}
    assert codes == {("power_low_mw", "type-number"), ("announced_on", "date-impossible")}


def test_a_long_or_unprintable_value_stays_on_one_short_line(write: Write) -> None:
    path = write(edited(3, status="x\n" * 500 + "x"))
    (problem,) = check_file(path).problems
    said = sentence(problem, "f.csv", "en")
    assert "\n" not in said and "x\\nx\\n" in said and "…" in said and len(said) < 600
    assert problem.value == "x\n" * 500 + "x"


def test_a_boolean_and_a_rarer_rule_of_a_schema_have_their_sentences(tmp_path: Path) -> None:
    descriptor = json.loads(SCHEMA.read_text(encoding="utf-8"))
    fields = {field["name"]: field for field in descriptor["fields"]}
    fields["operator"]["type"] = "boolean"
    fields["announcer"]["constraints"] = {"minLength": 3}
    schema_path = tmp_path / "schema.json"
    schema_path.write_text(json.dumps(descriptor), encoding="utf-8")
    path = write_table(tmp_path, edited(3, operator="peut-être", announcer="x"))
    problems = check_file(path, schema=load_schema(schema_path)).problems
    assert [sentence(problem, "f.csv", "fr") for problem in problems] == [
        typeset("f.csv, ligne 3, colonne announcer : « x » n’obéit pas à la règle « minLength » du schéma ; ")
        + "écrivez une valeur qui la respecte.",
        typeset("f.csv, ligne 3, colonne operator : « peut-être » n’est ni vrai ni faux ; écrivez true ou false."),
    ]
    assert [sentence(problem, "f.csv", "en") for problem in problems] == [
        "f.csv, line 3, column announcer: “x” breaks the rule “minLength” of the schema; write a value that obeys it.",
        "f.csv, line 3, column operator: “peut-être” is neither true nor false; write true or false.",
    ]


def test_a_column_added_to_the_schema_is_checked_at_once(tmp_path: Path) -> None:
    descriptor = json.loads(SCHEMA.read_text(encoding="utf-8"))
    added = {"name": "water_m3", "type": "number", "title": "Eau", "title_en": "Water"}
    descriptor["fields"].append({**added, "description": "Par an.", "description_en": "A year."})
    schema_path = tmp_path / "schema.json"
    schema_path.write_text(json.dumps(descriptor), encoding="utf-8")
    header, *rows = table()
    path = write_table(tmp_path, [[*header, "water_m3"], *[[*row, "beaucoup"] for row in rows[:1]]])
    (problem,) = check_file(path, schema=load_schema(schema_path)).problems
    assert (problem.line, problem.column, problem.code) == (2, "water_m3", "type-number")
