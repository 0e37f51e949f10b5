"""What a first and a second visit weigh and take in Chromium: `python -m benchmarks.page_load [--times N]`.

Rule: bytes are those of the network (compressed as they came, WebSocket frames too); times are from the navigation to
what a reader sees. Cold is an empty cache; warm is the same browser again. « phone » is 1.6 Mbit/s, 150 ms, four times
slower a processor. Beside ours, in the same run: a title, a chart, and the elements of our overview on stock Streamlit.
"""

import argparse
import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from benchmarks.report import write
from benchmarks.servers import Server, our_site, stock
from tests.browser.chromium import FLAGS, find_chromium

TIMES, PATIENCE_MS = 3, 120_000
PHONE = {"latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8, "offline": False}
SLOWER = 4
CONDITIONS, CACHES = ("full speed", "phone"), ("cold", "warm")
# What is visited: its name, what serves it, how many pictures it has.
PAGES: tuple[tuple[str, Callable[[Path], AbstractContextManager[Server]], int], ...] = (
    ("stock st.title", partial(stock, "title.py"), 0),
    ("stock one chart", partial(stock, "chart.py"), 1),
    ("stock, our elements", partial(stock, "elements.py"), 2),
    ("ours, overview", lambda _: our_site(), 2),
)
# Adds up what blocks the page beyond 50 ms a task, as Lighthouse does.
BLOCKING = """
window.__blocking = 0;
new PerformanceObserver(list => list.getEntries().forEach(task => {
  window.__blocking += Math.max(0, task.duration - 50);
})).observe({type: 'longtask', buffered: true});
"""
# The title of the page, which ours has in its document before any script.
HEADLINE = """() => [...document.querySelectorAll('h1, #first .title')].some(
  title => title.innerText.trim() && title.checkVisibility())"""
# As many pictures as are waited for (a stock map without a third party stays blank), each with something drawn in it.
DRAWN = """count => {
  const drawn = [...document.querySelectorAll('.js-plotly-plot .main-svg')].filter(svg => svg.querySelector('path'));
  return new Set(drawn.map(svg => svg.closest('.js-plotly-plot'))).size >= count;
}"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every page in each condition, all of them in turn, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=TIMES)
    times = parser.parse_args(arguments).times
    seen: dict[tuple[str, str, str], list[dict[str, float]]] = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS)) as browser,
        ExitStack() as running,
    ):
        served = [(name, running.enter_context(serve(Path(folder))).base, charts) for name, serve, charts in PAGES]
        # Each page in its turn, round after round: a machine that slows down slows them all.
        for _, condition, (name, base, charts) in product(range(times), CONDITIONS, served):
            for cache, visit in _visits(browser, base, charts, condition):
                seen.setdefault((name, condition, cache), []).append(visit)
    rows = []
    for name, condition, cache in product((page[0] for page in PAGES), CONDITIONS, CACHES):
        visits = seen[name, condition, cache]
        measures = {measure: round(statistics.median(visit[measure] for visit in visits), 1) for measure in visits[0]}
        rows.append({"page": name, "network": condition, "cache": cache, **measures})
    write(
        "page_load",
        rows,
        f"Medians of {times} visits, each with an empty cache, then again (warm), one page after the other in each "
        "round. The servers and the browser share the machine. `foreign` counts requests to other hosts.",
        "playwright",
    )


def _visits(browser: Browser, base: str, charts: int, condition: str) -> Iterator[tuple[str, dict[str, float]]]:
    """Visit a page with an empty cache, then again with what the first visit left in it."""
    with browser.new_context() as context:
        for cache in CACHES:
            yield cache, _visit(context, base, charts, condition)


def _visit(context: BrowserContext, base: str, charts: int, condition: str) -> dict[str, float]:
    page = context.new_page()
    page.add_init_script(BLOCKING)
    with _network(context, page, base, condition) as seen:
        page.goto(base, wait_until="commit", timeout=PATIENCE_MS)
        page.wait_for_function(HEADLINE, polling="raf", timeout=PATIENCE_MS)
        headline = page.evaluate("performance.now()")
        page.wait_for_function(DRAWN, arg=charts, polling="raf", timeout=PATIENCE_MS)
        drawn = page.evaluate("performance.now()")
        page.wait_for_timeout(1500)
        blocking = page.evaluate("window.__blocking")
    page.close()
    return {
        "kB": seen["bytes"] / 1000,
        "requests": seen["requests"],
        "foreign": seen["foreign"],
        "headline ms": headline,
        "all drawn ms": drawn,
        "blocking ms": blocking,
    }


@contextmanager
def _network(context: BrowserContext, page: Page, base: str, condition: str) -> Iterator[dict[str, float]]:
    """Count what the page receives, under the condition asked for."""
    seen = {"bytes": 0.0, "requests": 0.0, "foreign": 0.0}
    host = urlsplit(base).netloc
    session: CDPSession = context.new_cdp_session(page)
    session.send("Network.enable")
    if condition == "phone":
        session.send("Network.emulateNetworkConditions", PHONE)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

    def asked(event: dict[str, Any]) -> None:
        url = urlsplit(event["request"]["url"])
        if url.scheme in ("http", "https"):
            seen["requests"] += 1
            seen["foreign"] += url.netloc != host

    session.on("Network.requestWillBeSent", asked)
    session.on("Network.loadingFinished", lambda event: _add(seen, event["encodedDataLength"]))
    # A binary frame comes in base64.
    session.on(
        "Network.webSocketFrameReceived", lambda event: _add(seen, len(event["response"]["payloadData"]) * 3 / 4)
    )
    yield seen
    session.detach()


def _add(seen: dict[str, float], size: float) -> None:
    seen["bytes"] += size


if __name__ == "__main__":
    main()
