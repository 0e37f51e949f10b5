"""What is thrown at the project, kind by kind: how a case is drawn, and what is wrong with how it was met.

Rule: a kind gives the breaches of a case and never raises; how many cases, and what is done with breaches, is for the
test and for the benchmark to say. The cases of a kind follow from its seed.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st

from answering.cells import FORMULA_STARTS, excel_text
from etl.check import check_file
from etl.messages import sentences, summary, warning_lines
from etl.schema import ROOT
from pages.shared.markup import html_link, plain, web_address
from queries import Facets, Selection, open_database
from queries.selection import LONGEST_SEARCH
from tests.api.hostile import CALL, MARKS, TEXTS
from tests.etl.sheet import COLUMNS, as_text, edited, table
from tests.etl.workbooks import package, rows_xml
from tests.marks import in_html, in_markdown

# A case is late beyond it: ten times what the slowest takes on a machine at rest.
LATE_S = 5.0
# What no answer may say of where it was made.
TOLD = (str(ROOT), "Traceback (most", "site-packages", "/.venv/")
SIGNS = ("\0", "\x1b[31m", "\r\n", "\u202e", "\u2066", "\u200b", "\ufeff", "\ufffe", "\u2028", "\ud7ff", "é", "\u0301")
WORDS = st.one_of(
    st.sampled_from([*MARKS, *TEXTS, *SIGNS]),
    st.sampled_from(["", "%", "%zz", "%00", "..", "../..", "\\", "'", '"', "-1", "1e999", "9" * 400, "2025-02-31"]),
    st.just("x" * 5000),
    st.text(max_size=20),
)  # fmt: skip
DAY = date(2026, 11, 28)


@dataclass(frozen=True)
class Kind:
    """A way to attack: `judge` returns what is wrong with how a case was met, nothing where all is well.

    `clock` counts the work of this process, whatever else the machine does; that of a site is its own.
    """

    name: str
    cases: st.SearchStrategy[Any]
    judge: Callable[[Any], list[str]]
    clock: Callable[[], float] = time.process_time


@dataclass
class Run:
    """What came of the cases of a kind: how many, the slowest in seconds, the breaches with their cases."""

    cases: int = 0
    slowest_s: float = 0.0
    breaches: list[str] = field(default_factory=list)


def run(kind: Kind, cases: int, seed: int) -> Run:
    """Draw `cases` cases of a kind and judge them, the same ones for a seed."""
    done = Run()

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=cases,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(case=kind.cases)
    def throw(case: Any) -> None:
        started = kind.clock()
        found = kind.judge(case)
        taken = kind.clock() - started
        found += [f"late: {taken:.1f} s"] if taken > LATE_S else []
        done.cases += 1
        done.slowest_s = max(done.slowest_s, taken)
        done.breaches += [f"{kind.name}: {breach} ← {str(case)[:300]!r}" for breach in found]

    throw()
    return done


def cells(folder: Path) -> Kind:
    """Any text in some cells of a file: each line that is said of it holds on one line and bears no command."""
    path = folder / "cells.csv"
    drawn = st.tuples(st.integers(2, 6), st.dictionaries(st.sampled_from(COLUMNS), WORDS, min_size=1, max_size=4))

    def judge(case: tuple[int, dict[str, str]]) -> list[str]:
        line, changed = case
        return _checked(path, as_text(edited(line, **changed)).encode("utf-8", "replace"))

    return Kind("cells", drawn, judge)


def files(folder: Path) -> Kind:
    """Bytes of any kind, and damage to a sound file and to a workbook."""
    path = folder / "files.csv"
    sound = as_text(table()).encode()
    book = package(rows_xml(3))
    bits = st.sampled_from([b",", b'"', b"\n", b"\r", b";", b"\0", b"\xff\xfe", b"\xe9", b"PK", b"<", b"9" * 50, b""])
    damage = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 40), bits), min_size=1, max_size=6)
    drawn = st.one_of(
        st.binary(max_size=300),
        st.tuples(st.just(sound), damage).map(_damaged),
        st.tuples(st.just(sound.decode().encode("utf-16")), damage).map(_damaged),
        st.tuples(st.just(book), damage).map(_damaged),
    )
    return Kind("files", drawn, lambda content: _checked(path, content))


def _damaged(case: tuple[bytes, list[tuple[int, int, bytes]]]) -> bytes:
    content = bytearray(case[0])
    for at, length, put in case[1]:
        at %= len(content) + 1
        content[at : at + length] = put
    return bytes(content)


def _checked(path: Path, content: bytes) -> list[str]:
    path.write_bytes(content)
    report = check_file(path, today=DAY, workbook=True)
    said = [line for lang in ("fr", "en") for line in (*sentences(report, lang), *warning_lines(report, lang))]
    said += [summary(report, lang) for lang in ("fr", "en")]
    return [
        f"a line with signs that no one sees: {line[:100]!r}"
        for line in said
        if not line.replace("\u202f", " ").replace("\u00a0", " ").isprintable()
    ]


def words() -> Kind:
    """Any text where the site writes what somebody typed: Markdown, a link, a cell of French Excel."""

    def judge(text: str) -> list[str]:
        link = html_link(text, text)
        found = [f"Markdown: {mark}" for mark in in_markdown(plain(text))]
        found += [f"HTML: {mark}" for mark in in_html(link, frozenset([web_address(text) or ""]))]
        found += ["a link is not one element"] * (_elements(link) != (1 if "<a " in link else 0))
        cell = excel_text(text)
        return found + ["a formula"] * cell.startswith(FORMULA_STARTS) + ["two lines"] * ("\n" in plain(text))

    return Kind("words", st.lists(WORDS, min_size=1, max_size=3).map("".join), judge)


def _elements(html: str) -> int:
    reader = HTMLParser()
    counted: list[str] = []
    reader.handle_starttag = lambda tag, attrs: counted.append(tag)  # type: ignore[method-assign]
    reader.feed(html)
    return len(counted)


def selections(database_path: Path) -> Kind:
    """Any parameters of an address: what is understood holds known codes only, what is not is told."""
    facets = _facets(database_path)
    names = st.sampled_from([*(name for name in vars(Selection())), "lang", "metric", ""])
    drawn = st.dictionaries(names, st.lists(WORDS, max_size=4), max_size=6)

    def judge(params: dict[str, list[str]]) -> list[str]:
        chosen, ignored = Selection.from_params(params, facets)
        found = ["a search too long"] * (len(chosen.q) > LONGEST_SEARCH)
        for name in vars(facets):
            found += [f"an unknown {name}"] * (not set(getattr(chosen, name)) <= set(facets.codes(name)))
            told = {item.value for item in ignored if item.name == name}
            lost = set(params.get(name, ())) - set(getattr(chosen, name)) - told
            found += [f"{name}={value!r} is lost" for value in lost]
        again, rest = Selection.from_params(chosen.to_params(), facets)
        return found + ["another selection when read again"] * (again != chosen or bool(rest))

    return Kind("selections", drawn, judge)


def _facets(database_path: Path) -> Facets:
    rows = open_database(database_path).run("facet_values")
    return Facets(region=("32", "11", "none"), investor=tuple(map(str, rows.iloc[:, -1].dropna().unique())))


def told_in(body: bytes) -> Iterator[str]:
    """Yield what an answer tells of where it was made."""
    text = body.decode("utf-8", "replace")
    yield from (f"it tells {word}" for word in TOLD if word in text)


def live_in(body: bytes) -> Iterator[str]:
    """Yield what somebody typed in an address and an HTML answer holds as a mark."""
    text = body.decode("utf-8", "replace")
    yield from (
        f"it holds {mark}"
        for mark in (f'onerror="{CALL}', f"<script>{CALL}", f"href='javascript:{CALL}")
        if mark in text
    )


def scratch() -> tempfile.TemporaryDirectory[str]:
    """Return a folder for files that are thrown."""
    return tempfile.TemporaryDirectory(prefix="fuzz-")
