"""The filters of this visit: read from the address, written in links, told in words.

Rule: the address is the only state. Codes go in it, never labels (architecture, trap 2), under the names the
data service uses; what it does not understand is said, not guessed.
"""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import streamlit as st

from pages.shared import data, run
from pages.shared.addresses import ADDRESSES as ADDRESSES  # for the callers of this module
from pages.shared.dates import day as day  # the frame and the layout write their dates by it
from pages.shared.texts import text
from queries import Ignored, Selection
from queries.words import code_words, filter_title

FACETS = ("region", "departement", "kind", "purpose", "status", "event", "investor")
NAMES = (*FACETS, "since", "until", "q")
# What the run before showed, in the session of the visitor.
SHOWN = "shown-address"

Params = dict[str, list[str]]


def selection() -> Selection:
    """Return the selection that the address of this run describes."""
    return data.parse(_frozen(run.address()))[0]


def opened() -> str:
    """Return the project that the address opens; "" where it opens none that we know."""
    asked = st.query_params.get("project", "")
    return asked if asked and has_projects(Selection(project=asked)) else ""


def has_projects(chosen: Selection) -> bool:
    """Tell whether any project is selected: each has a first announcement."""
    return not data.query("first_day", chosen).empty


def ignored() -> tuple[Ignored, ...]:
    """Return the filters of the address that were not understood."""
    return data.parse(_frozen(run.address()))[1]


def is_long() -> bool:
    """Tell whether the address is too long to be read: nothing of it is."""
    return run.is_long()


def link(page: str, **changes: str | Sequence[str] | None) -> str:
    """Return the relative address of `page`, with the language and filters of this visit.

    `changes` replace parameters (any name, a text or several); None removes one. Parameters of a single page
    (`project`, `metric`…) are not carried. From a page in somebody else's, a link leads to one made for it too. Raises
    KeyError on an unknown page.
    """
    carried = params(**changes)
    query = urlencode({**carried, "embed": ["true"]} if run.is_embedded() else carried, doseq=True)
    return ADDRESSES[page] + (f"?{query}" if query else "")


def params(**changes: str | Sequence[str] | None) -> Params:
    """Return the parameters of this visit's language and filters, with `changes` as in `link`."""
    carried: Params = selection().to_params()
    if asked := run.address().get("lang"):
        carried["lang"] = asked[-1:]
    for name, value in changes.items():
        values = [value] if isinstance(value, str) else list(value or ())
        carried.pop(name, None)
        if values:
            carried[name] = values
    return carried


def address_params() -> Params:
    """Return every parameter of the address, each with all its values."""
    return dict(run.address())


def write(name: str, values: Sequence[str]) -> None:
    """Write one parameter in the address; nothing to write removes it."""
    if values:
        st.query_params[name] = list(values)
    elif name in st.query_params:
        del st.query_params[name]


def reset(*others: str) -> None:
    """Remove every filter and `others` from the address, and leave the language and the page's own parameters."""
    # In one go: each change of the address is a step of the browser's history.
    kept = {name: values for name, values in address_params().items() if name not in (*NAMES, *others)}
    st.query_params.from_dict(kept)


def confirm(page: str) -> None:
    """Send the address to the browser again where a link led from `page` to itself with other parameters.

    Streamlit 1.67 runs the script with the new parameters and leaves the old ones in the browser's address.
    """
    shown = (page, address_params())
    if st.session_state.get(SHOWN, shown)[0] == page and st.session_state.get(SHOWN, shown) != shown:
        st.query_params.from_dict(shown[1])
    st.session_state[SHOWN] = shown


def words(chosen: Selection, lang: str) -> str:
    """Tell the filters: « Région : Bretagne, Occitanie ; Statut : en chantier »; "" where there is none."""
    return text("frame.separator", lang).join(
        text("frame.active_one", lang, title=name, values=values)
        for name, values in data.filters_in_words(chosen, lang)
    )


def title(name: str, lang: str) -> str:
    """Return the name of a filter in words: that of its column where the schema declares its codes."""
    return filter_title(name, lang)


def label(name: str, code: str, lang: str) -> str:
    """Return the words of a code of the filter `name` (a code list, a place, an event; a name is itself)."""
    return code_words(name, code, lang, data.database())


def _frozen(found: Mapping[str, Sequence[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, tuple(values)) for name, values in sorted(found.items()) if name in NAMES)
