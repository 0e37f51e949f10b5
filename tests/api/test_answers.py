"""Answers over HTTP: validators, conditions, encodings, CORS, and no body of one version for another."""

import gzip
import re
import shutil
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from itertools import combinations
from pathlib import Path

import brotli
import pytest
from starlette.testclient import TestClient

from answering.bodies import Bodies
from api import data
from api.answers import is_unchanged
from queries import Database, open_database
from queries.dictionary import Column
from tests.api.addresses import ANSWERED, TABLES, VALIDATED, published
from tests.api.conftest import HOST, Serve

PROJECTS = "/api/v1/projects.csv"
STRONG = re.compile(r'"[!#-~]+"')


@pytest.mark.parametrize("path", list(ANSWERED))
def test_every_address_answers_what_it_says(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, ANSWERED[path])
    assert int(answer.headers["content-length"]) == answer.num_bytes_downloaded > 0
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", VALIDATED)
def test_every_validator_is_strong_and_names_the_version(client: TestClient, served: Database, path: str) -> None:
    headers = client.get(path).headers
    assert STRONG.fullmatch(headers["etag"])
    assert headers["x-data-version"] == served.version
    assert parsedate_to_datetime(headers["last-modified"]) == served.metadata["built_at"].replace(
        microsecond=0, tzinfo=UTC
    ).to_pydatetime(warn=False)
    exposed = {name.strip() for name in headers["access-control-expose-headers"].split(",")}
    assert {"ETag", "Last-Modified", "Content-Disposition", "X-Data-Version"} <= exposed
    assert "max-age" in headers["cache-control"]


@pytest.mark.parametrize("path", VALIDATED)
def test_what_the_client_has_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    for name in ("etag", "last-modified", "cache-control", "x-data-version", "access-control-allow-origin"):
        assert again.headers[name] == first.headers[name]
    assert again.headers.get("vary") == first.headers.get("vary")
    assert "content-encoding" not in again.headers and "content-disposition" not in again.headers


@pytest.mark.parametrize("is_warm", [True, False])
@pytest.mark.parametrize(
    ("condition", "status"),
    [
        ('{tag}', 304),
        ('W/{tag}', 304),
        ('"other", {tag} , "another"', 304),
        ('"other", W/{tag}', 304),
        ("*", 304),
        ('"other"', 200),
        ('W/"other", "another"', 200),
        ("", 200),
    ],
)  # fmt: skip
def test_if_none_match_takes_a_list_a_star_and_weak_tags(
    serve: Serve, database_path: Path, condition: str, status: int, is_warm: bool
) -> None:
    tag = serve(database_path).get(PROJECTS).headers["etag"]
    client = serve(database_path)  # another service: nothing is kept in it yet
    if is_warm:
        client.get(PROJECTS)
    answer = client.get(PROJECTS, headers={"If-None-Match": condition.format(tag=tag)})
    assert answer.status_code == status
    assert bool(answer.content) == (status == 200)


def test_if_none_match_goes_before_if_modified_since(client: TestClient) -> None:
    first = client.get(PROJECTS)
    later = format_datetime(datetime.now(UTC) + timedelta(days=1), usegmt=True)
    both = {"If-None-Match": '"other"', "If-Modified-Since": later}
    assert client.get(PROJECTS, headers=both).status_code == 200
    assert client.get(PROJECTS, headers={**both, "If-None-Match": first.headers["etag"]}).status_code == 304


@pytest.mark.parametrize(
    ("seconds", "status"), [(0, 304), (1, 304), (-1, 200), (86_400 * 365, 304)]
)  # fmt: skip
def test_if_modified_since_compares_with_the_build(client: TestClient, seconds: int, status: int) -> None:
    built = parsedate_to_datetime(client.get(PROJECTS).headers["last-modified"])
    asked = format_datetime(built + timedelta(seconds=seconds), usegmt=True)
    answer = client.get(PROJECTS, headers={"If-Modified-Since": asked})
    assert (answer.status_code, bool(answer.content)) == (status, status == 200)


