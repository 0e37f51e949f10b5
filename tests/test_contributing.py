"""CONTRIBUTING.md shows and says what is true: its pictures exist and are described, its commands are understood."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from etl.console import make_parser

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PICTURES = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", GUIDE)
COMMANDS = sorted(set(re.findall(r"`python -m (etl [^`]+)`", GUIDE)))
STEPS = ROOT / "docs" / "contribuer"
HEAVIEST_BYTES = 150_000


def test_every_step_has_its_picture_and_every_picture_its_step() -> None:
    named = [ROOT / path for _, path in PICTURES]
    assert len(named) >= 10 and len(set(named)) == len(named)
    assert sorted(named) == sorted(STEPS.iterdir())


@pytest.mark.parametrize(("words", "path"), PICTURES)
def test_a_picture_is_told_in_words_light_and_not_blank(words: str, path: str) -> None:
    assert len(words) > 60 and words.endswith(".")
    assert 0 < (ROOT / path).stat().st_size < HEAVIEST_BYTES
    with Image.open(ROOT / path) as picture:
        assert picture.format == "PNG" and 500 < picture.width <= 1100
        colours = picture.convert("RGB").getcolors(picture.width * picture.height)
    assert colours is not None and len(colours) > 10


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_guide_is_understood(command: str) -> None:
    options = make_parser().parse_args(shlex.split(command)[1:])
    assert options.command is not None


def test_the_guide_names_every_command_of_those_who_contribute() -> None:
    assert {"add", "check", "normalise", "export-xlsx"} <= {command.split()[1] for command in COMMANDS}


def test_every_target_of_the_guide_is_listed_by_make() -> None:
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8").stdout
    named = set(re.findall(r"`make (\w+)`", GUIDE))
    assert len(named) >= 4
    assert {name for name in named if not re.search(rf"^  make {name} ", listed, re.MULTILINE)} == set()


def test_every_link_of_the_guide_leads_to_a_file() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", GUIDE) if not link.startswith("http")]
    assert [link for link in links if not (ROOT / link).is_file()] == []
