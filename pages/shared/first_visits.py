"""The site visits itself once, so that no visitor is the first: every page, in each language and theme.

Rule: a visit like any other, through Streamlit's own socket: what it draws is what the next visitor is sent from
memory. It gives way to visitors, and no failure of it is theirs.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator

import streamlit as st
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from pages.shared.filters import ADDRESSES
from pages.shared.texts import LANGUAGES

log = logging.getLogger("infra_ia_france")

FINISHED = "script_finished"
THEMES = ("light", "dark")
EVERY_S, PAUSE_S, PATIENCE_S = 5.0, 0.05, 30.0


async def keep_visited(version: Callable[[], str]) -> None:
    """Visit every page now, and again whenever `version` gives another one; never returns."""
    visited = ""
    while True:
        now = version()
        if now and now != visited:
            try:
                await visit_all()
            except Exception as error:  # no visitor waits for this
                log.warning("the site could not visit itself: %r", error)
            visited = now
        await asyncio.sleep(EVERY_S)


async def visit_all(root: str = "") -> None:
    """Open every page once, the overview first; `root` is another address than this server's own."""
    root = root or own_root()
    for page, lang, theme in visits():
        await _visit(root, page, lang, theme)
        await asyncio.sleep(PAUSE_S)


def visits() -> Iterator[tuple[str, str, str]]:
    """Yield the path of a page, a language (with its parameter or without it) and a theme, in the order to visit."""
    for path in ADDRESSES.values():
        for lang in LANGUAGES:
            for theme in THEMES:
                yield path.strip("/"), lang, theme


def own_root() -> str:
    """Return the address of this server's socket, from its settings."""
    host = st.get_option("server.address") or "127.0.0.1"
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"ws://{host}:{st.get_option('server.port')}/" + (f"{base}/" if base else "")


async def _visit(root: str, page: str, lang: str, theme: str) -> None:
    asked = BackMsg()
    asked.rerun_script.page_name = page
    asked.rerun_script.context_info.color_scheme = theme
    headers = {"Accept-Language": lang}
    socket = f"{root}_stcore/stream"
    async with (
        asyncio.timeout(PATIENCE_S),
        connect(
            socket,
            additional_headers=headers,
            compression=None,
            max_size=None,
            # A site behind a proxy that the environment names is not reached through it.
            proxy=None,
            subprotocols=[Subprotocol("streamlit")],
        ) as visit,
    ):
        await visit.send(asked.SerializeToString())
        async for message in visit:
            if isinstance(message, bytes) and ForwardMsg.FromString(message).WhichOneof("type") == FINISHED:
                return
