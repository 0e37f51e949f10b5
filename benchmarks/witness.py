"""A visitor that remembers what its page shows, so that two pages can be compared: `Witness`.

Rule: what is shown is every element in its place, as it was sent; two pages drawn from the same data, under the same
address, show the same bytes. A widget holds no figure, and what a browser is told of it differs from a run to the next;
a notice speaks of the data that wait, not of those that are shown.
"""

from dataclasses import dataclass, field

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.sessions import Visitor

APART = frozenset(
    {"alert", "button_group", "checkbox", "date_input", "multiselect", "selectbox", "text_area", "text_input"}
)

Shown = dict[tuple[int, ...], bytes]


@dataclass
class Witness(Visitor):
    """A session on one page: what it shows by place, and what it was sent and may be reminded of by name."""

    shown: Shown = field(default_factory=dict)
    kept: dict[str, bytes] = field(default_factory=dict)

    def _remember(self, told: ForwardMsg, kind: str) -> None:
        super()._remember(told, kind)
        place = tuple(told.metadata.delta_path)
        if kind == "new_session":
            self.shown = {}
        elif kind == "ref_hash":
            if content := self.kept[told.ref_hash]:
                self.shown[place] = content
        elif kind == "delta":
            is_apart = told.delta.new_element.WhichOneof("type") in APART
            content = b"" if is_apart else told.delta.SerializeToString(deterministic=True)
            if told.metadata.cacheable:
                self.kept[told.hash] = content
            if content:
                self.shown[place] = content
