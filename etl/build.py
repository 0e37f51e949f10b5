"""Build the DuckDB file from the checked CSV.

The file is written beside its place and moved there whole, so that a reader sees the old one or the new one.
"""

import time
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from etl.check import CheckFailed, check_file, named
from etl.database import BUILD_PREFIX, Progress, write_database
from etl.drafts import draft_folder, sweep
from etl.made import is_current, lost_claims
from etl.problems import Problem, Report
from etl.quality import CheckCount, count_checks
from etl.reading import read_content
from etl.schema import ANNOUNCEMENTS, DATABASE

DRAFTS = ".build-"
# What DuckDB raises where the disk has no room left, as it writes or as it ends.
NO_ROOM = (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException)
# A copy takes a millisecond: a file that changes during so many is left to who writes it.
COPIES = 20


class ClaimsLost(Exception):
    """A file without claims that the database has: half of a file, or what a person must decide."""

    def __init__(self, lost: tuple[str, ...]) -> None:
        super().__init__(", ".join(lost))
        self.lost = lost


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
    may_lose: bool = True,
) -> BuildResult:
    """Check `csv_path` and write the database whole to `database_path`.

    What is checked is what is built: a copy of the file, taken at one moment. Raises `CheckFailed` where it has a
    problem, `ClaimsLost` where it may lose no claim and does, OSError where something cannot be written, and leaves
    the previous database untouched.
    """
    started = time.perf_counter()
    report_progress = progress or (lambda step, share: None)
    report_progress("check", 0.0)
    sweep(database_path.parent, DRAFTS)
    with draft_folder(database_path.parent, DRAFTS) as folder:
        copied, draft = folder / "announcements.csv", folder / f"{BUILD_PREFIX}duckdb"
        _copy(csv_path, copied)
        report = replace(check_file(copied), file=named(csv_path))
        if not report.ok:
            raise CheckFailed(report)
        report_progress("load", 0.4)
        try:
            claims, projects = write_database(copied, draft, progress=report_progress)
            checks = count_checks(draft)
        except NO_ROOM as error:
            raise OSError(str(error)) from error
        if not may_lose and (lost := lost_claims(database_path, draft)):
            raise ClaimsLost(lost)
        if database_path.is_dir():  # what a container makes of a file that was not there
            database_path.rmdir()  # an empty one: with anything in it, a person decides
        draft.replace(database_path)
    report_progress("done", 1.0)
    return BuildResult(database_path, claims, projects, time.perf_counter() - started, checks)


def is_stale(database_path: Path = DATABASE, csv_path: Path = ANNOUNCEMENTS) -> bool:
    """Tell whether the database is missing or spoiled, made from other data or rules, or older than the code."""
    code = max(path.stat().st_mtime for path in Path(__file__).parent.glob("*.py"))
    try:
        return not is_current(database_path, csv_path) or code > database_path.stat().st_mtime
    except OSError:  # nothing to compare with: the build says what is wrong
        return True


def _copy(csv_path: Path, copied: Path) -> None:
    """Copy the file as it stood at one moment, however it is being written.

    Raises `CheckFailed` where it cannot be read, OSError where it never rests.
    """
    for _ in range(COPIES):
        before = _look(csv_path)
        content = read_content(csv_path)
        if isinstance(content, Problem):
            raise CheckFailed(Report(named(csv_path), (content,), 0, 0))
        if _look(csv_path) == before:
            copied.write_bytes(content)
            return
    raise OSError(f"{csv_path} is being written")


def _look(path: Path) -> tuple[int, ...]:
    """Return what changes when the file does, nothing where it is not there."""
    try:
        status = path.stat()
    except OSError:
        return ()
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
