"""Readers of the service who never ask the same twice, so that no cache answers for the replicas.

Rule: loopback only, a few threads, stopped by the block that started them; whatever is not a whole answer is kept and
told. As browsers do (RFC 9110, 9.2.2), a reader whose kept connection was closed while it rested opens another: nginx
1.22 closes those of its former workers when it reads its configuration again.
"""

import http.client
import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from queries import resource_path

READERS = 4
# A reader who rests a little leaves the two cores to the replicas that start.
RESTS_S = 0.02
IDENTIFIERS = resource_path("announcements", "csv") + "?columns=id"
# Of all crowds: one who asked again what another was answered would be answered by nginx alone.
_turns = itertools.count()


@dataclass
class Seen:
    """What the readers were answered: the rows they asked for, by version, and all that failed."""

    answers: list[tuple[str, int, int, list[str]]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    reopened: int = 0

    @property
    def versions(self) -> set[str]:
        """The versions of the data that were answered."""
        return {version for version, *_ in self.answers}


@contextmanager
def reading(port: int) -> Iterator[Seen]:
    """Have readers ask the service behind a port of this machine until the block ends."""
    seen, over = Seen(), threading.Event()
    readers = [threading.Thread(target=_read, args=(port, seen, over)) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    try:
        yield seen
    finally:
        over.set()
        for reader in readers:
            reader.join()


def _read(port: int, seen: Seen, over: threading.Event) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while not over.is_set():
        turn = next(_turns)
        limit, offset = 1 + turn // 400, turn % 400
        address = f"{IDENTIFIERS}&limit={limit}&offset={offset}"
        is_kept = connection.sock is not None
        try:
            try:
                answer = _ask(connection, address)
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                if not is_kept:
                    raise
                connection.close()
                seen.reopened += 1
                answer = _ask(connection, address)
            body = answer.read()
            if answer.status == 200:
                rows = body.decode("utf-8").split()[1:]
                seen.answers.append((answer.headers["X-Data-Version"], limit, offset, rows))
            else:
                seen.failures.append(f"{answer.status} at {time.strftime('%X')}: {body[:200]!r}")
        except (OSError, http.client.HTTPException) as problem:
            seen.failures.append(f"{problem!r} at {time.strftime('%X')}")
            connection.close()
        time.sleep(RESTS_S)
    connection.close()


def _ask(connection: http.client.HTTPConnection, address: str) -> http.client.HTTPResponse:
    connection.request("GET", address)
    return connection.getresponse()
