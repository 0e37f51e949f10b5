"""The versions of the data that can still be opened: their databases, and their extracts as they were given.

Rule: a version is published when it is first served and its files never change after: another version has other
names. They lie in `data/published/`, the newest few; what cannot be written there is served all the same, unkept.
"""

import hashlib
import json
import logging
import re
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from etl.drafts import draft_folder, sweep
from etl.schema import DATA
from queries import Database

PUBLISHED = DATA / "published"
KEPT = 8
DRAFTS = ".publish-"
VERSION = re.compile(r"[0-9a-f]{12}-[0-9a-f]{6,16}", re.ASCII)
CHUNK = 1024 * 1024

log = logging.getLogger("infra_ia_france")


@dataclass(frozen=True)
class Published:
    """A version that can be opened again: when it was built, what it holds, the digests of its two files."""

    version: str
    built_at: str
    covered_until: str
    announcements: int
    projects: int
    database_bytes: int
    database_sha256: str
    extract_bytes: int
    extract_sha256: str


def database_file(version: str, folder: Path | None = None) -> Path:
    """Return where the database of a version lies, once published."""
    return (folder or PUBLISHED) / f"observatory-{version}.duckdb"


def extract_file(version: str, folder: Path | None = None) -> Path:
    """Return where the archive of the whole country of a version lies, once published."""
    return (folder or PUBLISHED) / f"extract-{version}.zip"


def publish(database: Database, write_extract: Callable[[], bytes], folder: Path | None = None) -> None:
    """Keep the files of the version being served, unless they are there; let go of the oldest beyond `KEPT`.

    Each file comes whole under its name, its record last: a version without a record is not published.
    """
    folder = folder or PUBLISHED
    record = folder / f"{database.version}.json"
    sweep(folder, DRAFTS)
    if is_published(database.version, folder):
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        copied, extract = database_file(database.version, folder), extract_file(database.version, folder)
        with draft_folder(folder, DRAFTS) as draft:
            for path, write in (
                (copied, lambda to: shutil.copyfile(database.path, to)),
                (extract, lambda to: to.write_bytes(write_extract())),
                (record, lambda to: to.write_text(_record(database, copied, extract), encoding="utf-8")),
            ):
                made = draft / path.name
                write(made)
                made.replace(path)
        _forget_the_oldest(folder, database.version)
    except OSError:
        log.exception("version %s could not be published in %s", database.version, folder)


def restore(place: Path, folder: Path | None = None) -> bool:
    """Put back at `place` the newest published database that is whole; tell whether there was one."""
    for one in published(folder):
        kept = database_file(one.version, folder)
        try:
            if digest(kept) != one.database_sha256:
                continue
            with draft_folder(place.parent, DRAFTS) as draft:
                shutil.copyfile(kept, draft / place.name)
                (draft / place.name).replace(place)
        except OSError:  # gone meanwhile, or no room to put it back
            log.exception("version %s could not be put back", one.version)
            continue
        log.warning("version %s was put back", one.version)
        return True
    return False


def published(folder: Path | None = None) -> tuple[Published, ...]:
    """Return the versions that can be opened, the newest first."""
    found = (_readable(path) for path in (folder or PUBLISHED).glob("*.json"))
    records = [record for record in found if record]
    return tuple(sorted(records, key=lambda one: one.built_at, reverse=True))


def is_published(version: str, folder: Path | None = None) -> bool:
    """Tell whether a version is among those that can be opened; a text that names none is not."""
    return VERSION.fullmatch(version) is not None and bool(_readable((folder or PUBLISHED) / f"{version}.json"))


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _record(database: Database, copied: Path, extract: Path) -> str:
    known = database.metadata
    made = Published(
        version=database.version,
        built_at=f"{known['built_at']:%Y-%m-%dT%H:%M:%SZ}",
        covered_until=f"{known['covered_until']:%Y-%m-%d}",
        announcements=int(known["announcements_count"]),
        projects=int(known["projects_count"]),
        database_bytes=copied.stat().st_size,
        database_sha256=digest(copied),
        extract_bytes=extract.stat().st_size,
        extract_sha256=digest(extract),
    )
    return json.dumps(asdict(made), indent=2) + "\n"


def _readable(path: Path) -> Published | None:
    """Return what a record tells, None where there is none: a record that was spoiled is written again."""
    try:
        return _read(path) if path.exists() else None
    except (OSError, ValueError, TypeError):
        return None


@lru_cache(maxsize=64)
def _read(path: Path) -> Published:
    return Published(**json.loads(path.read_text(encoding="utf-8")))


def _forget_the_oldest(folder: Path, served: str) -> None:
    """Let go of the oldest beyond `KEPT`, never of the one being served: an older build may be put back."""
    for old in [one for one in published(folder) if one.version != served][KEPT - 1 :]:
        (folder / f"{old.version}.json").unlink(missing_ok=True)
        database_file(old.version, folder).unlink(missing_ok=True)
        extract_file(old.version, folder).unlink(missing_ok=True)
