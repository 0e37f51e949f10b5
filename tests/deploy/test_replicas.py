"""Two replicas behind the nginx that is deployed: who is sent where, what is kept, and what nobody notices."""

import asyncio
import http.client
import json
import re
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from benchmarks.sessions import Visitor, open_visitor
from etl.build import build
from queries import resource_path
from tests.deploy.conftest import take_data
from tests.deploy.crowd import IDENTIFIERS, reading
from tests.deploy.nginx import Front, Replica, copy_site

pytestmark = pytest.mark.whole
# Addresses kept for documentation (RFC 5737): enough for both replicas to have some.
ADDRESSES = [f"192.0.2.{number}" for number in range(1, 13)]
PUBLIC = {"Host": "observatoire.example", "X-Forwarded-Proto": "https"}


def ask(base: str, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, http.client.HTTPMessage, bytes]:
    asked = urllib.request.Request(base + path, headers=dict(headers or {}))  # noqa: S310 – this machine
    with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310
        return answer.status, answer.headers, answer.read()


def send_file(base: str, session: str, address: str) -> int:
    """Send a file to a visit as a browser at that address does, and return the status."""
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nid\r\n--x--\r\n'
    asked = urllib.request.Request(  # noqa: S310 – this machine
        f"{base}/_stcore/upload_file/{session}/one",
        data=body,
        method="PUT",
        headers={"Content-Type": "multipart/form-data; boundary=x", "X-Forwarded-For": address},
    )
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310
            return answer.status
    except urllib.error.HTTPError as refused:
        return refused.code


async def arrive(base: str, address: str) -> Visitor:
    visitor = await open_visitor(base, "regions", headers={"X-Forwarded-For": address})
    await visitor.first_view()
    return visitor


def identifiers(replica: Replica) -> tuple[str, list[str]]:
    """Return the version that a replica serves, and the identifiers it lists, in order."""
    _, headers, body = ask(replica.base, IDENTIFIERS)
    return headers["X-Data-Version"], body.decode().split()[1:]


def test_absolute_addresses_are_those_that_the_visitor_asked(front: Front) -> None:
    for path, told in (
        ("/robots.txt", "Sitemap: https://observatoire.example/sitemap.xml"),
        ("/sitemap.xml", "<loc>https://observatoire.example/fiche</loc>"),
        ("/fiche/region/32", '<link rel="canonical" href="https://observatoire.example/fiche/region/32">'),
        ("/api/v1/catalog.jsonld", '"https://observatoire.example/api/v1/'),
    ):
        assert told in ask(front.base, path, PUBLIC)[2].decode()
        # Nor does what is kept for one name reach who asked another.
        assert "observatoire.example" not in ask(front.base, path)[2].decode()


def test_what_may_be_kept_is_answered_once_by_a_replica_and_the_rest_always(front: Front) -> None:
    kept = ("/fiche/region/11", resource_path("projects", "json"), "/en/fiche", "/reprendre")
    for path in kept:
        assert [ask(front.base, path)[1]["X-Cache"] for _ in range(2)] == ["MISS", "HIT"]
    plain, brotli = (ask(front.base, kept[0], {"Accept-Encoding": name}) for name in ("identity", "br"))
    assert (plain[1]["Content-Encoding"], brotli[1]["Content-Encoding"]) == (None, "br")
    assert len(brotli[2]) < len(plain[2]) / 2
    with pytest.raises(urllib.error.HTTPError) as unchanged:
        ask(front.base, kept[0], {"If-None-Match": plain[1]["ETag"]})
    assert unchanged.value.code == 304
    for path in ("/", "/api/health", "/api/v1/versions"):
        assert [ask(front.base, path)[1]["X-Cache"] for _ in range(2)] == ["MISS", "MISS"]


