"""`python -m etl`, run as a person runs it: another process, from the root of the project."""

import subprocess
import sys
from pathlib import Path

from etl.schema import ROOT


def run_etl(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command and return its status and what it printed."""
    command = [sys.executable, "-m", "etl", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120, check=False)
