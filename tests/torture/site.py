"""The real site on a copy of the project, looked at from outside: what it says, and whether it may say it.

Rule: a look asks the service, a sheet and a page by its websocket. Each answers as a version built in peace does, or
says plainly in both languages that it cannot; a traceback, another figure or a claim less is a failure.
"""

import asyncio
import csv
import io
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import httpx2 as httpx
from websockets.exceptions import WebSocketException

from benchmarks.sessions import Visitor, open_visitor
from etl.schema import ANNOUNCEMENTS, DATABASE, ROOT
from queries import RESOURCES, Selection
from queries.database import read_database
from tests.browser.server import free_port
from tests.torture.damages import clear
from tests.torture.versions import Version

LEFT_OUT = {".git", ".github", ".venv", "tests", "docs", "benchmarks"}
ANSWERS_WITHIN_S, STARTS_WITHIN_S, RECOVERS_WITHIN_S = 60.0, 240.0, 240.0
# What no one may read, in any answer.
TRACE = b"Traceback (most recent call last)"
REGIONS = ("11", "32", "44", "52", "75", "76", "84", "93")
SHEETS = ("/fiche/region/32", "/en/fiche/region/11")
UNAVAILABLE = ("ne sont pas disponibles", "are not available")
FIGURES = ["project_id", "investment_low_meur", "investment_high_meur"]
COMMAND = b"python -m etl build"


class Reader(Visitor):
    """A visitor who keeps what it was sent."""

    told: bytes = b""

    def _remember(self, told: object, kind: str) -> None:
        super()._remember(told, kind)  # type: ignore[arg-type]
        self.told += told.SerializeToString()  # type: ignore[attr-defined]


