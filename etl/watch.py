"""Notice new data while the site runs: check and build beside, in a process of its own, and keep what came of it.

Rule: the site never waits for a build, and never serves less than the last good data. A file that is still being
written is left until it rests; one that fails its check is tried again only when it changes.
"""

import asyncio
import contextlib
import hashlib
import json
import logging
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from etl.build import build
from etl.check import CheckFailed
from etl.messages import sentences
from etl.problems import Report
from etl.schema import ANNOUNCEMENTS, CHECKED, DATABASE, REFERENCE, ROOT, SCHEMA

EVERY_S = 3.0
PROBLEMS_KEPT = 200
# A build that is told to stop cleans up behind it, which takes a moment; then it is killed.
STOPS_WITHIN_S = 5.0
TAKEN_UP, REFUSED, BROKEN = "taken_up", "refused", "broken"
# The exit status of a build whose file does not pass; Python's own, where it meets an error, is 1.
FAILED_CHECK = 2

log = logging.getLogger("infra_ia_france")

State = tuple[tuple[str, int, int], ...]
Tell = Callable[[str, float], None]


async def watch(
    changed: Callable[[], None],
    csv_path: Path = ANNOUNCEMENTS,
    database_path: Path = DATABASE,
    every_s: float = EVERY_S,
    tell: Tell = lambda outcome, seconds: None,
) -> None:
    """Rebuild whenever what the data is made of changes, for as long as the site runs; never raises.

    `changed` is called in a thread once a new database stands in its place; `tell` is told what came of each rebuild
    (`TAKEN_UP`, `REFUSED` by the check, `BROKEN` on the way) and the seconds that it took.
    """
    seen = before = state(csv_path)
    while True:
        await asyncio.sleep(every_s)
        now = state(csv_path)
        # A copy in progress changes between two looks: wait until it rests.
        rests, before = now == before, now
        if rests and now != seen:
            seen, started, digest = now, time.perf_counter(), await asyncio.to_thread(_digest, csv_path)
            outcome = await _renew(changed, csv_path, database_path)
            took = time.perf_counter() - started
            tell(outcome, took)
            said = {"outcome": outcome, "seconds": round(took, 2), "csv_sha256": digest}
            log.info("rebuild", extra={"told": said})


async def _renew(changed: Callable[[], None], csv_path: Path, database_path: Path) -> str:
    """Rebuild, have the new database taken up, and return what came of it."""
    try:
        status = await _rebuild_apart(csv_path, database_path)
        if status:
            return REFUSED if status == FAILED_CHECK else BROKEN
        await asyncio.to_thread(changed)
    except Exception:  # whatever it is, the next change deserves a look
        log.exception("the new data could not be taken up")
        return BROKEN
    return TAKEN_UP


def state(csv_path: Path) -> State:
    """Return what tells that the data has changed: name, size and time of its files, of those that are there."""
    found = []
    for path in (csv_path, SCHEMA, *sorted(REFERENCE.glob("*.csv"))):
        with contextlib.suppress(OSError):
            status = path.stat()
            found.append((path.name, status.st_size, status.st_mtime_ns))
    return tuple(found)


def rebuild(csv_path: Path = ANNOUNCEMENTS, database_path: Path = DATABASE) -> bool:
    """Check, build, and tell beside the database what came of it.

    Returns False where the file did not pass: its problems are in the log and in that record.
    """
    record = checked_beside(database_path)
    digest = _digest(csv_path)
    try:
        build(csv_path, database_path)
    except CheckFailed as failure:
        for line in sentences(failure.report, "fr"):
            log.error(line)
        _write(record, _outcome(digest, failure.report))
        return False
    _write(record, _outcome(digest, None))
    return True


def checked_beside(database_path: Path) -> Path:
    """Return where the outcome of the last check is told, for a database."""
    return database_path.with_suffix(CHECKED)


async def _rebuild_apart(csv_path: Path, database_path: Path) -> int | None:
    """Rebuild in another process, so that visitors do not share its interpreter's lock; log what it says, and return
    its exit status.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "etl.watch",
        str(csv_path),
        str(database_path),
        cwd=ROOT,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        _, said = await process.communicate()
    except asyncio.CancelledError:  # the site stops: what is half built is removed by who builds it
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), STOPS_WITHIN_S)
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        raise
    for line in said.decode("utf-8", "replace").splitlines():
        log.error(line)
    return process.returncode


def _outcome(digest: str, report: Report | None) -> Mapping[str, Any]:
    problems = report.problems if report else ()
    told = zip(sentences(report, "fr"), sentences(report, "en"), strict=True) if report else ()
    return {
        "csv_sha256": digest,
        "checked_at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "passed": report is None,
        "count": len(problems),
        "problems": [
            {"line": problem.line, "column": problem.column, "message_fr": french, "message_en": english}
            for problem, (french, english) in list(zip(problems, told, strict=True))[:PROBLEMS_KEPT]
        ],
    }


def _digest(path: Path) -> str:
    """Return the SHA-256 of the file, "" where there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _write(path: Path, document: Mapping[str, Any]) -> None:
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=".check-", encoding="utf-8", delete=False) as draft:
        json.dump(document, draft, ensure_ascii=False, indent=2)
    Path(draft.name).replace(path)


def main(arguments: list[str]) -> int:
    """Rebuild from a CSV to a database, both named; return the exit status."""
    logging.basicConfig(level=logging.ERROR, format="%(message)s")
    # Ended as by an error, so that what is half built is removed. Ctrl-C is for the site, which then ends this process.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    csv_path, database_path = (Path(name) for name in arguments)
    return 0 if rebuild(csv_path, database_path) else FAILED_CHECK


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
