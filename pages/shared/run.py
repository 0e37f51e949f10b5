"""What a run of the script holds while it runs: the database it began with, and its address.

Rule: a page never mixes two versions of the data, and asks once for what does not change while it is drawn. Callbacks,
which change the address, come before the run; fragments after it. Neither finds anything held.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

import streamlit as st

from queries import Database

Told = TypeVar("Told")
# Signs of an address that is read: what is longer, a browser can send, and a memory would keep.
LONGEST_ADDRESS = 8_192


class _Held(threading.local):
    database: Database | None = None
    told: dict[str, Any] | None = None


_held = _Held()


@contextmanager
def holding(database: Database | None) -> Iterator[None]:
    """Hold `database`, and what `once` is told, for the run of this thread."""
    _held.database, _held.told = database, {}
    try:
        yield
    finally:
        _held.database, _held.told = None, None


def database() -> Database | None:
    """Return the database that the run holds, None outside of a run."""
    return _held.database


def once(name: str, tell: Callable[[], Told]) -> Told:
    """Return what `tell()` gives, asked once in a run; outside of a run, each time."""
    if _held.told is None:
        return tell()
    if name not in _held.told:
        _held.told[name] = tell()
    told: Told = _held.told[name]
    return told


def address() -> Mapping[str, list[str]]:
    """Return every parameter of the address, each with all its values (do not change it); none of one too long."""
    return once(
        "address", lambda: {} if is_long() else {name: st.query_params.get_all(name) for name in st.query_params}
    )


def is_long() -> bool:
    """Tell whether the address is longer than what is read."""
    said = ((name, *st.query_params.get_all(name)) for name in st.query_params)
    return once("is_long", lambda: sum(len(word) for words in said for word in words) > LONGEST_ADDRESS)


def is_embedded() -> bool:
    """Tell whether the page is shown in somebody else's: its links then lead to pages made for it too."""
    return once("embedded", lambda: bool(st.context.is_embedded))
