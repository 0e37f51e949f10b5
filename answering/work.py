"""What is made for one request, in a thread: some at a time, some more that wait, and no more.

Rule: a server that is asked too much says so at once, and goes on answering what it has in memory. What is kept by
somebody is never made here.
"""

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

# More threads make nothing sooner: they share one interpreter and the cores.
AT_ONCE = 4
# A small extract is made in some tens of milliseconds: the last that waits is answered within seconds.
WAITING = 60
RETRY_S = 5

Made = TypeVar("Made")


class Busy(Exception):
    """As much is being made already as may be: whoever asked should ask again in a moment."""

    # In French and in English, for a program as for a person.
    sentences = (
        f"Le serveur fait déjà tout ce qu’il peut\u202f: réessayez dans {RETRY_S} s.",
        f"The server is doing all it can already: try again in {RETRY_S} s.",
    )


class Work:
    """The places of those who make, and of those who wait."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self.most, self.under_way = at_once + waiting, 0
        self._threads = CapacityLimiter(at_once)

    async def run(self, make: Callable[..., Made], *args: object) -> Made:
        """Return what `make(*args)` gives, made in a thread. Raises Busy where every place is taken."""
        if self.under_way >= self.most:
            raise Busy
        self.under_way += 1
        try:
            return await to_thread.run_sync(make, *args, limiter=self._threads)
        finally:
            self.under_way -= 1


work = Work()
