"""The page as the Tab key goes through it: what it stops at, in which part of the page, and whether that is seen.

Rule: only keys are pressed; nothing is clicked, nothing is focused by a script.
"""

from dataclasses import dataclass

from playwright.sync_api import Page

MOST_STOPS = 500
# Looks at the element that has the focus, and at the one before, which must look different without it.
LOOK = """() => {
  const drawn = ['outlineStyle', 'outlineWidth', 'outlineColor', 'boxShadow', 'borderTopColor', 'borderBottomColor',
    'borderTopWidth', 'backgroundColor', 'textDecorationLine', 'color', 'opacity'];
  const look = element => {
    const told = [];
    for (let box = element, i = 0; box && i < 5; box = box.parentElement, i++)
      for (const part of [null, '::before', '::after']) {
        const style = getComputedStyle(box, part);
        told.push(drawn.map(name => style[name]).join());
      }
    return told.join('|');
  };
  const tell = element => (element.getAttribute('aria-label') || element.innerText || element.value || '').trim();
  const tour = window.tour ??= {stops: new Set(), last: null, unseen: []};
  const now = document.activeElement;
  // A table of Streamlit is one canvas, which draws its cells: the cell in it that takes the focus has no box.
  if (now.parentElement?.closest('canvas')) return 'again';
  const {last} = tour;
  if (last && last.element !== now && last.element.isConnected && look(last.element) === last.look)
    tour.unseen.push(last.element.outerHTML.slice(0, 200));
  tour.last = {element: now, look: look(now)};
  if (now === document.body) return null;
  // In such a table Tab goes from cell to cell of a row, then on.
  if (tour.stops.has(now)) return now.closest('[data-testid=stDataFrame]') ? 'again' : null;
  tour.stops.add(now);
  const part = now.matches('.skip') ? 'skip' : now.closest('[data-testid=stSidebar]') ? 'filters'
    : now.closest('[data-testid=stHeader]') ? 'header' : now.closest('.st-key-masthead') ? 'masthead'
    : now.matches('[data-testid=stMain]') ? 'page' : now.closest('[data-testid=stMain]') ? 'content' : 'elsewhere';
  const box = now.getBoundingClientRect();
  const isShown = now.checkVisibility({visibilityProperty: true}) && box.right > 0 && box.left < innerWidth;
  return {part, name: tell(now).slice(0, 60), html: now.outerHTML.slice(0, 200), isShown};
}"""
# What can be clicked and was not stopped at. In a group (radios, the cells of a date) the arrows go on from one stop.
MISSED = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [role=button]')]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled
    && !one.closest('[inert], [aria-hidden=true]') && !window.tour.stops.has(one)
    && ![...window.tour.stops].some(stop => stop.closest('[role=radiogroup], [role=group]')?.contains(one)))
  .map(one => one.outerHTML.slice(0, 200))"""


@dataclass(frozen=True)
class Stop:
    """An element that the Tab key stops at: its part of the page, its name, whether it is on the screen."""

    part: str
    name: str
    html: str
    is_shown: bool


@dataclass(frozen=True)
class Tour:
    """The stops of the Tab key in order, those whose focus is not drawn, and the controls at which it never stops."""

    stops: tuple[Stop, ...]
    unseen: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def parts(self) -> list[str]:
        """The parts of the page in the order in which they are entered."""
        names = [stop.part for stop in self.stops]
        return [name for place, name in enumerate(names) if place == 0 or names[place - 1] != name]


def take_tour(page: Page) -> Tour:
    """Press Tab until the page is left, or come round."""
    stops = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(LOOK)
        if stop is None:
            break
        if stop != "again":
            stops.append(Stop(stop["part"], stop["name"], stop["html"], stop["isShown"]))
    return Tour(tuple(stops), tuple(page.evaluate("window.tour.unseen")), tuple(page.evaluate(MISSED)))
