"""The README says what is true: its example gives its output, its targets and its files exist."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from etl.build import build

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the real database in it, as the example wants it."""
    folder = tmp_path_factory.mktemp("checkout")
    (folder / "data").mkdir()
    build(database_path=folder / "data" / "observatory.duckdb")
    return folder


def test_the_example_prints_what_the_readme_shows(folder: Path) -> None:
    ((code, output),) = re.findall(r"```python\n(.*?)```\s+```text\n(.*?)```", README, re.DOTALL)
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert run.stdout.strip() == output.strip()


def test_every_target_of_the_readme_is_listed_by_make() -> None:
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8").stdout
    targets = set(re.findall(r"`make (\w+)`|^make (\w+)", README, re.MULTILINE))
    named = {first or second for first, second in targets}
    assert len(named) >= 6
    assert {name for name in named if not re.search(rf"^  make {name} ", listed, re.MULTILINE)} == set()


def test_every_link_of_the_readme_leads_to_a_file() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if not link.startswith("http")]
    assert len(links) >= 5
    assert [link for link in links if not (ROOT / link).is_file()] == []


def test_every_room_of_the_readme_exists() -> None:
    # An address of the service begins with a slash, a room does not.
    rooms = re.findall(r"^\| `([\w.][\w./]*)` \|", README, re.MULTILINE)
    assert len(rooms) >= 8
    assert [room for room in rooms if not (ROOT / room).exists()] == []
