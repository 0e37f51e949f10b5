"""`/api/metrics`: what Prometheus reads, true of the data and of the memories."""

from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.testclient import TestClient

from api import data, health
from operations import metrics
from queries import open_database

Samples = dict[tuple[str, tuple[str, ...]], float]


@pytest.fixture
def client(database_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setattr(data, "DATABASE", database_path)
    return TestClient(Starlette(routes=metrics.routes()))


def samples(client: TestClient) -> Samples:
    answer = client.get(metrics.PATH)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert answer.headers["content-type"].startswith("text/plain; version=")
    return {
        (one.name, tuple(sorted(one.labels.values()))): one.value
        for family in text_string_to_metric_families(answer.text)
        for one in family.samples
    }


def test_it_tells_the_data_the_check_and_the_process(client: TestClient, database_path: Path) -> None:
    known, found = open_database(database_path), samples(client)
    assert found["infra_ia_data", (known.version,)] == 1
    assert found["infra_ia_ready", ()] == found["infra_ia_check_passed", ()] == 1
    assert found["infra_ia_data_built_timestamp_seconds", ()] == known.metadata["built_at"].timestamp() // 1
    assert found["infra_ia_check_problems", ()] == 0
    assert found["process_resident_memory_bytes", ()] > 10_000_000


def test_it_counts_the_rebuilds_and_what_was_in_memory(client: TestClient) -> None:
    before = samples(client)
    metrics.tell_rebuild("refused", 2.0)
    data.bodies.get("nothing of that name")
    after = samples(client)
    rebuilds = ("infra_ia_rebuild_seconds_count", ("refused",))
    assert after[rebuilds] == before.get(rebuilds, 0) + 1
    missed = ("infra_ia_memory_asked_total", ("bodies_service", "no"))
    assert after[missed] == before[missed] + 1


def test_while_the_site_stops_or_without_data_it_is_not_ready(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "is_stopping", lambda: True)
    assert samples(client)["infra_ia_ready", ()] == 0
    monkeypatch.undo()
    monkeypatch.setattr(data, "DATABASE", tmp_path / "observatory.duckdb")
    found = samples(client)
    assert found["infra_ia_ready", ()] == 0 and not any(name == "infra_ia_data" for name, _ in found)
