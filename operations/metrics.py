"""The measures of the site, in the format of Prometheus: `/api/metrics`.

Rule: each measure is declared where it is taken, in the registry of the library; here is only what is read when it is
asked. No label holds anything that a visitor chose.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

import kit.data
import sheets.data
from answering.pages import UNKEPT
from answering.work import work
from api import health

PATH = "/api/metrics"
REBUILDS = Histogram(
    "infra_ia_rebuild_seconds",
    "Rebuilds of the database while the site runs, by what came of them, and how long they took.",
    ("outcome",),
    buckets=(0.5, 1, 2, 5, 10, 30, 60),
)


class State(Collector):
    """What the data and the memories are, at the moment of asking."""

    def collect(self) -> Iterator[Metric]:
        """Yield each measure."""
        status, told = health.health()
        yield GaugeMetricFamily("infra_ia_ready", "1 where there is data to serve and no stop is asked.", status == 200)
        yield GaugeMetricFamily("infra_ia_work_under_way", "Answers being made or waiting to be.", work.under_way)
        if "data_version" in told:
            yield from _of_data(told)
            yield from _of_memories(told)


def tell_rebuild(outcome: str, seconds: float) -> None:
    """Count a rebuild."""
    REBUILDS.labels(outcome).observe(seconds)


def routes() -> list[BaseRoute]:
    """Return the routes to give to the ASGI application, before the data service."""
    return [Route(PATH, answer)]


def answer(_request: Request) -> Response:
    """Answer every measure."""
    return Response(generate_latest(REGISTRY), headers={"Cache-Control": UNKEPT}, media_type=CONTENT_TYPE_LATEST)


def _of_data(told: Mapping[str, Any]) -> Iterator[Metric]:
    known = GaugeMetricFamily("infra_ia_data", "The version of the data being served.", labels=("version",))
    known.add_metric((told["data_version"],), 1)
    yield known
    for name, words, moment in (
        ("built", "When the data being served was built.", told["built_at"]),
        ("covered_until", "The day of the last known announcement.", told["covered_until"]),
        ("checked", "When the file was last checked.", told["last_check"]["checked_at"]),
    ):
        at = datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()
        yield GaugeMetricFamily(f"infra_ia_data_{name}_timestamp_seconds", words, at)
    yield GaugeMetricFamily(
        "infra_ia_data_stale", "1 where the file on the disk is not the one that is served.", told["status"] == "stale"
    )
    yield GaugeMetricFamily(
        "infra_ia_check_passed", "1 where the last check of the file passed.", told["last_check"]["passed"]
    )
    yield GaugeMetricFamily(
        "infra_ia_check_problems", "Problems that the last check found.", told["last_check"]["count"]
    )


def _of_memories(told: Mapping[str, Any]) -> Iterator[Metric]:
    rooms = {"sheets": sheets.data.bodies, "kit": kit.data.bodies}
    bodies = {
        f"bodies_{room}": {"kept": len(one), "hits": one.hits, "misses": one.misses, "bytes": one.size}
        for room, one in rooms.items()
    }
    memories = {"bodies_service": told["bodies"], **bodies, **told["caches"]}
    kept = GaugeMetricFamily("infra_ia_memory_entries", "What is kept in memory.", labels=("memory",))
    size = GaugeMetricFamily("infra_ia_memory_bytes", "What is kept in memory, weighed.", labels=("memory",))
    asked = CounterMetricFamily(
        "infra_ia_memory_asked", "What was asked of a memory, and whether it was there.", labels=("memory", "found")
    )
    for name, one in memories.items():
        kept.add_metric((name,), one["kept"])
        if "bytes" in one:
            size.add_metric((name,), one["bytes"])
        asked.add_metric((name, "yes"), one["hits"])
        asked.add_metric((name, "no"), one["misses"])
    yield from (kept, size, asked)


REGISTRY.register(State())
