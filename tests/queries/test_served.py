"""The database that is served: never the file itself, so that nothing done to it reaches its readers."""

import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from etl.schema import ROOT
from queries import DatabaseMissing, open_database
from queries.served import AGAIN_S, FOLDER, csv_digest, find_database, is_spoiled, served_database

READER = """
import sys, time
from pathlib import Path
from queries.served import served_database
served_database(Path(sys.argv[1]))
print("read", flush=True)
time.sleep(float(sys.argv[2]))
"""


@pytest.fixture
def place(tmp_path: Path, database_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the database; copies that are made of it lie beside it."""
    (tmp_path / "drafts").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "drafts"))
    return Path(shutil.copy(database_path, tmp_path / "observatory.duckdb"))


def test_the_last_good_database_goes_on_where_the_file_is_written_over_and_a_new_one_is_seen_at_once(
    place: Path, changed_path: Path
) -> None:
    served = served_database(place)
    expected = served.run("totals").to_csv()
    assert not is_spoiled(place)
    place.write_bytes(b"no database")
    assert served_database(place) is served
    assert served.run("totals").to_csv() == expected
    assert is_spoiled(place)
    shutil.copyfile(changed_path, place)
    assert served_database(place).version == open_database(changed_path).version != served.version
    assert not is_spoiled(place)


def test_what_never_was_a_database_is_missing(place: Path) -> None:
    place.write_bytes(b"")
    assert find_database(place) is None
    with pytest.raises(DatabaseMissing):
        served_database(place)
    place.unlink()
    assert find_database(place) is None


def test_what_could_not_be_read_is_tried_again_though_the_file_is_the_same(place: Path, tmp_path: Path) -> None:
    hidden = tmp_path / "hidden"
    place.rename(hidden)
    place.symlink_to(tmp_path / "half")
    (tmp_path / "half").write_bytes(hidden.read_bytes()[:100_000])
    assert find_database(place) is None
    time.sleep(AGAIN_S + 0.1)
    hidden.replace(tmp_path / "half")
    assert find_database(place) is not None


def test_without_room_for_a_copy_the_file_itself_is_read(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(place / "nowhere"))
    assert served_database(place).path == place


@pytest.mark.parametrize("is_killed", [False, True])
def test_a_copy_goes_with_its_process_or_is_swept_by_the_next(place: Path, tmp_path: Path, is_killed: bool) -> None:
    drafts = tmp_path / "drafts"
    command = [sys.executable, "-c", READER, str(place), "60" if is_killed else "0"]
    with subprocess.Popen(command, cwd=ROOT, env={"TMPDIR": str(drafts)}, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None and reader.stdout.readline() == "read\n"
        if is_killed:
            assert len(list(drafts.iterdir())) == 1
            reader.send_signal(signal.SIGKILL)
    assert len(list(drafts.iterdir())) == int(is_killed)
    served = served_database(place)
    assert [path.name.startswith(FOLDER) for path in drafts.iterdir()] == [True]
    assert served.path.is_relative_to(drafts)


def test_the_digest_of_a_file_follows_it(tmp_path: Path) -> None:
    path = tmp_path / "announcements.csv"
    assert csv_digest(path) is None
    path.write_text("a")
    first = csv_digest(path)
    path.write_text("b")
    assert first != csv_digest(path) is not None
    path.unlink()
    path.mkdir()
    assert csv_digest(path) is None
