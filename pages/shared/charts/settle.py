"""A figure as it leaves for the browser: drawn there once, where Plotly would draw it twice.

Rule: the same picture, said otherwise. Streamlit 1.67 hands Plotly a new copy of a figure as soon as it is drawn, and
Plotly 7.1 draws all of it again, unless two things tell it that nothing has changed: no template, which it compares
by identity, and a `datarevision`, without which it holds every list for new. So what the template says is written
where it applies, and the revision is the name of the content.
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

import plotly.graph_objects as go

REVISION_LENGTH = 16


def settle(figure: go.Figure) -> go.Figure:
    """Write the template of `figure` into its layout, name its content, and return it: it is changed in place."""
    template = figure.layout.template.layout.to_plotly_json()
    remarks = template.pop("annotationdefaults", {})
    # An annotation takes the font of the whole where it has none.
    remarks = {name: value for name, value in remarks.items() if template.get(name) != value}
    # Streamlit gives its own to a chart that answers clicks and has none; for the others Plotly's own is the same.
    template.pop("dragmode", None)
    axes = {letter: template.pop(f"{letter}axis", {}) for letter in "xy"}
    layout = figure.layout.to_plotly_json()
    del layout["template"]
    layout["annotations"] = [_over(remarks, one) for one in layout.get("annotations", ())]
    layout |= {name: _over(axes[name[0]], layout.get(name, {})) for name in _axes(figure)}
    settled = _over(template, layout)
    # Plotly's own template would come in its place, were it given with the rest.
    figure.layout = {}
    figure.layout = settled
    figure.layout.template = None
    said = figure.to_json(validate=False).encode()
    figure.layout.datarevision = hashlib.sha256(said).hexdigest()[:REVISION_LENGTH]
    return figure


def _axes(figure: go.Figure) -> Iterator[str]:
    """Yield the name of each axis that a trace is drawn on, or that the layout speaks of."""
    named = {name for name in figure.layout.to_plotly_json() if name[:5] in ("xaxis", "yaxis")}
    for trace in figure.data:
        named |= {
            f"{letter}axis{(trace[f'{letter}axis'] or letter)[1:]}" for letter in "xy" if f"{letter}axis" in trace
        }
    yield from sorted(named)


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Return what `above` says, and what only `below` says."""
    both = {name: _over(below[name], above[name]) for name in below if name in above and _deep(below, above, name)}
    return {**below, **above, **both}


def _deep(below: Mapping[str, Any], above: Mapping[str, Any], name: str) -> bool:
    return isinstance(below[name], dict) and isinstance(above[name], dict)
