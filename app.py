"""The ASGI entry: `streamlit run app.py`.

Rule: it only joins the rooms. It builds the database when it is missing or older than the file, warms what every
visitor shares, freezes it out of the garbage collector's way (architecture, trap 6), then watches for new data.
"""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import duckdb
import streamlit as st
from anyio import to_thread
from starlette.middleware import Middleware
from starlette.routing import Mount

from answering.bounds import Bounds
from answering.protection import Protection, failed
from api import assets, gathered, health, service, sockets, static, stopping
from api.mounted import Mounted
from etl.build import is_stale
from etl.rebuild import rebuild
from etl.schema import ANNOUNCEMENTS, DATABASE, ROOT
from etl.watch import watch
from kit import files
from kit.service import Kit
from operations import logs, metrics
from operations.crowd import Crowd
from operations.limits import Limited
from operations.requests import Observed
from operations.settings import read_settings
from pages.shared import data, document
from pages.shared.first_visits import keep_visited, visit_first
from pages.shared.hits import hit_rates
from pages.shared.incidents import show_incident
from pages.shared.script_path import hide_script_path
from pages.shared.theme_message import write_themes_once
from pages.shared.together import carry_together
from pages.shared.warmup import warm
from sheets.service import Sheets

log = logging.getLogger("infra_ia_france")
# What Streamlit serves under /static/.
STATIC = Path(st.__file__).parent / "static" / "static"
SETTINGS = read_settings()


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Prepare what all visitors share before the first of them is answered."""
    logs.set_up(SETTINGS)
    sockets.send_at_once()
    gathered.gather_writes()
    stopping.stop_in_order(SETTINGS.drain_s)
    health.tell_caches(hit_rates)
    write_themes_once()
    hide_script_path()
    carry_together()
    static.compress_all(STATIC)
    files.compress_all()
    await to_thread.run_sync(prepare)
    await visit_first()
    gc.collect()
    gc.freeze()
    tasks = (
        asyncio.create_task(
            watch(take_up, ANNOUNCEMENTS, DATABASE, tell=metrics.tell_rebuild, restore=service.restore)
        ),
        asyncio.create_task(keep_visited(served_version)),
    )
    yield
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def prepare() -> None:
    """Build the database if it is missing or stale, and warm the caches; without a database, serve the notice."""
    service.restore()
    try:
        if is_stale(DATABASE, ANNOUNCEMENTS):
            rebuild(ANNOUNCEMENTS, DATABASE)
    except (OSError, duckdb.Error):
        # The watch tries again; the last good data are served until then.
        log.exception("the database could not be built")
    if data.is_built():
        take_up()


def served_version() -> str:
    """Return the version of the data being served, "" where there are none, or none that can be read."""
    try:
        return data.data_version()
    except (FileNotFoundError, duckdb.Error):
        return ""


def take_up() -> None:
    """Warm the caches for the data now in its place, and publish its version."""
    try:
        warm()
        service.publish()
    except duckdb.Error:
        # An older database that could not be rebuilt, asked by newer questions: pages say so one by one.
        log.exception("the database does not answer every question")


data_service = service.create_service()
app = st.App(
    ROOT / "pages" / "_frame.py",
    lifespan=lifespan,
    routes=[
        *assets.routes(),
        *document.routes(),
        *metrics.routes(),
    ],
    middleware=[
        Middleware(Observed, service=service.paths(data_service), is_logged=SETTINGS.log_requests),
        Middleware(Protection, index=document.INDEX),
        Middleware(Bounds),
        Middleware(Crowd, most=SETTINGS.sessions, documents=document.DOCUMENTS),
        Middleware(Limited, rate=SETTINGS.rate),
        Middleware(Mounted, mount=Mount(service.MOUNTED, app=data_service)),
        Middleware(Sheets),
        Middleware(Kit),
        Middleware(static.Static, folder=STATIC),
        Middleware(document.Document),
    ],
    on_script_error=show_incident,
    exception_handlers={Exception: failed},
)
