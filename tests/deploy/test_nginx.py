"""What nginx does by itself: who is slow, heavy or hasty is refused, and a failing replica is not what a reader sees.

The replicas here are two small servers, whose answers each test says: the site has no address that fails when asked.
"""

import http.client
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.browser.server import free_port
from tests.deploy.nginx import Replica, running_nginx, write_configuration

pytestmark = pytest.mark.whole
BRIEFLY = {"Cache-Control": "public, max-age=1, must-revalidate", "ETag": '"one"'}
Answering = Callable[[BaseHTTPRequestHandler], tuple[int, dict[str, str], bytes]]


class Small:
    """A server that answers what it is told to, and remembers what it was asked."""

    def __init__(self, answering: Answering) -> None:
        self.answering = answering
        self.asked: list[str] = []
        small = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                small.asked.append(self.command)
                self.rfile.read(int(self.headers.get("content-length", 0)))
                status, headers, body = small.answering(self)
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_PUT = do_GET

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def replica(self) -> Replica:
        return Replica(Path(), self.server.server_port)


@contextmanager
def two(first: Answering, second: Answering) -> Iterator[tuple[Small, Small]]:
    both = Small(first), Small(second)
    try:
        yield both
    finally:
        for small in both:
            small.server.shutdown()
            small.server.server_close()


def ask(
    port: int, path: str, method: str = "GET", body: bytes = b"", headers: dict[str, str] | None = None
) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, body or None, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def well(_: BaseHTTPRequestHandler) -> tuple[int, dict[str, str], bytes]:
    return 200, {}, b"well"


def without_data(_: BaseHTTPRequestHandler) -> tuple[int, dict[str, str], bytes]:
    return 503, {"Cache-Control": "no-store"}, b"missing"


