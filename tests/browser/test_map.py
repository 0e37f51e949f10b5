"""The map answers: a click chooses, the address keeps the choice, the details stand beside it."""

from playwright.sync_api import Page, expect

from tests.browser.visit import Visit

# A point of the screen inside the drawn region, far from the marks of the sites and from its own border.
POINT_INSIDE = """(code) => {
  const plot = document.querySelector('.js-plotly-plot');
  plot.scrollIntoView({block: 'center'});
  const path = [...plot.querySelectorAll('.choroplethlayer path')].find(path => path.__data__?.loc === code);
  const marks = [...plot.querySelectorAll('.scatterlayer path.point, .scattergeo path.point')]
    .map(mark => mark.getBoundingClientRect());
  const box = path.getBoundingClientRect(), toPath = path.getScreenCTM().inverse();
  let best = null;
  for (let i = 1; i < 40; i++) for (let j = 1; j < 40; j++) {
    const point = new DOMPoint(box.x + box.width * i / 40, box.y + box.height * j / 40);
    if (!path.isPointInFill(point.matrixTransform(toPath))) continue;
    const away = Math.min(1e6, ...marks.map(mark =>
      Math.hypot(point.x - mark.x - mark.width / 2, point.y - mark.y - mark.height / 2) - mark.width / 2));
    if (!best || away > best.away) best = {x: point.x, y: point.y, away};
  }
  return best;
}"""


def click_region(page: Page, code: str) -> None:
    """Click inside a region of the first map of the page."""
    point = page.evaluate(POINT_INSIDE, code)
    assert point and point["away"] > 3, point
    page.mouse.move(point["x"] - 2, point["y"])
    page.mouse.move(point["x"], point["y"])
    page.mouse.click(point["x"], point["y"])


def test_a_click_on_a_region_selects_it(visit: Visit) -> None:
    page = visit.open("/carte")
    address = page.url
    assert "Nouvelle-Aquitaine" not in page.locator("h2, h3").all_inner_texts()
    click_region(page, "75")
    page.wait_for_function("address => location.href !== address", arg=address)
    visit.settle()
    assert "75" in [value.split(":")[-1] for values in visit.params().values() for value in values]
    expect(page.get_by_role("heading", name="Nouvelle-Aquitaine")).to_be_visible()
