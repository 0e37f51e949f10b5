"""The stop of the server: told before it begins, bounded, and ended as a success.

Rule: a workaround, and nothing else. Streamlit 1.67 starts uvicorn without a bound on how long a stop may wait, and
uvicorn 0.54, once stopped in good order, raises again the signal that asked for it: the exit status would be that of a
process that was killed. Uvicorn's handler of signals is a method of its server, by which the server is found. Runs of
pages are threads that Python ends wherever they are; one that is then inside DuckDB aborts the process, so that once
all is stopped the process leaves without taking Python apart.
"""

import asyncio
import atexit
import logging
import os
import signal
from types import FrameType
from typing import Any

# An answer under way is whole within seconds; a live page is closed at once, and its browser connects again elsewhere.
WAITS_S = 10
SIGNALS = (signal.SIGINT, signal.SIGTERM)

_asked: list[int] = []


def is_stopping() -> bool:
    """Tell whether a stop was asked for."""
    return bool(_asked)


def stop_in_order(drain_s: float) -> None:
    """Have a signal to stop told (`is_stopping`) for `drain_s` seconds, then obeyed within `WAITS_S`.

    To be called in the loop of the server. A second signal is obeyed at once. Under another server nothing is done.
    """
    server: Any = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    if not hasattr(server, "should_exit"):
        return
    server.config.timeout_graceful_shutdown = WAITS_S
    loop = asyncio.get_running_loop()

    def begin() -> None:
        server.should_exit = True

    def obey(number: int, _frame: FrameType | None) -> None:
        server.should_exit = server.force_exit = is_stopping()
        _asked.append(number)
        loop.call_soon_threadsafe(loop.call_later, drain_s, begin)

    for number in SIGNALS:
        signal.signal(number, obey)
    atexit.register(_leave)


def _leave() -> None:
    """End the process as a success where it was asked to stop, its log written."""
    if is_stopping():
        logging.shutdown()
        os._exit(0)
