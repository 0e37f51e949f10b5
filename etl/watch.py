"""Notice new data while the site runs: check and build beside, in a process of its own, and keep what came of it.

Rule: the site never waits for a build, and never serves less than the last good data. A file that is still being
written is left until it rests; one that fails its check is tried again only when it changes, one that lost claims is
for a person to build, and what failed for another reason is tried again by itself.
"""

import asyncio
import contextlib
import logging
import math
import sys
import time
from collections.abc import Callable
from pathlib import Path

from etl import rebuild
from etl.made import is_current
from etl.schema import ANNOUNCEMENTS, DATABASE, REFERENCE, ROOT, SCHEMA

EVERY_S = 3.0
# What failed for want of room or memory is tried again, less and less often.
LONGEST_PAUSE_S = 300.0
# A build that is told to stop cleans up behind it, which takes a moment; then it is killed.
STOPS_WITHIN_S = 5.0
TAKEN_UP, REFUSED, BROKEN = "taken_up", "refused", "broken"

log = logging.getLogger("infra_ia_france")

State = tuple[tuple[str, int, int, int, int], ...]
Tell = Callable[[str, float], None]


async def watch(
    changed: Callable[[], None],
    csv_path: Path = ANNOUNCEMENTS,
    database_path: Path = DATABASE,
    every_s: float = EVERY_S,
    tell: Tell = lambda outcome, seconds: None,
    restore: Callable[[], None] = lambda: None,
) -> None:
    """Rebuild whenever the data, or the database made from it, is another, for as long as the site runs; never raises.

    `changed` is called in a thread once a new database stands in its place; `tell` is told what came of each rebuild
    (`TAKEN_UP`, `REFUSED` by the check, `BROKEN` on the way) and the seconds that it took; `restore`, before one is
    built, puts back a good one where there is none: a build loses no claim of what it replaces.
    """
    seen: State | None = None  # what failed as the site started is tried again
    before: State | None = None
    pause_s, due = every_s, math.inf  # until it is tried again, where it failed
    while True:
        await asyncio.sleep(every_s)
        try:
            now = state(csv_path, database_path)
        except OSError:  # no descriptor is left: there will be
            continue
        # A copy in progress changes between two looks: wait until it rests.
        rests, before = now == before, now
        if not rests or (now == seen and time.monotonic() < due):
            continue
        seen, started, digest = now, time.perf_counter(), await asyncio.to_thread(rebuild.digest, csv_path)
        outcome = await _renew(changed, csv_path, database_path, restore)
        if outcome == TAKEN_UP:
            seen = None  # what was built may be gone already, which looks as before: it is looked at once more
        if outcome:
            took = time.perf_counter() - started
            tell(outcome, took)
            said = {"outcome": outcome, "seconds": round(took, 2), "csv_sha256": digest}
            log.info("rebuild", extra={"told": said})
        pause_s = min(2 * pause_s, LONGEST_PAUSE_S) if outcome == BROKEN else every_s
        due = time.monotonic() + pause_s if outcome == BROKEN else math.inf


async def _renew(changed: Callable[[], None], csv_path: Path, database_path: Path, restore: Callable[[], None]) -> str:
    """Have a new database taken up, and return what came of building it; "" where somebody else has built it."""
    try:
        await asyncio.to_thread(restore)
        with contextlib.suppress(OSError):  # no file: the build says so
            if await asyncio.to_thread(is_current, database_path, csv_path):
                await asyncio.to_thread(changed)
                return ""
        if not await _rebuild_apart(csv_path, database_path):
            return REFUSED
        await asyncio.to_thread(changed)
    except Exception:  # whatever it is (no room, no memory), it may be over in a while
        log.exception("the new data could not be taken up")
        return BROKEN
    return TAKEN_UP


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


async def _rebuild_apart(csv_path: Path, database_path: Path) -> bool:
    """Rebuild in another process, so that visitors do not share its interpreter's lock; log what it says.

    Returns False where the file was refused. Raises RuntimeError where the process failed or was killed.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        rebuild.__name__,
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
    if process.returncode not in (rebuild.BUILT, rebuild.REFUSED):
        raise RuntimeError(f"the build ended with status {process.returncode}")
    return process.returncode == rebuild.BUILT
