"""Published versions on the disk: written whole, at most a few, the one being served always among them."""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from api import versions
from queries import Database, open_database

BUILT = datetime(2026, 1, 1)


@dataclass
class Folder:
    """A folder of published versions, and a database that passes for many."""

    path: Path
    database: Database

    def publish(self, number: int, built: int) -> str:
        """Publish a version of that number, built that many days after the first."""
        version = f"{number:012x}-abcdef01"
        metadata = {**self.database.metadata, "built_at": BUILT + timedelta(days=built)}
        known = replace(self.database, version=version, metadata=metadata)
        versions.publish(known, lambda: f"extract {number}".encode(), self.path)
        return version

    def names(self) -> set[str]:
        """The names of all that lies in the folder."""
        return {one.name for one in self.path.iterdir()}


@pytest.fixture
def folder(tmp_path: Path, database_path: Path) -> Folder:
    return Folder(tmp_path / "published", open_database(database_path))


def test_at_most_a_few_versions_are_kept_the_newest(folder: Folder) -> None:
    made = [folder.publish(number, built=number) for number in range(versions.KEPT + 3)]
    kept = made[-versions.KEPT :]
    assert [one.version for one in versions.published(folder.path)] == kept[::-1]
    assert folder.names() == {
        name for one in kept for name in (f"{one}.json", f"observatory-{one}.duckdb", f"extract-{one}.zip")
    }
    assert not versions.is_published(made[0], folder.path) and versions.is_published(made[-1], folder.path)


def test_an_older_build_put_back_is_published_too(folder: Folder) -> None:
    for number in range(versions.KEPT):
        folder.publish(number, built=10 + number)
    old = folder.publish(99, built=0)
    assert versions.is_published(old, folder.path)
    assert versions.database_file(old, folder.path).exists()
    assert len(versions.published(folder.path)) == versions.KEPT


def test_what_was_published_never_changes(folder: Folder) -> None:
    version = folder.publish(1, built=1)
    place = versions.extract_file(version, folder.path)
    place.write_bytes(b"as it was given")
    folder.publish(1, built=5)
    assert place.read_bytes() == b"as it was given"
    assert [one.built_at for one in versions.published(folder.path)] == ["2026-01-02T00:00:00Z"]


def test_the_record_says_what_the_files_are(folder: Folder) -> None:
    version = folder.publish(1, built=1)
    record = json.loads((folder.path / f"{version}.json").read_text(encoding="utf-8"))
    assert record["database_bytes"] == folder.database.path.stat().st_size
    assert record["database_sha256"] == versions.digest(folder.database.path)
    assert record["extract_bytes"] == len(b"extract 1")
    assert record["announcements"] == folder.database.metadata["announcements_count"]


def test_an_extract_that_fails_leaves_nothing_half_written(folder: Folder, caplog: pytest.LogCaptureFixture) -> None:
    def full() -> bytes:
        raise OSError(28, "No space left on device")

    versions.publish(folder.database, full, folder.path)
    assert not versions.is_published(folder.database.version, folder.path)
    assert versions.published(folder.path) == ()
    assert {name for name in folder.names() if name.startswith(".")} == set()
    assert "could not be published" in caplog.text


@pytest.mark.parametrize(
    "text", ["", "abc", "../../etc/passwd", "0" * 12, "0" * 12 + "-abcdef01\n", "*", "٠" * 12 + "-abcdef"]
)
def test_a_text_that_names_no_version_is_looked_up_nowhere(folder: Folder, text: str) -> None:
    folder.publish(0, built=0)
    assert not versions.is_published(text, folder.path)


def test_a_record_that_was_spoiled_is_of_no_version_and_is_written_again(folder: Folder) -> None:
    record = folder.path / f"{folder.publish(1, built=1)}.json"
    other = folder.publish(2, built=2)
    record.write_text("{", encoding="utf-8")
    versions._read.cache_clear()
    assert [one.version for one in versions.published(folder.path)] == [other]
    assert not versions.is_published(record.stem, folder.path)
    folder.publish(1, built=1)
    assert versions.is_published(record.stem, folder.path)


def test_the_newest_version_that_is_whole_is_put_back(folder: Folder, tmp_path: Path) -> None:
    place = tmp_path / "observatory.duckdb"
    assert not versions.restore(place, folder.path)
    older, newer = folder.publish(1, built=1), folder.publish(2, built=2)
    versions.database_file(newer, folder.path).write_bytes(b"spoiled")
    assert versions.restore(place, folder.path)
    assert place.read_bytes() == versions.database_file(older, folder.path).read_bytes()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(versions.DRAFTS)] == []
