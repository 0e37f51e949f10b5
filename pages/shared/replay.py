"""A part of a page in the form in which it is sent: recorded once, sent again as it was.

Rule: Streamlit builds, hashes and encodes every element at every run, and most runs draw what was drawn before. What is
kept are the messages of its protocol, hash included, so that a browser that holds one is sent its name alone. No other
module knows how Streamlit sends. What cannot be sent again (an element drawn outside of the part, a widget, which is a
visitor's own) is never kept.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

# Elements that hold nothing of a visitor, and those that do only where they answer clicks.
STILL = {"alert", "code", "heading", "html", "markdown", "page_link", "space", "table", "text"}
ANSWERING = {"dataframe", "plotly_chart"}
# Messages of elements, each with its place below the container of the part.
Recorded = tuple[tuple[tuple[int, ...], ForwardMsg], ...]


def record(show: Callable[..., None], args: tuple[Any, ...]) -> Recorded | None:
    """Draw `show(*args)` in a container of its own, and return what was sent; None where it may not be sent again."""
    context = get_script_run_ctx()
    box = st.container()
    if context is None:
        with box:
            show(*args)
        return None
    sent: list[ForwardMsg] = []
    send, held = context._enqueue, context.cached_message_hashes

    def keep(message: ForwardMsg) -> None:
        copied = ForwardMsg()
        copied.CopyFrom(message)
        sent.append(copied)
        send(message)

    # A message that the browser holds would be recorded by its name alone.
    context._enqueue, context.cached_message_hashes = keep, frozenset()
    try:
        with box:
            show(*args)
    finally:
        context._enqueue, context.cached_message_hashes = send, held
    return _recorded(sent, _path(box))


def send(recorded: Recorded) -> None:
    """Draw a recorded part again, at the place where the page now stands."""
    context = get_script_run_ctx()
    box = st.container()
    if context is None:
        return
    path = _path(box)
    for below, message in recorded:
        copied = ForwardMsg()
        copied.CopyFrom(message)
        copied.metadata.delta_path[:] = [*path, *below]
        context.enqueue(copied)


def _recorded(sent: list[ForwardMsg], path: list[int]) -> Recorded | None:
    places = [list(message.metadata.delta_path) for message in sent]
    inside = all(place[: len(path)] == path for place in places)
    if not inside or not all(_is_everyones(message) for message in sent):
        return None
    return tuple((tuple(place[len(path) :]), message) for place, message in zip(places, sent, strict=True))


def _is_everyones(message: ForwardMsg) -> bool:
    if message.WhichOneof("type") != "delta":
        return False
    kind = message.delta.new_element.WhichOneof("type") if message.delta.HasField("new_element") else ""
    if kind in ANSWERING:
        return not getattr(message.delta.new_element, kind).selection_mode
    return not kind or kind in STILL


def _path(box: Any) -> list[int]:
    # The place of the next element of the container, without its number.
    return list(box._cursor.delta_path[:-1])
