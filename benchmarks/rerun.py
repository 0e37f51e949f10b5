"""How often a page is drawn again, and for how many visitors: `python -m benchmarks.rerun [--quick] [--page …]`.

Rule: one run, each server alone on the first core and the visitors on the second; a visitor opens a page, then
changes one filter at a time (a region, another…) as fast as it is answered. Beside ours, in the same run: (a) one line
of `st.title` on stock Streamlit, (b) the same dashboard the usual way (`peers/usual.py`).
"""

import argparse
import asyncio
import resource
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.report import quantile, write
from benchmarks.servers import Server, our_site, pin_client, stock
from benchmarks.sessions import Run, Visitor, open_visitor
from pages.shared.filters import ADDRESSES
from pages.shared.frame import UNFILTERED

SESSIONS = (1, 10, 50, 200)
SECONDS = 5.0
OPENED_AT_ONCE = 10
LEAK_SESSIONS = 5000
# Regions with much to draw, as ours names them and as a page the usual way does.
REGIONS = {
    *("Hauts-de-France", "Île-de-France", "Grand Est", "Provence-Alpes-Côte d’Azur", "Nouvelle-Aquitaine"),
    *("32", "11", "44", "93", "75"),
}
Again = Callable[[Visitor, int], Awaitable[Run]]


@dataclass(frozen=True)
class Subject:
    """A page to measure: whose, at which address, and how a visitor has it drawn again."""

    server: str
    page: str
    again: Again


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the pages asked for, beside both peers, and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--page", action="append", choices=[*ADDRESSES], help="only this page")
    parser.add_argument("--sessions", type=int, action="append", help="only with so many sessions")
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--leak", type=int, default=LEAK_SESSIONS, help="sessions opened and closed; 0: none")
    options = parser.parse_args(arguments)
    pin_client()
    # One visitor never answered must not hold the others: as many descriptors as the system gives.
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    sessions = tuple(options.sessions or SESSIONS)
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        for script, again in (("title.py", _same), ("usual.py", _other_region)):
            with stock(script, Path(folder)) as server:
                rows += [
                    _measured(server, Subject(f"stock {script}", "", again), count, options.seconds)
                    for count in sessions
                ]
    with our_site() as server:
        for page in options.page or ADDRESSES:
            # A page without filters is drawn again as it is, like (a).
            again = _same if page in UNFILTERED else _other_region
            subject = Subject("ours", ADDRESSES[page].strip("/"), again)
            rows += [_measured(server, subject, count, options.seconds) for count in sessions]
        leak = asyncio.run(_leak(server, options.leak)) if options.leak else ""
    write("rerun", [_compared(row, rows) for row in rows], f"{_notes(options.seconds)}{leak}")


async def _same(visitor: Visitor, _turn: int) -> Run:
    return await visitor.again()


async def _other_region(visitor: Visitor, turn: int) -> Run:
    return await visitor.choose("Région", REGIONS, turn)


def _measured(server: Server, subject: Subject, sessions: int, seconds: float) -> dict[str, Any]:
    row = asyncio.run(_load(server, subject, sessions, seconds))
    print(", ".join(f"{name} {value:.1f}" if isinstance(value, float) else str(value) for name, value in row.items()))
    return row


async def _load(server: Server, subject: Subject, sessions: int, seconds: float) -> dict[str, Any]:
    """Open the sessions, ten at once, then have all of them change filters for some seconds."""
    memory = server.memory_mib()
    gate = asyncio.Semaphore(OPENED_AT_ONCE)
    visitors: list[Visitor] = []

    async def arrive() -> Run:
        async with gate:
            visitor = await open_visitor(server.base, subject.page)
            visitors.append(visitor)
            return await visitor.first_view()

    first = await asyncio.gather(*(arrive() for _ in range(sessions)))
    held = server.memory_mib()
    # Every selection is asked once before: what is measured is a visitor's change, not the first of its kind.
    for turn in range(20):
        await subject.again(visitors[0], turn)
    again: list[Run] = []
    deadline = time.perf_counter() + seconds

    async def stay(visitor: Visitor, number: int) -> None:
        turn = number
        while time.perf_counter() < deadline:
            again.append(await subject.again(visitor, turn))
            turn += 1

    started, cpu, own = time.perf_counter(), server.cpu_seconds(), time.process_time()
    await asyncio.gather(*(stay(visitor, number) for number, visitor in enumerate(visitors)))
    elapsed = time.perf_counter() - started
    cpu, own = server.cpu_seconds() - cpu, time.process_time() - own
    for visitor in visitors:
        await visitor.connection.close()
    return {
        "server": subject.server,
        "page": subject.page or "/",
        "sessions": sessions,
        "runs/s": len(again) / elapsed,
        "rerun p50 ms": quantile([run.ms for run in again], 0.5),
        "p95": quantile([run.ms for run in again], 0.95),
        "p99": quantile([run.ms for run in again], 0.99),
        "first view p50 ms": quantile([run.ms for run in first], 0.5),
        "first p95": quantile([run.ms for run in first], 0.95),
        "first kB": quantile([run.bytes for run in first], 0.5) / 1000,
        "rerun kB": quantile([run.bytes for run in again], 0.5) / 1000,
        "CPU ms/run": cpu * 1000 / len(again),
        "MiB/session": max(held - memory, 0.0) / sessions,
        "client CPU %": own / elapsed * 100,
    }


def _compared(row: dict[str, Any], rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Add how many times as often as (a) and (b), with as many sessions in this run."""
    peers = {
        other["server"]: other["runs/s"]
        for other in rows
        if other["server"] != "ours" and other["sessions"] == row["sessions"]
    }
    title, usual = (row["runs/s"] / peers[f"stock {name}"] for name in ("title.py", "usual.py"))
    return {**row, "× (a)": round(title, 2), "× (b)": round(usual, 2)}


async def _leak(server: Server, sessions: int) -> str:
    """Open and close sessions one after the other, after as many as settle the memory; tell both ends."""
    memory = []
    for share in (0.1, 0.5, 0.5):
        for _ in range(int(sessions * share / OPENED_AT_ONCE)):
            await asyncio.gather(*(_pass_by(server) for _ in range(OPENED_AT_ONCE)))
        memory.append(server.memory_mib())
    start, middle, end = memory
    return (
        f" Memory: {start:.0f} MiB after {sessions // 10} sessions opened and closed, {middle:.0f} after "
        f"{sessions // 2} more, {end:.0f} after {sessions} ({(end / start - 1) * 100:+.1f} %)."
    )


async def _pass_by(server: Server) -> None:
    visitor = await open_visitor(server.base)
    await visitor.first_view()
    await visitor.connection.close()


def _notes(seconds: float) -> str:
    return (
        f"{seconds:.0f} s each; (a) is `peers/title.py`, (b) `peers/usual.py`, both by stock `streamlit run` in the "
        "same environment (which gives them uvloop and httptools too). Ours and (b): another region at each run; "
        "(a), and our pages without filters, have nothing to change."
    )


if __name__ == "__main__":
    main()
