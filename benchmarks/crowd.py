"""A crowd that looks and downloads while the data changes, and what it saw: `look_around`, `download`, `renew`.

Rule: whatever is shown or sent is compared, byte for byte, with what the same address gave of each version when nobody
else was there (`learn`): it is of one version, or it is told as an error. What goes wrong is counted, and never raised.
"""

import asyncio
import csv
import hashlib
import io
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
from websockets.exceptions import WebSocketException

from benchmarks.sessions import open_visitor
from benchmarks.witness import Shown, Witness

# Whatever may be counted: no amount of one version is that of another by chance.
SCALED = ("investment_low", "investment_high", "power_low", "power_high", "jobs_low", "jobs_high")
# A file that rests is looked at within seconds, and built in some more, on a busy machine.
TAKEN_UP_WITHIN_S = 120.0
GOES_WRONG = (OSError, WebSocketException, RuntimeError, TimeoutError, KeyError, httpx2.HTTPError)

Address = tuple[str, str]


@dataclass
class Known:
    """What each version gives at each address: the elements of a page, the digest of a file."""

    pages: dict[Address, dict[str, Shown]] = field(default_factory=dict)
    files: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass
class Seen:
    """What the crowd saw: errors in words, pages and files by version, times in ms, how long new data took in s."""

    errors: Counter[str] = field(default_factory=Counter)
    pages: Counter[str] = field(default_factory=Counter)
    files: Counter[str] = field(default_factory=Counter)
    unchanged: int = 0
    sessions: int = 0
    run_ms: list[float] = field(default_factory=list)
    file_ms: list[float] = field(default_factory=list)
    taken_up_s: list[float] = field(default_factory=list)


def scaled(text: str, factor: int) -> str:
    """Return the file of announcements with every amount multiplied."""
    rows = list(csv.reader(io.StringIO(text, newline="")))
    places = [place for place, name in enumerate(rows[0]) if name.startswith(SCALED)]
    for row in rows[1:]:
        for place in places:
            if row[place]:
                row[place] = f"{float(row[place]) * factor:.2f}".rstrip("0").rstrip(".")
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


async def put_in_place(csv_path: Path, text: str, client: httpx2.AsyncClient) -> str:
    """Put a file in the place of the one that is served, wait until it is, and return the name of its version.

    Raises TimeoutError where it is not.
    """
    beside = csv_path.with_suffix(".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(csv_path)
    digest = hashlib.sha256(text.encode()).hexdigest()
    async with asyncio.timeout(TAKEN_UP_WITHIN_S):
        while (told := (await client.get("/api/health")).json())["csv_sha256"] != digest:
            await asyncio.sleep(0.5)
    return str(told["data_version"])


async def learn(base: str, client: httpx2.AsyncClient, version: str, pages: list[Address], known: Known) -> None:
    """Note what the version being served gives at every address, nobody else being there."""
    for page in pages:
        visitor = await open_visitor(base, *page, kind=Witness)
        await visitor.first_view()
        known.pages.setdefault(page, {})[version] = visitor.shown
        await visitor.connection.close()
    for path in known.files:
        answer = await client.get(path)
        known.files[path][version] = _digest(answer.raise_for_status())


async def look_around(base: str, chance: random.Random, until: float, known: Known, seen: Seen, pause_s: float) -> None:
    """Open one page after the other, look at each some times, `pause_s` or so apart, and leave."""
    await asyncio.sleep(chance.uniform(0, pause_s))
    while time.monotonic() < until:
        page = chance.choice(list(known.pages))
        seen.sessions += 1
        try:
            visitor = await open_visitor(base, *page, kind=Witness)
            try:
                for _ in range(chance.randint(1, 6)):
                    run = await visitor.again()
                    seen.run_ms.append(run.ms)
                    seen.pages[_version_of(visitor.shown, known.pages[page], page, seen)] += 1
                    await asyncio.sleep(chance.uniform(0.5, 1.5) * pause_s)
            finally:
                await visitor.connection.close()
        except GOES_WRONG as error:
            seen.errors[f"page {page}: {error!r}"[:200]] += 1
            await asyncio.sleep(1)


async def download(
    client: httpx2.AsyncClient, chance: random.Random, until: float, known: Known, seen: Seen, pause_s: float
) -> None:
    """Ask for one file after the other, each with the tag of the answer before."""
    tags: dict[str, tuple[str, str]] = {}
    while time.monotonic() < until:
        path = chance.choice(list(known.files))
        tag, version = tags.get(path, ("", ""))
        started = time.perf_counter()
        try:
            answer = await client.get(path, headers={"If-None-Match": tag} if tag else {})
            seen.file_ms.append((time.perf_counter() - started) * 1000)
            if answer.status_code == 304:
                seen.unchanged += 1
                told = answer.headers.get("x-data-version", version)
                if answer.headers["etag"] != tag or told != version:
                    seen.errors[f"file {path}: unchanged, of {told}, where {version} was kept"] += 1
            else:
                version = _version_of_file(path, answer, known, seen)
                tags[path] = answer.headers["etag"], version
        except GOES_WRONG as error:
            seen.errors[f"file {path}: {error!r}"[:200]] += 1
        await asyncio.sleep(chance.uniform(0.5, 1.5) * pause_s)


async def renew(
    csv_path: Path, texts: list[str], client: httpx2.AsyncClient, until: float, every_s: float, seen: Seen
) -> None:
    """Put another version in the place of the one before, `every_s` after it, over and over."""
    turn = 0
    while (started := time.monotonic()) < until:
        turn += 1
        try:
            await put_in_place(csv_path, texts[turn % len(texts)], client)
            seen.taken_up_s.append(time.monotonic() - started)
        except GOES_WRONG as error:
            seen.errors[f"new data: {error!r}"] += 1
        await asyncio.sleep(max(0.0, min(started + every_s, until) - time.monotonic()))


def _version_of(shown: Shown, known: dict[str, Shown], page: Address, seen: Seen) -> str:
    """Return the version that gives all that a page shows; where none does, tell how much of it each gives."""
    for version, expected in known.items():
        if shown == expected:
            return version
    shares = {version: sum(shown.get(place) == of for place, of in one.items()) for version, one in known.items()}
    seen.errors[f"page {page}: {len(shown)} elements, of one version: {sorted(shares.items())}"] += 1
    return "mixed"


def _version_of_file(path: str, answer: httpx2.Response, known: Known, seen: Seen) -> str:
    digest = _digest(answer.raise_for_status())
    of = [version for version, one in known.files[path].items() if one == digest]
    told = answer.headers.get("x-data-version", of[0] if of else "")
    if told not in of:
        seen.errors[f"file {path}: said to be of {told}, is of {of}"] += 1
    seen.files[told] += 1
    return str(told)


def _digest(answer: httpx2.Response) -> str:
    return hashlib.sha256(answer.content).hexdigest()
