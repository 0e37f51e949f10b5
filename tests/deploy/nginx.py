"""Debian's nginx with the configuration of `deploy/nginx`, before real replicas of the site, all on this machine.

Rule: what is deployed is what runs here: only the port, the names of the replicas and, where a load asks for it, the
limits are written anew. Each replica is a copy of the checkout with its own data, and shares what it published.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.server import ROOT, free_port
from tests.test_architecture import ROOMS

CONFIGURATION = ROOT / "deploy" / "nginx"
# What the site is made of: its rooms, and what they read.
COPIED = (*("app.py" if room == "app" else room for room in ROOMS), "data", ".streamlit", "site.toml")
# Several replicas start at once on few cores, each compressing its files.
STARTS_WITHIN_S, STOPS_WITHIN_S = 240, 15
UNLIMITED = "limit_req_zone $binary_remote_addr zone=requests:1m rate=1000000r/s;\n" + (
    "limit_conn_zone $binary_remote_addr zone=connections:1m;\n"
)


def find_nginx() -> str | None:
    """Return the path of nginx, which Debian keeps out of the way of who is not root; None where there is none."""
    return shutil.which("nginx", path=os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin")))


@dataclass
class Replica:
    """A copy of the site: its folder, its port, and the process that serves it while there is one."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def base(self) -> str:
        """Its own address, behind nobody."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serve, and wait until it answers with data. Raises RuntimeError where it does not."""
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(self.port)]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--server.address", "127.0.0.1"],
                cwd=self.folder,
                # All who ask here come from one address: the limits of the site are not what is tested.
                env={**os.environ, "HOME": str(self.folder), "INFRA_IA_RATE": "none"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        wait_for(f"{self.base}/api/health", self.process)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Ask it to stop, or kill it, and wait until it has."""
        if self.process is None:
            return
        self.process.send_signal(how)
        try:
            self.process.wait(STOPS_WITHIN_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None


@dataclass
class Front:
    """A running nginx: its folder, its port, and the replicas that it knows."""

    folder: Path
    port: int
    replicas: Sequence[Replica]
    process: subprocess.Popen[bytes]

    @property
    def base(self) -> str:
        """The address that visitors ask."""
        return f"http://127.0.0.1:{self.port}"

    def workers(self) -> set[int]:
        """Return the process ids of its workers, and of who looks after what it keeps."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="utf-8")
        return {int(one) for one in children.split()}

    def send_to(self, *ports: int) -> None:
        """Send visitors to these replicas only, as `deploy/roll` does, and wait until the new workers are there."""
        before = self.workers()
        write_replicas(self.folder, self.replicas, ports)
        self.process.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + STOPS_WITHIN_S
        while not self.workers() - before and time.monotonic() < deadline:
            time.sleep(0.05)


def copy_site(folder: Path, published: Path) -> Replica:
    """Return a replica that is not started, whose published versions are in a folder that others share."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            left_out = shutil.ignore_patterns("__pycache__", "published", "observatory.*")
            shutil.copytree(source, folder / name, ignore=left_out)
        else:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, folder / name)
    published.mkdir(exist_ok=True)
    (folder / "data" / "published").symlink_to(published)
    return Replica(folder, free_port())


def write_configuration(
    folder: Path, port: int, replicas: Sequence[Replica], *, is_limited: bool, is_kept: bool = True
) -> list[str]:
    """Copy the configuration to `folder` for these replicas and return the command that runs it.

    The limits of an address, and what nginx keeps, can be left out: for a load from one machine.
    """
    shutil.copytree(CONFIGURATION, folder)
    configured = folder / "nginx.conf"
    told, changed = re.subn(r"listen 8080;", f"listen 127.0.0.1:{port};", configured.read_text(encoding="utf-8"))
    assert changed == 1
    if not is_kept:
        told = told.replace("proxy_cache answers;", "proxy_cache off;")
    configured.write_text(told, encoding="utf-8")
    write_replicas(folder, replicas, [replica.port for replica in replicas])
    if not is_limited:
        (folder / "limits.conf").write_text(UNLIMITED, encoding="utf-8")
    # Workers of a root master become another user, who may not enter a temporary folder of root's.
    owner = "user root; " if os.geteuid() == 0 else ""
    nginx = find_nginx()
    assert nginx
    return [nginx, "-p", str(folder), "-c", str(configured), "-g", f"{owner}daemon off;"]


def write_replicas(folder: Path, replicas: Sequence[Replica], serving: Sequence[int]) -> None:
    """Write who the replicas are, as the lists say how; those that do not serve are `down`."""
    for name in ("visits.conf", "service.conf"):
        (how,) = set(re.findall(r"^server \S+ (.*);$", (CONFIGURATION / name).read_text(encoding="utf-8"), re.M))
        lines = [f"server 127.0.0.1:{one.port} {how}{'' if one.port in serving else ' down'};\n" for one in replicas]
        (folder / name).write_text("".join(lines), encoding="utf-8")


@contextmanager
def running_nginx(
    folder: Path, replicas: Sequence[Replica], *, is_limited: bool = False, is_kept: bool = True
) -> Iterator[Front]:
    """Run nginx before replicas until the block ends."""
    port = free_port()
    command = write_configuration(folder, port, replicas, is_limited=is_limited, is_kept=is_kept)
    with (folder / "nginx.log").open("wb") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + STOPS_WITHIN_S
        while process.poll() is None and time.monotonic() < deadline:
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        else:
            raise RuntimeError((folder / "nginx.log").read_text(encoding="utf-8"))
        yield Front(folder, port, replicas, process)
    finally:
        process.terminate()
        process.wait()


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until an address answers 200. Raises RuntimeError where its process ends, or in the end."""
    deadline = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 – this machine
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"{address} does not answer")
