"""Two replicas behind nginx beside one, on the same two cores: `python -m benchmarks.replicas [seconds]`.

Rule: one run, nothing pinned: replicas, nginx and the client share the cores, and each one's share is told. The nginx
and its configuration are those of `deploy/`, without the limits of an address; « kept » is with its cache.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.load import run_load
from benchmarks.report import quantile, write
from benchmarks.rerun import REGIONS
from benchmarks.servers import SETTLES_S
from benchmarks.sessions import Run, open_visitor
from etl.build import build
from queries import resource_path
from tests.deploy.conftest import take_data
from tests.deploy.nginx import Replica, copy_site, running_nginx

SECONDS, CONNECTIONS, VISITORS = 8.0, 10, 40
BROTLI = {"Accept-Encoding": "br"}
ADDRESSES = {
    "projects of a region, JSON": resource_path("projects", "json") + "?region=32",
    "all claims, CSV": resource_path("claims", "csv"),
    "sheet of a region": "/fiche/region/11",
}


@dataclass(frozen=True)
class Way:
    """How a visitor is answered: through what, by how many replicas, and the processes that do it."""

    name: str
    replicas: int
    base: str
    processes: Sequence[int]

    def cpu_seconds(self) -> float:
        """Return the processor time used so far by its processes, in seconds."""
        times = (Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split() for pid in self.processes)
        return sum(int(of[11]) + int(of[12]) for of in times) / os.sysconf("SC_CLK_TCK")


def main(seconds: float = SECONDS) -> None:
    """Measure each way and write the table; a short run, to try it out, writes nothing."""
    rows: list[dict[str, Any]] = []
    settles_s = SETTLES_S if seconds >= SECONDS else 5.0
    with tempfile.TemporaryDirectory() as folder, _two_replicas(Path(folder)) as replicas:
        time.sleep(settles_s)
        for way in _ways(Path(folder), replicas):
            # What nginx keeps are answers, never a run of a page.
            if "kept" not in way.name:
                rows.append(_reruns(way, "regions", seconds))
            rows += [_requests(way, name, path, seconds) for name, path in ADDRESSES.items()]
    if seconds < SECONDS:
        for row in rows:
            print(row)
        return
    write(
        "replicas",
        [_compared(row, rows) for row in rows],
        f"{seconds:.0f} s each; {VISITORS} visitors of as many addresses change a filter as fast as they are answered, "
        f"{CONNECTIONS} connections ask the service (brotli). × one: over one replica behind nginx, nothing kept. "
        "Replicas, nginx and the client share the two cores.",
    )


@contextmanager
def _two_replicas(folder: Path) -> Iterator[list[Replica]]:
    replicas = [copy_site(folder / name, folder / "published") for name in ("first", "second")]
    data = replicas[0].folder / "data"
    build(data / "announcements.csv", data / "observatory.duckdb")
    take_data(*replicas)
    try:
        for replica in replicas:
            replica.start()
        yield replicas
    finally:
        for replica in replicas:
            replica.stop()


def _ways(folder: Path, replicas: Sequence[Replica]) -> Iterator[Way]:
    """Yield each way while it is there."""
    sites = [one.process.pid for one in replicas if one.process]
    yield Way("no proxy", 1, replicas[0].base, sites[:1])
    for count, is_kept in ((1, False), (2, False), (1, True), (2, True)):
        place = folder / f"nginx-{count}-{is_kept}"
        with running_nginx(place, replicas[:count], is_kept=is_kept) as front:
            yield Way("nginx, kept" if is_kept else "nginx", count, front.base, [*sites, *front.workers()])


def _reruns(way: Way, page: str, seconds: float) -> dict[str, Any]:
    return asyncio.run(_visits(way, page, seconds))


async def _visits(way: Way, page: str, seconds: float) -> dict[str, Any]:
    """Open visits from many addresses, then have all of them change a filter for some seconds."""
    visitors = []
    for number in range(VISITORS):
        visitor = await open_visitor(way.base, page, headers={"X-Forwarded-For": f"192.0.2.{number + 1}"})
        await visitor.first_view()
        visitors.append(visitor)
    # Every selection is asked once before by each: its replica has drawn it.
    for visitor in visitors:
        for turn in range(len(REGIONS) // 2):
            await visitor.choose("Région", REGIONS, turn)
    runs: list[Run] = []
    deadline = time.perf_counter() + seconds

    async def stay(number: int) -> None:
        turn = number
        while time.perf_counter() < deadline:
            runs.append(await visitors[number].choose("Région", REGIONS, turn))
            turn += 1

    started, cpu, own = time.perf_counter(), way.cpu_seconds(), time.process_time()
    await asyncio.gather(*(stay(number) for number in range(VISITORS)))
    elapsed = time.perf_counter() - started
    cpu, own = way.cpu_seconds() - cpu, time.process_time() - own
    for visitor in visitors:
        await visitor.connection.close()
    times = [run.ms for run in runs]
    return _row(way, f"page {page}, drawn again", len(runs) / elapsed, times, cpu / elapsed, own / elapsed)


def _requests(way: Way, name: str, path: str, seconds: float) -> dict[str, Any]:
    run_load(way.base + path, seconds=0.5, connections=2, headers=BROTLI)
    started, cpu = time.perf_counter(), way.cpu_seconds()
    load = run_load(way.base + path, seconds=seconds, connections=CONNECTIONS, headers=BROTLI)
    share = (way.cpu_seconds() - cpu) / (time.perf_counter() - started)
    return _row(way, name, load.requests_per_second, [load.p50_ms, load.p99_ms], share, load.client_cpu_share)


def _row(
    way: Way, work: str, per_second: float, times: Sequence[float], cpu_share: float, own_share: float
) -> dict[str, Any]:
    row = {
        "work": work,
        "way": way.name,
        "replicas": way.replicas,
        "a second": per_second,
        "p50 ms": quantile(times, 0.5) if len(times) > 2 else times[0],
        "p99 ms": quantile(times, 0.99),
        "CPU ms each": cpu_share * 1000 / per_second,
        "servers CPU %": cpu_share * 100,
        "client CPU %": own_share * 100,
    }
    print(row)
    return row


def _compared(row: dict[str, Any], rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Add how many times as much as one replica behind nginx that keeps nothing."""
    one = next(o for o in rows if o["work"] == row["work"] and o["way"] == "nginx" and o["replicas"] == 1)
    return {**row, "× one": round(row["a second"] / one["a second"], 2)}


if __name__ == "__main__":
    main(*map(float, sys.argv[1:2]))
