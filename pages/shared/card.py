"""A card: a figure, what it splits into, what must be said beside it.

Rule: words only, ready to be shown; whoever shows them escapes them. No Streamlit here.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """A figure, the parts it splits into, and what must be said beside it; plain words, shown as they are.

    A figure that may not be read without its split has no `value`, only `parts` (name, figure). `why` is what the
    address says to open the explanation of the figure, "" where there is none. `field` is the field of the schema that
    names its parts, whose codes the glossary defines.
    """

    label: str
    value: str
    notes: tuple[str, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    why: str = ""
    field: str = ""
