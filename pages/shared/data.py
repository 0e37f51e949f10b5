"""The only place of the site that caches: answers of the database and figures, by selection and data version.

Rule: a key is whole (question, selection, language, version of the data), a cache is bounded, and what comes
out is shared by all visitors: a frame is handed out as a copy-on-write view, a figure must not be changed.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import urlencode

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure

import queries
from etl.schema import ANNOUNCEMENTS, DATABASE, Schema, load_schema
from pages.shared import draft_runner, language, replay, run
from pages.shared.charts.settle import settle
from queries import Database, Facets, Ignored, Selection
from queries.dictionary import Column
from queries.dictionary import dictionary as described
from queries.served import csv_digest, find_database, served_database
from queries.words import code_words, filter_words

# A visitor's page asks about ten questions; a few hundred selections stay warm in some tens of megabytes.
FRAMES_KEPT = 2048
DRAWINGS_KEPT = 512
SELECTIONS_KEPT = 1024
# Parts of pages in the form in which they are sent, some tens of kilobytes each.
PARTS_KEPT = 512
# Drafts of rows, each what four seconds of building told in some kilobytes: a visitor goes back and forth.
DRAFTS_KEPT = 32
# The facets whose codes the schema lists; the others are places, events and names found in the data.
CODED_FACETS = ("kind", "purpose", "status")

Made = TypeVar("Made")
Params = tuple[tuple[str, tuple[str, ...]], ...]
Options = tuple[tuple[str, Any], ...]

_parts = replay.Parts(PARTS_KEPT)


@contextmanager
def one_version() -> Iterator[None]:
    """Hold the database as it stands now for a run of the script: a page never mixes two versions of the data."""
    with run.holding(find_database(DATABASE)):
        yield


def part(show: Callable[..., None], *args: Any, of: str = "") -> bool:
    """Draw what `show(*args)` draws; from memory, as it was sent, where the same was drawn before: tell whether it was.

    All that it shows must follow from the address, the language, the theme, the day and the data, `args` too; `of`
    tells apart two parts drawn by one function. A widget inside shows what the address says, or the part is drawn anew.
    """
    if not is_built():
        show(*args)
        return False
    # The script of a page is a new module at each run: a function is known by where it is written.
    code = show.__code__
    return _parts.draw((code.co_filename, code.co_qualname, of, *run.once("seen", _seen)), show, args)


def _seen() -> tuple[str, ...]:
    """What every part of a run follows from."""
    parameters = urlencode(sorted(run.address().items()), doseq=True)
    dress = (str(is_dark()), str(run.is_embedded()))
    return language.current(), *dress, date.today().isoformat(), data_version(), parameters


def is_dark() -> bool:
    """Tell whether this visitor reads light letters on dark paper."""
    return st.context.theme.type == "dark"


def query(name: str, selection: Selection, *, first: int = 0) -> pd.DataFrame:
    """Return the answer of `queries/<name>.sql` for the selection, or of a part: a view the caller may change.

    `first`: how many rows come before a page's. Raises KeyError on an unknown query, DatabaseMissing without any data.
    """
    return _query(name, selection, first, data_version()).copy(deep=False)


def figure(
    chart: Callable[..., Figure], questions: tuple[str, ...], selection: Selection, lang: str, **options: Any
) -> Figure:
    """Return `chart(*frames, lang=…, dark=…, **options)`, its frames being the answers of the queries `questions`.

    `dark` is the visitor's theme. The figure is shared: do not change it. Options must be hashable.
    """
    return _drawn(chart, questions, selection, lang, _frozen({"dark": is_dark(), **options}), data_version())


def made(
    make: Callable[..., Made], questions: tuple[str, ...], selection: Selection, lang: str, **options: Any
) -> Made:
    """Return `make(*frames, lang=…, **options)`, kept like a figure: it is shared, do not change it."""
    made_now: Made = _drawn(make, questions, selection, lang, _frozen(options), data_version())
    return made_now


def parse(params: Params) -> tuple[Selection, tuple[Ignored, ...]]:
    """Return the selection of these parameters (name, values), and what was not understood in them."""
    return _parse(params, data_version())


def is_built() -> bool:
    """Tell whether there is a database to read."""
    return run.database() is not None or find_database(DATABASE) is not None


def is_behind() -> bool:
    """Tell whether the file of announcements is no more the one that is served: newer, and not taken up yet."""
    return csv_digest(ANNOUNCEMENTS) not in (None, metadata()["csv_sha256"])


def database() -> Database:
    """Return the open database: a new one once the file is replaced, the last good one where it cannot be read.

    Raises DatabaseMissing, a FileNotFoundError, when nothing was built.
    """
    return run.database() or served_database(DATABASE)


def data_version() -> str:
    """Return the version of the data being served: it changes whenever the database is rebuilt."""
    return database().version


def metadata() -> Mapping[str, Any]:
    """Return what the build noted: built_at, covered_until, the rows counted, the versions."""
    return database().metadata


def reference(name: str) -> pd.DataFrame:
    """Return a reference table (regions, departements, communes, events): a view the caller may change."""
    return _reference(name, data_version()).copy(deep=False)


def facets() -> Facets:
    """Return the codes offered by each filter, in the order to show."""
    return _facets(data_version())


def schema() -> Schema:
    """Return the declared columns of an announcement."""
    return load_schema()


def dictionary(resource: str) -> tuple[Column, ...]:
    """Return the columns of a resource, described, in the order of its extract (kept by `queries`)."""
    return described(database(), resource)


def examined(row: Mapping[str, str]) -> Mapping[str, Any]:
    """Return what the file with `row` in its place adds up to, as `draft.examine` tells it (do not change it).

    Raises `draft_runner.NotExamined`, which is not kept.
    """
    return _examined(tuple(row.items()), data_version())


def labels(name: str, lang: str) -> Mapping[str, str]:
    """Return the words of each code that the filter `name` offers, in the order to show."""
    return _labels(name, lang, data_version())


def filters_in_words(selection: Selection, lang: str) -> tuple[tuple[str, str], ...]:
    """Return each filter of the selection as its name and its values, in words."""
    return _filters_in_words(selection, lang, data_version())


def event_names(lang: str) -> Mapping[str, str]:
    """Return the name of each event's code in `lang`."""
    return _event_names(lang, data_version())


