"""The lines of the page Données, pasted as they are shown, against the real server."""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import duckdb
import fsspec
import httpx2 as httpx
import pandas as pd
import pytest
from fsspec.implementations.http import HTTPFileSystem

from pages.shared.downloads_view import CODES
from pages.shared.snippets import FORMATS, OVER_HTTP, attach, snippet
from queries import RESOURCES, Selection, resource_path
from tests.browser.server import running_site

SELECTION = Selection(region=("32", "none"), q="l'i")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_site(tmp_path_factory.mktemp("home")) as address:
        yield address


class Http(HTTPFileSystem):
    """The HTTP of fsspec, which tells besides what DuckDB asks of a file: when it changed."""

    def modified(self, path: str) -> datetime:
        """Return the day and time that the server tells."""
        return parsedate_to_datetime(httpx.head(self._strip_protocol(path)).headers["last-modified"])


class Site(Http):
    """The same under a name of ours: DuckDB attaches a `http` address by its own extension only."""

    protocol = "site"

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return path.replace("site://", "http://")

    def encode_url(self, url: str) -> Any:
        """Return the address to ask."""
        return super().encode_url(self._strip_protocol(url))


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB that reads addresses by fsspec: its own extension would have to be downloaded."""
    with duckdb.connect() as opened:
        opened.register_filesystem(Http())
        opened.register_filesystem(Site())
        yield opened


def shown(site: str, language: str, name: str, selection: Selection = SELECTION) -> str:
    """The lines that the page shows."""
    header = httpx.get(site + resource_path(name, "csv"), params={"limit": 0}).text.strip().split(",")
    codes = [code for code in CODES if code in header]
    return snippet(language, name, site + resource_path(name, FORMATS[language], selection), codes=codes)


def without_installation(sql: str) -> str:
    """The same SQL, but for the lines that download the extension."""
    lines = sql.splitlines()
    assert lines[:2] == list(OVER_HTTP)
    return "\n".join(lines[2:])


def served(site: str, name: str, selection: Selection = SELECTION) -> pd.DataFrame:
    """The CSV of a resource, every cell a text."""
    content = httpx.get(site + resource_path(name, "csv", selection)).content
    return pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)


@pytest.mark.parametrize("name", ["announcements", "projects", "regions"])
def test_the_python_lines_read_the_rows(site: str, name: str, tmp_path: Path) -> None:
    expected = served(site, name)
    last = f"\n{name}.to_pickle('found.pkl')\n"
    subprocess.run([sys.executable, "-c", shown(site, "python", name) + last], cwd=tmp_path, check=True)
    found = pd.read_pickle(tmp_path / "found.pkl")  # noqa: S301 – we wrote it
    assert list(found.columns) == list(expected.columns)
    assert len(found) == len(expected)
    for code in set(CODES) & set(found.columns):
        assert list(found[code].fillna("")) == list(expected[code])
    for key in RESOURCES[name].key:
        assert list(found[key]) == list(expected[key])


@pytest.mark.parametrize("name", list(RESOURCES))
def test_the_duckdb_lines_read_the_rows(site: str, connection: duckdb.DuckDBPyConnection, name: str) -> None:
    expected = served(site, name)
    found = connection.execute(without_installation(shown(site, "duckdb", name))).df()
    assert list(found.columns) == list(expected.columns)
    for key in RESOURCES[name].key:
        assert list(found[key].astype(str)) == list(expected[key])


def test_the_curl_line_writes_the_file(site: str, tmp_path: Path) -> None:
    subprocess.run(["bash", "-c", shown(site, "curl", "projects")], cwd=tmp_path, check=True, capture_output=True)
    written = (tmp_path / "projects.csv").read_bytes()
    assert written == httpx.get(site + resource_path("projects", "csv", SELECTION)).content
    assert len(written.splitlines()) > 3


def test_the_curl_line_fails_on_a_wrong_address(site: str, tmp_path: Path) -> None:
    line = snippet("curl", "projects", f"{site}/api/v1/projects.csv?region=99")
    assert subprocess.run(["bash", "-c", line], cwd=tmp_path, capture_output=True, check=False).returncode == 22
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_the_r_lines_read_the_rows(site: str, tmp_path: Path) -> None:
    expected = served(site, "projects")
    lines = shown(site, "r", "projects") + '\nwrite.csv(projects, "found.csv", row.names = FALSE, na = "")\n'
    subprocess.run(["Rscript", "-e", lines], cwd=tmp_path, check=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
    found = pd.read_csv(tmp_path / "found.csv", dtype=str, keep_default_na=False)
    for code in ("project_id", "region_code", "commune_code"):
        assert list(found[code]) == list(expected[code])


def test_duckdb_reads_our_csv_by_its_address(site: str, connection: duckdb.DuckDBPyConnection) -> None:
    url = site + resource_path("regions", "csv")
    found = connection.execute(f"SELECT region_code, projects FROM read_csv('{url}') ORDER BY ALL").fetchall()
    expected = served(site, "regions", Selection())
    assert found == sorted((row.region_code, int(row.projects)) for row in expected.itertuples())


def test_duckdb_asks_our_parquet_a_question_of_its_own(site: str, connection: duckdb.DuckDBPyConnection) -> None:
    url = site + resource_path("projects", "parquet")
    total = f"SELECT sum(investment_net_high_meur) FROM read_parquet('{url}') WHERE is_counted"
    regions = site + resource_path("regions", "parquet")
    by_region = f"SELECT sum(investment_high_meur) FROM read_parquet('{regions}')"
    (found,), (expected,) = connection.execute(total).fetchone(), connection.execute(by_region).fetchone()
    assert found == expected > 0


def test_the_whole_database_opens_by_ranges_and_answers_as_the_site(
    site: str, connection: duckdb.DuckDBPyConnection
) -> None:
    version = httpx.get(f"{site}/api/health").json()["data_version"]
    lines = without_installation(attach(f"{site}/api/v1/observatory-{version}.duckdb"))
    connection.execute(lines.replace("'http://", "'site://"))
    found = connection.execute("SELECT count(*) FROM projects").fetchone()
    past = connection.execute("SELECT count(*) FROM projects_as_of(DATE '2025-02-15')").fetchone()
    assert found == (len(served(site, "projects", Selection())),)
    expected = httpx.get(f"{site}/api/v1/projects.json?until=2025-02-15&columns=project_id").json()["meta"]["total"]
    assert past == (expected,)


def test_fsspec_reads_a_range_of_the_database_and_no_more(site: str) -> None:
    version = httpx.get(f"{site}/api/health").json()["data_version"]
    url = f"{site}/api/v1/observatory-{version}.duckdb"
    whole = httpx.get(url).content
    with fsspec.open(url, block_size=4096) as file:
        file.seek(8192)
        assert file.read(100) == whole[8192:8292]
    assert fsspec.filesystem("http").info(url)["size"] == len(whole)


@pytest.mark.parametrize("ending", ["csv", "json", "parquet", "xlsx"])
def test_nothing_is_compressed_over_what_the_service_says(site: str, ending: str) -> None:
    address = site + resource_path("projects", ending, SELECTION)
    plain = httpx.get(address, headers={"Accept-Encoding": "identity"})
    asked = httpx.get(address, headers={"Accept-Encoding": "gzip"})
    assert asked.content == plain.content
    encoded = "content-encoding" in asked.headers
    assert (asked.headers["etag"] != plain.headers["etag"]) == encoded
    assert plain.headers.get_list("vary", split_commas=True) == (["Accept-Encoding"] if encoded else [])
