"""A server of our own or of a peer, alone on the first core, and what it costs: `serving(...)`.

Rule: loopback only; the server is pinned to one core and the client that measures it to another, so that neither takes
from the other; what a process used is read from the system, not asked of it.
"""

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.browser.server import free_port

ROOT = Path(__file__).parent.parent
PEERS = Path(__file__).parent / "peers"
STARTS_WITHIN_S = 120.0
# Our site compresses its scripts and visits its own pages in the background after it starts: on one core, for a minute.
SETTLES_S = 90.0
SERVER_CORE, CLIENT_CORE = 0, 1


@dataclass(frozen=True)
class Server:
    """A running server: its address and the process to watch; `started_s` is how long its first answer took."""

    base: str
    process: subprocess.Popen[bytes]
    started_s: float

    @property
    def pid(self) -> int:
        """Its number."""
        return self.process.pid

    def wait(self, seconds: float) -> int:
        """Return the exit status of the process, once it has ended. Raises TimeoutExpired where it does not."""
        return self.process.wait(seconds)

    def cpu_seconds(self) -> float:
        """Return the processor time used so far by the process, in seconds."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_mib(self) -> float:
        """Return the memory that the process holds now, in MiB."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def pin_client() -> None:
    """Keep this process on its own core, where the machine has two and knows how."""
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, {CLIENT_CORE})


@contextmanager
def serving(
    command: Sequence[str],
    port: int,
    ready: str,
    *,
    folder: Path = ROOT,
    settles_s: float = SETTLES_S,
    log: Path = Path(os.devnull),
) -> Iterator[Server]:
    """Run `command` on the first core until the block ends; it is waited for at the address `ready`.

    What it says on the standard error goes to `log`. Raises TimeoutError where it does not answer.
    """
    pinned = ["taskset", "-c", str(SERVER_CORE), *command]
    started = time.monotonic()
    with (
        log.open("wb") as said,
        subprocess.Popen(pinned, cwd=folder, stdout=subprocess.DEVNULL, stderr=said) as process,
    ):
        try:
            base = f"http://127.0.0.1:{port}"
            _wait_for(base + ready)
            taken = time.monotonic() - started
            time.sleep(settles_s)
            yield Server(base, process, taken)
        finally:
            process.terminate()
            process.wait()


def our_site(folder: Path = ROOT, **options: Any) -> AbstractContextManager[Server]:
    """Serve this repository's site, or a copy of it."""
    return _streamlit(folder / "app.py", folder, "/api/health", **options)


def copy_site(folder: Path) -> None:
    """Copy what is written by hand of this repository, the data too, for whoever changes it."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    for name in filter(None, listed.decode().split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, folder / name)


def stock(script: str, folder: Path, *, settles_s: float = 3.0) -> AbstractContextManager[Server]:
    """Serve a script of `peers` with Streamlit's default settings: from a folder that has none of ours."""
    return _streamlit(PEERS / script, folder, "/_stcore/health", settles_s=settles_s)


def _streamlit(script: Path, folder: Path, ready: str, **options: Any) -> AbstractContextManager[Server]:
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    command += ["--server.headless", "true", "--server.address", "127.0.0.1"]
    return serving(command, port, ready, folder=folder, **options)


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 – this machine
                answer.read()
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise TimeoutError(address)
