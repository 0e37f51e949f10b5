"""A part of a page in the form in which it is sent: recorded once, sent again as it was.

Rule: Streamlit builds, hashes and encodes every element at every run, and most runs draw what was drawn before. What is
kept are the messages of its protocol, hash included, so that a browser that holds one is sent its name alone, and the
widgets among them, as Streamlit registers them. No other module knows how Streamlit sends. A widget is a visitor's own:
a part is sent again only to a visit whose widgets say what they said when it was recorded, or whose widgets that say
something else are those that the page had just set then, to what it sets them to now; it is drawn anew for any other.
What cannot be sent again (an element drawn outside of the part, a button that was just pressed) is never kept.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext, ThreadState
from streamlit.runtime.state.common import WidgetMetadata, user_key_from_element_id
from streamlit.runtime.state.widgets import register_widget_from_metadata

from pages.shared import together
from pages.shared.recorded import Recorded, Widget

# Elements that hold nothing of a visitor, and those that do: their value is looked at before they are sent again.
STILL = {"alert", "code", "heading", "html", "markdown", "page_link", "space", "table", "text"}
ANSWERING = {
    *("button", "button_group", "checkbox", "dataframe", "date_input", "multiselect", "plotly_chart", "selectbox"),
    *("text_area", "text_input"),
}
# Of a part under one address: as it is opened, as it is shown again, as it is after a change in the sidebar.
RECORDINGS = 4


class Parts:
    """Parts kept in memory by key, the most recently drawn ones; of each, one recording a set of widgets set."""

    def __init__(self, most: int) -> None:
        self.most, self.hits, self.misses = most, 0, 0
        self._kept: OrderedDict[tuple[str, ...], dict[frozenset[str], Recorded]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def draw(self, key: tuple[str, ...], show: Callable[..., None], args: tuple[Any, ...]) -> bool:
        """Draw the part of that key again, or draw `show(*args)` and keep it; tell whether it was kept already."""
        with self._lock:
            recordings = dict(self._kept.get(key, {}))
        if recordings and send(recordings):
            with self._lock:
                self.hits += 1
                if key in self._kept:
                    self._kept.move_to_end(key)
            return True
        drawn = record(show, args)
        with self._lock:
            self.misses += 1
            if drawn is not None:
                self._keep(key, drawn)
        return False

    def _keep(self, key: tuple[str, ...], drawn: Recorded) -> None:
        # The last one drawn: a visit with an unusual widget keeps its place until a usual one comes.
        recordings = self._kept.setdefault(key, {})
        recordings[drawn.set_widgets] = drawn
        while len(recordings) > RECORDINGS:
            recordings.pop(next(iter(recordings)))
        self._kept.move_to_end(key)
        while len(self._kept) > self.most:
            self._kept.popitem(last=False)


def record(show: Callable[..., None], args: tuple[Any, ...]) -> Recorded | None:
    """Draw `show(*args)` where the page now stands, and return what was sent; None where it may not be sent again."""
    context, cursor = get_script_run_ctx(), st._main._active_dg._cursor
    if context is None or cursor is None or ThreadState.get().fragment_id:
        show(*args)
        return None
    sent: list[ForwardMsg] = []
    send, held, start = context._enqueue, context.cached_message_hashes, list(cursor.delta_path)
    before = context.shared.widget_ids_this_run.snapshot()

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
    messages = _placed(sent, start, cursor.delta_path[-1] - start[-1])
    widgets = _widgets(context, context.shared.widget_ids_this_run.snapshot() - before)
    if messages is None or widgets is None:
        return None
    return Recorded(messages, cursor.delta_path[-1] - start[-1], widgets)


def send(recordings: Mapping[frozenset[str], Recorded]) -> bool:
    """Draw a part again, where the page now stands, from the recording that fits the widgets of this visit.

    Return False, and draw nothing, where none does.
    """
    context, cursor = get_script_run_ctx(), st._main._active_dg._cursor
    if context is None or cursor is None or ThreadState.get().fragment_id:
        return False
    recorded = _fitting(recordings, context)
    if recorded is None:
        return False
    for widget in recorded.widgets:
        context.shared.widget_ids_this_run.check_and_add(widget.id)
        if key := user_key_from_element_id(widget.id):
            context.shared.widget_user_keys_this_run.check_and_add(key)
    known = context.cached_message_hashes
    placed = recorded.placed(tuple(cursor.delta_path), ThreadState.get().active_script_hash)
    messages = [name if name is not None and name.ref_hash in known else whole for whole, name in placed]
    together.send(context, messages)
    for _ in range(recorded.length):
        cursor.lock_element()
    return True


def _fitting(recordings: Mapping[frozenset[str], Recorded], context: ScriptRunContext) -> Recorded | None:
    """Return the recording whose widgets agree with those of this visit, which are registered and set; None if none."""
    new: set[str] = set()
    registered: dict[str, Widget] = {}
    # The one with the most widgets set comes first: it is the one of a visit that has none of them yet.
    for recorded in sorted(recordings.values(), key=lambda recorded: len(recorded.set_widgets), reverse=True):
        for widget in recorded.widgets:
            if widget.id not in registered:
                if _state_name(widget) not in context.session_state:
                    new.add(widget.id)
                registered[widget.id] = _register(widget.metadata, context)
        # What the browser does not know yet: a value that differs, or one that was set before this part.
        untold = {
            widget.id
            for widget in recorded.widgets
            if registered[widget.id].is_set or registered[widget.id].value != widget.value
        }
        if untold <= recorded.set_widgets <= untold | new:
            for widget in recorded.widgets:
                if widget.is_set:
                    context.session_state[_state_name(widget)] = widget.value
                    _register(widget.metadata, context)
            return recorded
    return None


def _state_name(widget: Widget) -> str:
    return user_key_from_element_id(widget.id) or widget.id


def _placed(
    sent: list[ForwardMsg], start: list[int], length: int
) -> tuple[tuple[tuple[int, ...], ForwardMsg], ...] | None:
    """Return the messages with their places in the part, None where one may not be sent again."""
    *above, first = start
    script = ThreadState.get().active_script_hash
    messages = []
    for message in sent:
        path = list(message.metadata.delta_path)
        here = path[: len(above)] == above and len(path) > len(above)
        if not here or not 0 <= path[len(above)] - first < length or not _may_be_sent_again(message):
            return None
        if message.metadata.active_script_hash == script:
            # Whatever script draws the part again; a page that is one is its own script.
            message.metadata.active_script_hash = ""
        messages.append(((path[len(above)] - first, *path[len(start) :]), message))
    return tuple(messages)


def _widgets(context: ScriptRunContext, identifiers: frozenset[str]) -> tuple[Widget, ...] | None:
    """Return the widgets of a part that was just drawn; None where one was just pressed, which happens once."""
    widgets = []
    for identifier in sorted(identifiers):
        metadata = context.session_state._state.get_widget_metadata(identifier)
        # A chart or a table that answers no click has an identifier, and nothing to register.
        if metadata is None:
            continue
        widget = _register(metadata, context)
        if metadata.value_type == "trigger_value" and widget.value:
            return None
        widgets.append(widget)
    return tuple(widgets)


def _register(metadata: WidgetMetadata[Any], context: ScriptRunContext) -> Widget:
    told = register_widget_from_metadata(metadata, context)
    # Streamlit lets go of whatever a browser says of a widget that is switched off, at each registering.
    return Widget(metadata, told.value, told.value_changed and not metadata.disabled)


def _may_be_sent_again(message: ForwardMsg) -> bool:
    if message.WhichOneof("type") != "delta" or message.delta.fragment_id:
        return False
    element = message.delta.new_element
    kind = element.WhichOneof("type") if message.delta.HasField("new_element") else ""
    if kind and getattr(getattr(element, kind), "form_id", ""):
        return False
    return not kind or kind in STILL or kind in ANSWERING
