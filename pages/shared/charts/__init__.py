"""Every chart of the site: pure functions from the DataFrame of a query to a Plotly figure. No Streamlit here.

Rule: a chart says its finding in its title and has a `describe_…` that says it to those who do not see it; both are
computed from the same rows as the marks. Pass `CONFIG` to whatever shows a figure.
"""

from pages.shared.charts.claims import claims, describe_claims, numbered
from pages.shared.charts.coverage import coverage, describe_coverage
from pages.shared.charts.dots import describe_placing, off_map_projects, site_token
from pages.shared.charts.history import describe_history, history
from pages.shared.charts.locator import describe_locator, locator, place_precision
from pages.shared.charts.maps import describe_map, france_map
from pages.shared.charts.project_stages import stages
from pages.shared.charts.promises import describe_outcomes, describe_promises, outcomes, promises
from pages.shared.charts.ranking import compare, describe_compare, describe_ranking, ranking
from pages.shared.charts.realisation import describe_realisation, realisation
from pages.shared.charts.reannouncements import describe_reannouncements, reannouncements, tell_reannouncements
from pages.shared.charts.scopes import describe_scope_bar, scope_bar
from pages.shared.charts.status import describe_power_stages, describe_status_bar, power_stages, status_bar
from pages.shared.charts.status_line import describe_status_line, status_line
from pages.shared.charts.theme import CONFIG

__all__ = [
    "CONFIG",
    "claims",
    "compare",
    "coverage",
    "describe_claims",
    "describe_compare",
    "describe_coverage",
    "describe_history",
    "describe_locator",
    "describe_map",
    "describe_outcomes",
    "describe_placing",
    "describe_power_stages",
    "describe_promises",
    "describe_ranking",
    "describe_realisation",
    "describe_reannouncements",
    "describe_scope_bar",
    "describe_status_bar",
    "describe_status_line",
    "france_map",
    "history",
    "locator",
    "numbered",
    "off_map_projects",
    "outcomes",
    "place_precision",
    "power_stages",
    "promises",
    "ranking",
    "realisation",
    "reannouncements",
    "scope_bar",
    "site_token",
    "stages",
    "status_bar",
    "status_line",
    "tell_reannouncements",
]
