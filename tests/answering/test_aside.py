"""What nobody waits for gives way: its thread has the lowest priority, that of whoever asked keeps its own."""

import os
import sys
import threading

import pytest

from answering.aside import LOWEST, work_aside

PATIENCE_S = 30.0


def priority() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives a thread a priority of its own")
def test_the_work_gives_way_and_its_caller_does_not() -> None:
    seen: list[int] = []
    before = priority()
    work_aside(lambda: seen.append(priority()), "aside").join(PATIENCE_S)
    assert seen == [LOWEST]
    assert priority() == before


def test_the_work_is_done_where_no_priority_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "setpriority", refuse)
    done: list[str] = []
    thread = work_aside(lambda: done.append(threading.current_thread().name), "aside")
    thread.join(PATIENCE_S)
    assert done == ["aside"] and thread.daemon
