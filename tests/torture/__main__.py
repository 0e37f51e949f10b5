"""A thousand faults and more, then a table of what came of them: `make torture`.

Rule: every fault has a seed and is judged; the run goes on after a failure, tells it, and ends with status 1. All of it
is on this machine, and ends by itself.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.report import quantile, write
from etl.schema import ANNOUNCEMENTS
from tests.etl.sheet import PLAN_LINE, as_text, edited, table
from tests.torture import builds, reading, serving
from tests.torture.site import Site
from tests.torture.versions import Version, make_version, with_another_claim

# How many of each; a server comes back in some ten seconds, a build in one, a reader at once.
READERS = ((reading.spoiled_while_served, 400), (reading.spoiled_before_the_start, 250))
BUILDS = ((builds.killed, 120), (builds.without_room, 60), (builds.under_a_changing_file, 120), (builds.at_once, 20))
FULL_DISKS = 40
OFTEN = {serving.kill_the_server: 5, serving.kill_the_build: 5}
SMALL_DISK, DISK_OF_A_SITE = "24m", "64m"
FEW_DESCRIPTORS = ("prlimit", "--nofile=96:96", "--")
NO_ADMINISTRATOR = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--")
Row = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Inject all faults, or a share of them, and write the table; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="of the faults without a server")
    parser.add_argument("--seed", type=int, default=0, help="of the first fault of each kind")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="torture-") as name:
        folder = Path(name)
        # Each keeps a core busy.
        with ThreadPoolExecutor(2) as both:
            without = both.submit(lambda: [*_without_a_server(folder, options.seed, options.share)])
            around = both.submit(lambda: [*_with_a_server(folder, options.seed)])
            rows = [*without.result(), *around.result()]
    faults, failures = (sum(row[name] for row in rows) for name in ("faults", "failures"))
    notes = f"{faults} faults, {failures} failures, in {(time.monotonic() - started) / 60:.0f} minutes."
    write("torture", rows, notes)
    return int(failures > 0)


def _without_a_server(folder: Path, seed: int, share: float) -> Iterator[Row]:
    versions = (
        make_version(as_text(table()), folder / "small-a"),
        make_version(as_text(edited(PLAN_LINE, investment_low_meur="1900")), folder / "small-b"),
    )
    for fault, count in (*READERS, *BUILDS):
        seeds = range(seed, seed + max(1, int(count * share)))
        yield _told(fault.__name__, [partial(fault, versions, folder, one) for one in seeds])
    with _small_disk(folder / "disk", SMALL_DISK) as disk:
        if disk is not None:
            seeds = range(seed, seed + max(1, int(FULL_DISKS * share)))
            yield _told("on_a_full_disk", [partial(builds.on_a_full_disk, versions, disk, one) for one in seeds])


def _with_a_server(folder: Path, seed: int) -> Iterator[Row]:
    text, chance = ANNOUNCEMENTS.read_text(encoding="utf-8"), random.Random(seed)
    before = make_version(text, folder / "real-a")
    after = make_version(with_another_claim(text), folder / "real-b")
    with _site(folder / "site", before, after) as site:
        yield _told("new data", [partial(_take_up, site, after, chance)])
        for fault in serving.ON_ANY_SITE:
            yield _told(fault.__name__, [partial(fault, site, after, chance)] * OFTEN.get(fault, 1))
    with _site(folder / "few", before, after, FEW_DESCRIPTORS) as site:
        yield _told("exhaust_descriptors", [partial(serving.exhaust_descriptors, site, before, chance)] * 2)
    if os.geteuid() == 0:
        with _site(folder / "modest", before, after, NO_ADMINISTRATOR) as site:
            yield _told("forbid_the_folder", [partial(serving.forbid_the_folder, site, before, chance)] * 3)
    (folder / "full").mkdir()
    with _small_disk(folder / "full" / "data", DISK_OF_A_SITE) as disk:
        if disk is not None:
            with _site(folder / "full", before, after) as site:
                yield _told("fill_the_disk", [partial(serving.fill_the_disk, site, before, chance)] * 3)


def _take_up(site: Site, version: Version, chance: random.Random) -> float:
    site.write(version)
    return site.recover(version, chance)


def _told(kind: str, faults: Sequence[Callable[[], float | None]]) -> Row:
    """Inject the faults of a kind; return its row, the seconds of those that come back counted."""
    failures, taken = 0, []
    for fault in faults:
        try:
            seconds = fault()
            taken += [] if seconds is None else [seconds]
        except Exception:  # judged: told, counted, and the next one
            failures += 1
            traceback.print_exc()
    row = {
        "fault": kind.replace("_", " "),
        "faults": len(faults),
        "failures": failures,
        "back after s, half": quantile(taken, 0.5) if taken else "",
        "at most": max(taken) if taken else "",
    }
    print(row, flush=True)
    return row


@contextmanager
def _site(home: Path, before: Version, after: Version, prefix: Sequence[str] = ()) -> Iterator[Site]:
    site = Site(home, {str(version.facts[0]): version for version in (before, after)}, prefix)
    site.lay_out()
    site.start()
    try:
        yield site
    finally:
        site.kill()


@contextmanager
def _small_disk(place: Path, size: str) -> Iterator[Path | None]:
    """Mount a small file system; None, and a word, where only an administrator may."""
    place.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    if subprocess.run(command, check=False).returncode:
        print("no small disk here: an administrator mounts one", file=sys.stderr)
        yield None
        return
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


if __name__ == "__main__":
    sys.exit(main())
