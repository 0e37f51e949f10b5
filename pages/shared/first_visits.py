"""The site visits itself once, so that no visitor is the first: every page, in each language and theme.

Rule: a visit like any other, inside the process: what it draws is what the next visitor is sent from memory. The
overview is visited before anybody is answered, the others give way to visitors (whoever waited for the site to be
served comes first), and no failure of a visit is theirs.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping

from streamlit import runtime
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from pages.shared.filters import ADDRESSES
from pages.shared.texts import LANGUAGES

log = logging.getLogger("infra_ia_france")

FINISHED = "script_finished"
THEMES = ("light", "dark")
EVERY_S, LETS_IN_S, PAUSE_S, PATIENCE_S = 5.0, 2.0, 0.05, 30.0
# As the page is opened, then as it is shown again: the widgets of the second are no longer new.
RUNS = 2


async def keep_visited(version: Callable[[], str]) -> None:
    """Visit every page once those who wait at the door are in, and whenever `version` changes; never returns."""
    visited = ""
    await asyncio.sleep(LETS_IN_S)
    while True:
        now = version()
        if now and now != visited:
            await _forgiven(visit_all())
            visited = now
        await asyncio.sleep(EVERY_S)


async def visit_first() -> None:
    """Visit the first page alone: whoever comes as soon as the site is served is not the first."""
    await _forgiven(_visit(*next(visits())))


async def visit_all() -> None:
    """Open every page once, the overview first."""
    for page, lang, theme in visits():
        await _visit(page, lang, theme)
        await asyncio.sleep(PAUSE_S)


def visits() -> Iterator[tuple[str, str, str]]:
    """Yield the path of a page, a language and a theme, in the order to visit."""
    for path in ADDRESSES.values():
        for lang in LANGUAGES:
            for theme in THEMES:
                yield path.strip("/"), lang, theme


class _Context:
    """What a browser in a language says of itself when it connects."""

    cookies: Mapping[str, str] = {}
    remote_ip = None

    def __init__(self, lang: str) -> None:
        self.headers = [("Accept-Language", lang)]


class _Visitor:
    """The end of a session that no browser holds: it waits for the end of a run, and looks at nothing else."""

    def __init__(self, lang: str) -> None:
        self.client_context = _Context(lang)
        self.page = ""
        self.finished = asyncio.Event()

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        kind = msg.WhichOneof("type")
        if kind == "navigation":
            self.page = msg.navigation.page_script_hash
        # A run cut short by a link to another page is followed by that of the page.
        elif kind == FINISHED and msg.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self.finished.set()


async def _visit(page: str, lang: str, theme: str) -> None:
    """Open a page and have it shown again. Raises TimeoutError where it does not come to an end."""
    server, visitor = runtime.get_instance(), _Visitor(lang)
    session = server.connect_session(visitor, user_info={})
    try:
        for _ in range(RUNS):
            asked = BackMsg()
            asked.rerun_script.page_script_hash = visitor.page
            if not visitor.page:
                asked.rerun_script.page_name = page
            asked.rerun_script.context_info.color_scheme = theme
            visitor.finished.clear()
            server.handle_backmsg(session, asked)
            await asyncio.wait_for(visitor.finished.wait(), PATIENCE_S)
    finally:
        server.close_session(session)


async def _forgiven(visit: Awaitable[None]) -> None:
    try:
        await visit
    except Exception as error:  # no visitor waits for this
        log.warning("the site could not visit itself: %r", error)
