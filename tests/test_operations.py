"""docs/operations.md says what is true: its commands, settings, measures, addresses and files exist."""

import re
import shlex
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest
import yaml
from prometheus_client import REGISTRY

import operations.crowd
import operations.requests  # noqa: F401
import pages.shared.runs  # noqa: F401
from api import service
from etl.console import make_parser
from operations import metrics
from operations.settings import PREFIX, Settings, read_settings
from queries import resources

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def test_every_target_is_listed_by_make() -> None:
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8").stdout
    named = set(re.findall(r"\bmake ([a-z-]+)", GUIDE))
    assert {"run", "build", "lock", "test"} <= named
    assert {name for name in named if not re.search(rf"^  make {name} ", listed, re.MULTILINE)} == set()


def test_every_command_of_etl_is_understood() -> None:
    commands = re.findall(r"python -m (etl .*)", GUIDE)
    assert commands
    for command in commands:
        assert make_parser().parse_args(shlex.split(command)[1:]).command is not None


def test_every_setting_is_told_with_its_default() -> None:
    rows = dict(re.findall(rf"^\| `{PREFIX}(\w+)` \|(?: `(.*?)`)? \|", GUIDE, re.MULTILINE))
    assert {"REPORT_TO", *(field.name.upper() for field in fields(Settings))} == set(rows)
    told = {f"{PREFIX}{name}": value for name, value in rows.items() if value and name != "REPORT_TO"}
    assert read_settings(told) == read_settings({})


def test_every_measure_exists() -> None:
    named = set(re.findall(r"\b(?:infra_ia|process)_[a-z_]+", GUIDE))
    told = {
        name + ending
        for family in REGISTRY.collect()
        for name in (family.name, *(sample.name for sample in family.samples))
        for ending in ("", "_total", "_count", "_bucket")
    }
    assert len(named) > 10 and named - told == set()


def test_the_alerts_are_rules_that_prometheus_reads() -> None:
    (group,) = yaml.safe_load(re.findall(r"^```yaml\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)[0])["groups"]
    assert len(group["rules"]) >= 8
    for rule in group["rules"]:
        assert set(rule) <= {"alert", "expr", "for"}
        assert rule["expr"].count("(") == rule["expr"].count(")")


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`(/api/[a-z0-9/]+)`", GUIDE))))
def test_every_address_exists(path: str) -> None:
    assert path.rstrip("/") in {*service.paths(service.create_service()), metrics.PATH, resources.API}


def test_every_file_that_it_names_is_there_or_made() -> None:
    named = set(re.findall(r"`((?:docs|site|data)[./][\w./]+)`", GUIDE))
    assert {"site.toml"} <= named
    made = {"data/published/", "docs/reliability.md"}
    assert {name for name in named - made if not (ROOT / name).exists()} == set()
