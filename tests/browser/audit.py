"""axe-core in a page: what it finds against WCAG 2.2 AA and its own advice, and what of it Streamlit's elements cause.

Rule: an exception names a rule of axe and the very elements of Streamlit that break it; what is ours is mended.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# The last is no criterion of WCAG: headings in order, landmarks, names that differ.
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# A fault belongs to an exception where its element is one of those that the exception names.
RUN = """async ([tags, known]) => {
  const {violations} = await axe.run(document, {
    runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], elementRef: true,
  });
  return violations.flatMap(({id, nodes}) => nodes.map(({element, html, failureSummary}) => ({
    rule: id, html: html.slice(0, 300), told: failureSummary,
    known: known.findIndex(([rule, selector]) => rule === id && element.matches(selector)),
  })));
}"""


@dataclass(frozen=True)
class Exempt:
    """A fault of Streamlit's: the rule of axe, the elements (a CSS selector), and why our code cannot mend it."""

    rule: str
    elements: str
    reason: str


@dataclass(frozen=True)
class Fault:
    """An element that breaks a rule, with what axe says of it, and the exception that it falls under, if any."""

    rule: str
    html: str
    told: str
    exempt: Exempt | None

    def __str__(self) -> str:
        return f"{self.rule}: {self.html}\n    {self.told}"


def audit(page: Page, exempt: Sequence[Exempt] = ()) -> list[Fault]:
    """Return every element of the page as it stands that breaks a rule of axe."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(RUN, [TAGS, [[one.rule, one.elements] for one in exempt]])
    return [
        Fault(one["rule"], one["html"], one["told"], exempt[one["known"]] if one["known"] >= 0 else None)
        for one in found
    ]
