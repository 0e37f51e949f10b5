"""A crowd, for a while, while the data changes all the time: `python -m benchmarks.soak`.

Rule: nothing may go wrong: no error, no page or file of two versions, no memory that grows. The site is a copy of this
one; loopback only, one process of clients, bounded in time and in number; the exit status tells what came of it.
"""

import argparse
import asyncio
import json
import random
import tempfile
import time
from pathlib import Path
from statistics import linear_regression, mean
from typing import Any

import httpx2

from benchmarks.crowd import Known, Seen, download, learn, look_around, put_in_place, renew, scaled
from benchmarks.report import quantile, write
from benchmarks.servers import Server, copy_site, our_site, pin_client
from etl.schema import ANNOUNCEMENTS, ROOT
from pages.shared.addresses import ADDRESSES

FACTORS = (1, 2, 3)
# In French whole, in English for a region: what is shown to most, and what few ask.
PAGES = [(path.strip("/"), "lang=fr") for path in ADDRESSES.values()]
PAGES += [(path.strip("/"), "lang=en&region=32") for path in list(ADDRESSES.values())[:6]]
FILES = (
    "/api/v1/announcements.csv",
    "/api/v1/projects.json?region=32",
    "/api/v1/regions.geojson",
    "/api/v1/projects.xlsx",
    "/api/v1/extract.zip",
    "/fiche/region/32",
    "/reprendre/chronologie",
    "/reprendre/chronologie.csv",
)
DOWNLOADERS = 8
SAMPLED_EVERY_S = 2.0
GRAVE = ("warning", "error", "critical")

Memory = list[tuple[float, float]]


def main() -> None:
    """Let the crowd in, write what it saw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--sessions", type=int, default=200)
    parser.add_argument("--every", type=float, default=15.0, help="seconds between two replacements of the data")
    parser.add_argument("--pause", type=float, default=4.0, help="seconds between two looks of a visitor")
    parser.add_argument("--seed", type=int, default=20261128)
    options = parser.parse_args()
    pin_client()
    with tempfile.TemporaryDirectory() as folder:
        copy_site(Path(folder))
        log = Path(folder) / "server.log"
        with our_site(Path(folder), settles_s=1.0, log=log) as server:
            seen, memory = asyncio.run(soak(server, Path(folder), options))
        for line in log.read_text(encoding="utf-8").splitlines():
            told = json.loads(line) if line.startswith("{") else {"level": "error", "event": line}
            if told["level"] in GRAVE:
                seen.errors[f"log: {told['event']}"[:200]] += 1
    write("soak", [summary(seen, memory)], notes(seen, options))
    raise SystemExit(1 if seen.errors else 0)


async def soak(server: Server, folder: Path, options: argparse.Namespace) -> tuple[Seen, Memory]:
    """Learn what each version gives, then let the crowd in until the time is over."""
    original = ANNOUNCEMENTS.read_text(encoding="utf-8")
    texts = [scaled(original, factor) for factor in FACTORS]
    csv_path = folder / ANNOUNCEMENTS.relative_to(ROOT)
    known, seen, memory = Known(files={path: {} for path in FILES}), Seen(), []
    # Shorter than the five seconds after which the server closes a connection that rests: no request meets its end.
    limits = httpx2.Limits(max_connections=DOWNLOADERS + 2, keepalive_expiry=2.0)
    async with httpx2.AsyncClient(base_url=server.base, timeout=120.0, limits=limits) as client:
        for text in texts:
            version = await put_in_place(csv_path, text, client)
            await learn(server.base, client, version, PAGES, known)
        chance, until = random.Random(options.seed), time.monotonic() + options.seconds
        visitors = [random.Random(chance.random()) for _ in range(options.sessions)]
        downloaders = [random.Random(chance.random()) for _ in range(DOWNLOADERS)]
        await asyncio.gather(
            renew(csv_path, texts, client, until, options.every, seen),
            weigh(server, until, memory),
            *(look_around(server.base, one, until, known, seen, options.pause) for one in visitors),
            *(download(client, one, until, known, seen, 0.5) for one in downloaders),
        )
    return seen, memory


async def weigh(server: Server, until: float, memory: Memory) -> None:
    """Note the memory of the server, in MiB, every few seconds."""
    started = time.monotonic()
    while time.monotonic() < until:
        memory.append((time.monotonic() - started, server.memory_mib()))
        await asyncio.sleep(SAMPLED_EVERY_S)


def summary(seen: Seen, memory: Memory) -> dict[str, Any]:
    """Return what the crowd saw, as a row."""
    tenth = max(1, len(memory) // 10)
    half = memory[len(memory) // 2 :]
    slope = linear_regression([at for at, _ in half], [mib for _, mib in half]).slope * 60 if len(half) > 1 else 0.0
    return {
        "visits": seen.sessions,
        "runs": len(seen.run_ms),
        "files": sum(seen.files.values()),
        "304": seen.unchanged,
        "versions put in place": len(seen.taken_up_s),
        "errors": sum(seen.errors.values()),
        "run p50 ms": quantile(seen.run_ms, 0.5),
        "run p95 ms": quantile(seen.run_ms, 0.95),
        "run p99 ms": quantile(seen.run_ms, 0.99),
        "file p95 ms": quantile(seen.file_ms, 0.95),
        "taken up p50 s": quantile(seen.taken_up_s, 0.5),
        "taken up max s": max(seen.taken_up_s),
        "MiB, first tenth": mean(mib for _, mib in memory[:tenth]),
        "MiB, last tenth": mean(mib for _, mib in memory[-tenth:]),
        "MiB a minute, second half": slope,
    }


def notes(seen: Seen, options: argparse.Namespace) -> str:
    """Return how it was done, what was of which version, and every error with how often it came."""
    errors = "; ".join(f"{count} × {words}" for words, count in seen.errors.most_common()) or "none"
    return (
        f"{options.seconds:.0f} s, {options.sessions} visitors at once who look every {options.pause:.0f} s or so and "
        f"come and go, {DOWNLOADERS} who download and revalidate, another version every {options.every:.0f} s. Each "
        "page and file is compared, byte for byte, with what its address gives of each version to one visitor alone. "
        f"Pages by version: {dict(seen.pages)}; files: {dict(seen.files)}. Errors: {errors}."
    )


if __name__ == "__main__":
    main()
