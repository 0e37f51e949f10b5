"""Builds that are killed, find no room, run several at once, or whose file changes under them.

Rule: each build is a process of its own, forked from one that has loaded the code; whatever befalls it, the database in
its place is a version built in peace, and the next build leaves nothing of it behind.
"""

import contextlib
import multiprocessing
import os
import random
import resource
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from etl.build import DRAFTS
from etl.rebuild import rebuild
from queries.database import read_database
from tests.torture.damages import OF_A_CSV, clear
from tests.torture.versions import Version, facts

Fault = Callable[[tuple[Version, Version], Path, int], None]
FORKED = multiprocessing.get_context("forkserver")
FORKED.set_forkserver_preload(["tests.torture.builds"])
ENDS_WITHIN_S = 120.0
AT_ONCE = (2, 5)


def killed(versions: tuple[Version, Version], folder: Path, seed: int) -> None:
    """Kill a build at any moment."""
    with _place(versions, folder, seed) as (chance, csv_path, place):
        build = _start(csv_path, place)
        build.join(chance.uniform(0, _a_build_lasts_s))
        build.kill()
        _end(build)


def without_room(versions: tuple[Version, Version], folder: Path, seed: int) -> None:
    """Let a build write so many bytes a file and no more (RLIMIT_FSIZE: EFBIG, where a full disk says ENOSPC)."""
    with _place(versions, folder, seed) as (chance, csv_path, place):
        _end(_start(csv_path, place, most_bytes=chance.randrange(0, 5_000_000)))


def on_a_full_disk(versions: tuple[Version, Version], folder: Path, seed: int) -> None:
    """Let a build run in a folder whose file system is filled up to some bytes: `folder` is that of a small one."""
    with _place(versions, folder, seed) as (chance, csv_path, place):
        filler = folder / "filler"
        left = shutil.disk_usage(folder).free
        filler.write_bytes(bytes(max(0, left - chance.randrange(0, 6_000_000))))
        _end(_start(csv_path, place))
        filler.unlink()


def at_once(versions: tuple[Version, Version], folder: Path, seed: int) -> None:
    """Run two or five builds at the same time, one of them killed."""
    with _place(versions, folder, seed) as (chance, csv_path, place):
        builds = [_start(csv_path, place) for _ in range(chance.choice(AT_ONCE))]
        builds[0].join(chance.uniform(0, _a_build_lasts_s))
        builds[0].kill()
        for build in builds:
            _end(build)


def under_a_changing_file(versions: tuple[Version, Version], folder: Path, seed: int) -> None:
    """Spoil the file while it is built, or have it written slowly."""
    with _place(versions, folder, seed) as (chance, csv_path, place):
        build = _start(csv_path, place)
        build.join(chance.uniform(0, _a_build_lasts_s / 2))
        if chance.random() < 0.3:
            _write_slowly(csv_path, chance.choice(versions).content, chance)
        else:
            chance.choice(OF_A_CSV)(csv_path, chance)
        _end(build)


_a_build_lasts_s = 1.0


@contextlib.contextmanager
def _place(versions: tuple[Version, Version], folder: Path, seed: int) -> Iterator[tuple[random.Random, Path, Path]]:
    """Yield a database of one version beside the file of the other; then judge, and build in peace."""
    global _a_build_lasts_s
    chance = random.Random(seed)
    before, after = chance.sample(versions, 2)
    home = folder / f"build-{seed}"
    home.mkdir()
    csv_path, place = home / "announcements.csv", home / "observatory.duckdb"
    shutil.copyfile(before.database, place)
    csv_path.write_bytes(after.content)
    try:
        yield chance, csv_path, place
        assert facts(read_database(place)) in (before.facts, after.facts)
        clear(csv_path)
        csv_path.write_bytes(after.content)
        started = time.monotonic()
        build = _start(csv_path, place)
        _end(build)
        _a_build_lasts_s = time.monotonic() - started
        assert build.exitcode == 0
        assert facts(read_database(place)) == after.facts
        assert list(home.glob(f"{DRAFTS}*")) == []
    finally:
        shutil.rmtree(home)


def _start(csv_path: Path, place: Path, *, most_bytes: int | None = None) -> ForkServerProcess:
    build = FORKED.Process(target=_rebuild, args=(csv_path, place, most_bytes))
    build.start()
    return build


def _end(build: ForkServerProcess) -> None:
    build.join(ENDS_WITHIN_S)
    assert build.exitcode is not None, "the build does not end"


def _rebuild(csv_path: Path, place: Path, most_bytes: int | None) -> None:
    if most_bytes is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 2)
    raise SystemExit(0 if rebuild(csv_path, place) else 3)


def _write_slowly(path: Path, content: bytes, chance: random.Random) -> None:
    with path.open("wb", buffering=0) as file:
        for start in range(0, len(content), step := max(1, len(content) // 20)):
            file.write(content[start : start + step])
            time.sleep(chance.uniform(0, 0.02))
