"""What bandit finds in the code that is served: nothing; and that it would find what is there."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def found(*where: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bandit", "--quiet", "--recursive", "--configfile", "pyproject.toml", *where]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_bandit_finds_nothing_in_what_is_served(tmp_path: Path) -> None:
    done = found(".")
    assert (done.returncode, done.stdout) == (0, "")
    (tmp_path / "wrong.py").write_text("import pickle\npickle.loads(b'')\n")
    assert "B301" in found(str(tmp_path)).stdout
