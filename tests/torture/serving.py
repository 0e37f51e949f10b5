"""What befalls a site that serves: its data, its processes, its clients, its machine.

Rule: a fault leaves the site serving a version built in peace, or saying plainly that it cannot; once lifted, the site
comes back by itself. Each returns the seconds that this took.
"""

import os
import random
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx2 as httpx

from api.versions import DRAFTS as PUBLISHING
from etl.build import DRAFTS
from queries.served import FOLDER
from tests.torture.damages import OF_A_CSV, OF_A_DATABASE, Damage, cut_after_a_line
from tests.torture.site import Site
from tests.torture.versions import Version

Fault = Callable[[Site, Version, random.Random], float]
# Between two looks of the watch, and a little more: it has seen what was done.
SEEN_S = 7.0
SLOW_CLIENTS, SLOW_S = 100, 10.0
# Streamlit asks each websocket for a sign of life every thirty seconds, and closes one that gives none for thirty more.
LET_GO_WITHIN_S = 120.0
MORE_MIB = 150.0


def spoil_the_database(damage: Damage) -> Fault:
    """Spoil the database that is served."""

    def fault(site: Site, version: Version, chance: random.Random) -> float:
        damage(site.database, chance)
        assert site.look(chance), "the last good data are there"
        return site.recover(version, chance)

    return _named(fault, "database", damage)


def spoil_the_file(damage: Damage) -> Fault:
    """Spoil the file of announcements, then put it back."""

    def fault(site: Site, version: Version, chance: random.Random) -> float:
        damage(site.csv, chance)
        time.sleep(chance.uniform(0, SEEN_S))
        assert site.look(chance), "the last good data are there"
        site.write(version)
        return site.recover(version, chance)

    return _named(fault, "file", damage)


def start_on_a_spoiled_database(damage: Damage) -> Fault:
    """Kill the server, spoil the database, start again."""

    def fault(site: Site, version: Version, chance: random.Random) -> float:
        site.kill()
        damage(site.database, chance)
        return site.start_again(version, chance)

    return _named(fault, "start", damage)


def take_up(site: Site, version: Version, chance: random.Random) -> float:
    """Write new data over the old."""
    site.write(version)
    return site.recover(version, chance)


def spoil_both(site: Site, version: Version, chance: random.Random) -> float:
    """Lose the database, and the end of the file, and start again: the last version published is served."""
    site.kill()
    site.database.unlink()
    cut_after_a_line(site.csv, chance)
    site.start()
    assert site.look(chance) == version.facts[0], "the last version published is there"
    time.sleep(chance.uniform(0, SEEN_S))
    assert site.look(chance) == version.facts[0]
    site.write(version)
    return site.recover(version, chance)


def lose_all_data(site: Site, version: Version, chance: random.Random) -> float:
    """Lose whatever was built, and the file, and start again: every page says what to do."""
    site.kill()
    site.database.unlink()
    shutil.rmtree(site.csv.parent / "published")
    site.csv.unlink()
    site.start()
    assert site.look(chance) == ""
    site.write(version)
    return site.recover(version, chance)


def write_slowly(site: Site, version: Version, chance: random.Random) -> float:
    """Write the file again over several looks of the watch, half of it standing still for one of them."""
    content, half = version.content, len(version.content) * chance.randrange(20, 80) // 100
    with site.csv.open("wb", buffering=0) as file:
        file.write(content[:half])
        time.sleep(SEEN_S)
        assert site.look(chance)
        file.write(content[half:])
    return site.recover(version, chance)


def kill_the_server(site: Site, version: Version, chance: random.Random) -> float:
    """Kill the server at any moment of its start or of its work; the next one leaves nothing behind."""
    site.kill()
    site.start(is_awaited=False)
    time.sleep(chance.uniform(0, 15))
    site.kill()
    taken = site.start_again(version, chance)
    held = [len(list(folder.glob(f"{name}*"))) for folder, name in _drafts(site)]
    assert held[:2] == [0, 0] and held[2] <= 2, f"left behind: {held}"
    return taken


def kill_the_build(site: Site, version: Version, chance: random.Random) -> float:
    """Lose whatever was built, and kill each process that rebuilds, for some seconds."""
    shutil.rmtree(site.csv.parent / "published")
    site.database.unlink()
    killed, deadline = 0, time.monotonic() + 3 * SEEN_S
    while time.monotonic() < deadline:
        for build in _builds_of(site):
            time.sleep(chance.uniform(0, 1))
            killed += _kill(build)
        time.sleep(0.1)
    assert killed, "no build to kill"
    assert site.look(chance)
    return site.recover(version, chance)


def fill_the_disk(site: Site, version: Version, chance: random.Random) -> float:
    """Lose the database and leave no room for another (the data lie on a small file system), then make room."""
    filler = site.csv.with_name("filler")
    site.database.write_bytes(b"")
    filler.write_bytes(bytes(shutil.disk_usage(filler.parent).free))
    time.sleep(SEEN_S)
    assert site.look(chance)
    filler.unlink()
    return site.recover(version, chance)