@pytest.mark.parametrize("date", ["", "hier", "2025-02-10", "Mon, 99 Foo 2025 00:00:00 GMT", "0"])
def test_a_date_that_is_none_is_no_condition(client: TestClient, date: str) -> None:
    assert client.get(PROJECTS, headers={"If-Modified-Since": date}).status_code == 200
    assert not is_unchanged({"if-modified-since": date}, '"a"', "Sun, 06 Nov 1994 08:49:37 GMT")


def test_tags_differ_by_address_selection_shape_and_encoding(client: TestClient) -> None:
    paths = [*TABLES, *(f"{PROJECTS}?{query}" for query in ("region=32", "region=11", "limit=1", "dialect=excel-fr"))]
    tags = [client.get(path, headers={"Accept-Encoding": "identity"}).headers["etag"] for path in paths]
    tags += [client.get(PROJECTS, headers={"Accept-Encoding": one}).headers["etag"] for one in ("br", "gzip")]
    assert [pair for pair in combinations(tags, 2) if pair[0] == pair[1]] == []


def test_two_ways_to_write_a_selection_have_one_tag_and_one_body(client: TestClient) -> None:
    ways = ("region=32&region=11&kind=site", "kind=site&region=11&region=32", "region=11&region=32&region=11&kind=site")
    answers = [client.get(f"{PROJECTS}?{query}") for query in ways]
    assert len({answer.headers["etag"] for answer in answers}) == 1
    assert len({answer.content for answer in answers}) == 1


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("identity", None), ("", None)],
)
@pytest.mark.parametrize("path", [path for path, kind in ANSWERED.items() if "csv" in kind or "json" in kind][:8])
def test_a_text_is_compressed_as_the_client_accepts(
    client: TestClient, path: str, accepted: str, encoding: str | None
) -> None:
    plain = client.get(path, headers={"Accept-Encoding": "identity"}).content
    with client.stream("GET", path, headers={"Accept-Encoding": accepted}) as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["vary"] == "Accept-Encoding"
    undo = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert undo(raw) == plain
    assert int(answer.headers["content-length"]) == len(raw)
    assert encoding is None or len(raw) < len(plain)


@pytest.mark.parametrize("path", ["/api/v1/projects.parquet", "/api/v1/projects.xlsx", "/api/v1/extract.zip"])
def test_what_is_compressed_already_is_left_as_it_is(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"Accept-Encoding": "br, gzip"})
    assert "content-encoding" not in answer.headers and "vary" not in answer.headers


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("v1/projects.csv", "infra-ia-france_projects_{v}.csv"),
        ("v1/projects.xlsx?region=32&status=announced", "infra-ia-france_projects_32-announced_{v}.xlsx"),
        ("v1/extract.zip?until=2025-06-01", "infra-ia-france_extract_2025-06-01_{v}.zip"),
        ('v1/claims.json?q="%0d..%2f..%2fété;%20x', None),
        ("v1/claims.json?q=%22..%2f..%2f%C3%A9t%C3%A9;%20x", "infra-ia-france_claims_t-x_{v}.json"),
    ],
)
def test_a_file_bears_a_telling_name(client: TestClient, served: Database, query: str, name: str | None) -> None:
    answer = client.get(f"/api/{query}")
    if name is None:
        assert answer.status_code == 422 and "content-disposition" not in answer.headers
    else:
        written = name.format(v=served.version.split("-")[0])
        assert answer.headers["content-disposition"] == f'attachment; filename="{written}"'


@pytest.mark.parametrize(
    "host", ['x"><script>', "mal.example/evil?", "mal mal", "[::1", "x" * 300, "mal\xe9.fr", "mal@b", ""]
)
def test_a_host_that_could_be_none_is_written_nowhere(client: TestClient, host: str) -> None:
    for path in ("/api/v1/catalog.jsonld", "/api/v1/feed.atom", "/api/v1/datapackage.json", "/api/docs"):
        answer = client.get(path, headers=[(b"host", host.encode("latin-1"))])
        assert answer.status_code == 200
        assert not host or host not in answer.text
        assert b"<script" not in answer.content