def test_the_configuration_is_understood_without_a_warning(nginx: str, tmp_path: Path) -> None:
    command = write_configuration(tmp_path / "nginx", free_port(), [Replica(tmp_path, 1)], is_limited=True)
    told = subprocess.run([*command, "-t"], capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    # How many files may be open is the system's.
    assert [line for line in told.stderr.splitlines() if "[" in line and "open file resource limit" not in line] == []


def hanging_up(asked: BaseHTTPRequestHandler) -> tuple[int, dict[str, str], bytes]:
    asked.connection.shutdown(socket.SHUT_RDWR)
    return 200, {}, b""


def test_a_reader_is_answered_by_another_replica_and_who_sends_is_never_sent_twice(nginx: str, tmp_path: Path) -> None:
    with (
        two(hanging_up, well) as (failing, sound),
        running_nginx(tmp_path / "nginx", [failing.replica, sound.replica]) as front,
    ):
        assert {ask(front.port, f"/api/{turn}")[::2] for turn in range(20)} == {(200, b"well")}
        assert failing.asked
        both = len(failing.asked) + len(sound.asked)
        time.sleep(5.5)  # as long as a replica that failed is left alone
        statuses = [ask(front.port, "/api/once", "POST", b"x")[0] for _ in range(4)]
        assert len(failing.asked) + len(sound.asked) == both + len(statuses)
        assert 502 in statuses


def test_a_replica_that_listens_before_it_is_ready_keeps_a_reader_a_quarter_of_a_minute(
    nginx: str, tmp_path: Path
) -> None:
    ready = threading.Event()

    def starting(_: BaseHTTPRequestHandler) -> tuple[int, dict[str, str], bytes]:
        ready.wait(30)
        return 200, {}, b"late"

    with two(starting, well) as both, running_nginx(tmp_path / "nginx", [one.replica for one in both]) as front:
        started = time.monotonic()
        assert {ask(front.port, f"/api/{turn}")[::2] for turn in range(2)} == {(200, b"well")}
        assert 14 < time.monotonic() - started < 20
        ready.set()


def test_a_replica_that_refuses_is_not_taken_for_failed(nginx: str, tmp_path: Path) -> None:
    with two(without_data, without_data) as both:
        with running_nginx(tmp_path / "nginx", [one.replica for one in both]) as front:
            answers = [ask(front.port, "/")[::2] for _ in range(20)]
        assert answers == [(503, b"missing")] * 20
        assert sum(len(one.asked) for one in both) == 20


def test_what_was_kept_is_answered_where_no_replica_is_well(nginx: str, tmp_path: Path) -> None:
    with (
        two(lambda _: (200, BRIEFLY, b"kept"), lambda _: (200, BRIEFLY, b"kept")) as both,
        running_nginx(tmp_path / "nginx", [small.replica for small in both]) as front,
    ):
        seen = [ask(front.port, "/fiche")[1]["X-Cache"] for _ in range(2)]
        assert seen == ["MISS", "HIT"]
        for small in both:
            small.answering = without_data
        time.sleep(2.1)
        status, headers, body = ask(front.port, "/fiche")
        assert (status, headers["X-Cache"], body) == (200, "STALE", b"kept")
        assert ask(front.port, "/other")[0] == 503


def test_what_is_old_is_asked_again_by_its_entity_tag(nginx: str, tmp_path: Path) -> None:
    def by_tag(asked: BaseHTTPRequestHandler) -> tuple[int, dict[str, str], bytes]:
        is_known = asked.headers.get("if-none-match") == BRIEFLY["ETag"]
        return (304, BRIEFLY, b"") if is_known else (200, BRIEFLY, b"kept")

    with two(by_tag, by_tag) as both, running_nginx(tmp_path / "nginx", [one.replica for one in both]) as front:
        ask(front.port, "/fiche")
        time.sleep(2.1)
        assert ask(front.port, "/fiche")[1]["X-Cache"] == "REVALIDATED"


def test_many_who_ask_at_once_for_what_is_not_kept_cost_one_answer(nginx: str, tmp_path: Path) -> None:
    def slowly(_: BaseHTTPRequestHandler) -> tuple[int, dict[str, str], bytes]:
        time.sleep(0.5)
        return 200, BRIEFLY | {"Cache-Control": "public, max-age=300"}, b"kept"

    with two(slowly, slowly) as both, running_nginx(tmp_path / "nginx", [one.replica for one in both]) as front:
        crowd = [threading.Thread(target=ask, args=(front.port, "/fiche")) for _ in range(20)]
        for one in crowd:
            one.start()
        for one in crowd:
            one.join()
        assert sum(len(small.asked) for small in both) == 1


def test_a_body_is_as_large_as_the_site_takes_and_no_larger(nginx: str, tmp_path: Path) -> None:
    with two(well, well) as both, running_nginx(tmp_path / "nginx", [one.replica for one in both]) as front:
        upload, limit = "/_stcore/upload_file/a/b", 21 * 1024 * 1024
        assert ask(front.port, upload, "PUT", b"x" * limit)[0] == 200
        for path, size in ((upload, limit + 1), ("/api/v1/projects.json", 64 * 1024 + 1)):
            # Refused by what it says of its length: nobody need send it.
            headers = {"Content-Length": str(size)}
            assert ask(front.port, path, "PUT", headers=headers)[0] == 413
        assert ask(front.port, "/api/metrics")[0] == 404


def test_one_hasty_address_is_refused_and_the_others_are_not(nginx: str, tmp_path: Path) -> None:
    kept: Answering = lambda _: (200, {"Cache-Control": "public, max-age=300"}, b"kept")  # noqa: E731
    with (
        two(kept, kept) as both,
        running_nginx(tmp_path / "nginx", [one.replica for one in both], is_limited=True) as front,
    ):
        asked = b"GET /x HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n"
        answered = b""
        for _ in range(3):  # nginx closes a connection after a thousand requests
            with socket.create_connection(("127.0.0.1", front.port)) as hasty:
                threading.Thread(target=hasty.sendall, args=(asked * 1000,)).start()
                while received := hasty.recv(65536):
                    answered += received
        assert answered.count(b"HTTP/1.1 200") >= 1000  # the burst of limits.conf: an office that opens the site
        assert answered.count(b"HTTP/1.1 429") > 0
        assert ask(front.port, "/x", headers={"X-Forwarded-For": "192.0.2.2", "Host": "a"})[0] == 200


def test_who_does_not_finish_its_headers_is_let_go(nginx: str, tmp_path: Path) -> None:
    with two(well, well) as both, running_nginx(tmp_path / "nginx", [one.replica for one in both]) as front:
        started = time.monotonic()
        with socket.create_connection(("127.0.0.1", front.port), timeout=30) as slow:
            slow.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n")
            try:
                told = slow.recv(1000)
            except ConnectionResetError:
                told = b""
        assert b"200" not in told
        assert 9 < time.monotonic() - started < 20
