"""What is drawn from memory is what would be drawn anew: never of other data, another language, filter or theme."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from etl.build import write_database
from etl.schema import ANNOUNCEMENTS
from pages.shared import data, replay
from pages.shared.layout import SCRIPTS
from tests.pages.conftest import OpenPage, read

ADDRESSES: tuple[dict[str, str], ...] = (
    {},
    {"lang": "en"},
    {"region": "32"},
    {"region": "11", "lang": "en"},
    {"region": "32", "project": "cambrai"},
)


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> Iterator[replay.Parts]:
    """An empty memory of parts."""
    empty = replay.Parts(data.PARTS_KEPT)
    monkeypatch.setattr(data, "_parts", empty)
    yield empty


def drawn(visit: AppTest) -> list[tuple[str, bytes]]:
    """Return every element and block of a page, in their order, as they were sent."""

    def walk(node: Any) -> Iterator[tuple[str, bytes]]:
        proto = getattr(node, "proto", None)
        yield str(node.type), proto.SerializeToString(deterministic=True) if proto is not None else b""
        for child in getattr(node, "children", {}).values():
            yield from walk(child)

    return list(walk(visit._tree))


@pytest.mark.parametrize("page", [name for name in SCRIPTS if name != "contribute"])
def test_a_page_from_memory_is_the_page(open_page: OpenPage, parts: replay.Parts, page: str) -> None:
    first = [drawn(open_page(SCRIPTS[page], **address)) for address in ADDRESSES]
    assert len(parts) > len(ADDRESSES)
    again = [drawn(open_page(SCRIPTS[page], **address)) for address in ADDRESSES]
    for address, before, after in zip(ADDRESSES, first, again, strict=True):
        assert after == before, address
    assert len({tuple(page) for page in first}) >= 4


def test_new_data_are_never_told_by_old_words(
    database_path: Path, open_page: OpenPage, parts: replay.Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = read(open_page())
    lines = ANNOUNCEMENTS.read_text(encoding="utf-8").splitlines(keepends=True)
    fewer = tmp_path / "announcements.csv"
    fewer.write_text("".join(lines[:-40]), encoding="utf-8")
    other = tmp_path / "observatory.duckdb"
    write_database(fewer, other)
    served = tmp_path / "served" / "observatory.duckdb"
    served.parent.mkdir()
    shutil.copy(database_path, served)
    monkeypatch.setattr(data, "DATABASE", served)
    assert read(open_page()) == before
    other.replace(served)
    from_memory = read(open_page())
    monkeypatch.setattr(data, "_parts", replay.Parts(data.PARTS_KEPT))
    assert from_memory == read(open_page()) != before


def test_the_theme_is_part_of_what_is_remembered(
    open_page: OpenPage, parts: replay.Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = []
    for kind in ("light", "dark", "light"):
        monkeypatch.setattr(type(st.context.theme), "type", kind, raising=False)
        kinds.append(drawn(open_page()))
    assert kinds[0] == kinds[2] != kinds[1]


def run(script: str) -> AppTest:
    visit = AppTest.from_string(f"import streamlit as st\nfrom pages.shared import replay\n{script}")
    return visit.run()


KEEP = """
parts = st.session_state.setdefault("parts", replay.Parts(4))
st.write("before")
with st.container():
    parts.draw(("a",), show, ())
    st.write("after")
st.session_state["kept"] = len(parts)
"""


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ("st.html('<p>x</p>'); st.columns(2)[1].markdown('y')", 1),
        ("st.button('a widget is the visitor’s own')", 0),
        ("st.dataframe([1], on_select='rerun', key='rows')", 0),
        ("st.dataframe([1])", 1),
        ("st.sidebar.markdown('elsewhere on the page')", 0),
        ("pass", 1),
    ],
)
def test_only_what_can_be_sent_again_is_kept(body: str, kept: int) -> None:
    visit = run(f"def show():\n    {body}\n{KEEP}")
    assert not visit.exception
    first = drawn(visit)
    again = visit.run()
    assert not again.exception
    assert again.session_state["kept"] == kept
    assert drawn(again) == first
    assert [element.value for element in again.main.markdown][-1] == "after"


def test_a_part_within_a_part_is_kept_with_it() -> None:
    script = """
outer, inner = (st.session_state.setdefault(name, replay.Parts(4)) for name in ("outer", "inner"))
def within(): st.markdown("within")
def show():
    st.markdown("around")
    inner.draw(("b",), within, ())
outer.draw(("a",), show, ())
st.session_state["kept"] = (len(outer), len(inner))
"""
    visit = run(script)
    first = [element.value for element in visit.markdown]
    assert first == ["around", "within"]
    assert [element.value for element in visit.run().markdown] == first
    assert visit.session_state["kept"] == (1, 1)


def test_memory_is_bounded() -> None:
    visit = run(
        "parts = replay.Parts(4)\n"
        "for n in range(9):\n"
        "    parts.draw((str(n),), st.markdown, ('x',))\n"
        "st.session_state['kept'] = len(parts)"
    )
    assert visit.session_state["kept"] == 4
