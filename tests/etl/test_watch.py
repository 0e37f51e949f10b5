"""New data while the site runs: taken up when it is good, told when it is not, and never half."""

import asyncio
import csv as csv_module
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import api.data
import api.health
from api.versions import database_file, digest
from etl.build import DRAFTS, LEFTOVER_S, forget_leftovers
from etl.database import write_database
from etl.schema import ANNOUNCEMENTS, ROOT
from etl.watch import checked_beside, rebuild, watch
from queries import open_database
from tests.etl.serving import PUBLISHED
from tests.etl.sheet import table, write_table

# `make torture` asks for more.
KILLS = int(os.environ.get("TORTURE", "20"))
PATIENCE_S = 60.0


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    return Path(shutil.copy(ANNOUNCEMENTS, tmp_path))


@pytest.fixture
def database(csv: Path) -> Path:
    path = csv.with_name("observatory.duckdb")
    write_database(csv, path)
    return path


def with_another_row(text: str) -> str:
    """Return the file with its last claim repeated by another source a day later."""
    header, *_, last = text.splitlines()
    cells = dict(zip(header.split(","), next(csv_module.reader([last])), strict=True))
    cells |= {"id": "2026-09-nouvelle-ligne", "announced_on": "2026-09-01", "recorded_on": "2026-11-23", "event": ""}
    out = io.StringIO()
    csv_module.writer(out, lineterminator="\n").writerow(cells.values())
    return text + out.getvalue()


def while_watching(csv: Path, database: Path, do: Callable[[threading.Event], None]) -> None:
    """Run `do` in a thread beside the watch; the event is set each time that new data was taken up."""
    taken_up = threading.Event()

    async def both() -> None:
        watching = asyncio.create_task(watch(taken_up.set, csv, database, every_s=0.1))
        await asyncio.sleep(0.3)
        await asyncio.to_thread(do, taken_up)
        watching.cancel()

    asyncio.run(both())


def wait_for(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_new_rows_are_seen_without_a_restart_and_bad_ones_leave_the_last_good_data(
    csv: Path, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api.data, "DATABASE", database)
    monkeypatch.setattr(api.health, "ANNOUNCEMENTS", csv)
    good, version = csv.read_text(encoding="utf-8"), api.data.database().version

    def change(taken_up: threading.Event) -> None:
        csv.write_text(with_another_row(good), encoding="utf-8")
        assert taken_up.wait(PATIENCE_S)
        assert api.data.database().version != version
        assert api.data.metadata()["announcements_count"] == good.count("\n2") + 1
        assert api.health.health()[1]["status"] == "ok"

        kept = database.read_bytes()
        csv.write_text(with_another_row(good).replace(",programme,", ",programe,", 1), encoding="utf-8")
        wait_for(lambda: not (api.health.last_check() or {"passed": True})["passed"])
        status, told = api.health.health()
        assert (status, told["status"], told["last_check"]["count"]) == (200, "stale", 1)
        assert "programe" in told["last_check"]["problems"][0]["message_fr"]
        assert told["last_check"]["problems"][0]["message_en"] != told["last_check"]["problems"][0]["message_fr"]
        assert database.read_bytes() == kept

        taken_up.clear()
        csv.write_text(good, encoding="utf-8")
        assert taken_up.wait(PATIENCE_S)
        assert api.data.database().version == version
        assert api.health.health()[1]["status"] == "ok"

    while_watching(csv, database, change)


def test_a_rebuild_tells_what_came_of_it(csv: Path) -> None:
    database = csv.with_name("observatory.duckdb")
    assert rebuild(csv, database)
    assert json.loads(checked_beside(database).read_text())["passed"]
    csv.write_text("id\n", encoding="utf-8")
    before = database.read_bytes()
    assert not rebuild(csv, database)
    told = json.loads(checked_beside(database).read_text())
    assert not told["passed"] and told["count"] == len(told["problems"]) > 0
    assert database.read_bytes() == before


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A file that is built in a second, and its database."""
    csv = write_table(tmp_path, table())
    write_database(csv, csv.with_name("observatory.duckdb"))
    return csv


def start(*command: str | Path, **options: Any) -> subprocess.Popen[str]:
    """Start a module of ours in a group of its own, so that whatever it starts is killed with it."""
    arguments = [sys.executable, "-m", *map(str, command)]
    quiet: dict[str, Any] = {"cwd": ROOT, "stderr": subprocess.DEVNULL, "text": True, "start_new_session": True}
    return subprocess.Popen(arguments, **quiet, **options)


def build_then_kill(csv: Path, database: Path, text: str, after_s: float | None) -> float:
    """Build from `text` in a process; kill it after a while, or let it end; return the seconds that it lasted."""
    csv.write_text(text, encoding="utf-8")
    started = time.monotonic()
    with start("etl", "build", csv, "--database", database, stdout=subprocess.DEVNULL) as building:
        if after_s is not None:
            time.sleep(after_s)
            os.killpg(building.pid, signal.SIGKILL)
    return time.monotonic() - started


def serve_then_kill(csv: Path, database: Path, text: str, after_s: float | None) -> float:
    """Write `text` under a process that serves; kill it after a while, or once it has taken the new data up.

    Return the seconds since the writing.
    """
    with start("tests.etl.serving", csv, database, stdout=subprocess.PIPE) as serving:
        try:
            assert serving.stdout is not None and serving.stdout.readline() == "ready\n"
            csv.write_text(text, encoding="utf-8")
            started = time.monotonic()
            if after_s is None:
                assert serving.stdout.readline() == f"{open_database(database).version}\n"
            else:
                time.sleep(after_s)
            return time.monotonic() - started
        finally:
            os.killpg(serving.pid, signal.SIGKILL)


@pytest.mark.parametrize("run", [build_then_kill, serve_then_kill])
def test_killed_at_any_moment_the_database_is_the_old_one_or_the_new_one(
    small: Path, run: Callable[[Path, Path, str, float | None], float]
) -> None:
    database, published = small.with_name("observatory.duckdb"), small.with_name(PUBLISHED)
    chance = random.Random(20261124)
    old = small.read_text(encoding="utf-8")
    texts = [old, with_another_row(old)]
    versions, lasts = [], []
    for text in reversed(texts):
        lasts.append(run(small, database, text, None))
        versions.append(open_database(database).version)
    assert len(set(versions)) == 2
    for kill in range(KILLS // 2):
        run(small, database, texts[(kill + 1) % 2], chance.uniform(0, max(lasts) * 1.1))
        opened = open_database(database)
        assert opened.version in versions
        assert opened.metadata["announcements_count"] == 6 - versions.index(opened.version)
        assert opened.run("totals")["high"].max() > 0
        for record in published.glob("*.json"):  # what is published is whole too
            told = json.loads(record.read_text(encoding="utf-8"))
            assert digest(database_file(told["version"], published)) == told["database_sha256"]
        if checked_beside(database).exists():
            assert json.loads(checked_beside(database).read_text(encoding="utf-8"))["passed"]


def test_what_killed_builds_left_behind_goes_and_what_is_being_built_stays(tmp_path: Path) -> None:
    old, fresh = tmp_path / f"{DRAFTS}old", tmp_path / f"{DRAFTS}fresh"
    for folder in (old, fresh):
        folder.mkdir()
        (folder / "observatory.duckdb").write_bytes(b"half")
    long_ago = time.time() - LEFTOVER_S - 1
    os.utime(old, (long_ago, long_ago))
    forget_leftovers(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [fresh.name]