def forbid_the_folder(site: Site, version: Version, chance: random.Random) -> float:
    """Forbid the data to a server that is no administrator, then allow it again."""
    site.database.chmod(0)
    site.csv.chmod(0)
    site.csv.parent.chmod(0o500)
    time.sleep(SEEN_S)
    assert site.look(chance)
    site.csv.parent.chmod(0o700)
    site.csv.chmod(0o600)
    return site.recover(version, chance)


def send_slowly(site: Site, version: Version, chance: random.Random) -> float:
    """Send a byte now and then from many clients at once."""
    with _many_clients(site) as slow:
        deadline = time.monotonic() + SLOW_S
        request = f"GET /api/v1/projects.csv?region=32 HTTP/1.1\r\nHost: {site.base}\r\n".encode()
        for number in range(len(request)):
            if time.monotonic() > deadline:
                break
            for client in slow:
                client.send(request[number : number + 1])
            if number % 20 == 0:
                assert site.look(chance)
    return site.recover(version, chance)


def never_read(site: Site, version: Version, chance: random.Random) -> float:
    """Ask for the largest answers from many clients that never read them: the memory of the server stays bounded."""
    path = httpx.get(f"{site.base}/api/v1/observatory.duckdb", timeout=60).headers["location"]
    before = site.memory_mib()
    with _many_clients(site) as clients:
        for client in clients:
            client.send(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        time.sleep(SLOW_S)
        assert site.look(chance)
        assert site.memory_mib() - before < MORE_MIB
    return site.recover(version, chance)


def leave_websockets_half_open(site: Site, version: Version, chance: random.Random) -> float:
    """Open websockets and give no more sign of life: the server lets go of every one of them."""
    before = site.memory_mib()
    with _many_clients(site) as clients:
        for client in clients:
            client.sendall(
                b"GET /_stcore/stream HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                b"Sec-WebSocket-Protocol: streamlit\r\n\r\n"
            )
            client.settimeout(60)
            assert b" 101 " in client.recv(4096)
        assert site.look(chance)
        deadline = time.monotonic() + LET_GO_WITHIN_S
        for client in clients:
            while _says_something(client, deadline):
                pass
        assert site.memory_mib() - before < MORE_MIB
    return site.recover(version, chance)


def exhaust_descriptors(site: Site, version: Version, chance: random.Random) -> float:
    """Open more connections than the server has descriptors (the site is started with few), then close them."""
    clients = []
    try:
        for _ in range(400):
            client = socket.socket()
            client.settimeout(2)
            clients.append(client)
            try:
                client.connect(("127.0.0.1", site.port))
            except OSError:
                break
        site.database.write_bytes(b"")  # read, or built, while nothing can be opened
        time.sleep(SEEN_S)
    finally:
        for client in clients:
            client.close()
    return site.recover(version, chance)


def _named(fault: Fault, what: str, damage: Damage) -> Fault:
    fault.__name__ = f"{what}: {damage.__name__}"
    return fault


def _drafts(site: Site) -> tuple[tuple[Path, str], ...]:
    return (site.csv.parent, DRAFTS), (site.csv.parent / "published", PUBLISHING), (site.drafts, FOLDER)


def _builds_of(site: Site) -> list[int]:
    """Return the processes of this site's server that rebuild."""
    assert site.process is not None
    found = subprocess.run(
        ["pgrep", "--parent", str(site.process.pid), "--full", "etl.rebuild"],
        capture_output=True,
        text=True,
        check=False,
    )
    return [int(line) for line in found.stdout.split()]


def _kill(process: int) -> bool:
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


@contextmanager
def _many_clients(site: Site) -> Iterator[list[socket.socket]]:
    """Connect as many clients as there are slow ones, and hang up for all of them, whatever happened."""
    with ExitStack() as open_ones:
        address = ("127.0.0.1", site.port)
        yield [open_ones.enter_context(socket.create_connection(address, timeout=30)) for _ in range(SLOW_CLIENTS)]


def _says_something(client: socket.socket, deadline: float) -> bool:
    """Tell whether the server still speaks to this client; it must have closed before the deadline."""
    client.settimeout(max(0.1, deadline - time.monotonic()))
    try:
        return client.recv(65536) != b""
    except ConnectionError:
        return False


ON_ANY_SITE: tuple[Fault, ...] = (
    *(spoil_the_database(damage) for damage in OF_A_DATABASE),
    *(spoil_the_file(damage) for damage in OF_A_CSV),
    *(start_on_a_spoiled_database(damage) for damage in OF_A_DATABASE),
    spoil_both,
    lose_all_data,
    write_slowly,
    kill_the_server,
    kill_the_build,
    send_slowly,
    never_read,
    leave_websockets_half_open,
)
