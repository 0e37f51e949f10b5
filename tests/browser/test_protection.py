"""What protects a reader, on the real server and in a real browser: what each answer says, and what is then refused.

That nothing of the site's own is refused, that no other host is asked, no cookie left and nothing but the look of pages
kept is looked at in every visit of `tests/browser` (`Visit.expect_sound`): `test_axe` makes one of every view.
"""

import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson
import pytest
from playwright.sync_api import Browser, Page, expect

from pages.shared.document import SERIF_URL, STYLE_URL
from tests.browser.conftest import Visiting
from tests.browser.test_kit import DRAWN_WITHIN_MS, code_of
from tests.browser.visit import KEPT, TELL_REFUSALS

RUNS, RUNS_NOTHING, ITS_OWN = "script-src 'self' 'wasm-unsafe-eval' 'sha256-", "; sandbox", "frame-ancestors 'self'"
# One of each kind of answer, its status, and a part of its policy.
ANSWERS = {
    "/": (200, RUNS),
    "/carte?lang=en": (200, RUNS),
    "/nowhere": (200, RUNS),
    "/api/docs": (200, RUNS),
    "/fiche/region/32": (200, ITS_OWN),
    "/fiche/region/99": (404, ITS_OWN),
    "/reprendre/carte": (200, ITS_OWN),
    "/reprendre/nowhere": (404, ITS_OWN),
    "/reprendre/carte?embed=true&lang=fr": (200, "form-action 'none'"),
    "/reprendre/carte.csv": (200, ITS_OWN),
    "/api/v1/projects.csv": (200, RUNS_NOTHING),
    "/api/v1/projects.csv?nowhere=1": (422, RUNS_NOTHING),
    "/api/v1/observatory.duckdb": (200, RUNS_NOTHING),
    "/api/health": (200, RUNS_NOTHING),
    "/api/nowhere": (404, RUNS_NOTHING),
    "/sitemap.xml": (200, RUNS_NOTHING),
    "/_stcore/health": (200, RUNS_NOTHING),
    "/_stcore/host-config": (200, RUNS_NOTHING),
    "/media/nowhere": (404, RUNS_NOTHING),
    "/favicon.png": (200, RUNS_NOTHING),
    STYLE_URL: (200, RUNS_NOTHING),
    SERIF_URL: (200, RUNS_NOTHING),
}
ONCE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-resource-policy": "cross-origin",
}
# What somebody's words could bring into a page if they were ever taken for HTML, and what refuses it.
INTRUDERS = {
    "a script": ("<script>window.ran = true</script>", "script-src-elem inline"),
    "a handler": ("<img src='data:,' onerror='window.ran = true'>", "script-src-attr inline"),
    "a script of another host": (
        "<script src='https://example.org/x.js'></script>",
        "script-src-elem https://example.org/x.js",
    ),
    "an image of another host": ("<img src='https://example.org/x.png'>", "img-src https://example.org/x.png"),
    "a style of another host": (
        "<link rel='stylesheet' href='https://example.org/x.css'>",
        "style-src-elem https://example.org/x.css",
    ),
    "a frame": ("<iframe src='https://example.org/'></iframe>", "frame-src https://example.org"),
    "an object": ("<object data='https://example.org/x'></object>", "object-src https://example.org"),
    "a base": ("<base href='https://example.org/'>", "base-uri https://example.org/"),
}
# As a page would put it there itself (what is parsed as a fragment runs its scripts); tells what was refused, and why.
INTRUDE = """html => new Promise(told => {
  addEventListener('securitypolicyviolation', one => told(`${one.effectiveDirective} ${one.blockedURI}`), {once: true});
  document.body.append(document.createRange().createContextualFragment(html));
  setTimeout(told, 3000, 'nothing was refused');
})"""
PLAIN = (
    "/fiche",
    "/en/fiche/projet/campus-ia-fouju",
    "/en/reprendre",
    "/api/docs",
    "/api/health",
    "/sitemap.xml",
)


