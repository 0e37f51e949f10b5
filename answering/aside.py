"""Work that nobody waits for, done in a thread that gives way to whoever is being answered.

Rule: on Linux a thread has a priority of its own, and takes the lowest; elsewhere it works like any other.
"""

import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress

LOWEST = 19


def work_aside(work: Callable[[], None], name: str) -> threading.Thread:
    """Do `work` in a thread of that name, which ends with the process, and return it."""

    def give_way_and_work() -> None:
        if sys.platform == "linux":
            with suppress(OSError):  # refused: it works at the priority of all
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LOWEST)
        work()

    thread = threading.Thread(target=give_way_and_work, name=name, daemon=True)
    thread.start()
    return thread
