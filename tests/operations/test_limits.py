"""What one address may ask in a while: beyond it a polite refusal, and nobody else is concerned."""

import json

import pytest

from operations import limits
from operations.limits import HEAVY_COST, Limited, counted_address
from tests.operations.asking import Told, ask, header

FILE, ARCHIVE = "/api/v1/projects.csv", "/api/v1/extract.zip"


def statuses(app: Limited, times: int, path: str = FILE, client: str = "192.0.2.1") -> list[int]:
    return [ask(app, path, client=client)[0]["status"] for _ in range(times)]


def test_beyond_its_allowance_an_address_is_told_when_to_come_back_and_the_app_is_not_asked() -> None:
    told = Told()
    app = Limited(told, "3/hour")
    assert statuses(app, 4) == [200, 200, 200, 429]
    refusal = ask(app, FILE)
    assert told.asked == 3
    assert 0 < int(header(refusal, "retry-after")) <= 3600
    assert header(refusal, "ratelimit-policy") == '"address";q=3;w=3600'
    assert header(refusal, "ratelimit").startswith('"address";r=0;t=')
    assert header(refusal, "cache-control") == "no-store"
    said = json.loads(refusal[1]["body"])
    assert said["error"] == "too_many_requests"
    assert "réessayez" in said["message_fr"] and "try again" in said["message_en"]


def test_another_address_is_not_concerned_nor_is_this_machine() -> None:
    app = Limited(Told(), "1/hour")
    assert statuses(app, 2) == [200, 429]
    assert statuses(app, 1, client="192.0.2.2") == [200]
    assert statuses(app, 5, client="127.0.0.1") == [200] * 5
    assert statuses(app, 5, client="::ffff:127.0.0.1") == [200] * 5


def test_what_is_heavy_costs_more() -> None:
    app = Limited(Told(), f"{2 * HEAVY_COST + 1}/hour")
    assert statuses(app, 2, ARCHIVE) == [200, 200]
    assert statuses(app, 2) == [200, 429]


@pytest.mark.parametrize("path", ["/", "/api/health", "/api/metrics", "/static/js/index.js", "/_stcore/health"])
def test_what_a_page_needs_and_what_watches_the_site_is_not_limited(path: str) -> None:
    assert statuses(Limited(Told(), "1/hour"), 3, path) == [200] * 3


@pytest.mark.parametrize("path", ["/fiche/region/32", "/en/fiche", "/reprendre/carte", "/en/reprendre/carte"])
def test_a_person_is_refused_in_a_page_in_both_languages(path: str) -> None:
    app = Limited(Told(), "1/hour")
    ask(app, path)
    refusal = ask(app, path)
    page = refusal[1]["body"].decode()
    assert refusal[0]["status"] == 429 and header(refusal, "content-type") == "text/html; charset=utf-8"
    assert '<main lang="fr">' in page and '<main lang="en">' in page and "Retry" not in page
    assert ask(app, path, method="HEAD")[1]["body"] == b""


def test_without_a_rate_nobody_is_limited() -> None:
    assert statuses(Limited(Told(), ""), 3) == [200] * 3


def test_an_ipv6_address_is_counted_with_its_network() -> None:
    assert counted_address("2001:db8:0:1::1") == counted_address("2001:db8:0:1:ffff::2") == "2001:db8:0:1::/64"
    assert counted_address("2001:db8:0:2::1") != counted_address("2001:db8:0:1::1")
    assert counted_address("::ffff:192.0.2.1") == counted_address("192.0.2.1") == "192.0.2.1"
    assert counted_address("fe80::1%eth0") == "fe80::/64"
    assert counted_address("::1") == counted_address("127.8.9.10") == ""


def test_a_flood_of_addresses_fills_no_memory_and_shares_one_allowance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_ADDRESSES", 5)
    app = Limited(Told(), "2/hour")
    answered = [statuses(app, 1, client=f"192.0.2.{last}")[0] for last in range(20)]
    assert answered == [200] * 7 + [429] * 13
    assert len(app.storage.storage) == 6
    assert statuses(app, 1, client="192.0.2.0") == [200]
