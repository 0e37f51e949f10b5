"""« D’où vient ce chiffre ? »: each card opens the account of its own figure, which ends in that very figure."""

import re
from dataclasses import dataclass
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import data
from pages.shared.numbers import exact
from pages.shared.texts import text
from queries import Selection
from tests.pages.conftest import OpenPage, read, unlinked

N = "\u202f"
LABELS = {
    "investment_meur": "overview.investment",
    "power_mw": "overview.power",
    "jobs": "overview.jobs",
    "projects": "overview.projects",
}
OPEN = text("explanation.open", "fr")
FILTERS: list[dict[str, str | list[str]]] = [
    {},
    {"lang": "en"},
    {"purpose": "ai"},
    {"status": ["announced", "ambition"]},
    {"kind": "programme"},
    {"event": "sommet-ia-2025"},
    {"investor": "Brookfield"},
    {"since": "2025-06-01"},
    {"until": "2025-06-01"},
    {"until": "2025-06-01", "region": ["11", "none"]},
    {"q": "data4"},
]
REGIONS = ["11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93", "04", "06", "none"]


@dataclass
class Ledger:
    """What the panel shows: its title, its lines of projects, the last lines of its accounts, and all its words."""

    lines: list[tuple[str, list[float]]]
    lasts: list[tuple[str, list[float]]]
    words: str


def number(written: str, lang: str) -> float:
    """Read a number as `numbers.exact` writes it; what nobody states adds nothing."""
    if written == text("numbers.unknown.short", lang):
        return 0.0
    thousands, point = (",", ".") if lang == "en" else (N, ",")
    return float(written.replace(thousands, "").replace(point, "."))


def cells(row: str, lang: str) -> list[float]:
    return [number(cell, lang) for cell in re.findall(r'<td class="figure">(.*?)</td>', row)]


def panel(visit: AppTest) -> list[Ledger]:
    """The tables of the open panel, in order; none where it is closed."""
    (html,) = [unlinked(e.proto.body) for e in visit.get("html") if '<div class="explained' in e.proto.body] or [""]
    lang = "en" if visit.query_params.get("lang") in ("en", ["en"]) else "fr"
    found = []
    for table in re.findall(r"<table>(.*?)</table>", html):
        rows = re.findall(r"<tr( class=\"last\")?>(.*?)</tr>", table.split("</thead>")[1])
        lines = [
            (re.findall(r">(.*?)</a>", row)[0], cells(row, lang)) for last, row in rows if not last and "<td>" in row
        ]
        lasts = [(re.findall(r"<th[^>]*>(.*?)</th>", row)[0], cells(row, lang)) for last, row in rows if last]
        found.append(Ledger(lines, lasts, unescape(html)))
    return found


def card(visit: AppTest, code: str, lang: str) -> tuple[str, list[tuple[str, str]]]:
    """The value and the parts of the card of a metric."""
    label = text(LABELS[code], lang)
    (html,) = [
        unlinked(e.proto.body)
        for e in visit.get("html")
        if e.proto.body.startswith(f'<section class="card"><h2>{label}</h2>')
    ]
    value = re.findall(r'<p class="value">(.*?)</p>', html)
    return (value[0] if value else ""), re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html)


def open_panel(visit: AppTest, why: str) -> list[Ledger]:
    visit.query_params["why"] = why
    visit.run()
    assert not visit.exception
    return panel(visit)


def added(lines: list[tuple[str, list[float]]], column: int) -> float:
    return round(sum(figures[column] for _, figures in lines), 3)


def check_each_card(visit: AppTest, lang: str) -> None:
    """Each card's figure is the last line of its account, and the lines before add up to it."""
    for code in LABELS:
        value, parts = card(visit, code, lang)
        first, *beside = open_panel(visit, code)
        assert len(beside) <= (code == "jobs")
        figures = [words for words, _ in first.lasts]
        if value:
            assert figures.pop() == text("explanation.total", lang, figure=value)
        else:
            assert code == "jobs" and parts, "only the scopes of jobs are never one sum"
        shown = [(name, figure) for name, figure in parts if code != "projects" or figure != "0"]
        assert len(figures) == len(shown)
        for words, (name, figure) in zip(figures, shown, strict=True):
            assert words.startswith(text("explanation.part", lang, part=name, figure=figure)), (words, name, figure)
        for ledger in (first, *beside):
            check_the_sum(ledger, code)


def check_the_sum(ledger: Ledger, code: str) -> None:
    if code == "projects":
        assert len(ledger.lines) == int(re.findall(r"\d+", ledger.lasts[-1][0])[0])
        return
    width = len(ledger.lasts[0][1])
    assert all(len(figures) == width for _, figures in ledger.lines)
    *parts, total = [figures for _, figures in ledger.lasts]
    for column in range(width):
        of_lines = added(ledger.lines, column)
        of_parts = round(sum(figures[column] for figures in parts), 3)
        if code == "jobs":  # every last line is a scope's, or the one total of the jobs of the building site
            assert of_lines == round(of_parts + total[column], 3)
        else:
            assert of_lines == total[column]
            assert not parts or of_parts == total[column]


@pytest.mark.parametrize("params", FILTERS, ids=str)
def test_on_the_overview_each_account_ends_in_the_figure_of_its_card(
    open_page: OpenPage, params: dict[str, str | list[str]]
) -> None:
    check_each_card(open_page(**params), str(params.get("lang", "fr")))


@pytest.mark.parametrize("region", REGIONS)
def test_on_the_page_of_a_region_each_account_ends_in_the_figure_of_its_card(open_page: OpenPage, region: str) -> None:
    check_each_card(open_page("regions.py", region=region), "fr")


