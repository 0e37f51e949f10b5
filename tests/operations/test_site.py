"""The whole site as it is run, a copy of it: its pages never mix two versions, and it stops in order."""

import asyncio
import json
import math
import os
import random
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from websockets.exceptions import ConnectionClosed

from benchmarks.crowd import Known, Seen, download, learn, look_around, put_in_place, scaled
from benchmarks.servers import Server, copy_site, our_site
from benchmarks.sessions import open_visitor
from etl.build import DRAFTS, build
from etl.schema import ANNOUNCEMENTS, DATABASE, ROOT
from tests.etl.sheet import table, write_table

CROWDED_S = 1.5
STOPS_WITHIN_S = 20.0
# As many as the site is told to take.
SESSIONS = 12


@dataclass(frozen=True)
class Site:
    """A copy of the site that is being served: where, from which folder, and what it writes."""

    server: Server
    folder: Path
    log: Path

    @property
    def csv(self) -> Path:
        return self.folder / ANNOUNCEMENTS.relative_to(ROOT)

    def lines(self) -> list[dict[str, object]]:
        """What it has written, every line of it."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    copy_site(folder)
    # A file that is built in a second.
    write_table(folder / "data", table())
    build(folder / ANNOUNCEMENTS.relative_to(ROOT), folder / DATABASE.relative_to(ROOT))
    told = {"INFRA_IA_SESSIONS": str(SESSIONS), "INFRA_IA_DRAIN_S": "4", "INFRA_IA_RATE": "5/hour"}
    with pytest.MonkeyPatch.context() as environment:
        for name, value in told.items():
            environment.setenv(name, value)
        log = folder / "server.log"
        with our_site(folder, settles_s=0, log=log) as server:
            yield Site(server, folder, log)


def status(address: str, **headers: str) -> int:
    return httpx2.get(address, headers={name.replace("_", "-"): one for name, one in headers.items()}).status_code


def test_while_the_data_changes_under_a_crowd_a_page_and_a_file_are_of_one_version(site: Site) -> None:
    pages = [("", "lang=fr"), ("projets", "lang=en&region=32"), ("qualite", "lang=fr")]
    known = Known(files={"/api/v1/projects.csv": {}, "/fiche/region/32": {}})
    seen, chance = Seen(), random.Random(20261128)

    async def crowd() -> None:
        original = site.csv.read_text(encoding="utf-8")
        async with httpx2.AsyncClient(base_url=site.server.base, timeout=30) as client:
            for text in (original, scaled(original, 2)):
                await learn(site.server.base, client, await put_in_place(site.csv, text, client), pages, known)
            visitors = [random.Random(chance.random()) for _ in range(SESSIONS - 2)]
            crowded = [
                asyncio.create_task(look_around(site.server.base, one, math.inf, known, seen, 0.2)) for one in visitors
            ]
            crowded += [asyncio.create_task(download(client, chance, math.inf, known, seen, 0.05))]
            await asyncio.sleep(CROWDED_S)
            await put_in_place(site.csv, original, client)
            await asyncio.sleep(CROWDED_S)
            for one in crowded:
                one.cancel()
            assert {type(end) for end in await asyncio.gather(*crowded, return_exceptions=True)} == {
                asyncio.CancelledError
            }

    asyncio.run(crowd())
    assert not seen.errors
    assert len(seen.pages) == 2 and len(seen.files) == 2 and seen.unchanged > 0
    assert [line["outcome"] for line in site.lines() if line["event"] == "rebuild"] == ["taken_up"] * 2


def test_one_live_page_too_many_is_refused_and_its_place_is_taken_once_it_is_free(site: Site) -> None:
    async def fill() -> tuple[int, int, int]:
        opened = [await open_visitor(site.server.base) for _ in range(SESSIONS)]
        too_late = await asyncio.to_thread(status, f"{site.server.base}/carte")
        plain = await asyncio.to_thread(status, f"{site.server.base}/fiche")
        with pytest.raises(Exception, match="503"):
            await open_visitor(site.server.base)
        for one in opened:
            await one.connection.close()
        return too_late, plain, await asyncio.to_thread(status, f"{site.server.base}/carte")

    assert asyncio.run(fill()) == (503, 200, 200)


def test_an_address_that_a_trusted_proxy_tells_is_limited_by_itself(site: Site) -> None:
    asked = f"{site.server.base}/api/v1/events.csv"
    assert [status(asked, X_Forwarded_For="198.51.100.1") for _ in range(6)] == [200] * 5 + [429]
    assert status(asked, X_Forwarded_For="198.51.100.2") == status(asked) == 200


def test_it_is_told_that_it_stops_then_stops_in_order_in_the_midst_of_a_build(site: Site) -> None:
    async def stop() -> tuple[int, int]:
        visitor = await open_visitor(site.server.base)
        await visitor.first_view()
        site.csv.write_text(scaled(site.csv.read_text(encoding="utf-8"), 3), encoding="utf-8")
        while not list(site.csv.parent.glob(f"{DRAFTS}*")):
            await asyncio.sleep(0.02)
        os.kill(site.server.pid, signal.SIGTERM)
        await asyncio.sleep(0.3)
        told = await asyncio.to_thread(status, f"{site.server.base}/api/health")
        with pytest.raises(ConnectionClosed) as closed:
            while True:
                await asyncio.wait_for(visitor.connection.recv(), STOPS_WITHIN_S)
        return told, closed.value.rcvd.code if closed.value.rcvd else 0

    assert asyncio.run(stop()) == (503, 1012)
    assert site.server.wait(STOPS_WITHIN_S) == 0
    assert list(site.csv.parent.glob(f"{DRAFTS}*")) == []
    # Every line is one of JSON: no traceback, no complaint of a library.
    assert {line["level"] for line in site.lines()} == {"info"}
    assert not [line for line in site.lines() if "198.51" in str(line)]
