"""What the first visitor should not wait for: the default answers of every question, and Plotly itself.

Rule: it asks through `data`, like a page, so that what it warms is what the pages find.
"""

from pages.shared import data
from queries import PARTS, Selection, query_names

WHOLE = Selection()


def warm() -> None:
    """Answer what pages ask for the whole country, and make Plotly load its templates (trap 7).

    What is asked in parts is asked whole by no page: it may be a million rows.
    """
    data.facets()
    for name in {*query_names(), *PARTS} - {part.whole for part in PARTS.values()}:
        data.query(name, WHOLE)
    data.Figure().to_json()