@dataclass
class Site:
    """A site in `home`, started again as often as wished; `known` are the versions that it may serve, by their name."""

    home: Path
    known: dict[str, Version]
    prefix: Sequence[str] = ()
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    sheets: dict[tuple[str, str], bytes] = field(default_factory=dict)

    @property
    def csv(self) -> Path:
        """The file of announcements."""
        return self.home / ANNOUNCEMENTS.relative_to(ROOT)

    @property
    def database(self) -> Path:
        """The database."""
        return self.home / DATABASE.relative_to(ROOT)

    @property
    def drafts(self) -> Path:
        """The temporary folder of the server."""
        return self.home / "temporary"

    @property
    def base(self) -> str:
        """The address."""
        return f"http://127.0.0.1:{self.port}"

    def lay_out(self) -> None:
        """Copy the project, without its data being built."""
        self.drafts.mkdir(parents=True)
        for entry in ROOT.iterdir():
            if entry.is_dir() and entry.name not in LEFT_OUT:
                ignored = shutil.ignore_patterns("__pycache__", "observatory.*", "published", ".build-*")
                shutil.copytree(entry, self.home / entry.name, ignore=ignored, dirs_exist_ok=True)
            elif entry.is_file():
                shutil.copy2(entry, self.home)

    def start(self, *, is_awaited: bool = True) -> None:
        """Start the server; wait for it to answer, unless it is to be killed before."""
        command = [*self.prefix, sys.executable, "-m", "streamlit", "run", "app.py"]
        command += ["--server.port", str(self.port), "--server.address", "127.0.0.1"]
        with (self.home / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=self.home,
                env={**os.environ, "HOME": str(self.home), "TMPDIR": str(self.drafts)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        if is_awaited:
            self._wait_until_it_answers()

    def start_again(self, version: Version, chance: random.Random) -> float:
        """Start the server; return the seconds until it serves that version and says that all is well."""
        started = time.monotonic()
        self.start()
        self.recover(version, chance)
        return time.monotonic() - started

    def kill(self) -> None:
        """Kill the server, without a word."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def write(self, version: Version) -> None:
        """Put a good file in its place, whatever stands there."""
        clear(self.csv)
        self.csv.write_bytes(version.content)

    def memory_mib(self) -> float:
        """Return the memory that the server holds."""
        assert self.process is not None
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024

    def look(self, chance: random.Random) -> str:
        """Look at everything once; return the version served, "" where the site says that it has none."""
        with httpx.Client(base_url=self.base, timeout=ANSWERS_WITHIN_S) as client:
            served = self._look_at_the_service(client, chance)
            for path in SHEETS:
                self._look_at_a_sheet(client, path)
        self._look_at_a_page()
        return served

    def recover(self, version: Version, chance: random.Random) -> float:
        """Wait until the site serves that version and says that all is well; return the seconds that it took."""
        started = time.monotonic()
        while time.monotonic() - started < RECOVERS_WITHIN_S:
            try:
                found = httpx.get(f"{self.base}/api/health", timeout=ANSWERS_WITHIN_S).json()
            except httpx.TransportError:
                time.sleep(0.5)
                continue
            if (found["status"], found.get("data_version")) == ("ok", version.facts[0]):
                taken = time.monotonic() - started
                assert self.look(chance) == version.facts[0]
                return taken
            time.sleep(0.2)
        raise AssertionError(f"not back after {RECOVERS_WITHIN_S:.0f} s: {found}")

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + STARTS_WITHIN_S
        while time.monotonic() < deadline:
            assert self.process is not None and self.process.poll() is None, "the server ended"
            try:
                httpx.get(f"{self.base}/api/health", timeout=ANSWERS_WITHIN_S)
                return
            except httpx.TransportError:
                time.sleep(0.2)
        raise AssertionError("the server does not answer")

    def _look_at_the_service(self, client: httpx.Client, chance: random.Random) -> str:
        told = client.get("/api/health")
        assert TRACE not in told.content
        served = told.json().get("data_version", "")
        if told.status_code == 503:
            assert COMMAND in told.content
        else:
            assert told.json()["announcements"] == len(self.known[served].facts[2])  # type: ignore[arg-type]
        whole = client.get("/api/v1/announcements.csv", params={"columns": "id"})
        if _is_given(whole):
            ids = tuple(sorted(row["id"] for row in csv.DictReader(io.StringIO(whole.text))))
            assert ids == self.known[whole.headers["x-data-version"]].facts[2], "another list of claims"
        # A day and a region that nobody asked for before: read in the database, not from memory.
        day = date(2023, 1, 1) + timedelta(chance.randrange(1000))
        chosen = Selection(until=day, region=(chance.choice(REGIONS),))
        part = client.get("/api/v1/projects.csv", params={"until": day.isoformat(), "region": chosen.region[0]})
        if _is_given(part):
            version = self.known[part.headers["x-data-version"]]
            expected = read_database(version.database).table(RESOURCES["projects"].query, chosen).select(FIGURES)
            given = [{name: row[name] for name in FIGURES} for row in csv.DictReader(io.StringIO(part.text))]
            written = [{name: _written(row[name]) for name in FIGURES} for row in expected.to_pylist()]
            assert given == written, f"other figures for {chosen}"
        return str(served)

    def _look_at_a_sheet(self, client: httpx.Client, path: str) -> None:
        sheet = client.get(path)
        assert TRACE not in sheet.content
        if sheet.status_code == 503:
            assert "retry-after" in sheet.headers
            assert UNAVAILABLE[path.startswith("/en")] in sheet.text
        else:
            assert sheet.status_code == 200
            served = client.get("/api/health").json().get("data_version", "")
            kept = self.sheets.setdefault((served, path), sheet.content)
            assert sheet.content == kept, f"another sheet {path}"

    def _look_at_a_page(self) -> None:
        try:
            told = asyncio.run(asyncio.wait_for(self._read_a_page(), ANSWERS_WITHIN_S))
        except (OSError, WebSocketException, TimeoutError) as error:
            raise AssertionError(f"no page: {error!r}") from error
        assert TRACE not in told
        counts = [f"{len(version.facts[2])}".encode() for version in self.known.values()]  # type: ignore[arg-type]
        assert COMMAND in told or any(count in told for count in counts), "a page that says nothing"

    async def _read_a_page(self) -> bytes:
        visitor = await open_visitor(self.base)
        reader = Reader(visitor.connection, visitor.page, visitor.query)
        try:
            await reader.first_view()
            return reader.told
        finally:
            await reader.connection.close()


def _written(value: object) -> str:
    """Return a value as the service writes it in a CSV, decimals without their last zeros."""
    text = "" if value is None else f"{value}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _is_given(answer: httpx.Response) -> bool:
    """Tell whether the service gives what was asked; otherwise it says, in both languages, when to come back."""
    assert TRACE not in answer.content
    if answer.status_code == 503:
        assert "retry-after" in answer.headers
        assert {"message_fr", "message_en"} <= answer.json().keys()
        return False
    assert answer.status_code == 200, answer.status_code
    return True
