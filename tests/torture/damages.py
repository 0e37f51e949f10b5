"""What can happen to a file: each damage by its name, done at once, from a seed.

Rule: a damage is done in place where that is what it is named for (a disk, a careless copy), and by a rename elsewhere.
"""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb

Damage = Callable[[Path, random.Random], None]
LONG_AGO, FAR_AHEAD = 86_400, 4_000_000_000


def delete(path: Path, _chance: random.Random) -> None:
    path.unlink()


def empty(path: Path, _chance: random.Random) -> None:
    path.write_bytes(b"")


def cut(path: Path, chance: random.Random) -> None:
    os.truncate(path, chance.randrange(1, path.stat().st_size))


def cut_after_a_line(path: Path, chance: random.Random) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    os.truncate(path, sum(map(len, lines[: chance.randrange(2, len(lines))])))


def garble(path: Path, chance: random.Random) -> None:
    path.write_bytes(chance.randbytes(chance.randrange(1, 100_000)))


def spoil_blocks(path: Path, chance: random.Random) -> None:
    """Write over some kilobytes here and there, as a disk that fails does."""
    with path.open("r+b") as file:
        for _ in range(chance.randrange(1, 8)):
            file.seek(chance.randrange(path.stat().st_size))
            file.write(chance.randbytes(chance.randrange(1, 8192)))


def put_another_database(path: Path, _chance: random.Random) -> None:
    """Put a database in its place that is not of ours."""
    other = path.with_name("other.duckdb")
    with duckdb.connect(str(other)) as connection:
        connection.execute("CREATE TABLE metadata AS SELECT 1 AS something")
    other.replace(path)


def put_a_folder(path: Path, _chance: random.Random) -> None:
    path.unlink()
    path.mkdir()


def put_a_loop(path: Path, _chance: random.Random) -> None:
    path.unlink()
    path.symlink_to(path.name)


def date_it_back(path: Path, _chance: random.Random) -> None:
    """Give the file an old time, as after a clock that was put right."""
    os.utime(path, (LONG_AGO, LONG_AGO))


def date_it_ahead(path: Path, _chance: random.Random) -> None:
    os.utime(path, (FAR_AHEAD, FAR_AHEAD))


def write_half(path: Path, chance: random.Random) -> None:
    """Write the file again and stop on the way, as an editor on a full disk."""
    content = path.read_bytes()
    with path.open("wb") as file:
        file.write(content[: chance.randrange(len(content))])


OF_A_DATABASE: tuple[Damage, ...] = (
    delete,
    empty,
    cut,
    garble,
    spoil_blocks,
    put_another_database,
    put_a_folder,
    put_a_loop,
    write_half,
    date_it_back,
    date_it_ahead,
)
OF_A_CSV: tuple[Damage, ...] = (
    delete,
    empty,
    cut,
    cut_after_a_line,
    garble,
    put_a_folder,
    put_a_loop,
    write_half,
    date_it_back,
    date_it_ahead,
)


def clear(path: Path) -> None:
    """Leave nothing at the path, whatever stands there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
