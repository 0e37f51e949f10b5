"""The kit in a real browser: pictures that are downloaded, a frame in somebody else's page, nothing from elsewhere."""

import re
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, expect

from pages.shared.charts.register import CHARTS
from tests.browser.audit import audit
from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.dress import sometimes
from tests.browser.visit import TELL_REFUSALS, Visit
from tests.kit.conftest import query_of

SVG = "{http://www.w3.org/2000/svg}"
DRAWN_WITHIN_MS = 30_000
KITS = (
    "/reprendre/carte?metric=power_mw&region=32&region=53",
    "/en/reprendre/chronologie?until=2025-12-31",
    "/reprendre/projet?project=campus-ia-fouju",
    "/en/reprendre/region?region=32",
)
OTHERS = ("/reprendre", "/en/reprendre/nowhere")


@contextmanager
def kit_page(browser: Browser, address: str, **context: object) -> Iterator[Page]:
    """A visit of a page of the kit; fails where a script did, or where another host was asked."""
    opened = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "accept_downloads": True, **context})
    opened.add_init_script(TELL_REFUSALS)
    page, errors, asked = opened.new_page(), [], []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    yield page
    host = "/".join(address.split("/")[:3])
    assert [url for url in asked if not url.startswith((host, "blob:", "data:"))] == []
    opened.close()
    assert errors == []


def drawn(page: Page) -> Page:
    """Wait until every picture of a page is drawn."""
    for button in page.locator('button[data-kind="png"]').all():
        expect(button).to_be_enabled(timeout=DRAWN_WITHIN_MS)
    return page


def download(page: Page, kind: str) -> tuple[str, bytes]:
    """Click the first button of a kind; return the name of the file and what it holds."""
    with page.expect_download() as waited:
        page.locator(f'button[data-kind="{kind}"]').first.click()
    return waited.value.suggested_filename, waited.value.path().read_bytes()


def words(svg: bytes) -> str:
    """All the text of a drawing, a line each."""
    root = ElementTree.fromstring(svg)  # noqa: S314 – our own
    return "\n".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))


def check_picture(browser: Browser, site: str, path: str, lang: str) -> None:
    with kit_page(browser, site + path) as page:
        drawn(page)
        block = page.locator(".picture").first
        width, height = (int(block.get_attribute(f"data-{side}") or 0) for side in ("width", "height"))
        name, png = download(page, "png")
        assert re.fullmatch(r"infra-ia-france-[a-z0-9-]+-\d{4}-\d\d-\d\d\.png", name)
        assert png.startswith(b"\x89PNG\r\n\x1a\n")
        assert struct.unpack(">II", png[16:24]) == (2 * width, 2 * height) and width == 1200
        name, svg = download(page, "svg")
        assert name.endswith(".svg")
        root = ElementTree.fromstring(svg)  # noqa: S314 – our own
        assert (root.get("width"), root.get("height")) == (str(width), str(height))
        said = words(svg)
        licence = {"fr": "Licence ouverte 2.0 (Etalab)", "en": "Licence Ouverte 2.0 (Etalab)"}[lang]
        source = {"fr": "Source\u202f: Infra IA France", "en": "Source: Infra IA France"}[lang]
        assert licence in said and source in said and site in said.replace("\n", "")
        title = page.get_by_role("heading", level=1).inner_text()
        assert title.split(" ")[0] in said
        # It stands alone: its letters are in it, and it names nothing else.
        assert svg.count(b"data:font/woff2;base64,") == 2
        assert re.findall(rb'(?:href|src)="(?!#|data:)[^"]*"', svg) == []


@pytest.mark.parametrize(("path", "lang"), [(KITS[0], "fr"), pytest.param(KITS[1], "en", marks=pytest.mark.whole)])
def test_a_picture_is_downloaded_twice_its_size_with_its_source_inside(
    browser: Browser, site: str, path: str, lang: str
) -> None:
    check_picture(browser, site, path, lang)


@pytest.mark.whole
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_chart_is_drawn_and_nothing_of_it_is_cut(browser: Browser, site: str, lang: str) -> None:
    root = {"fr": "/reprendre", "en": "/en/reprendre"}[lang]
    for chart in CHARTS:
        with kit_page(browser, f"{site}{root}/{chart}?{query_of(chart)}") as page:
            drawn(page)
            _, svg = download(page, "svg")
            beyond = page.evaluate(BEYOND, svg.decode())
            assert beyond == [], chart


