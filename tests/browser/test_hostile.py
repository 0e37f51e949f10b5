"""In a real browser, marks that somebody typed in the data run nothing, load nothing and lead nowhere.

Rule: the site is served from a copy of itself whose file of announcements holds the marks, and passes its check.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, Page

from etl.schema import ROOT
from tests.api.hostile import HOST, MARKS, write_hostile
from tests.browser.conftest import Visiting
from tests.browser.server import running_site
from tests.browser.visit import visiting
from tests.deploy.nginx import COPIED

pytestmark = pytest.mark.whole

PAGES = {
    "/": {},
    "/projets": {},
    "/carte": {},
    "/chronologie": {},
    "/emboitement": {},
    "/promesses": {},
    "/reannonces": {},
    "/qualite": {},
    "/changements": {},
    "/donnees": {"resource": "announcements"},
    "/regions": {"region": "32"},
}
# What the marks would have made of a page: an element that acts or loads, a link that is no source, a formula.
MADE = f"""sources => [
  ...[...document.querySelectorAll('img, iframe, object, embed, svg image')].map(one => one.src || one.href?.baseVal),
  ...[...document.querySelectorAll('a[href]')].map(one => one.getAttribute('href'))
    .filter(one => !sources.includes(one)),
  ...[...document.querySelectorAll('*')].flatMap(one => [...one.attributes])
    .filter(one => one.name.startsWith('on') && one.value.includes('pwned')).map(one => one.name),
  ...[...document.querySelectorAll('.katex')].map(() => 'a formula'),
].filter(one => one && !one.startsWith('mailto:')
     && (one.includes('{HOST}') || /^(javascript|on|a formula)/.test(one)))"""


@pytest.fixture(scope="module")
def hostile_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the site, built from the marks."""
    root = tmp_path_factory.mktemp("site")
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, root / name)
    shutil.rmtree(root / "data" / "published", ignore_errors=True)
    write_hostile(root / "data" / "announcements.csv", MARKS)
    subprocess.run([sys.executable, "-m", "etl", "build"], cwd=root, check=True, capture_output=True)
    return root


@pytest.fixture(scope="module")
def hostile_visit(hostile_root: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visiting]:
    with running_site(tmp_path_factory.mktemp("home"), hostile_root) as address:
        yield partial(visiting, browser, address)


@pytest.fixture(scope="module")
def rows(hostile_root: Path) -> list[tuple[str, str]]:
    """The projects that bear a mark, and the addresses of sources, which are links."""
    with duckdb.connect(str(hostile_root / "data" / "observatory.duckdb"), read_only=True) as connection:
        return connection.execute("SELECT project_id, source_url FROM announcements").fetchall()


def expect_harmless(page: Page, sources: list[str]) -> None:
    """Fail where a mark became something; `visiting` fails where a script complained or another host was called."""
    assert page.evaluate(MADE, sources) == []
    assert page.evaluate("window.pwned") is None


def test_no_page_makes_anything_of_the_marks(hostile_visit: Visiting, rows: list[tuple[str, str]]) -> None:
    sources = [address for _, address in rows]
    with hostile_visit() as visit:
        visit.page.on("dialog", lambda dialog: visit.errors.append(dialog.message))
        for path, params in PAGES.items():
            page = visit.open(path, **params)
            expect_harmless(page, sources)
        assert any(mark in visit.open("/projets").content() for mark in ("**gras**", ":red[rouge]"))


def test_no_dossier_sheet_or_kit_makes_anything_of_the_marks(
    hostile_visit: Visiting, rows: list[tuple[str, str]]
) -> None:
    sources = [address for _, address in rows]
    projects = list(dict.fromkeys(project for project, _ in rows))[: len(MARKS)]
    with hostile_visit() as visit:
        visit.page.on("dialog", lambda dialog: visit.errors.append(dialog.message))
        for project in projects:
            for path in (f"/fiche/projet/{project}", f"/reprendre/projet?project={project}"):
                visit.page.goto(visit.site + path, wait_until="networkidle")
                expect_harmless(visit.page, sources)
            expect_harmless(visit.open("/projets", project=project), sources)
