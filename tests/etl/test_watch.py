"""New data while the site runs: taken up when it is good, told when it is not, and never half."""

import asyncio
import csv as csv_module
import io
import json
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import api.data
import api.health
import etl.watch
from etl.build import build
from etl.database import write_database
from etl.made import is_current
from etl.rebuild import checked_beside, rebuild
from etl.schema import ANNOUNCEMENTS
from etl.watch import watch
from queries import open_database
from tests.etl.sheet import table, write_table

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

    def change(_taken_up: threading.Event) -> None:
        csv.write_text(with_another_row(good), encoding="utf-8")
        wait_for(lambda: api.data.database().version != version)
        newest = api.data.database().version
        assert api.data.metadata()["announcements_count"] == good.count("\n2") + 1
        wait_for(lambda: api.health.health()[1]["status"] == "ok")

        kept = database.read_bytes()
        csv.write_text(with_another_row(good).replace(",programme,", ",programe,", 1), encoding="utf-8")
        wait_for(lambda: not (api.health.last_check() or {"passed": True})["passed"])
        status, told = api.health.health()
        assert (status, told["status"], told["last_check"]["count"]) == (200, "stale", 1)
        assert "programe" in told["last_check"]["problems"][0]["message_fr"]
        assert told["last_check"]["problems"][0]["message_en"] != told["last_check"]["problems"][0]["message_fr"]
        assert database.read_bytes() == kept

        csv.write_text(good, encoding="utf-8")
        wait_for(lambda: "2026-09-nouvelle-ligne" in str(api.health.last_check()))
        assert api.data.database().version == newest
        assert "python -m etl build" in api.health.health()[1]["last_check"]["problems"][0]["message_en"]

        build(csv, database)
        assert api.data.database().version == version
        assert api.health.health()[1]["status"] == "ok"

    while_watching(csv, database, change)


def test_a_database_that_is_lost_or_spoiled_comes_back_by_itself(csv: Path, database: Path) -> None:
    version = open_database(database).version

    def spoil(taken_up: threading.Event) -> None:
        for damage in (database.unlink, lambda: database.write_bytes(b"no database")):
            wait_for(lambda: is_current(database, csv))
            damage()
            wait_for(lambda: is_current(database, csv))
            assert open_database(database).version == version
        assert taken_up.wait(PATIENCE_S)

    while_watching(csv, database, spoil)


def test_a_database_lost_as_soon_as_it_was_built_is_built_again(small: Path) -> None:
    database = small.with_name("observatory.duckdb")
    database.unlink()
    losses = [database.unlink, database.unlink]

    def lose() -> None:
        if losses:
            losses.pop()()

    async def watched() -> None:
        watching = asyncio.create_task(watch(lose, small, database, every_s=0.1))
        await asyncio.to_thread(wait_for, lambda: not losses and is_current(database, small))
        watching.cancel()

    asyncio.run(watched())


def test_a_build_that_breaks_is_tried_again(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database, tries = small.with_name("observatory.duckdb"), []

    async def broken(*_paths: Path) -> bool:
        tries.append(time.monotonic())
        if len(tries) < 3:
            raise OSError("no space left on device")
        return True

    monkeypatch.setattr(etl.watch, "_rebuild_apart", broken)

    def change(taken_up: threading.Event) -> None:
        wait_for(lambda: taken_up.is_set())
        taken_up.clear()
        small.write_text(with_another_row(small.read_text(encoding="utf-8")), encoding="utf-8")
        assert taken_up.wait(PATIENCE_S)
        assert len(tries) == 3
        assert tries[2] - tries[1] > tries[1] - tries[0]

    while_watching(small, database, change)


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


def test_a_file_that_lost_claims_is_for_a_person_to_build(small: Path) -> None:
    database, whole = small.with_name("observatory.duckdb"), small.read_text(encoding="utf-8")
    assert rebuild(small, database)
    small.write_text(whole[: whole.rindex("\n2025-06-phase-1") + 1], encoding="utf-8")
    assert not rebuild(small, database)
    [problem] = json.loads(checked_beside(database).read_text())["problems"]
    assert "1 déclaration que la base contient (2025-06-phase-1)" in problem["message_fr"]
    assert "1 claim that the database holds (2025-06-phase-1)" in problem["message_en"]
    assert open_database(database).metadata["announcements_count"] == 5
    assert build(small, database).claims == 4


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A file that is built in a second, and its database."""
    csv = write_table(tmp_path, table())
    write_database(csv, csv.with_name("observatory.duckdb"))
    return csv