def test_a_visitor_of_one_address_has_websocket_and_files_on_one_replica(front: Front) -> None:
    async def visit() -> list[Visitor]:
        return [await arrive(front.base, address) for address in ADDRESSES]

    async def all_of_it() -> None:
        visitors = await visit()
        sessions = [visitor.session for visitor in visitors]
        sent = [
            [await asyncio.to_thread(send_file, front.base, session, address) for address in ADDRESSES]
            for session in sessions
        ]
        for visitor in visitors:
            await visitor.connection.close()
        assert [sent[number][number] for number in range(len(ADDRESSES))] == [204] * len(ADDRESSES)
        # Both replicas have visitors: a file sent from elsewhere does not find its visit.
        assert {status for row in sent for status in row} == {204, 400}

    asyncio.run(all_of_it())


@pytest.mark.parametrize(("number", "how"), [(0, signal.SIGKILL), (1, signal.SIGTERM)])
def test_a_replica_killed_or_stopped_under_load_loses_no_request_and_its_visitors_come_back(
    front: Front, number: int, how: signal.Signals
) -> None:
    killed = front.replicas[number]

    async def visit() -> None:
        visitors = {address: await arrive(front.base, address) for address in ADDRESSES}
        await asyncio.to_thread(killed.stop, how)
        lost = []
        for address, visitor in visitors.items():
            try:
                await visitor.again()
            except ConnectionClosed:
                lost.append(address)
        assert 0 < len(lost) < len(ADDRESSES)
        # A browser opens another websocket at once, by the same address: the page is there.
        for address in lost:
            back = await arrive(front.base, address)
            assert back.multiselects
            await back.connection.close()

    with reading(front.port) as seen:
        time.sleep(2)
        asyncio.run(visit())
        time.sleep(3)
        before = len(seen.answers)
    killed.start()
    time.sleep(6)  # longer than nginx leaves alone who failed
    assert seen.failures == [] and seen.reopened == 0
    assert before > 100 and len(seen.versions) == 1


def test_one_that_came_back_unasked_answers_for_the_other_at_once(front: Front) -> None:
    back, leaving = front.replicas
    back.stop(signal.SIGKILL)
    with reading(front.port):
        time.sleep(1)  # nginx learns that it is gone
    back.start()
    time.sleep(6)
    leaving.stop(signal.SIGKILL)
    with reading(front.port) as seen:
        time.sleep(2)
    leaving.start()
    time.sleep(6)
    assert seen.failures == []
    assert len(seen.answers) > 50


def test_new_data_is_rolled_out_without_an_error_and_no_answer_mixes_versions(front: Front, tmp_path: Path) -> None:
    old_version, old = identifiers(front.replicas[0])
    published = tmp_path / "published"
    new = copy_site(tmp_path / "new", published)
    announcements = new.folder / "data" / "announcements.csv"
    lines = announcements.read_text(encoding="utf-8").splitlines(keepends=True)
    announcements.write_text("".join(lines[:-1]), encoding="utf-8")
    build(announcements, new.folder / "data" / "observatory.duckdb")
    with reading(front.port) as seen:
        for replica in front.replicas:
            front.send_to(*(other.port for other in front.replicas if other is not replica))
            replica.stop()
            take_data(new, replica)
            replica.start()
            front.send_to(*(one.port for one in front.replicas))
            # Followed, after the first turn, while the other replica still serves the other version.
            assert ask(front.base, "/api/v1/observatory.duckdb")[0] == 200
        time.sleep(2)
    new_version, now = identifiers(front.replicas[1])
    assert seen.failures == []
    assert len(now) == len(old) - 1
    assert seen.versions == {old_version, new_version}
    rows = {old_version: old, new_version: now}
    wrong = [one for one in seen.answers if one[3] != rows[one[0]][one[2] : one[2] + one[1]]]
    assert wrong == []
    assert seen.answers[-1][0] == new_version
    listed = json.loads(ask(front.base, "/api/v1/versions")[2])["versions"]
    assert {old_version, new_version} <= {one["version"] for one in listed}


def test_no_address_of_a_visitor_is_logged(front: Front) -> None:
    front.process.send_signal(signal.SIGUSR1)
    time.sleep(0.5)
    told = (front.folder / "access.log").read_text(encoding="utf-8")
    assert "/fiche/region/11 200" in told
    assert not re.search(r"192\.0\.2\.", told)
