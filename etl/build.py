"""Build the DuckDB file from the checked CSV.

The file is written beside its place and moved there whole, so that a reader sees the old one or the new one.
"""

import contextlib
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from etl.check import CheckFailed, check_file
from etl.database import BUILD_PREFIX, SQL, Progress, write_database
from etl.quality import CheckCount, count_checks
from etl.schema import ANNOUNCEMENTS, DATABASE, REFERENCE, SCHEMA

# A build lasts seconds: a draft folder older than this is nobody's.
DRAFTS, LEFTOVER_S = ".build-", 600


@dataclass(frozen=True)
class BuildResult:
    """What a build wrote: the database's path, number of claims and projects, seconds it took, quality checks."""

    database: Path
    claims: int
    projects: int
    seconds: float
    checks: tuple[CheckCount, ...] = ()


def build(
    csv_path: Path = ANNOUNCEMENTS,
    database_path: Path = DATABASE,
    *,
    progress: Progress | None = None,
) -> BuildResult:
    """Check `csv_path` and write the database whole to `database_path`.

    Raises `CheckFailed` where the file has a problem, and leaves the previous database untouched.
    """
    started = time.perf_counter()
    report_progress = progress or (lambda step, share: None)
    report_progress("check", 0.0)
    report = check_file(csv_path)
    if not report.ok:
        raise CheckFailed(report)
    report_progress("load", 0.4)
    forget_leftovers(database_path.parent)
    with tempfile.TemporaryDirectory(dir=database_path.parent, prefix=DRAFTS) as folder:
        draft = Path(folder) / f"{BUILD_PREFIX}duckdb"
        claims, projects = write_database(csv_path, draft, progress=report_progress)
        checks = count_checks(draft)
        draft.replace(database_path)
    report_progress("done", 1.0)
    return BuildResult(database_path, claims, projects, time.perf_counter() - started, checks)


def forget_leftovers(folder: Path) -> None:
    """Remove what builds that were killed left behind: drafts in which nothing was written for a while."""
    for draft in folder.glob(f"{DRAFTS}*"):
        with contextlib.suppress(OSError):  # another build removes it at the same time
            if time.time() - draft.stat().st_mtime > LEFTOVER_S:
                shutil.rmtree(draft, ignore_errors=True)


def is_stale(database_path: Path = DATABASE, csv_path: Path = ANNOUNCEMENTS) -> bool:
    """Tell whether the database is missing, or older than anything it is built from: rows, schema, places, rules."""
    if not database_path.exists():
        return True
    inputs = [csv_path, SCHEMA, *REFERENCE.glob("*.csv"), *SQL.iterdir(), *Path(__file__).parent.glob("*.py")]
    return max(path.stat().st_mtime for path in inputs) > database_path.stat().st_mtime