@pytest.mark.parametrize("host", ["infra-ia.example", "[::1]:8501", "localhost:8501"])
def test_absolute_addresses_bear_the_host_that_was_asked(client: TestClient, host: str) -> None:
    for path in ("/api/v1/catalog.jsonld", "/api/v1/feed.atom"):
        first, other = client.get(path, headers={"Host": host}), client.get(path, headers={"Host": "other.example"})
        assert f"http://{host}/" in first.text and HOST not in first.text and "other.example" not in first.text
        assert "http://other.example/" in other.text and f"http://{host}/" not in other.text
        assert first.headers["etag"] != other.headers["etag"]


@pytest.fixture
def replaced(tmp_path: Path, database_path: Path) -> Path:
    """A copy of the database, that a test may replace."""
    path = tmp_path / "observatory.duckdb"
    shutil.copyfile(database_path, path)
    return path


def replace(path: Path, new: Path) -> None:
    """Put a new database in the place of another as a build does: whole, at once."""
    draft = path.with_name("observatory.new.duckdb")
    shutil.copyfile(new, draft)
    draft.replace(path)


def test_a_new_version_is_seen_by_the_next_request(serve: Serve, replaced: Path, changed_path: Path) -> None:
    client = serve(replaced)
    old = {path: client.get(path) for path in VALIDATED}
    assert {path: client.get(path).content for path in VALIDATED} == {path: one.content for path, one in old.items()}
    replace(replaced, changed_path)
    version = open_database(changed_path).version
    for path, before in old.items():
        after = client.get(path, headers={"If-None-Match": before.headers["etag"]})
        assert (after.status_code, after.headers["x-data-version"]) == (200, version), path
        assert after.headers["etag"] != before.headers["etag"]
    assert (
        client.get("/api/v1/announcements.csv").text.count("\n")
        == old["/api/v1/announcements.csv"].text.count("\n") - 1
    )
    assert client.get("/api/v1/announcements.json").json()["meta"]["data_version"] == version


def test_the_old_version_comes_back_as_it_was(
    serve: Serve, replaced: Path, changed_path: Path, database_path: Path
) -> None:
    client = serve(replaced)
    first = client.get(PROJECTS)
    replace(replaced, changed_path)
    assert client.get(PROJECTS).headers["etag"] != first.headers["etag"]
    replace(replaced, database_path)
    again = client.get(PROJECTS)
    assert (again.headers["etag"], again.content) == (first.headers["etag"], first.content)


@pytest.mark.parametrize("moment", [1, 2])
def test_an_answer_is_of_one_version_though_the_file_be_replaced_while_it_is_made(
    serve: Serve,
    replaced: Path,
    changed_path: Path,
    database_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    moment: int,
) -> None:
    client = serve(replaced)
    whole, asked = data.dictionary, []

    def at_the_worst_moment(name: str) -> tuple[Column, ...]:
        # The columns are asked for when the call is read, and again when its rows are written.
        asked.append(name)
        if len(asked) == moment:
            replace(replaced, changed_path)
        return whole(name)

    monkeypatch.setattr(data, "dictionary", at_the_worst_moment)
    monkeypatch.setattr(data, "bodies", Bodies(data.BODIES_BYTES))
    old, new = open_database(database_path), open_database(changed_path)
    for expected in (old, new):
        answer = client.get("/api/v1/announcements.json?columns=id")
        meta = answer.json()["meta"]
        assert answer.headers["x-data-version"] == meta["data_version"] == expected.version
        assert meta["total"] == expected.metadata["announcements_count"]
        assert expected.version.split("-")[0] in answer.headers["content-disposition"]
    assert len(asked) >= 3


def test_the_files_of_a_version_bear_validators_of_their_own(client: TestClient, served: Database) -> None:
    tags = set()
    for path, kind in published(served.version).items():
        first = client.get(path)
        assert (first.status_code, first.headers["content-type"]) == (200, kind)
        assert "immutable" in first.headers["cache-control"]
        assert client.get(path, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
        tags.add(first.headers["etag"])
    assert len(tags) == 2
