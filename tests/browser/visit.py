"""A visit of the site in a real browser, which notes whatever a visitor should never cause or see."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, expect

HEIGHT = 900
# The first view of a page on two busy cores imports its libraries and draws a map.
PATIENCE_MS = 30_000
# The script has ended for this long, nothing on the page is awaiting new content, and every chart is drawn.
SETTLED = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  const charts = [...document.querySelectorAll('[data-testid="stPlotlyChart"]')];
  const quiet = app?.dataset.testScriptState === 'notRunning'
    && app.dataset.testConnectionState === 'CONNECTED'
    && !document.querySelector('[data-stale="true"], [data-testid="stSkeleton"]')
    && charts.every(chart => chart.querySelector('.js-plotly-plot .main-svg'))
    && [...document.querySelectorAll('.js-plotly-plot')].every(
      plot => !plot._fullLayout?.geo || plot.querySelector('.choroplethlayer path'));
  if (!quiet) { window.quietSince = null; return false; }
  window.quietSince ??= performance.now();
  return performance.now() - window.quietSince > 500;
}"""
# Under a deep link, Streamlit looks for its server beside the page before it looks at the root.
STREAMLIT_PROBE = re.compile(r"^/[^/]+/_stcore/(?:health|host-config)$")


class Visit:
    """A page of the browser at one site; `foreign` and `errors` must be empty when it ends."""

    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.site = site
        self.foreign: list[str] = []
        self.errors: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        page.on("request", lambda request: self._note_address(request.url))
        page.on("websocket", lambda socket: self._note_address(socket.url))
        page.on("console", self._note_console)
        page.on("pageerror", lambda error: self.errors.append(f"page error: {error}"))

    def open(self, path: str, *, lang: str | None = "fr", **params: str | list[str]) -> Page:
        """Open a path of the site with these parameters, and wait until all is drawn."""
        query = urlencode({**({"lang": lang} if lang else {}), **params}, doseq=True)
        self.page.goto(f"{self.site}{path}" + (f"?{query}" if query else ""))
        return self.settle()

    def settle(self) -> Page:
        """Wait until the script has ended and its charts and maps are drawn."""
        self.page.evaluate("window.quietSince = null")
        self.page.wait_for_function(SETTLED)
        return self.page

    def params(self) -> dict[str, list[str]]:
        """Return what the address says now."""
        return parse_qs(urlsplit(self.page.url).query)

    def path(self) -> str:
        """Return the path of the address now."""
        return urlsplit(self.page.url).path

    def words(self) -> str:
        """Return all that can be read in the page (not in the sidebar), its spaces made plain."""
        return " ".join(self.page.get_by_test_id("stMain").inner_text().split())

    def expect_sound(self) -> None:
        """Fail where the page shows an exception, called another host, left a cookie, or complained in the console."""
        expect(self.page.get_by_test_id("stException")).to_have_count(0)
        assert "Traceback (most recent call last)" not in self.words()
        assert self.foreign == []
        assert self.page.context.cookies() == []
        assert self.errors == []

    def _note_address(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != urlsplit(self.site).netloc:
            self.foreign.append(url)

    def _note_console(self, message: ConsoleMessage) -> None:
        source = message.location["url"] if message.location else ""
        if message.type == "error" and not STREAMLIT_PROBE.match(urlsplit(source).path):
            self.errors.append(f"{message.text} ({source})")


@contextmanager
def visiting(browser: Browser, site: str, *, width: int = 1280, locale: str = "fr-FR") -> Iterator[Visit]:
    """Visit the site as somebody new: no cookie, no cache; on leaving, the visit must have been sound."""
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, locale=locale, service_workers="block")
    try:
        visit = Visit(context.new_page(), site)
        yield visit
        visit.expect_sound()
    finally:
        context.close()
