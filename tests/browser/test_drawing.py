"""A page does no more in the browser than its pictures need: each is drawn once, and nothing is complained of."""

from playwright.sync_api import expect

from tests.browser.conftest import Visiting

# What Plotly computes to draw is made anew each time that it draws all of a picture.
COUNTING = """
window.drawings = new Map();
new MutationObserver(() => document.querySelectorAll('.js-plotly-plot').forEach(plot => {
  if (!plot.on || window.drawings.has(plot)) return;
  window.drawings.set(plot, new Set());
  plot.on('plotly_afterplot', () => window.drawings.get(plot).add(plot.calcdata));
})).observe(document, {childList: true, subtree: true});
"""
COUNTED = "() => [...window.drawings.values()].map(seen => seen.size)"


def test_each_picture_of_the_overview_is_drawn_once(new_visit: Visiting) -> None:
    with new_visit() as visit:
        said: list[str] = []
        visit.page.on("console", lambda message: said.append(message.text))
        visit.page.add_init_script(COUNTING)
        page = visit.open("/")
        expect(page.locator(".js-plotly-plot .main-svg path").first).to_be_attached()
        visit.settle()
        page.wait_for_timeout(500)
        assert page.evaluate(COUNTED) == [1, 1]
        assert not [words for words in said if "color specifier" in words]
