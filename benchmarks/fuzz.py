"""A hundred thousand hostile cells, files, addresses, headers, calls and messages: `python -m benchmarks.fuzz`.

Rule: seeds are the numbers of the rounds, so that a breach can be thrown again; whatever is thrown goes to this process
or to a site on this machine.
"""

import asyncio
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks.report import write
from benchmarks.servers import our_site, pin_client
from etl.schema import DATABASE
from tests.fuzz import live
from tests.fuzz.kinds import Kind, Run, cells, files, run, scratch, selections, words
from tests.fuzz.parameters import of_parameters
from tests.fuzz.requests import of_requests, rooms

# Of a round; a round has its seed. What runs a page or builds a chart is thrown less often.
ROUND = 500
CASES = {
    "cells": 10_000, "files": 10_000, "words": 35_000, "selections": 30_000, "addresses": 6_000, "headers": 6_000,
    "parameters": 3_000, "requests": 3_000, "messages": 1_000,
}  # fmt: skip
SETTLES_S = 20.0
SHOWN = 40


def main() -> None:
    """Throw everything, print the breaches, and write the table."""
    pin_client()
    rows = []
    with ExitStack() as opened:
        folder = Path(opened.enter_context(scratch()))
        runner = opened.enter_context(asyncio.Runner())
        inside = (cells(folder), files(folder), words(), selections(DATABASE), *of_requests(runner))
        rows += [_row(kind) for kind in inside]
        rows.append(_counted("parameters", lambda: list(of_parameters(rooms(), CASES["parameters"]))))
        site = opened.enter_context(our_site(settles_s=SETTLES_S))
        for kind in (live.requests(site.base), live.messages(site.base, runner, live.FRAMES)):
            before = site.memory_mib()
            rows.append(_row(kind))
            rows[-1]["site MiB"] = f"{before:.0f} → {site.memory_mib():.0f}"
    total = sum(row["cases"] for row in rows)
    write(
        "fuzz",
        rows,
        f"{total:,} cases in all. A breach is an exception; a status of 500 or more but a 503 with Retry-After; a "
        "path of the server or a traceback in an answer; a mark of the question in an HTML answer; more than 32 MiB; "
        "more than five seconds, of work or, in the last two, of waiting. Memory: the peak of the process that throws, "
        "which holds the rooms it throws at and what hypothesis remembers; of the site, before and after.",
        "hypothesis",
        "schemathesis",
    )


def _row(kind: Kind) -> dict[str, Any]:
    def rounds() -> Iterator[Run]:
        for seed in range(CASES[kind.name] // ROUND):
            yield run(kind, ROUND, seed)

    return _counted(kind.name, lambda: list(rounds()))


def _counted(name: str, throw: Callable[[], list[Run]]) -> dict[str, Any]:
    started = time.monotonic()
    done = throw()
    breaches = [breach for one in done for breach in one.breaches]
    for breach in breaches[:SHOWN]:
        print(breach, file=sys.stderr)
    row = {
        "thrown": name,
        "cases": sum(one.cases for one in done),
        "breaches": len(breaches),
        "slowest ms": max(one.slowest_s for one in done) * 1000,
        "seconds": time.monotonic() - started,
        "peak MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "site MiB": "",
    }
    print(row, file=sys.stderr)
    return row


if __name__ == "__main__":
    main()
