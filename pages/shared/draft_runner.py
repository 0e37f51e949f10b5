"""Examine a draft in a process of its own: bounded in time and memory, a few at once, nothing left behind.

Rule: what a visitor sends is in this process as bytes only; the folder it is laid in is removed whatever happens.
No Streamlit here.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from etl.drafts import draft_folder, sweep
from etl.placing import place_row
from etl.schema import ANNOUNCEMENTS, ROOT

LARGEST_BYTES = 20 * 2**20  # as `server.maxUploadSize` says
MOST_LINES = 100_000  # the file has some hundreds; what is packed in a workbook of 20 MB holds fewer line feeds
# A realistic file takes five seconds; one made to last is given up.
WITHIN_S = 45.0
# Each keeps a core busy: more at once would only make all of them slow, and the site with them.
AT_ONCE = 2
WAITS_S = 60.0
FOLDER = "infra-ia-draft-"
# One thread a library: more only reserve memory that the limit counts.
THREADS = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}

_places = threading.BoundedSemaphore(AT_ONCE)


class NotExamined(Exception):
    """Why there is no answer: `reason` is "large", "busy" or "hard" (it took too much time or memory)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def examine_row(row: Mapping[str, str], csv_path: Path = ANNOUNCEMENTS) -> dict[str, Any]:
    """Return what is told of the current file with `row` in its place. Raises `NotExamined`."""
    content = place_row(csv_path.read_text(encoding="utf-8"), row).content
    return examine_content(content.encode("utf-8"), project=row.get("project_id", ""), current=csv_path)


def examine_content(content: bytes, *, project: str = "", current: Path = ANNOUNCEMENTS) -> dict[str, Any]:
    """Return what is told of a file from its bytes (see `draft.examine`). Raises `NotExamined`."""
    if len(content) > LARGEST_BYTES or content.count(b"\n") > MOST_LINES:
        raise NotExamined("large")
    if not _places.acquire(timeout=WAITS_S):
        raise NotExamined("busy")
    try:
        drafts = Path(tempfile.gettempdir())
        sweep(drafts, FOLDER)
        with draft_folder(drafts, FOLDER) as folder:
            path = folder / ANNOUNCEMENTS.name
            path.write_bytes(content)
            return _answer(path, project, current)
    finally:
        _places.release()


def _answer(path: Path, project: str, current: Path) -> dict[str, Any]:
    try:
        run = subprocess.run(  # noqa: S603 – our own module; what is sent is a file, never an argument
            [sys.executable, "-m", "pages.shared.draft", str(path), project, str(current)],
            cwd=ROOT,
            env={**os.environ, **THREADS, "TMPDIR": str(path.parent)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=WITHIN_S,
            check=True,
        )
        told: dict[str, Any] = json.loads(run.stdout)
    except (subprocess.SubprocessError, ValueError) as failure:
        raise NotExamined("hard") from failure
    return told
