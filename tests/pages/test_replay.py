"""What is drawn from memory is what would be drawn anew: never of other data, another language, filter or theme."""

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.state.common import TESTING_KEY
from streamlit.testing.v1 import AppTest

from etl.database import write_database
from etl.schema import ANNOUNCEMENTS
from pages.shared import data, recorded, replay
from pages.shared import run as held
from pages.shared.layout import SCRIPTS
from tests.browser.dress import sometimes
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


@pytest.mark.parametrize(
    "page", sometimes([name for name in SCRIPTS if name != "contribute"], "overview", "map", "regions", "nesting")
)
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


def test_a_page_in_somebody_elses_leads_to_pages_made_for_it_and_no_other_does(
    open_page: OpenPage, parts: replay.Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def links() -> set[str]:
        visit = open_page("projects.py", project="campus-ia-fouju")
        assert not visit.exception
        return set(re.findall(r'href="(/[^"]*)" target="_self"', read(visit)))

    alone = links()
    assert alone and not any("embed" in address for address in alone)
    with monkeypatch.context() as patched:
        patched.setattr(held, "is_embedded", lambda: True)
        framed = links()
    assert framed and all(address.partition("#")[0].endswith("embed=true") for address in framed)
    assert links() == alone


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ("st.html('<p>x</p>'); st.columns(2)[1].markdown('y')", 1),
        ("st.button('pressed by nobody', key='b')", 1),
        ("st.dataframe([1], on_select='rerun', key='rows')", 1),
        ("st.form('f').text_input('a form has its own rules', key='t')", 0),
        ("st.toast('told once')", 0),
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


# Two visits share what is kept, and each has its own widgets; `label` of a box is noted as AppTest needs it.
SHARED = """
import sys
parts = sys.modules["tests.pages.test_replay"].shared
st.session_state["before"] = parts.hits
st.session_state.setdefault("clicks", 0)
def press(): st.session_state["clicks"] += 1
def show():
    asked = st.query_params.get("asked", "")
    if (said := st.session_state.get("box")) != asked and (said or asked):
        st.session_state["box"] = asked
    st.markdown(f"said {st.text_input('Box', key='box')}")
    st.button("Press", key="press", on_click=press)
    st.button("Never", key="never", disabled=True)
parts.draw((st.query_params.get("asked", ""),), show, ())
"""
shared = replay.Parts(8)


def visited(asked: str = "") -> AppTest:
    visit = AppTest.from_string(f"import streamlit as st\nfrom pages.shared import replay\n{SHARED}")
    visit.session_state[TESTING_KEY] = dict.fromkeys(identifiers, False)
    if asked:
        visit.query_params["asked"] = asked
    visit.run()
    identifiers.update({element.proto.id for element in visit.button})
    return visit


identifiers: set[str] = set()


@pytest.fixture
def sharing(monkeypatch: pytest.MonkeyPatch) -> replay.Parts:
    """An empty memory that the visits of a test share."""
    monkeypatch.setattr(sys.modules[__name__], "shared", replay.Parts(8))
    identifiers.clear()
    return shared


def said(visit: AppTest) -> list[str]:
    assert not visit.exception
    return [element.value for element in visit.markdown]


def test_a_widget_sent_from_memory_answers_its_visitor(sharing: replay.Parts) -> None:
    visited()
    second = visited()
    assert sharing.hits == 1
    assert second.button(key="press").click().run().session_state["clicks"] == 1
    assert second.run().session_state["clicks"] == 1
    assert sharing.hits == 2  # the run of a click is the visitor's own, and is not kept
    assert visited().session_state["clicks"] == 0


def test_what_a_visitor_typed_is_shown_to_nobody_else(sharing: replay.Parts) -> None:
    first = visited()
    # The page sets the box back to what the address says, as it would if nothing were kept.
    assert said(first.text_input(key="box").set_value("mine").run()) == ["said"]
    kept = first.text_input(key="box")
    assert kept.value == ""
    assert said(visited()) == ["said"]


def test_a_widget_is_set_to_what_the_address_says(sharing: replay.Parts) -> None:
    first = visited("theirs")
    assert said(first) == ["said theirs"]
    assert first.text_input(key="box").proto.set_value
    second = visited("theirs")
    assert (said(second), sharing.hits) == (["said theirs"], 1)
    assert second.text_input(key="box").proto.set_value
    assert second.text_input(key="box").value == "theirs"
    # Its browser knows it now: told once, and drawn anew the first time.
    assert said(second.run()) == ["said theirs"]
    assert not second.text_input(key="box").proto.set_value
    assert said(second.run()) == ["said theirs"]
    assert not second.text_input(key="box").proto.set_value
    assert sharing.hits == 2


def test_addresses_do_not_mix(sharing: replay.Parts) -> None:
    visit = visited("one")
    visited("two")
    visit.query_params["asked"] = "two"
    assert said(visit.run()) == ["said two"]
    assert visit.text_input(key="box").value == "two"


def test_a_form_that_somebody_fills_is_never_kept(open_page: OpenPage, parts: replay.Parts) -> None:
    blank = open_page(SCRIPTS["contribute"])
    filled = open_page(SCRIPTS["contribute"])
    filled.text_input(key="contribute-announcer-fr").set_value("Somebody’s own words").run()
    assert "Somebody’s own words" in [element.value for element in filled.text_input]
    again = open_page(SCRIPTS["contribute"])
    assert drawn(again) == drawn(blank)
    assert all("Somebody’s own words" not in str(recordings) for recordings in parts._kept.values())


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


def _recorded(*, is_long: bool) -> recorded.Recorded:
    """A part of one message, recorded by the script that draws it."""
    message = ForwardMsg(hash="abc")
    message.delta.new_element.markdown.body = "a part"
    message.metadata.cacheable = is_long
    return recorded.Recorded((((1, 0), message),), 2)


def test_a_part_is_placed_where_the_page_stands_and_kept_there() -> None:
    part = _recorded(is_long=True)
    [(whole, name)] = part.placed((0, 3), "script")
    assert (list(whole.metadata.delta_path), whole.metadata.active_script_hash) == ([0, 4, 0], "script")
    assert whole.delta.new_element.markdown.body == "a part"
    assert name is not None
    assert (name.ref_hash, name.metadata.delta_path, name.metadata.active_script_hash) == ("abc", [0, 4, 0], "script")
    # Nothing is copied for the next visitor; elsewhere, and for another script, it is another message.
    assert part.placed((0, 3), "script") is part.placed((0, 3), "script")
    assert [list(one.metadata.delta_path) for one, _ in part.placed((0, 5), "script")] == [[0, 6, 0]]
    assert [one.metadata.active_script_hash for one, _ in part.placed((0, 3), "other")] == ["other"]
    assert list(part.messages[0][1].metadata.delta_path) == []


def test_a_short_message_has_no_name_and_few_places_are_kept() -> None:
    part = _recorded(is_long=False)
    for height in range(3 * recorded.PLACES):
        assert part.placed((0, height), "script")[0][1] is None
        assert len(part._placed) <= recorded.PLACES
