"""A visit of the site in a real browser, which notes whatever a visitor should never cause or see."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, TimeoutError, expect

HEIGHT = 900
# The first view of a page on two busy cores imports its libraries and draws a map.
PATIENCE_MS = 60_000
# What the page still waits for, in words.
AWAITED = """() => {
  const app = document.querySelector('[data-testid="stApp"]')?.dataset ?? {};
  const all = selector => [...document.querySelectorAll(selector)];
  return Object.entries({
    'the connection': app.testConnectionState !== 'CONNECTED',
    'the end of the script': app.testScriptState !== 'notRunning',
    'new content': all('[data-stale="true"], [data-testid="stSkeleton"]').length,
    'a chart': all('[data-testid="stPlotlyChart"]').some(chart => !chart.querySelector('.main-svg')),
    'a map': all('.js-plotly-plot').some(plot => plot._fullLayout?.geo && !plot.querySelector('.choroplethlayer path')),
  }).filter(([, isAwaited]) => isAwaited).map(([name]) => name);
}"""
# Nothing has been awaited for half a second.
SETTLED = f"""() => {{
  if (({AWAITED})().length) {{ window.quietSince = null; return false; }}
  window.quietSince ??= performance.now();
  return performance.now() - window.quietSince > 500;
}}"""
# Under a deep link, Streamlit looks for its server beside the page before it looks at the root.
STREAMLIT_PROBE = re.compile(r"^/[^/]+/_stcore/(?:health|host-config)$")
# Told in the console, where a visit looks for errors: Chromium does not write there all that a policy refuses.
TELL_REFUSALS = """addEventListener('securitypolicyviolation', refused =>
  console.error(`${refused.effectiveDirective} refuses ${refused.blockedURI} ${refused.sample}`), {capture: true})"""
# What Streamlit keeps in a browser: the theme of each page, the width and state of the panel of filters.
LOOK = re.compile(r"stActiveTheme-.*-v2|sidebar(?:Width|NavState|Collapsed-.*)|stSidebarCollapsed-.*")
KEPT = "[...Object.keys(localStorage), ...Object.keys(sessionStorage)]"


class Visit:
    """A page of the browser at one site; `foreign` and `errors` must be empty when it ends."""

    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.site = site
        self.foreign: list[str] = []
        self.errors: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
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
        """Wait until the script has ended and its charts and maps are drawn; fail with what is still awaited."""
        self.page.evaluate("window.quietSince = null")
        try:
            self.page.wait_for_function(SETTLED)
        except TimeoutError as late:
            awaited = ", ".join(self.page.evaluate(AWAITED))
            raise AssertionError(f"{self.page.url} still waits for {awaited}. {self.errors}") from late
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
        """Fail where the page shows an exception, called another host, left a cookie, kept more than its look in the
        browser, was refused something by its own policy, or complained in the console.
        """
        expect(self.page.get_by_test_id("stException")).to_have_count(0)
        assert "Traceback (most recent call last)" not in self.words()
        assert self.foreign == []
        assert self.page.context.cookies() == []
        assert [name for name in self.page.evaluate(KEPT) if not LOOK.fullmatch(name)] == []
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
def visiting(
    browser: Browser, site: str, *, width: int = 1280, locale: str = "fr-FR", **settings: Any
) -> Iterator[Visit]:
    """Visit the site as somebody new: no cookie, no cache; on leaving, the visit must have been sound.

    `settings` are Playwright's other ones of a visitor: `color_scheme`, `reduced_motion`, `device_scale_factor`…
    """
    viewport = {"width": width, "height": HEIGHT}
    context = browser.new_context(viewport=viewport, locale=locale, service_workers="block", **settings)
    context.add_init_script(TELL_REFUSALS)
    try:
        visit = Visit(context.new_page(), site)
        yield visit
        visit.expect_sound()
    finally:
        context.close()
