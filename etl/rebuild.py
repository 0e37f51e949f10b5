"""Check and build, and tell beside the database what came of it: `python -m etl.rebuild CSV DATABASE`.

Rule: the outcome is told in both languages, for `/api/health`, whatever it is: built, refused by the check, without
claims that are served, or without room. It is a process of its own, so that who serves does not share its work.
"""

import contextlib
import json
import logging
import signal
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from etl.build import DRAFTS, ClaimsLost, build
from etl.check import CheckFailed
from etl.database import sha256
from etl.drafts import draft_folder
from etl.messages import command, counted, sentences
from etl.problems import Report
from etl.schema import ANNOUNCEMENTS, CHECKED, DATABASE

PROBLEMS_KEPT = 200
CLAIMS_TOLD = 20
# What the process ends with; one that fails ends with 1.
BUILT, REFUSED = 0, 3

log = logging.getLogger("infra_ia_france")


def rebuild(csv_path: Path = ANNOUNCEMENTS, database_path: Path = DATABASE) -> bool:
    """Check, build, and tell beside the database what came of it.

    Returns False where the file did not pass, or has lost claims: why is in the log and in that record. Raises OSError
    where something could not be written, which is told too, where it can be.
    """
    found = digest(csv_path)
    try:
        build(csv_path, database_path, may_lose=False)
    except CheckFailed as failure:
        outcome = _outcome(found, failure.report)
        for line in sentences(failure.report, "fr"):
            log.error(line)
    except ClaimsLost as failure:
        outcome = _told(found, "lost", failure.lost)
        log.error("%s", outcome["problems"][0]["message_fr"])
    except OSError:
        with contextlib.suppress(OSError):
            _write(checked_beside(database_path), _told(found, "unbuilt"))
        raise
    else:
        outcome = _outcome(found, None)
    _write(checked_beside(database_path), outcome)
    return bool(outcome["passed"])


def checked_beside(database_path: Path) -> Path:
    """Return where the outcome of the last check is told, for a database."""
    return database_path.with_suffix(CHECKED)


def _outcome(csv_sha256: str, report: Report | None) -> Mapping[str, Any]:
    problems = report.problems if report else ()
    told = zip(sentences(report, "fr"), sentences(report, "en"), strict=True) if report else ()
    return {
        "csv_sha256": csv_sha256,
        "checked_at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "passed": report is None,
        "count": len(problems),
        "problems": [
            {"line": problem.line, "column": problem.column, "message_fr": french, "message_en": english}
            for problem, (french, english) in list(zip(problems, told, strict=True))[:PROBLEMS_KEPT]
        ],
    }


def _told(csv_sha256: str, why: str, lost: Sequence[str] = ()) -> Mapping[str, Any]:
    """Return the outcome where the file has no problem that a line shows: the sentence of `why`, in both languages."""
    names = ", ".join(lost[:CLAIMS_TOLD])
    said = {lang: command(why, lang, count=counted("claims", len(lost), lang), names=names) for lang in ("fr", "en")}
    problem = {"line": None, "column": None, "message_fr": said["fr"], "message_en": said["en"]}
    return {**_outcome(csv_sha256, None), "passed": False, "count": 1, "problems": [problem]}


def digest(path: Path) -> str:
    """Return the SHA-256 of the file, "" where there is none."""
    try:
        return sha256(path)
    except OSError:
        return ""


def _write(path: Path, document: Mapping[str, Any]) -> None:
    with draft_folder(path.parent, DRAFTS) as folder:
        draft = folder / path.name
        draft.write_text(json.dumps(document, ensure_ascii=False, indent=2), encoding="utf-8")
        draft.replace(path)


def main(arguments: list[str]) -> int:
    """Rebuild from a CSV to a database, both named; return the exit status."""
    logging.basicConfig(level=logging.ERROR, format="%(message)s")
    # Ended as by an error, so that what is half built is removed. Ctrl-C is for the site, which then ends this process.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    csv_path, database_path = (Path(name) for name in arguments)
    return BUILT if rebuild(csv_path, database_path) else REFUSED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
