"""The sheets beside what else this server answers without a script: `python -m benchmarks.sheets [seconds]`.

Rule: one run, one load generator, our server alone on the first core and the generator on the second; every answer is
read to its end. The first asking of each address is timed apart: it is the one that writes the page.
"""

import sys
import time
import urllib.request
from typing import Any

from benchmarks.load import run_load
from benchmarks.report import write
from benchmarks.servers import SETTLES_S, our_site, pin_client
from queries import resource_path

SECONDS, CONNECTIONS = 8.0, 10
BROTLI, CONDITION = {"Accept-Encoding": "br"}, {"If-None-Match": "*"}
ADDRESSES = {
    "region, as it is": ("/fiche/region/11", {}),
    "region, brotli": ("/fiche/region/11", BROTLI),
    "project, brotli": ("/en/fiche/projet/campus-ia-fouju", BROTLI),
    "region, 304": ("/fiche/region/11", CONDITION),
    "list of all sheets, brotli": ("/fiche", BROTLI),
    "sitemap, brotli": ("/sitemap.xml", BROTLI),
    "beside: the document of a live page": ("/regions?region=11&lang=fr", {}),
    "beside: projects of the region, JSON, brotli": (resource_path("projects", "json") + "?region=11", BROTLI),
    "beside: Streamlit's /_stcore/health": ("/_stcore/health", {}),
}


def main(seconds: float = SECONDS) -> None:
    """Measure each address and write the table; a short run, to try it out, writes nothing."""
    pin_client()
    rows = []
    with our_site(settles_s=SETTLES_S if seconds >= SECONDS else 5.0) as running:
        for name, (path, headers) in ADDRESSES.items():
            first = _first_ms(running.base + path, headers)
            run_load(running.base + path, seconds=min(1.0, seconds), connections=2, headers=headers)
            load = run_load(running.base + path, seconds=seconds, connections=CONNECTIONS, headers=headers)
            rows.append(_row(name, load, first))
    if seconds < SECONDS:
        for row in rows:
            print(row)
        return
    write(
        "sheets",
        rows,
        f"{CONNECTIONS} connections, {seconds:.0f} s each. A live page costs a run of its script beside.",
    )


def _row(name: str, load: Any, first_ms: float) -> dict[str, Any]:
    return {
        "address": name,
        "requests/s": load.requests_per_second,
        "p50 ms": load.p50_ms,
        "p99 ms": load.p99_ms,
        "first ms": first_ms,
        "body bytes": load.body_bytes,
        "client CPU %": load.client_cpu_share * 100,
    }


def _first_ms(address: str, headers: dict[str, str]) -> float:
    started = time.perf_counter()
    asked = urllib.request.Request(address, headers={k: v for k, v in headers.items() if k != "If-None-Match"})  # noqa: S310
    with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310 – this machine
        answer.read()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main(*map(float, sys.argv[1:2]))
