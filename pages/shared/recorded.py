"""What is kept of a part of a page: its messages, wherever they are sent again, and its widgets.

Rule: what is kept is shared by all visits, and read only: a message is copied once for each place where a part stands,
not for each visit that it is sent to.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.state.common import WidgetMetadata

# A message as it is sent whole, and by its name alone to a browser that holds it; None where none ever does.
Placed = tuple[ForwardMsg, ForwardMsg | None]
# Where a part stands: the footer of all pages under as many heights.
PLACES = 4


@dataclass(frozen=True)
class Widget:
    """A widget of a part: what Streamlit must know of it to take its clicks, the value that it was drawn with, and
    whether that value had just been set, so that the browser was told it."""

    metadata: WidgetMetadata[Any]
    value: Any
    is_set: bool

    @property
    def id(self) -> str:
        """Its name for Streamlit and for the browser."""
        return self.metadata.id


@dataclass(frozen=True)
class Recorded:
    """The messages of a part, each with its place counted from where the part begins, and the places that it takes."""

    messages: tuple[tuple[tuple[int, ...], ForwardMsg], ...]
    length: int
    widgets: tuple[Widget, ...] = ()
    _placed: OrderedDict[tuple[tuple[int, ...], str], tuple[Placed, ...]] = field(
        default_factory=OrderedDict, compare=False, repr=False
    )

    @property
    def set_widgets(self) -> frozenset[str]:
        """The widgets that the page set as it was recorded: the browser was told their values."""
        return frozenset(widget.id for widget in self.widgets if widget.is_set)

    def placed(self, start: tuple[int, ...], script: str) -> tuple[Placed, ...]:
        """Return the messages as they are sent by that script where the page stands at `start`: shared, not to be
        changed."""
        placed = self._placed.get((start, script))
        if placed is None:
            placed = tuple(_placed_at(start, script, *recorded) for recorded in self.messages)
            self._placed[start, script] = placed
            if len(self._placed) > PLACES:
                self._placed.popitem(last=False)
        return placed


def _placed_at(start: tuple[int, ...], script: str, place: tuple[int, ...], message: ForwardMsg) -> Placed:
    *above, first = start
    whole = ForwardMsg()
    whole.CopyFrom(message)
    whole.metadata.delta_path[:] = [*above, first + place[0], *place[1:]]
    whole.metadata.active_script_hash = message.metadata.active_script_hash or script
    if not message.metadata.cacheable:
        return whole, None
    name = ForwardMsg(ref_hash=message.hash)
    name.metadata.delta_path[:] = whole.metadata.delta_path
    name.metadata.active_script_hash = whole.metadata.active_script_hash
    return whole, name
