"""A part of a page in the form in which it is sent: recorded once, sent again as it was.

Rule: Streamlit builds, hashes and encodes every element at every run, and most runs draw what was drawn before. What is
kept are the messages of its protocol, hash included, so that a browser that holds one is sent its name alone. No other
module knows how Streamlit sends. What cannot be sent again (an element drawn outside of the part, a widget, which is a
visitor's own) is never kept.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

# Elements that hold nothing of a visitor, and those that do only where they answer clicks.
STILL = {"alert", "code", "heading", "html", "markdown", "page_link", "space", "table", "text"}
ANSWERING = {"dataframe", "plotly_chart"}


@dataclass(frozen=True)
class Recorded:
    """The messages of a part, each with its place counted from where the part begins, and the places that it takes."""

    messages: tuple[tuple[tuple[int, ...], ForwardMsg], ...]
    length: int


class Parts:
    """Parts kept in memory by key, the most recently drawn ones."""

    def __init__(self, most: int) -> None:
        self.most, self.hits, self.misses = most, 0, 0
        self._kept: OrderedDict[tuple[str, ...], Recorded] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def draw(self, key: tuple[str, ...], show: Callable[..., None], args: tuple[Any, ...]) -> None:
        """Draw the part of that key again, or draw `show(*args)` and keep it."""
        with self._lock:
            recorded = self._kept.get(key)
            if recorded is not None:
                self._kept.move_to_end(key)
                self.hits += 1
            else:
                self.misses += 1
        if recorded is not None:
            send(recorded)
        elif (recorded := record(show, args)) is not None:
            with self._lock:
                self._kept[key] = recorded
                while len(self._kept) > self.most:
                    self._kept.popitem(last=False)


def record(show: Callable[..., None], args: tuple[Any, ...]) -> Recorded | None:
    """Draw `show(*args)` where the page now stands, and return what was sent; None where it may not be sent again."""
    context, cursor = get_script_run_ctx(), st._main._active_dg._cursor
    if context is None or cursor is None:
        show(*args)
        return None
    sent: list[ForwardMsg] = []
    send, held, start = context._enqueue, context.cached_message_hashes, list(cursor.delta_path)

    def keep(message: ForwardMsg) -> None:
        copied = ForwardMsg()
        copied.CopyFrom(message)
        sent.append(copied)
        send(message)

    # A message that the browser holds would be recorded by its name alone.
    context._enqueue, context.cached_message_hashes = keep, frozenset()
    try:
        show(*args)
    finally:
        context._enqueue, context.cached_message_hashes = send, held
    return _recorded(sent, start, cursor.delta_path[-1] - start[-1])


def send(recorded: Recorded) -> None:
    """Draw a recorded part again, where the page now stands."""
    context, cursor = get_script_run_ctx(), st._main._active_dg._cursor
    if context is None or cursor is None:
        return
    *above, first = cursor.delta_path
    for (place, *below), message in recorded.messages:
        copied = ForwardMsg()
        copied.CopyFrom(message)
        copied.metadata.delta_path[:] = [*above, first + place, *below]
        context.enqueue(copied)
    for _ in range(recorded.length):
        cursor.lock_element()


def _recorded(sent: list[ForwardMsg], start: list[int], length: int) -> Recorded | None:
    *above, first = start
    messages = []
    for message in sent:
        path = list(message.metadata.delta_path)
        here = path[: len(above)] == above and len(path) > len(above)
        if not here or not 0 <= path[len(above)] - first < length or not _is_everyones(message):
            return None
        messages.append(((path[len(above)] - first, *path[len(start) :]), message))
    return Recorded(tuple(messages), length)


def _is_everyones(message: ForwardMsg) -> bool:
    if message.WhichOneof("type") != "delta":
        return False
    kind = message.delta.new_element.WhichOneof("type") if message.delta.HasField("new_element") else ""
    if kind in ANSWERING:
        return not getattr(message.delta.new_element, kind).selection_mode
    return not kind or kind in STILL
