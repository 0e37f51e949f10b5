"""The snippets: each reads the rows it names when it runs, and no address ends its quotes."""

import ast
import http.server
import re
import shlex
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import duckdb
import pytest

from pages.shared.snippets import FORMATS, attach, clean, snippet
from queries import Selection, resource_path

ROWS = "region_code,commune_code,amount\n01,01004,1.5\n,2A004,\n"
HOSTILE = "l'été \"x\" `id` $(id) ${HOME} \\n #(lf) {a,b}[1-3]* ; DROP -- <é>\n' OR ''='"
URL = "https://example.org" + resource_path("projects", "csv", Selection(region=("32", "none"), q=HOSTILE))
RAW = f"https://example.org/api/v1/projects.csv?q={HOSTILE}"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The address of a folder with a resource in it, whatever its parameters."""
    (tmp_path / "projects.csv").write_text(ROWS, encoding="utf-8")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: object, **others: object) -> None:
            super().__init__(*args, directory=str(tmp_path), **others)  # type: ignore[arg-type]

        def log_message(self, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{serving.server_address[1]}/projects.csv"
        serving.shutdown()


def test_python_reads_codes_as_text(server: str) -> None:
    names: dict = {}
    code = snippet("python", "projects", f"{server}?q=l'été", codes=["region_code", "commune_code"])
    exec(compile(code, "snippet", "exec"), names)  # noqa: S102 – our own lines
    frame = names["projects"]
    assert list(frame["commune_code"]) == ["01004", "2A004"] and frame["region_code"][0] == "01"


def test_curl_writes_the_file(server: str, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    command = snippet("curl", "projects", f"{server}?q=l'été {{a,b}}[1-3]$(touch x)")
    subprocess.run(["bash", "-c", command], cwd=folder, check=True, capture_output=True)
    assert [path.name for path in folder.iterdir()] == ["projects.csv"]
    assert (folder / "projects.csv").read_text(encoding="utf-8") == ROWS


def test_curl_fails_where_there_is_nothing(server: str, tmp_path: Path) -> None:
    command = snippet("curl", "projects", server.replace("projects", "nothing"))
    assert subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, check=False).returncode == 22


@pytest.mark.parametrize("url", [URL, RAW])
@pytest.mark.parametrize("language", FORMATS)
def test_no_address_ends_the_text_that_holds_it(language: str, url: str) -> None:
    written = snippet(language, "projects", url, codes=["region_code"])
    assert clean(url) in written and not set(clean(url)) & set("'\"`\\(){}* \n<>")
    assert written.count("'") == (0 if language not in ("duckdb", "curl") else 2)
    plain = snippet(language, "projects", "https://example.org/x.csv", codes=["region_code"])
    assert written.replace(clean(url), "") == plain.replace("https://example.org/x.csv", "")


@pytest.mark.parametrize("url", [URL, RAW])
def test_each_language_reads_back_the_same_address(url: str) -> None:
    python = ast.parse(snippet("python", "projects", url)).body[1]
    assert isinstance(python, ast.Assign) and ast.literal_eval(python.value) == clean(url)
    assert shlex.split(snippet("curl", "projects", url))[-1] == clean(url)
    for sql in (snippet("duckdb", "projects", url), attach(url)):
        assert len(duckdb.extract_statements(sql)) == sql.count(";\n") + 1
        (literal,) = re.findall(r"'([^']*)'", sql)
        assert duckdb.sql(f"SELECT '{literal}'").fetchall() == [(clean(url),)]


def test_an_address_keeps_its_meaning() -> None:
    assert clean(URL) == URL
    assert unquote(clean(RAW)) == RAW
    assert clean("http://[::1]:8501/api/v1/projects.csv") == "http://[::1]:8501/api/v1/projects.csv"


def test_the_lines_are_those_of_the_page() -> None:
    url = "https://example.org/api/v1/projects.csv?region=32"
    assert snippet("python", "projects", url, codes=["region_code"]) == (
        'import pandas as pd\n\nurl = "https://example.org/api/v1/projects.csv?region=32"\n'
        'projects = pd.read_csv(url, dtype={\n    "region_code": str,\n})'
    )
    assert snippet("r", "events", url).splitlines() == [
        f'url <- "{url}"', "events <- read.csv(", "  url,", '  na.strings = "",', '  fileEncoding = "UTF-8"', ")",
    ]  # fmt: skip
    assert snippet("curl", "projects", url) == (f"curl --fail --location --compressed --output projects.csv '{url}'")
    assert attach("https://h/api/v1/observatory-1.duckdb").splitlines() == [
        "INSTALL httpfs;", "LOAD httpfs;",
        "ATTACH 'https://h/api/v1/observatory-1.duckdb' AS observatory (READ_ONLY);", "USE observatory;",
    ]  # fmt: skip
    with pytest.raises(KeyError):
        snippet("cobol", "projects", url)
