"""axe-core on every page, in both languages, light and dark, at a desk and on a phone: nothing that we can mend."""

import pytest
from playwright.sync_api import Browser

from tests.browser.audit import Exempt, Fault, audit
from tests.browser.conftest import Visiting
from tests.browser.dress import sometimes
from tests.browser.views import ALL, ALWAYS, SOME, VIEWS
from tests.browser.visit import Visit, visiting

# What Streamlit 1.67 itself draws: no page can mend it. All three are advice of axe (« best-practice »), none breaks a
# criterion of WCAG 2.2 A or AA. `make test-all` fails when one of these is no longer true.
STREAMLIT = (
    Exempt(
        "region",
        '[data-testid="stSelectboxVirtualDropdown"] [role="listbox"]',
        "The open list of a select box is put at the end of the document, outside of every landmark, while it is open.",
    ),
    Exempt(
        "region",
        "#stFloatingOverlayPortal",
        "The help of a box (a tooltip) is put at the end of the document too, outside of every landmark.",
    ),
    Exempt(
        "presentation-role-conflict",
        '[data-testid="stFileUploaderDropzone"]',
        "The drop zone says role=presentation and has a label and a tabindex; the button inside is what one uses.",
    ),
)

Found = list[tuple[str, Fault]]


def faults(visit: Visit, name: str, lang: str) -> list[Fault]:
    """Open a view and return what axe finds in it."""
    VIEWS[name].open(visit, lang)
    assert visit.page.locator("html").get_attribute("lang") == lang
    return audit(visit.page, STREAMLIT)


def unexpected(found: list[Fault]) -> str:
    return "\n".join(str(fault) for fault in found if fault.exempt is None)


@pytest.mark.parametrize(
    ("name", "lang", "scheme", "width"),
    [dress if dress[0] in ALWAYS else pytest.param(*dress, marks=pytest.mark.whole) for dress in SOME],
)
def test_a_page_has_no_fault_but_those_of_streamlit(
    new_visit: Visiting, name: str, lang: str, scheme: str, width: int
) -> None:
    with new_visit(width=width, color_scheme=scheme) as visit:
        assert unexpected(faults(visit, name, lang)) == ""


@pytest.fixture(scope="module")
def everything(browser: Browser, site: str) -> Found:
    """What axe finds in every view, in each language, theme and width."""
    found: Found = []
    for name, lang, scheme, width in ALL:
        with visiting(browser, site, width=width, color_scheme=scheme) as visit:
            found += [(f"{name} {lang} {scheme} {width}", fault) for fault in faults(visit, name, lang)]
    return found


@pytest.mark.whole
def test_no_page_in_any_dress_has_a_fault_but_those_of_streamlit(everything: Found) -> None:
    assert [f"{where}: {fault}" for where, fault in everything if fault.exempt is None] == []


@pytest.mark.whole
def test_every_exception_is_still_needed(everything: Found) -> None:
    met = {fault.exempt for _, fault in everything}
    assert [exempt for exempt in STREAMLIT if exempt not in met] == []


SHEETS = ("/fiche", "/fiche/region/32", "/fiche/projet/cambrai", "/en/fiche/projet/cambrai", "/fiche/region/99")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", sometimes(SHEETS, *SHEETS[1:3]))
def test_a_sheet_has_no_fault_at_all(browser: Browser, site: str, path: str, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page = context.new_page()
    page.goto(site + path)
    assert unexpected(audit(page)) == ""
    context.close()
