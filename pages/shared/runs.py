"""What each run of a page cost: a line in the log, and its place among the measures.

Rule: a run is known by the name of its page, never by its address; the visits that the site pays itself count too.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from prometheus_client import Histogram

from pages.shared import run

SECONDS = Histogram(
    "infra_ia_run_seconds",
    "Runs of pages, whether the page was in memory, drawn or failed, and how long they took.",
    ("page", "source"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)

log = logging.getLogger("infra_ia_france")


@dataclass
class Run:
    """What becomes known of a run while it goes: its page, and whether that was sent from memory."""

    page: str = ""
    source: str = "drawn"


@contextmanager
def measured() -> Iterator[Run]:
    """Measure a run of the script, whatever ends it; what is known of it is noted on what is given."""
    started, known = time.perf_counter(), Run()
    try:
        yield known
    except Exception:
        known.source = "failed"
        raise
    finally:
        took = time.perf_counter() - started
        SECONDS.labels(known.page, known.source).observe(took)
        database = run.database()
        told = {
            "page": known.page,
            "source": known.source,
            "ms": round(took * 1000, 2),
            "data_version": database.version if database else "",
        }
        log.info("run", extra={"told": told})
