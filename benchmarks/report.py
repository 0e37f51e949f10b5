"""Where results are written: JSON beside the benchmark, and a section of RESULTS.md that each run replaces.

Rule: a result names its machine, its versions and its date; figures are those of one run.
"""

import json
import os
import platform
import re
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"
LIBRARIES = ("streamlit", "fastapi", "uvicorn", "duckdb", "pyarrow")


def environment(*more: str) -> dict[str, Any]:
    """Return the machine, the versions and the day."""
    return {
        "date": date.today().isoformat(),
        "cores": os.cpu_count(),
        "machine": platform.machine(),
        "python": platform.python_version(),
        **{name: version(name) for name in (*LIBRARIES, *more)},
    }


def table(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return rows as a Markdown table, columns in the order of the first row."""
    names = list(rows[0])
    lines = ["| " + " | ".join(names) + " |", "|" + "---|" * len(names)]
    lines += ["| " + " | ".join(_written(row[name]) for name in names) + " |" for row in rows]
    return "\n".join(lines)


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which that share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def write(name: str, rows: Sequence[Mapping[str, Any]], notes: str, *more: str) -> None:
    """Print the table, write `<name>.json`, and replace the section `name` of RESULTS.md."""
    known = environment(*more)
    print(table(rows))
    print(notes)
    document = {"environment": known, "rows": [dict(row) for row in rows], "notes": notes}
    (HERE / f"{name}.json").write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    told = ", ".join(f"{key} {value}" for key, value in known.items())
    section = f"## {name}\n\n{told}\n\n{table(rows)}\n\n{notes}\n"
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Measured\n"
    pattern = re.compile(rf"## {re.escape(name)}\n.*?(?=\n## |\Z)", re.DOTALL)
    text = pattern.sub(lambda _: section, text) if pattern.search(text) else f"{text.rstrip()}\n\n{section}"
    RESULTS.write_text(text, encoding="utf-8")


def _written(value: Any) -> str:
    return f"{value:,.1f}" if isinstance(value, float) else str(value)
