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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.report import quantile, write
from etl.schema import ANNOUNCEMENTS
from tests.etl.sheet import PLAN_LINE, as_text, edited, table
from tests.torture import builds, reading, serving
from tests.torture.site import Site
from tests.torture.versions import make_version, with_another_claim

# How many of each; a reader is judged at once, a build in a second, a site in ten.
ALONE = (
    (reading.spoiled_while_served, 400),
    (reading.spoiled_before_the_start, 250),
    (builds.killed, 120),
    (builds.without_room, 60),
    (builds.under_a_changing_file, 120),
    (builds.at_once, 20),
    (builds.on_a_full_disk, 40),
)
OFTEN = {
    serving.kill_the_server: 5,
    serving.kill_the_build: 3,
    serving.exhaust_descriptors: 2,
    serving.forbid_the_folder: 3,
    serving.fill_the_disk: 3,
}


@dataclass(frozen=True)
class Setting:
    """A site and what befalls it; `prefix` starts its server, `disk` is the size of a file system of its own."""

    name: str
    faults: tuple[serving.Fault, ...]
    prefix: tuple[str, ...] = ()
    disk: str = ""


SMALL_DISK = "24m"
SETTINGS = (
    Setting("usual", serving.ON_ANY_SITE),
    Setting("few-descriptors", (serving.exhaust_descriptors,), prefix=("prlimit", "--nofile=96:96", "--")),
    Setting("small-disk", (serving.fill_the_disk,), disk="64m"),
    Setting(
        "no-administrator",
        (serving.forbid_the_folder,),
        prefix=("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--"),
    ),
)


class Tally:
    """What came of the faults of each kind: seconds until all was well again, None for a failure."""

    def __init__(self) -> None:
        self.kinds: dict[str, list[float | None]] = {}

    def inject(self, fault: Callable[..., float | None], *how: object) -> None:
        """Inject a fault and judge it."""
        started = time.monotonic()
        try:
            taken = fault(*how)
            outcome: float | None = time.monotonic() - started if taken is None else taken
        except Exception:  # judged: told, counted, and the next one
            traceback.print_exc()
            outcome = None
        told = fault.__name__.replace("_", " ")
        self.kinds.setdefault(told, []).append(outcome)
        print(told, "failed" if outcome is None else f"{outcome:.1f} s", flush=True)

    def rows(self) -> list[dict[str, Any]]:
        """Return a row for each kind."""
        rows = []
        for kind, outcomes in self.kinds.items():
            taken = [seconds for seconds in outcomes if seconds is not None]
            rows.append(
                {
                    "fault": kind,
                    "faults": len(outcomes),
                    "failures": len(outcomes) - len(taken),
                    "judged good after s, half of them": quantile(taken, 0.5) if taken else "",
                    "all of them": max(taken) if taken else "",
                }
            )
        return rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Inject all faults, or some of them, and write the table; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="faults whose name holds this; nothing is then written")
    parser.add_argument("--seed", type=int, default=0, help="of the first fault of each kind")
    options = parser.parse_args(arguments)
    started, tally = time.monotonic(), Tally()
    with tempfile.TemporaryDirectory(prefix="torture-") as name, ThreadPoolExecutor(2) as both:
        # Each keeps a core busy.
        parts = [both.submit(part, Path(name), tally, options) for part in (_alone, _on_sites)]
        for part in parts:
            part.result()
    rows = tally.rows()
    faults, failures = (sum(row[name] for row in rows) for name in ("faults", "failures"))
    notes = f"{faults} faults, {failures} failures, in {(time.monotonic() - started) / 60:.0f} minutes."
    if options.only:
        print(notes)
    else:
        write("torture", rows, notes)
    return int(failures > 0)


def _alone(folder: Path, tally: Tally, options: argparse.Namespace) -> None:
    """Inject the faults that need no server."""
    versions = (
        make_version(as_text(table()), folder / "small-a"),
        make_version(as_text(edited(PLAN_LINE, investment_low_meur="1900")), folder / "small-b"),
    )
    for fault, count in ALONE:
        if options.only not in fault.__name__:
            continue
        with _small_disk(folder / "disk", SMALL_DISK if fault is builds.on_a_full_disk else "") as place:
            for seed in range(options.seed, options.seed + count if place else options.seed):
                tally.inject(fault, versions, place, seed)


def _on_sites(folder: Path, tally: Tally, options: argparse.Namespace) -> None:
    """Start each site, have it take up new data, then inject its faults."""
    text, chance = ANNOUNCEMENTS.read_text(encoding="utf-8"), random.Random(options.seed)
    before = make_version(text, folder / "real-a")
    after = make_version(with_another_claim(text), folder / "real-b")
    known = {str(version.facts[0]): version for version in (before, after)}
    for setting in SETTINGS:
        chosen = [fault for fault in setting.faults if options.only in fault.__name__]
        home = folder / setting.name
        home.mkdir()
        if not chosen or (setting.prefix and os.geteuid() != 0):
            continue
        with _small_disk(home / "data", setting.disk) as place:
            if not place:
                continue
            site = Site(home, known, setting.prefix)
            site.lay_out()
            site.start()
            try:
                for fault in (serving.take_up, *chosen):
                    for _ in range(OFTEN.get(fault, 1)):
                        tally.inject(fault, site, after, chance)
            finally:
                site.kill()


@contextmanager
def _small_disk(place: Path, size: str) -> Iterator[Path | None]:
    """Make a folder, on a file system of that size if any; None, and a word, where only an administrator may."""
    place.mkdir(exist_ok=True)
    if not size:
        yield place
    elif subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], check=False).returncode:
        print("no small disk here: only an administrator makes one", file=sys.stderr)
        yield None
    else:
        try:
            yield place
        finally:
            subprocess.run(["umount", str(place)], check=True)


if __name__ == "__main__":
    sys.exit(main())
