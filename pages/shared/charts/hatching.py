"""The hatching of bars: a second sign beside the colour, the same wherever it is drawn.

Rule: lines over the bar's own colour, half seen through. Where bars have a colour each, Plotly 7.1 draws under the
lines the colour of each, whatever `bgcolor` says; but where `bgcolor` says nothing it looks for a colour against the
whole list, finds none, and writes a warning for each picture.
"""

from collections.abc import Sequence


def hatching(shapes: str | Sequence[str], colours: str | Sequence[str], paper: str) -> dict[str, object]:
    """Return the `marker.pattern` of bars: the shape of each ("" is plain) and its colour, as in `marker.color`."""
    return {
        "shape": shapes,
        "fillmode": "overlay",
        "bgcolor": colours if isinstance(colours, str) else paper,
        "fgcolor": paper,
        "size": 6,
        "solidity": 0.35,
    }
