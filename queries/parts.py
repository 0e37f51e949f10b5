"""Questions that keep a part of what another answers: a page that shows twelve rows does not ask for a million.

Rule: a part is the text of its whole with fewer columns or fewer rows, so that what a question means is written once.
Where a whole says `LIMIT ALL`, it chooses its rows before it reads all that is written in them: a part takes its own
there. A part may begin anywhere in its whole: `$first` is how many rows come before it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

# What `explanation` tells apart, and what a claim may state of it.
EXPLAINED = ("investment_meur", "power_mw", "jobs", "construction_jobs", "projects")
SOURCE = (
    "project_id, metric, is_retained, source_kind, announced_on, announced_on_precision, source_publisher, source_url"
)
EVERY_ROW = "LIMIT ALL"
# Rows of a page of the changes, and of the preview of an extract.
CHANGES_A_PAGE, PREVIEWED = 25, 10


@dataclass(frozen=True)
class Part:
    """What is kept of the question `whole`: these `columns`, of the rows that `kept` keeps or of those of `limit`.

    `kept` follows the whole; `limit` stands where the whole says `LIMIT ALL`.
    """

    whole: str
    columns: str = "*"
    kept: str = ""
    limit: str = EVERY_ROW

    def of(self, whole: str) -> str:
        """Return the SQL of the part, given that of its whole. Raises ValueError where that chooses no rows."""
        if self.limit != EVERY_ROW and whole.count(EVERY_ROW) != 1:
            raise ValueError(f"{self.whole} says {EVERY_ROW!r} not once: no part can take some of its rows")
        rows = whole.replace(EVERY_ROW, self.limit)
        return f"SELECT {self.columns} FROM (\n{rows}\n) {self.kept}"


PARTS: Mapping[str, Part] = MappingProxyType(
    {
        "explanation_totals": Part("explanation", kept="WHERE level <> 'project'"),
        **{f"explanation_{metric}": Part("explanation", kept=f"WHERE metric = '{metric}'") for metric in EXPLAINED},
        # Where each retained figure comes from.
        **{
            f"sources_{metric}": Part("claims_list", SOURCE, f"WHERE is_retained AND metric = '{metric}'")
            for metric in EXPLAINED
        },
        "latest_announcements": Part("announcements_list", limit="LIMIT 12"),
        # A page of the site, and the feed.
        "changes_page": Part("changes", limit=f"LIMIT {CHANGES_A_PAGE} OFFSET $first"),
        "latest_changes": Part("changes", limit="LIMIT 100"),
        "project_identities": Part(
            "projects_list", "project_id, project_name, project_name_en, kind, purpose, part_of"
        ),
        "counted_projects": Part(
            "projects_list",
            "project_id, project_name, project_name_en, kind, status, is_counted, location_precision, place_code,"
            " investment_low_meur, investment_high_meur, power_low_mw, power_high_mw,"
            " jobs_low, jobs_high, jobs_scope",
            "WHERE is_counted",
        ),
        # What the page of the data shows of the resources that have a row a claim, a figure or a project.
        **{
            f"first_{name}": Part(f"extract_{name}", kept=f"LIMIT {PREVIEWED}")
            for name in ("announcements", "claims", "projects")
        },
    }
)
