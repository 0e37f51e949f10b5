"""Where a page leads to take a chart, a region or a project away: the kit, with what this visit shows.

Rule: a link holds what the picture follows from, and nothing else: filters, the day, the options of the chart.
"""

from collections.abc import Sequence

from pages.shared import filters
from pages.shared.addresses import kit_path
from pages.shared.charts.register import CHARTS


def kit_link(subject: str, lang: str, **changes: str | Sequence[str] | None) -> str:
    """Return the address of the kit of a chart or of a region, with this visit's filters and `changes` as in
    `filters.link`; what an address without a parameter means is left out.
    """
    codes = CHARTS[subject].codes if subject in CHARTS else {}
    meant = {name: None for name, value in changes.items() if value == next(iter(codes.get(name, ())), None)}
    return kit_path(subject, lang, filters.params(lang=None, **{**changes, **meant}))


def project_kit(subject: str, project: str, lang: str, **changes: str | None) -> str:
    """Return the address of the kit of a project, or of one of its charts: of the filters only `until` applies."""
    others = dict.fromkeys(set(filters.NAMES) - {"until"})
    return kit_link(subject, lang, **{**others, "project": project, **changes})
