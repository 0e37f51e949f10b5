"""A visitor without a browser: one websocket that speaks Streamlit's protocol (protobuf), for measuring.

Rule: it asks what a browser asks (a page by its address, then one widget changed at a time), says which long messages
it already holds as a browser does, and reads every answer to its end.
"""

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

FINISHED = "script_finished"
LONGEST_RUN_S = 120.0


@dataclass
class Run:
    """One run of a script as its visitor saw it: milliseconds until it was finished, bytes and messages received."""

    ms: float
    bytes: int
    messages: int
    first_ms: float


@dataclass
class Visitor:
    """A session on one page, and what its browser would remember of it."""

    connection: ClientConnection
    page: str
    query: str
    script_hash: str = ""
    session: str = ""
    held: set[str] = field(default_factory=set)
    multiselects: dict[str, tuple[str, list[str]]] = field(default_factory=dict)

    async def first_view(self) -> Run:
        """Ask for the page by its address, as a browser that opens it. Raises RuntimeError where the page fails."""
        return await self._run(BackMsg())

    async def choose(self, title: str, among: Collection[str], turn: int) -> Run:
        """Choose one option of the multiselect of that title, each in its turn. Raises KeyError where there is none."""
        identifier, options = self.multiselects[title]
        offered = [option for option in options if option in among]
        message = BackMsg()
        state = message.rerun_script.widget_states.widgets.add()
        state.id = identifier
        state.string_array_value.data.append(offered[turn % len(offered)])
        return await self._run(message)

    async def again(self) -> Run:
        """Ask for the same page once more, nothing changed."""
        return await self._run(BackMsg())

    async def _run(self, message: BackMsg) -> Run:
        asked = message.rerun_script
        asked.query_string, asked.page_script_hash = self.query, self.script_hash
        if not self.script_hash:
            asked.page_name = self.page
        asked.cached_message_hashes.extend(self.held)
        started = time.perf_counter()
        await self.connection.send(message.SerializeToString())
        size = count = 0
        first = 0.0
        while True:
            received = await self.connection.recv()
            size += len(received)
            count += 1
            told = ForwardMsg.FromString(received)  # type: ignore[arg-type]
            kind = told.WhichOneof("type")
            if kind == "delta" and not first:
                first = time.perf_counter() - started
            if kind == FINISHED:
                if told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    break
                if told.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    raise RuntimeError(f"{self.page}: the script failed")
            self._remember(told, kind or "")
        return Run((time.perf_counter() - started) * 1000, size, count, first * 1000)

    def _remember(self, told: ForwardMsg, kind: str) -> None:
        if told.metadata.cacheable:
            self.held.add(told.hash)
        if kind == "page_info_changed":
            self.query = told.page_info_changed.query_string
        elif kind == "navigation":
            self.script_hash = told.navigation.page_script_hash
        elif kind == "new_session":
            self.session = told.new_session.initialize.session_id
            self.script_hash = self.script_hash or told.new_session.page_script_hash
        elif kind == "delta" and told.delta.new_element.WhichOneof("type") == "multiselect":
            shown = told.delta.new_element.multiselect
            self.multiselects[shown.label] = (shown.id, list(shown.options))
        elif kind == "delta" and told.delta.new_element.WhichOneof("type") == "exception":
            raise RuntimeError(f"{self.page}: {told.delta.new_element.exception.message}")


Kind = TypeVar("Kind", bound=Visitor)


async def open_visitor(
    base: str,
    page: str = "",
    query: str = "",
    kind: type[Kind] = Visitor,  # type: ignore[assignment]
    headers: Mapping[str, str] | None = None,
) -> Kind:
    """Open a session on this machine. Raises ValueError on another host."""
    parts = urlsplit(base)
    if parts.hostname not in ("127.0.0.1", "localhost"):
        raise ValueError(f"{parts.hostname} is not this machine")
    connection = await connect(
        f"ws://{parts.netloc}/_stcore/stream",
        subprotocols=["streamlit"],  # type: ignore[list-item]
        additional_headers=headers,
        compression=None,
        max_size=None,
        open_timeout=LONGEST_RUN_S,
        ping_interval=None,
    )
    return kind(connection, page, query)
