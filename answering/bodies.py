"""Bodies kept by their key until they weigh too much together, the least recently asked going first.

Rule: bounded by bytes, safe between threads, and counted, so that `/api/health` can say what it is worth.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextvars import ContextVar

# Where a request under way notes that a body was not in memory: whoever measures it reads it afterwards.
making: ContextVar[list[bool] | None] = ContextVar("making", default=None)


class Bodies:
    """Answers by key, at most `limit` bytes in all; one heavier than a quarter of that is not kept."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.hits = self.misses = self.size = 0
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> bytes | None:
        """Return the body kept under `key`, or None; count the one or the other."""
        with self._lock:
            body = self._kept.get(key)
            if body is None:
                self.misses += 1
                if (noted := making.get()) is not None:
                    noted.append(True)
            else:
                self.hits += 1
                self._kept.move_to_end(key)
            return body

    def made(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """Return the body kept under `key`, made and kept where there is none."""
        body = self.get(key)
        if body is None:
            body = make()
            self.put(key, body)
        return body

    def put(self, key: Hashable, body: bytes) -> None:
        """Keep a body, letting go of the oldest where there is no room."""
        if len(body) > self.limit // 4:
            return
        with self._lock:
            old = self._kept.pop(key, None)
            self.size += len(body) - (len(old) if old else 0)
            self._kept[key] = body
            while self.size > self.limit:
                self.size -= len(self._kept.popitem(last=False)[1])

    def __len__(self) -> int:
        return len(self._kept)
