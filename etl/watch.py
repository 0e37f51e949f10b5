"""Notice new data while the site runs: check and build beside, in a process of its own, and keep what came of it.

Rule: the site never waits for a build, and never serves less than the last good data. A file that is still being
written is left until it rests; one that fails its check is tried again only when it changes, one that lost claims is
for a person to build, and what failed for another reason is tried again by itself.
"""

import asyncio
import contextlib
import hashlib
import json
import logging
import math
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from etl.build import DRAFTS, ClaimsLost, build
from etl.check import CheckFailed
from etl.drafts import draft_folder
from etl.made import is_current
from etl.messages import command, counted, sentences
from etl.problems import Report
from etl.schema import ANNOUNCEMENTS, CHECKED, DATABASE, REFERENCE, ROOT, SCHEMA

EVERY_S = 3.0
# What failed for want of room or memory is tried again, less and less often.
LONGEST_PAUSE_S = 300.0
PROBLEMS_KEPT = 200
CLAIMS_TOLD = 20
# What the process that rebuilds ends with; a process that fails ends with 1.
BUILT, REFUSED = 0, 3

log = logging.getLogger("infra_ia_france")

State = tuple[tuple[str, int, int, int, int], ...]


async def watch(
    changed: Callable[[], None],
    csv_path: Path = ANNOUNCEMENTS,
    database_path: Path = DATABASE,
    every_s: float = EVERY_S,
    restore: Callable[[], None] = lambda: None,
) -> None:
    """Rebuild whenever the data, or the database made from it, is another, for as long as the site runs; never raises.

    `changed` is called in a thread once a new database stands in its place; `restore`, before one is built, puts back
    a good one where there is none: a build loses no claim of what it replaces.
    """
    seen: State | None = None  # what failed as the site started is tried again
    before: State | None = None
    pause_s, due = every_s, math.inf  # until it is tried again, where it failed
    while True:
        await asyncio.sleep(every_s)
        try:
            now = state(csv_path, database_path)
            # A copy in progress changes between two looks: wait until it rests.
            rests, before = now == before, now
            if not rests or (now == seen and time.monotonic() < due):
                continue
            seen = now
            await asyncio.to_thread(restore)
            if await _renew(changed, csv_path, database_path):
                seen = None  # what was built may be gone already, which looks as before: it is looked at once more
            pause_s, due = every_s, math.inf
        except Exception:  # whatever it is (no room, no memory, no descriptor), it may be over in a while
            log.exception("the new data could not be taken up")
            pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
            due = time.monotonic() + pause_s


def state(csv_path: Path, database_path: Path) -> State:
    """Return what tells that the data or the database has changed: what is known of their files, of those there are.

    The time of a file can be set by who writes it; that of its last change of any kind cannot.
    """
    found = []
    for path in (database_path, csv_path, SCHEMA, *sorted(REFERENCE.glob("*.csv"))):
        with contextlib.suppress(OSError):
            status = path.stat()
            found.append((path.name, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns))
    return tuple(found)


def rebuild(csv_path: Path = ANNOUNCEMENTS, database_path: Path = DATABASE) -> bool:
    """Check, build, and tell beside the database what came of it.

    Returns False where the file did not pass, or has lost claims: why is in the log and in that record. Raises OSError
    where something could not be written, which is told too, where it can be.
    """
    digest = _digest(csv_path)
    try:
        build(csv_path, database_path, may_lose=False)
    except CheckFailed as failure:
        outcome = _outcome(digest, failure.report)
        for line in sentences(failure.report, "fr"):
            log.error(line)
    except ClaimsLost as failure:
        outcome = _told(digest, "lost", failure.lost)
        log.error("%s", outcome["problems"][0]["message_fr"])
    except OSError:
        with contextlib.suppress(OSError):
            _write(checked_beside(database_path), _told(digest, "unbuilt"))
        raise
    else:
        outcome = _outcome(digest, None)
    _write(checked_beside(database_path), outcome)
    return bool(outcome["passed"])


def checked_beside(database_path: Path) -> Path:
    """Return where the outcome of the last check is told, for a database."""
    return database_path.with_suffix(CHECKED)


async def _renew(changed: Callable[[], None], csv_path: Path, database_path: Path) -> bool:
    """Have a new database taken up, built here unless somebody else has built it; tell whether it was built here."""
    with contextlib.suppress(OSError):  # no file: the build says so
        if await asyncio.to_thread(is_current, database_path, csv_path):
            await asyncio.to_thread(changed)
            return False
    log.info("new data: checking and building")
    is_built = await _rebuild_apart(csv_path, database_path)
    if is_built:
        await asyncio.to_thread(changed)
    return is_built


async def _rebuild_apart(csv_path: Path, database_path: Path) -> bool:
    """Rebuild in another process, so that visitors do not share its interpreter's lock; log what it says.

    Returns False where the file was refused. Raises RuntimeError where the process failed or was killed.
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
    except asyncio.CancelledError:  # the site stops: what is half built is in a folder of its own
        process.kill()
        raise
    for line in said.decode("utf-8", "replace").splitlines():
        log.error(line)
    if process.returncode not in (BUILT, REFUSED):
        raise RuntimeError(f"the build ended with status {process.returncode}")
    return process.returncode == BUILT


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


def _told(digest: str, why: str, lost: Sequence[str] = ()) -> Mapping[str, Any]:
    """Return the outcome where the file has no problem that a line shows: the sentence of `why`, in both languages."""
    names = ", ".join(lost[:CLAIMS_TOLD])
    said = {lang: command(why, lang, count=counted("claims", len(lost), lang), names=names) for lang in ("fr", "en")}
    problem = {"line": None, "column": None, "message_fr": said["fr"], "message_en": said["en"]}
    return {**_outcome(digest, None), "passed": False, "count": 1, "problems": [problem]}


def _digest(path: Path) -> str:
    """Return the SHA-256 of the file, "" where there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _write(path: Path, document: Mapping[str, Any]) -> None:
    with draft_folder(path.parent, DRAFTS) as folder:
        draft = folder / path.name
        draft.write_text(json.dumps(document, ensure_ascii=False, indent=2), encoding="utf-8")
        draft.replace(path)


def main(arguments: list[str]) -> int:
    """Rebuild from a CSV to a database, both named; return the exit status."""
    logging.basicConfig(level=logging.ERROR, format="%(message)s")
    csv_path, database_path = (Path(name) for name in arguments)
    return BUILT if rebuild(csv_path, database_path) else REFUSED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