def test_of_two_regions_each_card_opens_the_account_of_its_own(open_page: OpenPage) -> None:
    visit = open_page("regions.py", region=["32", "11"])
    keys = [button.key for button in visit.button if button.label == OPEN]
    assert len(keys) == len(set(keys)) == 8
    (first,) = open_panel(visit, "investment_meur-32")
    (second,) = open_panel(visit, "investment_meur-11")
    table = data.query("totals_by_region", Selection()).query("metric == 'investment_meur'").set_index("region_code")
    assert max(first.lasts[-1][1]) == table.loc["32", "high"]
    assert max(second.lasts[-1][1]) == table.loc["11", "high"]


def test_a_button_writes_what_it_opens_in_the_address(open_page: OpenPage) -> None:
    visit = open_page(purpose="ai")
    assert panel(visit) == [], "a closed panel is not computed"
    buttons = [button for button in visit.button if button.label == OPEN]
    assert len(buttons) == len(LABELS)
    buttons[0].click().run()
    assert visit.query_params["why"] in ("investment_meur", ["investment_meur"])
    assert len(panel(visit)) == 1


def test_the_panel_of_an_area_of_the_map_adds_up_to_that_area(open_page: OpenPage) -> None:
    for level, code, why in (("region", "32", "power_mw-32"), ("departement", "59", "investment_meur-d59")):
        visit = open_page("map.py", level=level, metric=why.split("-")[0], place=code)
        (button,) = [button for button in visit.button if button.label == OPEN]
        button.click().run()
        assert visit.query_params["why"] in (why, [why])
        (ledger,) = panel(visit)
        totals = data.query(f"totals_by_{level}", Selection())
        totals = totals[(totals["metric"] == why.split("-")[0]) & (totals[f"{level}_code"] == code)].iloc[0]
        assert sorted({min(ledger.lasts[-1][1]), max(ledger.lasts[-1][1])}) == sorted({totals["low"], totals["high"]})


def test_each_total_of_the_tables_of_regions_opens_its_explanation_with_the_filters(open_page: OpenPage) -> None:
    address = "/regions?purpose=ai&amp;region=32&amp;why=investment_meur"
    shown = "61,5" + N + "Md€"
    assert re.search(rf'<a href="{re.escape(address)}"[^>]*>{shown}</a>', read(open_page(purpose="ai")))
    table = read(open_page("regions.py", purpose="ai"))
    assert re.search(rf'<a href="{re.escape(address)}"[^>]*>{shown}</a>', table)
    for code in ("power_mw", "jobs", "projects"):
        assert f"region=32&amp;why={code}" in table
    assert text("explanation.in_table", "fr") in table
    assert ">–</a>" not in table


def test_the_panel_says_rule_reasons_sources_and_links(open_page: OpenPage) -> None:
    visit = open_page()
    (ledger,) = open_panel(visit, "investment_meur")
    words = ledger.words
    for sentence in ("sum", "scenarios", "floor", "crossed"):
        assert text(f"explanation.formula.{sentence}", "fr") in words
    rows = data.query("explanation", Selection()).query("metric == 'investment_meur'")
    total = rows[rows["level"] == "total"].iloc[0]
    projects = rows[rows["level"] == "project"]
    assert f"({int((projects['role'] == 'missing').sum())})" in words and total["missing"] == 16
    for role in ("event_total", "target", "context"):
        reason = data.schema().field("kind").codes[role]
        assert f"Hors du total{N}: {reason.fr} ({(projects['role'] == role).sum()})" in words
        assert reason.description_fr in words
    assert f"Hors du total{N}: Abandonné (1)" in words
    assert f"entre 52,2 et 62,2{N}Md€ sur une seule source ({total['single_source']}{N}projets)" in words
    assert f"entre 8 et 8,02{N}Md€ sur sources faibles" in words
    for project in projects["project_id"]:
        assert f"/projets?project={project}" in words
    assert "/methode#counted" in words


def test_each_line_has_the_source_of_its_figure_even_if_older_than_since(open_page: OpenPage) -> None:
    (ledger,) = open_panel(open_page(since="2026-01-01"), "investment_meur")
    rows = re.findall(r"<tr><td>(.*?)</td>", ledger.words)
    assert len(rows) == len(ledger.lines) > 3
    assert all(re.search(r'<small>.*href="https?://', row) for row in rows)
    claims = data.query("claims_list", Selection())
    kept = claims[claims["is_retained"] & (claims["metric"] == "investment_meur")].set_index("project_id")
    assert f"{kept.loc['escaudain', 'source_publisher']}, décembre 2025" in read(open_page(why="investment_meur"))


def test_a_selection_that_counts_nothing_says_so_and_what_it_leaves_out(open_page: OpenPage) -> None:
    visit = open_page(kind="event_total", why="investment_meur")
    words = read(visit)
    assert text("explanation.nothing", "fr") in words
    assert "109" + N + "Md€" in words
    assert panel(visit) == []


@pytest.mark.parametrize("why", ["", "unknown", "investment_meur-99", "investment_meur-d999", "jobs-"])
def test_an_address_that_asks_for_nothing_known_opens_nothing_and_breaks_nothing(open_page: OpenPage, why: str) -> None:
    visit = open_page(why=why)
    assert not visit.exception
    assert bool(panel(visit)) == (why == "jobs-")


def test_an_exact_number_keeps_all_its_decimals() -> None:
    assert exact(11_262.82, "fr") == f"11{N}262,82"
    assert exact(11_262.82, "en") == "11,262.82"
    assert exact(0.001, "en") == "0.001"
    assert exact(None, "fr") == "inconnu"
