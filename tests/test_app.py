"""What the server does before its first visitor: a database that is there, and never a worse one."""

import logging
import os
import shutil
from pathlib import Path

import duckdb
import pytest

import api.data
import api.versions
import app
from etl.database import write_database
from etl.schema import ANNOUNCEMENTS
from pages.shared import data
from queries import Selection, open_database


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the file of announcements, with no database beside it, which the server and the site use."""
    shutil.copy(ANNOUNCEMENTS, tmp_path)
    monkeypatch.setattr(app, "ANNOUNCEMENTS", tmp_path / ANNOUNCEMENTS.name)
    monkeypatch.setattr(app, "DATABASE", tmp_path / "observatory.duckdb")
    monkeypatch.setattr(data, "ANNOUNCEMENTS", tmp_path / ANNOUNCEMENTS.name)
    monkeypatch.setattr(data, "DATABASE", tmp_path / "observatory.duckdb")
    monkeypatch.setattr(api.data, "DATABASE", tmp_path / "observatory.duckdb")
    monkeypatch.setattr(api.versions, "PUBLISHED", tmp_path / "published")
    return tmp_path


def test_a_missing_database_is_built_once_then_rebuilt_when_the_file_is_another(place: Path):
    assert app.is_stale(app.DATABASE, app.ANNOUNCEMENTS)
    app.prepare()
    assert not app.is_stale(app.DATABASE, app.ANNOUNCEMENTS)
    assert not data.query("totals", Selection()).empty
    long_ago, later = 0, app.DATABASE.stat().st_mtime + 3600
    for clock in (long_ago, later):
        os.utime(app.ANNOUNCEMENTS, (clock, clock))
        assert not app.is_stale(app.DATABASE, app.ANNOUNCEMENTS)
    app.ANNOUNCEMENTS.write_bytes(app.ANNOUNCEMENTS.read_bytes() + b"\n")
    os.utime(app.ANNOUNCEMENTS, (long_ago, long_ago))
    assert app.is_stale(app.DATABASE, app.ANNOUNCEMENTS)


def test_a_spoiled_database_is_built_again(place: Path):
    write_database(app.ANNOUNCEMENTS, app.DATABASE)
    whole = app.DATABASE.read_bytes()
    app.DATABASE.write_bytes(whole[: len(whole) // 4] + b"x" * (len(whole) // 2) + whole[-len(whole) // 4 :])
    assert app.is_stale(app.DATABASE, app.ANNOUNCEMENTS)
    app.prepare()
    assert not app.is_stale(app.DATABASE, app.ANNOUNCEMENTS)


def test_a_build_that_breaks_at_the_start_does_not_stop_the_server(
    place: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def broken(*_paths: Path) -> bool:
        raise OSError("No space left on device")

    write_database(app.ANNOUNCEMENTS, app.DATABASE)
    app.ANNOUNCEMENTS.write_bytes(app.ANNOUNCEMENTS.read_bytes() + b"\n")
    monkeypatch.setattr(app, "rebuild", broken)
    app.prepare()
    assert "No space left" in caplog.text
    assert data.is_built() and data.is_behind()


def test_a_file_that_fails_its_check_is_told_in_french_and_keeps_the_last_good_database(
    place: Path, caplog: pytest.LogCaptureFixture
):
    write_database(app.ANNOUNCEMENTS, app.DATABASE)
    before = app.DATABASE.read_bytes()
    lines = app.ANNOUNCEMENTS.read_text(encoding="utf-8").splitlines(keepends=True)
    app.ANNOUNCEMENTS.write_text("".join([*lines, lines[-1]]), encoding="utf-8")
    later = app.DATABASE.stat().st_mtime + 60
    os.utime(app.ANNOUNCEMENTS, (later, later))
    with caplog.at_level(logging.ERROR):
        app.prepare()
    assert "ligne" in caplog.text
    assert app.DATABASE.read_bytes() == before


def test_without_any_database_the_server_still_starts(place: Path, caplog: pytest.LogCaptureFixture):
    app.ANNOUNCEMENTS.write_text("id\n", encoding="utf-8")
    app.prepare()
    assert caplog.text and not app.DATABASE.exists()


def test_a_database_that_cannot_be_read_has_no_version(place: Path):
    app.DATABASE.write_bytes(b"torn" * 5000)
    assert app.served_version() == ""
    app.DATABASE.unlink()
    assert app.served_version() == ""


def test_an_older_database_that_new_rules_cannot_read_does_not_stop_the_server(
    place: Path, caplog: pytest.LogCaptureFixture
):
    write_database(app.ANNOUNCEMENTS, app.DATABASE)
    with duckdb.connect(str(app.DATABASE)) as connection:
        connection.execute("DROP TABLE history")
        connection.execute("UPDATE metadata SET csv_sha256 = 'of another day'")
    app.ANNOUNCEMENTS.write_text("id\n", encoding="utf-8")
    app.prepare()
    assert "does not answer" in caplog.text


def test_where_database_and_file_are_both_lost_the_last_version_published_is_served(place: Path):
    app.prepare()
    version = data.data_version()
    app.DATABASE.write_bytes(b"no database")
    lines = app.ANNOUNCEMENTS.read_text(encoding="utf-8").splitlines(keepends=True)
    app.ANNOUNCEMENTS.write_text("".join(lines[:-10]), encoding="utf-8")
    app.prepare()
    assert data.data_version() == version == open_database(app.DATABASE).version
