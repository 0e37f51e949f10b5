"""The workflow that checks a proposed change: it parses, asks for no more than it needs, and runs commands we have."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "annonces.yml").read_text(encoding="utf-8"))
STEPS = WORKFLOW["jobs"]["check"]["steps"]


def test_it_runs_on_changes_of_the_data_only_and_with_few_rights() -> None:
    # YAML 1.1 reads the key `on` as true.
    assert WORKFLOW[True]["pull_request"]["paths"][0] == "data/announcements.csv"
    assert "pull_request_target" not in WORKFLOW[True]
    assert WORKFLOW["permissions"] == {"contents": "read", "pull-requests": "write"}


def test_its_make_targets_exist() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    asked = [name for step in STEPS for name in re.findall(r"\bmake ([a-z]+)", step.get("run", ""))]
    assert asked == ["check", "build"]
    assert set(asked) <= set(targets)


def test_no_value_of_the_event_is_written_into_a_script() -> None:
    assert [step["run"] for step in STEPS if "${{" in step.get("run", "")] == []


def test_a_file_that_fails_fails_the_change() -> None:
    assert STEPS[-1]["if"] == "env.failed == 'yes'"
    assert STEPS[-1]["run"] == "exit 1"
