"""The data service beside Datasette serving the same rows from SQLite: `python -m benchmarks.api`.

Rule: one run, one load generator, each server alone on the first core and the generator on the second; bodies are asked
without compression, so that both do the same; every answer is read to its end.
"""

import sqlite3
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.load import Load, run_load
from benchmarks.report import write
from benchmarks.servers import our_site, pin_client, serving
from etl.schema import DATABASE
from queries import RESOURCES, Selection, open_database, resource_path
from tests.browser.server import free_port

SECONDS, CONNECTIONS = 8.0, 10
FILTER = Selection(region=("32",), purpose=("ai",))


def main() -> None:
    """Measure both servers and write the table."""
    pin_client()
    with tempfile.TemporaryDirectory() as folder:
        ours = _measure(our_site(), _our_addresses())
        theirs = _measure(_datasette(Path(folder)), _datasette_addresses())
    rows = []
    for name, load in ours.items():
        other = theirs.get(name)
        rows.append(_row("ours", name, load, other))
        if other:
            rows.append(_row("Datasette", name, other, None))
    write(
        "api",
        rows,
        f"{CONNECTIONS} connections, {SECONDS:.0f} s each; times: ours over Datasette in this run. Datasette keeps "
        "no entity tag for rows, so a 304 has no peer; its CSV of all rows is `?_stream=on`. Full CSV: claims as "
        "recorded; JSON: projects of region 32 dedicated to AI.",
        "datasette",
    )


def _row(server: str, name: str, load: Load, other: Load | None) -> dict[str, Any]:
    return {
        "address": name,
        "server": server,
        "requests/s": load.requests_per_second,
        "p50 ms": load.p50_ms,
        "p95 ms": load.p95_ms,
        "p99 ms": load.p99_ms,
        "body bytes": load.body_bytes,
        "client CPU %": load.client_cpu_share * 100,
        "times": load.requests_per_second / other.requests_per_second if other else "",
    }


def _our_addresses() -> dict[str, tuple[str, dict[str, str]]]:
    full = resource_path("announcements", "csv")
    return {
        "full CSV": (full, {}),
        "filtered JSON": (resource_path("projects", "json", FILTER), {}),
        "304": (full, {"If-None-Match": "*"}),
        "full CSV, brotli": (full, {"Accept-Encoding": "br"}),
    }


def _datasette_addresses() -> dict[str, tuple[str, dict[str, str]]]:
    return {
        "full CSV": ("/observatory/announcements.csv?_stream=on", {}),
        "filtered JSON": ("/observatory/projects.json?region_code=32&purpose=ai&_shape=objects&_size=max", {}),
    }


def _measure(server: Any, addresses: dict[str, tuple[str, dict[str, str]]]) -> dict[str, Load]:
    with server as running:
        measured = {}
        for name, (path, headers) in addresses.items():
            run_load(running.base + path, seconds=1, connections=2, headers=headers)
            measured[name] = run_load(running.base + path, seconds=SECONDS, connections=CONNECTIONS, headers=headers)
        return measured


def _datasette(folder: Path) -> Any:
    path = folder / "observatory.db"
    database = open_database(DATABASE)
    with sqlite3.connect(path) as rows:
        for name in ("announcements", "projects"):
            frame = database.run(RESOURCES[name].query)
            frame.astype(object).where(frame.notna(), None).map(_for_sqlite).to_sql(name, rows, index=False)
    port = free_port()
    command = [sys.executable, "-m", "datasette", "serve", str(path), "--port", str(port)]
    command += ["--setting", "max_returned_rows", "5000", "--setting", "allow_facet", "off"]
    return serving(command, port, "/-/versions.json", settles_s=1.0)


def _for_sqlite(value: Any) -> Any:
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


if __name__ == "__main__":
    main()
