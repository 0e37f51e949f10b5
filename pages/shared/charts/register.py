"""Every chart of the site, declared once: its name in an address, what draws it, what it asks, what an address chooses.

Rule: a declaration holds no data. A page calls its chart by the same functions and the same queries, which a test
compares; whatever takes a chart out of the site (the newsroom kit) reads it here and nowhere else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from plotly.graph_objects import Figure

from pages.shared import charts
from pages.shared.charts.forest import describe_forest, forest
from pages.shared.charts.timeline import describe_timeline, timeline
from pages.shared.charts.timeline_by_status import describe_timeline_by_status, timeline_by_status
from pages.shared.charts.waterfall import describe_waterfall, waterfall

AMOUNTS = ("investment_meur", "power_mw", "jobs")
ON_MAP = (*AMOUNTS, "projects")
KEPT = ("investment_meur", "power_mw", "projects")
CLAIMED = (*AMOUNTS, "construction_jobs")
# Projects in the picture of what was announced again.
REANNOUNCED = 12
# What the chart is about: what the filters select, the regions of the filter (one or any, two), one project.
SELECTED, REGION, TWO_REGIONS, PROJECT = "selection", "region", "two", "project"


@dataclass(frozen=True)
class Declared:
    """A chart. `codes` are the parameters of the address and what each may be, the first being meant by none;
    `questions` are queries, in which `{level}` is such a parameter; `given` names what only `draw` is given, `fixed`
    what both functions are given always.

    `page` is the page of the site on which it stands; `metric` is what it measures where no parameter says it.
    """

    name: str
    page: str
    draw: Callable[..., Figure]
    describe: Callable[..., str]
    questions: tuple[str, ...]
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    about: str = SELECTED
    given: tuple[str, ...] = ()
    fixed: Mapping[str, Any] = field(default_factory=dict)
    metric: str = ""

    def asks(self, chosen: Mapping[str, str]) -> tuple[str, ...]:
        """Return the queries of the chart under the parameters that were chosen."""
        return tuple(question.format(**chosen) for question in self.questions)


def _metrics(*metrics: str) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({"metric": metrics})


CHARTS: Mapping[str, Declared] = MappingProxyType(
    {
        chart.name: chart
        for chart in (
            Declared(
                "carte",
                "map",
                charts.france_map,
                charts.describe_map,
                ("totals_by_{level}", "sites"),
                MappingProxyType(
                    {"metric": ON_MAP, "per": ("total", "inhabitant"), "level": ("region", "departement")}
                ),
                given=("selected",),
            ),
            Declared(
                "classement",
                "overview",
                charts.ranking,
                charts.describe_ranking,
                ("totals_by_region",),
                _metrics(*ON_MAP),
            ),
            Declared(
                "chronologie",
                "timeline",
                timeline,
                describe_timeline,
                ("timeline", "events"),
                _metrics(*AMOUNTS),
                given=("end",),
            ),
            Declared(
                "chronologie-par-statut",
                "timeline",
                timeline_by_status,
                describe_timeline_by_status,
                ("timeline_by_status",),
                _metrics(*AMOUNTS),
                given=("end",),
            ),
            Declared(
                "perimetres",
                "timeline",
                charts.scope_bar,
                charts.describe_scope_bar,
                ("totals_by_scope",),
                _metrics(*AMOUNTS[1:]),
            ),
            Declared(
                "devenir", "promises", charts.outcomes, charts.describe_outcomes, ("promises",), _metrics(*KEPT)
            ),
            Declared(
                "devenir-par-region",
                "promises",
                charts.promises,
                charts.describe_promises,
                ("promises", "totals_by_region"),
                _metrics(*KEPT),
            ),
            Declared(
                "realisation",
                "promises",
                charts.realisation,
                charts.describe_realisation,
                ("realisation",),
                _metrics(*KEPT),
            ),
            Declared(
                "emboitement",
                "nesting",
                forest,
                describe_forest,
                ("forest",),
                _metrics(*AMOUNTS[:2]),
                given=("address",),
            ),
            # The first event is chosen by its amount: the codes are those of the data.
            Declared(
                "sommet", "nesting", waterfall, describe_waterfall, ("events",), MappingProxyType({"account": ()}),
                metric="investment_meur",
            ),
            Declared(
                "reannonces",
                "reannouncements",
                charts.reannouncements,
                charts.describe_reannouncements,
                ("reannouncements",),
                fixed=MappingProxyType({"top": REANNOUNCED}),
                metric="investment_meur",
            ),
            Declared("completude", "quality", charts.coverage, charts.describe_coverage, ("quality_rows",)),
            Declared(
                "statuts",
                "regions",
                charts.status_bar,
                charts.describe_status_bar,
                ("totals_by_status",),
                about=REGION,
            ),
            Declared(
                "puissance",
                "regions",
                charts.power_stages,
                charts.describe_power_stages,
                ("totals_by_status", "histories"),
                about=REGION,
                metric="power_mw",
            ),
            Declared(
                "comparaison",
                "regions",
                charts.compare,
                charts.describe_compare,
                ("totals_by_region",),
                _metrics(AMOUNTS[0]),
                about=TWO_REGIONS,
            ),
            Declared(
                "etapes",
                "projects",
                charts.status_line,
                charts.describe_status_line,
                ("announcements_list", "projects_list"),
                about=PROJECT,
                given=("day",),
            ),
            Declared(
                "lieu", "projects", charts.locator, charts.describe_locator, ("projects_list",), about=PROJECT
            ),
            Declared(
                "inventaire",
                "projects",
                charts.history,
                charts.describe_history,
                ("histories",),
                about=PROJECT,
                metric="sites_count",
            ),
            Declared(
                "declarations",
                "projects",
                charts.claims,
                charts.describe_claims,
                ("claims_list",),
                _metrics(*CLAIMED),
                about=PROJECT,
            ),
        )
    }
)  # fmt: skip
