"""What is being made goes with its maker, however that one ends."""

import signal
import subprocess
import sys
from pathlib import Path

from etl.drafts import draft_folder, sweep
from etl.schema import ROOT

MAKER = """
import sys, time
from pathlib import Path
from etl.drafts import draft_folder
with draft_folder(Path(sys.argv[1]), ".draft-") as folder:
    (folder / "half").write_text("half")
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_draft_goes_at_the_end(tmp_path: Path) -> None:
    with draft_folder(tmp_path, ".draft-") as folder:
        (folder / "half").write_text("half")
        assert list(tmp_path.iterdir()) == [folder]
    assert list(tmp_path.iterdir()) == []


def test_what_is_held_is_not_swept_and_what_a_killed_maker_left_is(tmp_path: Path) -> None:
    command = [sys.executable, "-c", MAKER, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as maker:
        try:
            assert maker.stdout is not None and maker.stdout.readline() == "held\n"
            sweep(tmp_path, ".draft-")
            assert [path.name for path in tmp_path.rglob("half")] == ["half"]
        finally:
            maker.send_signal(signal.SIGKILL)
    (tmp_path / "other").mkdir()
    sweep(tmp_path, ".draft-")
    assert [path.name for path in tmp_path.iterdir()] == ["other"]
