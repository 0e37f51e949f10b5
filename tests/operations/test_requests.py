"""What is written of a request and of a rebuild: all that runs the site, and nothing of who asks."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from prometheus_client import REGISTRY

from answering.bodies import Bodies
from api import service
from operations import logs
from operations.requests import Observed
from operations.settings import read_settings
from tests.operations.asking import Told, ask

PATHS = service.paths(service.create_service())


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What the log writes, as JSON, from now on; the log is as it was afterwards."""
    out, ours = io.StringIO(), logging.getLogger(logs.NAME)
    handlers, level = list(logging.root.handlers), ours.level
    monkeypatch.setattr("sys.stderr", out)
    logs.set_up(read_settings({}))
    yield out
    logging.root.handlers[:] = handlers
    ours.setLevel(level)


def lines(out: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_request_is_a_line_that_tells_nothing_of_who_asks(written: io.StringIO) -> None:
    ask(Observed(Told(), PATHS, True), "/api/v1/projects.csv", client="198.51.100.7")
    (line,) = lines(written)
    assert {name: value for name, value in line.items() if name not in ("at", "ms")} == {
        "level": "info",
        "event": "request",
        "method": "GET",
        "room": "service",
        "route": "/api/v1/projects.csv",
        "status": 200,
        "bytes": 2,
        "made": False,
        "data_version": "of-today",
    }
    assert "secret" not in written.getvalue() and "198.51" not in written.getvalue()


@pytest.mark.parametrize(
    ("path", "room", "route"),
    [
        ("/", "page", "/"),
        ("/carte", "page", "/carte"),
        ("/fiche/region/32", "sheets", "/fiche/region/{code}"),
        ("/en/fiche/projet/a-secret", "sheets", "/en/fiche/projet/{code}"),
        ("/reprendre/carte.csv", "kit", "/reprendre/{subject}.csv"),
        ("/api/v1/observatory-a-secret.duckdb", "service", "/api/v1/observatory-{version}.duckdb"),
        ("/api/metrics", "service", "/api/metrics"),
        ("/static/js/a.js", "files", "/static/{file:path}"),
        ("/_stcore/health", "sessions", "/_stcore/{name:path}"),
        ("/api/v1/a-secret.csv", "other", "other"),
        ("/a-secret\n{}", "other", "other"),
    ],
)
def test_a_path_is_written_by_its_form(path: str, room: str, route: str) -> None:
    assert Observed(Told(), PATHS, True).known(path) == (room, route)


def test_a_body_that_had_to_be_made_is_told(written: io.StringIO) -> None:
    bodies = Bodies(1000)
    app = Observed(Told(lambda: bodies.made("key", lambda: b"x") and None), PATHS, True)
    for _ in range(2):
        ask(app, "/api/v1/projects.csv")
    assert [line["made"] for line in lines(written)] == [True, False]


def test_a_request_that_fails_is_told_and_measured_as_an_error(written: io.StringIO) -> None:
    def fail() -> None:
        raise OSError

    def failed() -> float:
        return REGISTRY.get_sample_value("infra_ia_request_seconds_count", {"room": "kit", "status": "5xx"}) or 0

    before = failed()
    with pytest.raises(OSError):
        ask(Observed(Told(fail), PATHS, True), "/reprendre/carte")
    assert [line["status"] for line in lines(written)] == [500]
    assert failed() == before + 1


def test_where_requests_are_not_logged_they_are_measured_all_the_same(written: io.StringIO) -> None:
    def served() -> float:
        return REGISTRY.get_sample_value("infra_ia_response_bytes_total", {"room": "sheets"}) or 0

    before = served()
    ask(Observed(Told(), PATHS, False), "/fiche")
    assert (written.getvalue(), served()) == ("", before + 2)


def test_an_error_is_one_line_with_where_it_came_from(written: io.StringIO) -> None:
    try:
        raise ValueError("of\ntwo lines")
    except ValueError:
        logging.getLogger(logs.NAME).exception("it %s", "failed")
    (line,) = lines(written)
    assert (line["level"], line["event"]) == ("error", "it failed")
    assert "Traceback" in str(line["error"]) and "of\ntwo lines" in str(line["error"])


def test_as_text_a_line_is_what_happened_then_what_is_told_of_it(
    written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr", written)
    logs.set_up(read_settings({"INFRA_IA_LOG_FORMAT": "text", "INFRA_IA_LOG_LEVEL": "INFO"}))
    logging.getLogger(logs.NAME).info("rebuild", extra={"told": {"outcome": "taken_up", "seconds": 4.2}})
    assert written.getvalue() == "rebuild outcome=taken_up seconds=4.2\n"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RATE", "fast"),
        ("RATE", "0/minute"),
        ("SESSIONS", "-1"),
        ("DRAIN_S", "1.5"),
        ("LOG_LEVEL", "LOUD"),
        ("LOG_FORMAT", "xml"),
        ("LOG_REQUESTS", "maybe"),
    ],
)
def test_a_setting_that_cannot_be_understood_is_named(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=f"INFRA_IA_{name}={value}: write "):
        read_settings({f"INFRA_IA_{name}": value})


def test_each_setting_is_read() -> None:
    told = {"RATE": "none", "SESSIONS": "7", "DRAIN_S": "5", "LOG_LEVEL": "ERROR", "LOG_REQUESTS": "no"}
    settings = read_settings({f"INFRA_IA_{name}": value for name, value in told.items()})
    assert (settings.rate, settings.sessions, settings.drain_s) == ("", 7, 5)
    assert (settings.log_level, settings.log_requests) == ("ERROR", False)
