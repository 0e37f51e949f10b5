"""One server for all the browser tests of a worker, one Chromium a file; a new visitor for each test."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.server import running_site
from tests.browser.visit import Visit, visiting

# No name is resolved but this machine's: a request to another host cannot leave, whoever makes it.
NO_OTHER_HOST = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"

Visiting = Callable[..., AbstractContextManager[Visit]]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site, served on the real data."""
    with running_site(tmp_path_factory.mktemp("home")) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium of this machine. Without one these tests fail; they are never skipped.

    Playwright keeps an event loop running as long as it is open, in which no other test could run its own.
    """
    path = find_chromium()
    if path is None:
        pytest.fail("Aucun Chromium sur cette machine. Tapez : make test, ou apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=[*FLAGS, NO_OTHER_HOST])
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """A visitor at a desk, in French."""
    with visiting(browser, site) as visit:
        yield visit


@pytest.fixture
def new_visit(browser: Browser, site: str) -> Visiting:
    """Makes visitors of another width or language: `with new_visit(width=390) as visit`."""
    return partial(visiting, browser, site)
