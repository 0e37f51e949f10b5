"""The real server, as `make run` starts it, on a free port and with nobody's settings but the project's."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
STARTS_WITHIN_S = 90
STOPS_WITHIN_S = 10


@contextmanager
def running_site(home: Path, root: Path = ROOT) -> Iterator[str]:
    """Serve the site from the checkout, or from a copy of it, and yield its address; stop it on leaving.

    `home` is an empty folder: no Streamlit setting or credential of the person who tests is read, and the log
    goes there. Raises RuntimeError with the log where the server does not start, or has met an exception.
    """
    port = free_port()
    log = home / "server.log"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=root,
            env={**os.environ, "HOME": str(home)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/_stcore/health", process, log)
            yield address
        finally:
            process.terminate()
            try:
                process.wait(STOPS_WITHIN_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    written = log.read_text(encoding="utf-8", errors="replace")
    if "Traceback (most recent call last)" in written:
        raise RuntimeError(f"The server met an exception:\n{written}")


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_for(health: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(health, timeout=2) as answer:  # noqa: S310 – our own address
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise RuntimeError(f"The site did not start:\n{log.read_text(encoding='utf-8', errors='replace')}")