# The texts of a drawing that stand beyond its edges, or over one of the lines that are written under it.
BEYOND = """async (written) => {
  const holder = document.createElement('div');
  holder.style.cssText = 'position:absolute;left:0;top:0';
  holder.append(new DOMParser().parseFromString(written, 'image/svg+xml').documentElement);
  document.body.append(holder);
  const root = holder.firstChild.getBoundingClientRect();
  const found = [...holder.querySelectorAll('text')].filter((text) => text.textContent.trim()).flatMap((text) => {
    const box = text.getBoundingClientRect();
    const isWide = box.left < root.left - 1 || box.right > root.right + 1;
    const isIn = !isWide && box.top >= root.top && box.bottom <= root.bottom;
    return isIn || !box.width ? [] : [text.textContent.slice(0, 60)];
  });
  const notes = [...holder.querySelectorAll('.annotation')].at(-1).getBoundingClientRect();
  const others = [...holder.querySelectorAll('.xtick text, .colorbar text, .annotation:not(:last-child) text')];
  for (const text of others) {
    const box = text.getBoundingClientRect();
    if (box.width && box.bottom > notes.top + 2 && box.top < notes.bottom && !text.closest('.annotation:last-child')) {
      found.push(`over the source: ${text.textContent.slice(0, 60)}`);
    }
  }
  holder.remove();
  return found;
}"""


@contextmanager
def somebody_elses_page(frames: list[str]) -> Iterator[str]:
    """Serve a page of another host and port, which holds what the kit gives to paste."""
    written = f"<!doctype html><html lang=fr><meta charset=utf-8><title>Article</title><p>Article</p>{''.join(frames)}"

    class Article(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(written.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing: the tests do."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Article)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        # Another name than that of the site, and another port: another origin, and another site.
        yield f"http://localhost:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def elsewhere(browser: Browser) -> Iterator[Browser]:
    """A browser that finds this machine under its two names, and no other."""
    rules = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
    chromium = browser.browser_type.launch(executable_path=find_chromium(), args=[*FLAGS, rules])
    yield chromium
    chromium.close()


def code_of(browser: Browser, site: str, path: str) -> str:
    """The code that a page of the kit gives to paste."""
    with kit_page(browser, site + path, java_script_enabled=False) as page:
        return page.get_by_role("textbox").input_value()


@pytest.mark.parametrize("width", sometimes([1280, 336], 336))
def test_a_frame_on_another_origin_draws_the_chart(browser: Browser, elsewhere: Browser, site: str, width: int) -> None:
    code = code_of(browser, site, "/en/reprendre/classement?region=32&region=53&until=2025-12-31")
    assert code.startswith(f'<iframe src="{site}/en/reprendre/classement?embed=true&amp;lang=en&amp;region=32')
    with somebody_elses_page([code]) as article:
        context = elsewhere.new_context(viewport={"width": width, "height": 900})
        page = context.new_page()
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
        page.goto(article)
        frame = page.frame_locator("iframe")
        expect(frame.locator(".main-svg").first).to_be_visible(timeout=DRAWN_WITHIN_MS)
        expect(frame.locator(".drawn")).to_contain_text("Hauts-de-France")
        expect(frame.locator("figcaption")).to_contain_text("As known on 31 December 2025")
        expect(frame.get_by_role("link", name="See it on Infra IA France")).to_have_attribute("target", "_blank")
        inner = page.frames[-1]
        size = inner.evaluate(
            "[document.documentElement.scrollWidth, innerWidth, document.body.scrollHeight, innerHeight]"
        )
        assert size[0] <= size[1] and size[2] <= size[3], "it fits its frame"
        context.close()
    assert [text for text in refused if "favicon" not in text and "404" not in text] == []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/reprendre/projet?project=campus-ia-fouju", "Campus IA de Fouju"),
        pytest.param("/en/reprendre/region?region=32", "Hauts-de-France", marks=pytest.mark.whole),
    ],
)
def test_a_page_of_the_site_lives_in_a_frame_on_another_origin(
    browser: Browser, elsewhere: Browser, site: str, path: str, said: str
) -> None:
    with somebody_elses_page([code_of(browser, site, path)]) as article:
        context = elsewhere.new_context(viewport={"width": 390, "height": 900})
        page = context.new_page()
        page.goto(article)
        frame = page.frame_locator("iframe")
        expect(frame.get_by_role("heading", level=1)).to_have_text(said, timeout=DRAWN_WITHIN_MS)
        expect(frame.locator("footer a")).to_have_attribute("target", "_blank", timeout=DRAWN_WITHIN_MS)
        expect(frame.locator(".masthead")).to_have_count(0)
        expect(frame.get_by_text("embed=true")).to_have_count(0)
        # What may stand in a frame stays in it, without our masthead; what may not opens beside it.
        inside = frame.locator('a[href^="/"]:not([target]):visible').first
        expect(inside).to_have_attribute("href", re.compile(r"[?&]embed=true(#|$)"))
        printable = frame.locator('a[href*="/fiche/"]')
        expect(printable).to_have_attribute("target", "_blank")
        inside.click()
        expect(frame.locator("footer a")).to_have_attribute("target", "_blank", timeout=DRAWN_WITHIN_MS)
        expect(frame.locator(".masthead")).to_have_count(0)
        context.close()