def answered(address: str) -> tuple[int, dict[str, list[str]], bytes]:
    """The status, the headers and the body of an address, redirections followed."""
    try:
        answer = urllib.request.urlopen(address)  # noqa: S310 – our own address
    except urllib.error.HTTPError as refused:
        answer = refused
    with answer:
        told: dict[str, list[str]] = {}
        for name, value in answer.headers.items():
            told.setdefault(name.lower(), []).append(value)
        return answer.status, told, answer.read()


def test_every_kind_of_answer_says_what_protects_its_reader_once(site: str) -> None:
    for path, (status, policy) in ANSWERS.items():
        got, told, _ = answered(site + path)
        assert got == status, path
        assert {name: told.get(name) for name in ONCE} == {name: [value] for name, value in ONCE.items()}, path
        assert len(told["content-security-policy"]) == 1 and policy in told["content-security-policy"][0], path
        assert "set-cookie" not in told, path


def test_nobody_who_frames_a_page_may_command_it_by_messages(site: str) -> None:
    _, _, body = answered(f"{site}/_stcore/host-config")
    assert orjson.loads(body)["allowedOrigins"] == []


@contextmanager
def stranger(browser: Browser, site: str, **context: object) -> Iterator[Page]:
    """A page of the site, ready for whoever puts something into it."""
    opened = browser.new_context(**context)
    page = opened.new_page()
    page.goto(f"{site}/methode?lang=fr")
    expect(page.locator("h1")).to_have_count(1, timeout=DRAWN_WITHIN_MS)
    yield page
    opened.close()


def test_what_somebody_would_bring_into_a_page_is_refused(browser: Browser, site: str) -> None:
    with stranger(browser, site) as page:
        for name, (html, refusal) in INTRUDERS.items():
            assert (name, page.evaluate(INTRUDE, html)) == (name, refusal)
        assert page.evaluate("window.ran") is None


def test_without_the_policy_the_same_script_would_run(browser: Browser, site: str) -> None:
    with stranger(browser, site, bypass_csp=True) as page:
        assert page.evaluate(INTRUDE, INTRUDERS["a script"][0]) == "nothing was refused"
        assert page.evaluate("window.ran") is True


def test_no_page_without_streamlit_is_refused_anything_of_its_own(browser: Browser, site: str) -> None:
    context = browser.new_context()
    context.add_init_script(TELL_REFUSALS)
    page, errors, asked = context.new_page(), [], []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: asked.append(request.url))
    for path in PLAIN:
        page.goto(site + path)
        page.wait_for_load_state("networkidle")
        assert errors == [], path
    assert context.storage_state() == {"cookies": [], "origins": []}
    assert [url for url in asked if not url.startswith(site)] == []
    context.close()


def test_what_a_browser_keeps_is_the_look_of_the_page(new_visit: Visiting) -> None:
    with new_visit() as visit:
        page = visit.open("/carte", region="32")
        assert page.evaluate(KEPT) == ["stActiveTheme-/carte-v2"]
        box = page.get_by_test_id("stSidebar").bounding_box() or {"width": 0}
        page.mouse.move(box["width"] - 1, 500)
        page.mouse.down()
        page.mouse.move(box["width"] + 60, 500)
        page.mouse.up()
        assert sorted(page.evaluate(KEPT)) == ["sidebarWidth", "stActiveTheme-/carte-v2"]


@pytest.mark.parametrize(
    ("kit", "drawn"), [("/en/reprendre/classement", ".main-svg"), ("/reprendre/region?region=32", "h1")]
)
def test_the_code_to_embed_works_from_a_file_on_a_readers_disk(
    browser: Browser, site: str, tmp_path: Path, kit: str, drawn: str
) -> None:
    article = tmp_path / "article.html"
    article.write_text(f"<!doctype html><meta charset=utf-8>{code_of(browser, site, kit)}", encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    page.goto(article.as_uri())
    expect(page.frame_locator("iframe").locator(drawn).first).to_be_visible(timeout=DRAWN_WITHIN_MS)
    context.close()
