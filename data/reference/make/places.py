"""Write regions.csv, departements.csv and communes.csv from the npm package of the INSEE's codes (COG 2026).

Rule: nothing is typed here. The package's version and digest are fixed, so that a second run writes the same
bytes. Needs `npm`; run it with `python data/reference/make/places.py`.
"""

import csv
import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

REFERENCE = Path(__file__).resolve().parent.parent
PACKAGE = "@etalab/decoupage-administratif@6.0.0"
PACKAGE_SHA256 = "c189ffd5b33fe40c2f19e1a923ce557f190622f39228745d3195d746dfe00c4a"
ZONES = ("metro", "drom")  # the 18 regions; the collectivités of zone « com » have no region


def main() -> None:
    """Fetch the package into a temporary folder and write the three tables."""
    with tempfile.TemporaryDirectory() as folder:
        tables = fetch_package(Path(folder))
    regions, departements, communes = (
        [entry for entry in tables[name] if entry["zone"] in ZONES] for name in ("regions", "departements", "communes")
    )
    # The package also holds former and delegated communes, under codes used twice.
    communes = [entry for entry in communes if entry["type"] == "commune-actuelle"]
    by_departement: Counter[str] = Counter()
    by_region: Counter[str] = Counter()
    for entry in communes:
        by_departement[entry["departement"]] += entry["population"]
        by_region[entry["region"]] += entry["population"]
    write_table(
        "regions", ["code", "name", "population"], ((e["code"], name(e), by_region[e["code"]]) for e in regions)
    )
    write_table(
        "departements",
        ["code", "name", "region_code", "population"],
        ((e["code"], name(e), e["region"], by_departement[e["code"]]) for e in departements),
    )
    write_table(
        "communes",
        ["code", "name", "departement_code", "population"],
        ((e["code"], name(e), e["departement"], e["population"]) for e in communes),
    )


def fetch_package(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the package's tables by name. Raises ValueError when its content is not the one we know."""
    npm = shutil.which("npm")
    if not npm:
        raise SystemExit("npm is needed to fetch the codes: install Node.js, then run this script again")
    subprocess.run([npm, "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    archive = next(folder.glob("*.tgz"))
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    if digest != PACKAGE_SHA256:
        raise ValueError(f"{PACKAGE} has sha256 {digest}, expected {PACKAGE_SHA256}")
    with tarfile.open(archive) as package:
        return {
            table: json.load(package.extractfile(f"package/data/{table}.json"))
            for table in ("regions", "departements", "communes")
        }


def name(entry: dict[str, Any]) -> str:
    """Return the official name with the apostrophe of French typography, as everywhere in the data."""
    return entry["nom"].replace("'", "’")


def write_table(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write `rows` by code to `<table>.csv`."""
    with (REFERENCE / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(sorted(rows, key=lambda row: str(row[0])))


if __name__ == "__main__":
    main()
