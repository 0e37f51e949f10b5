"""The stages of a project: which were stated, by whom first, and where it stands now.

Rule: a stage comes from a source that is not weak where there is one, as the retained status does (rule 1); a stop
counts from any source.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from etl.schema import load_schema
from pages.shared import dates
from pages.shared.charts.measure import Answer, answers
from pages.shared.charts.status import STAGES as ORDER
from pages.shared.charts.status import STOPPED
from pages.shared.texts import text

STAGES = tuple(stage for stage in ORDER if stage)
WEAK = "other"


@dataclass(frozen=True)
class Stage:
    """A stage of a project. `claim` is the first to state it (None: nobody did), until `end`.

    `is_weak`: stated by weak sources only, and set aside; `notes` are what must be said beside it, in words.
    """

    code: str
    label: str
    claim: Answer | None
    is_current: bool = False
    is_weak: bool = False
    notes: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The stage with what must be said beside it."""
        return f"{self.label} ({', '.join(self.notes)})" if self.notes else self.label

    @property
    def start(self) -> pd.Timestamp:
        """The date of its first claim; of a month, its first day. Only for a stage that was stated."""
        return pd.Timestamp(self.stated["announced_on"])

    def date(self, lang: str) -> str:
        """Return the date of its first claim with its precision."""
        return dates.day(self.stated["announced_on"], self.stated["announced_on_precision"], lang)

    @property
    def is_month(self) -> bool:
        """Whether only the month is known."""
        return bool(self.stated["announced_on_precision"] == "month")

    @property
    def publisher(self) -> str:
        """Who published its first claim."""
        return str(self.stated["source_publisher"])

    @property
    def code_of_claim(self) -> str:
        """The id of its first claim."""
        return str(self.stated["id"])

    @property
    def address(self) -> str:
        """Where its first claim can be read."""
        return str(self.stated["source_url"])

    @property
    def stated(self) -> Answer:
        """The first claim that states it. Raises ValueError where nobody does."""
        if self.claim is None:
            raise ValueError(f"nobody stated {self.code}")
        return self.claim


def stages(announcements: pd.DataFrame, project: Mapping[object, object], lang: str) -> list[Stage]:
    """Return the five stages in their order, then the stops that somebody stated.

    `announcements` are the rows of `announcements_list` of one project, `project` its row of `projects_list`.
    """
    said = announcements[announcements["status"].notna()]
    is_weak = (said["source_kind"] == WEAK) & ~said["status"].isin(STOPPED)
    rows = said.assign(is_weak=is_weak).sort_values(
        ["is_weak", "announced_on", "announced_on_precision"], ascending=[True, True, False], kind="stable"
    )
    firsts = {row["status"]: row for row in reversed(answers(rows))}
    # Weak sources count where there is no better one (rule 1); a stop counts from any source.
    has_better = bool((~rows["is_weak"] & ~rows["status"].isin(STOPPED)).any())
    present = [*STAGES, *(stop for stop in STOPPED if stop in firsts)]
    return [_stage(code, firsts.get(code), has_better, project, lang) for code in present]


def _stage(code: str, claim: Answer | None, has_better: bool, project: Mapping[object, object], lang: str) -> Stage:
    is_stop, is_current = code in STOPPED, code == project["status"]
    is_weak = claim is not None and not is_stop and has_better and claim["source_kind"] == WEAK
    notes = {
        "current": is_current,
        "unconfirmed": is_stop and is_current and bool(project["is_stop_unconfirmed"]),
        "resumed": is_stop and project["status"] not in STOPPED,
        "weak": is_weak,
    }
    return Stage(
        code,
        load_schema().label("status", code, lang),
        claim,
        is_current,
        is_weak,
        tuple(text(f"dossier.status_line.{name}", lang) for name, applies in notes.items() if applies),
    )
