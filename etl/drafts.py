"""Folders for what is being made, which go with whoever makes it, and are swept where that one was killed.

Rule: a draft is held by a lock that the system lets go of when its maker ends, however it ends. No age and no clock:
what can be locked is nobody's.
"""

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def draft_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """Make a folder in `parent` for what is being made, and remove it at the end. Raises OSError where it cannot."""
    folder, held = _held_folder(parent, prefix)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(held)


def sweep(parent: Path, prefix: str) -> None:
    """Remove the drafts of `parent` whose makers were killed."""
    for draft in parent.glob(f"{prefix}*"):
        with contextlib.suppress(OSError):  # somebody holds it, or sweeps it at the same time
            held = os.open(draft, os.O_RDONLY | os.O_DIRECTORY)
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(draft, ignore_errors=True)
            finally:
                os.close(held)


def _held_folder(parent: Path, prefix: str) -> tuple[Path, int]:
    """Return a new folder and what holds it; another one where it was swept before it was held."""
    while True:
        folder = Path(tempfile.mkdtemp(dir=parent, prefix=prefix))
        with contextlib.suppress(FileNotFoundError):
            held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            fcntl.flock(held, fcntl.LOCK_SH)
            if folder.exists():
                return folder, held
            os.close(held)
