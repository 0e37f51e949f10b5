"""Marks that somebody typed in the data are shown as typed on every page: no link, picture, formula or colour."""

from pathlib import Path

import duckdb
import pytest

from pages.shared import data
from pages.shared.layout import SCRIPTS
from queries import Selection, open_database
from tests.api.hostile import HOST
from tests.marks import in_figure, in_html, in_markdown, in_page
from tests.pages.conftest import OpenPage

STATES = (
    *((name, {}) for name in SCRIPTS if name not in ("method", "glossary", "accessibility")),
    ("map", {"place": "32"}),
    ("overview", {"why": "investment_meur"}),
    ("regions", {"region": ["32", "11"]}),
)


@pytest.fixture
def links(real_data: None, hostile_path: Path, monkeypatch: pytest.MonkeyPatch) -> frozenset[str]:
    """The site on the hostile data; the addresses of sources, which are links wherever they are shown."""
    monkeypatch.setattr(data, "DATABASE", hostile_path)
    with duckdb.connect(str(hostile_path), read_only=True) as connection:
        rows = connection.execute("SELECT DISTINCT source_url FROM announcements").fetchall()
    return frozenset(address for (address,) in rows)


@pytest.mark.parametrize(
    ("read", "breach", "sound"),
    [
        (in_html, "<script>1</script>", "&lt;script&gt;"),
        (in_html, "<b onclick='x'>a</b>", "<b class='onclick'>a</b>"),
        (in_html, f"<a href='https://{HOST}/'>a</a>", "<a href='/projets'>a</a>"),
        (in_html, "<a href='javascript:1'>a</a>", "javascript:1"),
        (in_html, f"<svg><image xlink:href='https://{HOST}/'/></svg>", f"https://{HOST}/"),
        (
            in_markdown,
            f"https://{HOST}/",
            rf"https\:\u2060\/\/{HOST.replace('.', chr(92) + '.')}\/".replace(r"\u2060", "\u2060"),
        ),
        (in_markdown, f"https\\:\\/\\/{HOST}", f"https\\:\u2060\\/\\/{HOST}".replace(".", "\\.")),
        (in_markdown, ":red[rouge]", r"\:red\[rouge\]"),
        (in_markdown, "**gras**", r"\*\*gras\*\*"),
        (lambda text: list(in_figure({"data": [{"text": [text]}]})), "<img src=x>", "<b>gras</b>"),
    ],
)
def test_a_mark_taken_for_one_is_seen(read, breach: str, sound: str):
    assert read(breach) and not read(sound)


@pytest.mark.parametrize(("name", "params"), STATES, ids=str)
def test_nothing_is_made_of_marks_in_the_data(open_page: OpenPage, links: frozenset[str], name: str, params: dict):
    visit = open_page(SCRIPTS[name], **params)
    assert not visit.exception
    assert in_page(visit, links) == []


@pytest.mark.whole
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nothing_is_made_of_marks_in_any_dossier(open_page: OpenPage, links: frozenset[str], hostile_path: Path, lang):
    projects = open_database(hostile_path).run("projects_list", Selection())["project_id"]
    for project in projects:
        visit = open_page("projects.py", project=project, lang=lang)
        assert not visit.exception
        assert in_page(visit, links) == [], project


@pytest.mark.parametrize("turn", range(2))
def test_nothing_is_made_of_marks_in_a_dossier(
    open_page: OpenPage, links: frozenset[str], hostile_path: Path, turn: int
):
    named = open_database(hostile_path).run("projects_list", Selection())
    project = named[named["project_name"].str.contains(HOST, regex=False)]["project_id"].iloc[turn]
    visit = open_page("projects.py", project=project)
    assert not visit.exception and in_page(visit, links) == []