def test_a_page_of_the_kit_is_in_nobody_elses_frame(elsewhere: Browser, site: str) -> None:
    with somebody_elses_page([f'<iframe src="{site}/reprendre/carte"></iframe>']) as article:
        page = elsewhere.new_page()
        page.goto(article)
        page.wait_for_timeout(500)
        assert (
            page.frames[-1].evaluate("document.body.innerText").strip() == "" or "chrome-error" in page.frames[-1].url
        )
        page.context.close()


def test_without_scripts_all_but_the_pictures_is_there(browser: Browser, site: str) -> None:
    with kit_page(browser, f"{site}{KITS[0]}", java_script_enabled=False) as page:
        expect(page.get_by_text("Les images sont dessinées par votre navigateur")).to_be_visible()
        for name in ("Données CSV", "CSV pour Excel en français"):
            expect(page.get_by_role("link", name=name)).to_be_visible()
        expect(page.locator("#quote")).to_contain_text("Hauts-de-France")
        expect(page.locator("#bibtex")).to_contain_text("@misc")
        assert page.get_by_role("button").count() == 0


@pytest.mark.whole
def test_what_is_copied_is_said(browser: Browser, site: str) -> None:
    with kit_page(browser, f"{site}{KITS[0]}") as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_role("button", name="Copier le paragraphe").click()
        expect(page.get_by_text("Copié.")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == page.locator("#quote").inner_text()


@pytest.mark.parametrize("width", sometimes([390, 1280], 390))
@pytest.mark.parametrize("path", sometimes([*KITS, *OTHERS], KITS[0], KITS[3]))
def test_a_kit_has_no_fault_and_never_scrolls_sideways(browser: Browser, site: str, path: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    page.goto(site + path)
    drawn(page)
    assert [str(fault) for fault in audit(page)] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    context.close()


@pytest.mark.parametrize(
    ("path", "params", "words", "kit"),
    [
        pytest.param(
            "/carte",
            {"metric": "jobs", "region": "32"},
            "Reprendre ce graphique",
            "/reprendre/carte?region=32&metric=jobs",
            marks=pytest.mark.whole,
        ),
        pytest.param("/regions", {"region": "53"}, "Reprendre", "/reprendre/region?region=53", marks=pytest.mark.whole),
        (
            "/projets",
            {"project": "campus-ia-fouju", "lang": "en"},
            "Reuse",
            "/en/reprendre/projet?project=campus-ia-fouju",
        ),
    ],
)
def test_a_page_leads_to_its_kit(
    visit: Visit, site: str, path: str, params: dict[str, str], words: str, kit: str
) -> None:
    page = visit.open(path, **{"lang": "fr", **params})
    link = page.get_by_role("link", name=words, exact=True).first
    expect(link).to_have_attribute("href", kit)
    assert page.request.get(site + kit).status == 200
