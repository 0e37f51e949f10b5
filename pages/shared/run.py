"""What a run of the script holds while it runs: the database it began with, and its address.

Rule: a page never mixes two versions of the data, and asks once for what does not change while it is drawn. Callbacks,
which change the address, come before the run; fragments after it. Neither finds anything held.
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import streamlit as st

from queries import Database


class _Held(threading.local):
    database: Database | None = None
    address: Mapping[str, list[str]] | None = None


_held = _Held()


@contextmanager
def holding(database: Database | None) -> Iterator[None]:
    """Hold `database` for the run of this thread."""
    _held.database, _held.address = database, None
    try:
        yield
    finally:
        _held.database, _held.address = None, None


def database() -> Database | None:
    """Return the database that the run holds, None outside of a run."""
    return _held.database


def address() -> Mapping[str, list[str]]:
    """Return every parameter of the address, each with all its values (do not change it)."""
    found = _held.address
    if found is None:
        found = {name: st.query_params.get_all(name) for name in st.query_params}
        if _held.database:
            _held.address = found
    return found
