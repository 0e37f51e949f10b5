"""The check and the build of ever larger files: `python -m benchmarks.etl [--claims N]`.

Rule: each measure is a process of its own, alone on one core, so that its peak of memory is its own. Beside them, on
the same file: DuckDB's bare `CREATE TABLE … AS FROM read_csv`, and frictionless with our schema.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.generated import write_claims
from benchmarks.report import write
from benchmarks.servers import ROOT, pin_client
from etl.schema import ANNOUNCEMENTS, SCHEMA

CLAIMS = (1_000, 10_000, 100_000, 1_000_000)
REAL = 0
# Frictionless takes some 25 minutes for a million claims on this kind of machine: beyond this it is not waited for.
FRICTIONLESS_UP_TO = 100_000
LIMIT_S = 1200
WORK = {
    "bare DuckDB": """
import duckdb, sys
duckdb.connect(sys.argv[2]).execute("CREATE TABLE t AS FROM read_csv(?, all_varchar = true)", [sys.argv[1]])
""",
    "build without check": """
import sys
from pathlib import Path
from etl.database import write_database
write_database(Path(sys.argv[1]), Path(sys.argv[2]))
""",
    "check": """
import sys
from etl.check import check_file
report = check_file(sys.argv[1])
assert report.ok, report.problems[:3]
""",
    "frictionless": """
import sys
from frictionless import Dialect, Resource, Schema, formats, system
system.trusted = True
dialect = Dialect(controls=[formats.CsvControl(delimiter=",")])
resource = Resource(sys.argv[1], schema=Schema.from_descriptor(sys.argv[3]), dialect=dialect, encoding="utf-8")
report = resource.validate()
assert report.valid, report.flatten()[:3]
""",
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every size and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, action="append", help="only so many claims (0: the real file)")
    options = parser.parse_args(arguments)
    pin_client()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for claims in options.claims or (REAL, *CLAIMS):
            path = Path(folder) / "announcements.csv"
            if claims:
                write_claims(path, claims)
            else:
                shutil.copy(ANNOUNCEMENTS, path)
            rows += _measured(path, claims)
    write(
        "etl",
        rows,
        "Each line is a process alone on one core, its start (imports) within its seconds; `×` is over bare DuckDB, "
        "and over frictionless for the check. Above "
        f"{FRICTIONLESS_UP_TO:,} claims frictionless is not waited for.",
        "frictionless",
    )


def _measured(path: Path, claims: int) -> list[dict[str, Any]]:
    seconds: dict[str, float] = {}
    rows = []
    lines = sum(1 for _ in path.open("rb")) - 1
    for name, code in WORK.items():
        if name == "frictionless" and claims > FRICTIONLESS_UP_TO:
            continue
        seconds[name], memory = _run(code, path)
        rows.append(
            {
                "claims": lines,
                "file MB": path.stat().st_size / 1e6,
                "work": name,
                "seconds": round(seconds[name], 2),
                "peak MiB": round(memory),
                "µs a claim": round(seconds[name] / lines * 1e6, 1),
                "× bare DuckDB": round(seconds[name] / seconds["bare DuckDB"], 1),
            }
        )
        print(rows[-1])
    for row in rows:
        known = "frictionless" in seconds
        row["× frictionless"] = round(seconds[row["work"]] / seconds["frictionless"], 2) if known else ""
    return rows


def _run(code: str, path: Path) -> tuple[float, float]:
    """Run the work in a process of its own; return its seconds and its peak of memory in MiB."""
    database = path.with_name("observatory.measured.duckdb")
    started = time.perf_counter()
    command = [sys.executable, "-c", code, str(path), str(database), str(SCHEMA)]
    with subprocess.Popen(command, cwd=ROOT) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    taken = time.perf_counter() - started
    database.unlink(missing_ok=True)
    if process.returncode:
        raise RuntimeError(f"exit {process.returncode}")
    return taken, used.ru_maxrss / 1024


if __name__ == "__main__":
    main()