def names(table: str) -> Mapping[str, str]:
    """Return the name of each code of a reference table ("regions" or "departements")."""
    return _names(table, data_version())


@lru_cache(maxsize=FRAMES_KEPT)
def _query(name: str, selection: Selection, first: int, _version: str) -> pd.DataFrame:
    return database().run(name, selection, first=first)


@lru_cache(maxsize=DRAWINGS_KEPT)
def _drawn(
    draw: Callable[..., Any],
    questions: tuple[str, ...],
    selection: Selection,
    lang: str,
    options: Options,
    _version: str,
) -> Any:
    frames = [query(name, selection) for name in questions]
    drawn = draw(*frames, lang=lang, **dict(options))
    return settle(drawn) if isinstance(drawn, Figure) else drawn


def _frozen(options: dict[str, Any]) -> Options:
    return tuple(sorted(options.items()))


@lru_cache(maxsize=SELECTIONS_KEPT)
def _parse(params: Params, _version: str) -> tuple[Selection, tuple[Ignored, ...]]:
    chosen, ignored = Selection.from_params(dict(params), facets())
    return chosen, tuple(ignored)


@lru_cache(maxsize=32)
def _reference(name: str, _version: str) -> pd.DataFrame:
    return database().reference(name)


@lru_cache(maxsize=2)
def _facets(_version: str) -> Facets:
    codes = {name: tuple(load_schema().field(name).codes) for name in CODED_FACETS}
    return queries.facets(database(), codes)


@lru_cache(maxsize=DRAFTS_KEPT)
def _examined(row: tuple[tuple[str, str], ...], _version: str) -> Mapping[str, Any]:
    return draft_runner.examine_row(dict(row))


@lru_cache(maxsize=32)
def _labels(name: str, lang: str, _version: str) -> Mapping[str, str]:
    return {code: code_words(name, code, lang, database()) for code in facets().codes(name)}


@lru_cache(maxsize=SELECTIONS_KEPT)
def _filters_in_words(selection: Selection, lang: str, _version: str) -> tuple[tuple[str, str], ...]:
    return tuple(filter_words(selection, lang, database()))


@lru_cache(maxsize=8)
def _names(table: str, _version: str) -> Mapping[str, str]:
    frame = database().reference(table)
    return dict(zip(frame["code"], frame["name"], strict=True))


@lru_cache(maxsize=4)
def _event_names(lang: str, _version: str) -> Mapping[str, str]:
    frame = database().reference("events")
    return dict(zip(frame["code"], frame[f"name_{lang}"], strict=True))
