"""A terminal of our own: a command runs in it as a person runs it, and what stands on its screen becomes a picture.

Rule: what is drawn is what the command wrote, cell by cell. The screen understands what `python -m etl` and
prompt_toolkit send, no more, and never scrolls: its lines go on below.
"""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from pathlib import Path

from playwright.sync_api import Browser

from etl.schema import ROOT

COLUMNS, LINES = 116, 60
PATIENCE_S = 60.0
# Nothing more is written for this long: what is awaited is whole.
QUIET_S = 0.4
# Each question of prompt_toolkit begins so.
ASKING = "\x1b[?2004h"
TOKEN = re.compile(r"\x1b\[(?P<codes>[?0-9;]*)(?P<final>[@-~])|\x1b\][^\x07]*\x07|\x1b[=>78]|(?P<char>.)", re.DOTALL)
SETTINGS = {
    "TERM": "xterm",
    "PROMPT_TOOLKIT_NO_CPR": "1",
    "PROMPT_TOOLKIT_COLOR_DEPTH": "DEPTH_24_BIT",
    "PYTHONPATH": str(ROOT),
    "PYTHONIOENCODING": "utf-8",
}
PAPER, INK = "#FBFAF7", "#1B2430"
PAGE = (
    "<meta charset='utf-8'><style>body {{ margin: 0; background: {paper}; }} pre {{ display: inline-block; margin: 0; "
    "padding: 16px 20px; border: 1px solid #CFCBC0; color: {ink}; font: 14px/1.4 'DejaVu Sans Mono', monospace; }}"
    "span[style*=background] {{ padding: 2px 0; }}</style><pre>{lines}</pre>"
)

Style = tuple[str, str, bool, bool]  # colour, background, bold, reversed
PLAIN: Style = ("", "", False, False)
Cell = tuple[str, Style]


@dataclass
class Screen:
    """What the command has written, line by line."""

    lines: list[list[Cell]] = field(default_factory=lambda: [[]])
    row: int = 0
    column: int = 0
    style: Style = PLAIN
    wraps: bool = True

    def feed(self, text: str) -> None:
        """Write what the command sent."""
        for token in TOKEN.finditer(text):
            if (char := token["char"]) is not None:
                self._write(char)
            elif token["final"]:
                self._obey(token["final"], token["codes"])

    def text(self, row: int) -> str:
        """Return a line, its spaces made plain."""
        return "".join(char for char, _ in self.lines[row]).replace("\u202f", " ").replace("\xa0", " ").rstrip()

    def _write(self, char: str) -> None:
        if char == "\r":
            self.column = 0
        elif char == "\n":
            self._go_to(self.row + 1)
        elif char == "\b":
            self.column = max(0, self.column - 1)
        elif char.isprintable() or char in "\u202f\xa0":
            if self.column >= COLUMNS and self.wraps:
                self._go_to(self.row + 1)
                self.column = 0
            line = self.lines[self.row]
            line += [(" ", PLAIN)] * (self.column + 1 - len(line))
            line[self.column] = (char, self.style)
            self.column += 1

    def _go_to(self, row: int) -> None:
        self.row = max(0, row)
        self.lines += [[] for _ in range(self.row + 1 - len(self.lines))]

    def _obey(self, final: str, codes: str) -> None:
        if codes.startswith("?"):
            if codes == "?7":
                self.wraps = final == "h"
            return
        count = int(codes.split(";")[0] or 1) if final in "ABCD" else 0
        if final in "AB":
            self._go_to(self.row + (count if final == "B" else -count))
        elif final in "CD":
            self.column = max(0, self.column + (count if final == "C" else -count))
        elif final in "JK":
            del self.lines[self.row][self.column :]
            if final == "J":
                self.lines[self.row + 1 :] = []
        elif final == "m":
            self._dress([int(code or 0) for code in codes.split(";")])

    def _dress(self, codes: list[int]) -> None:
        colour, background, bold, is_reversed = self.style
        while codes:
            code = codes.pop(0)
            if code == 0:
                colour, background, bold, is_reversed = PLAIN
            elif code in (38, 48) and codes[:1] == [2]:
                mixed = "#{:02x}{:02x}{:02x}".format(*codes[1:4])
                colour, background = (mixed, background) if code == 38 else (colour, mixed)
                del codes[:4]
            elif code in (1, 7):
                bold, is_reversed = bold or code == 1, is_reversed or code == 7
        self.style = (colour, background, bold, is_reversed)


class Terminal:
    """A command at work in a folder, on a screen that begins with what was typed to run it."""

    def __init__(self, folder: Path, arguments: Sequence[str]) -> None:
        self.screen = Screen()
        self.screen.feed(f"$ python -m {' '.join(arguments)}\r\n")
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self.process = subprocess.Popen(  # noqa: S603 – our own command
            [sys.executable, "-m", *arguments],
            cwd=folder,
            env=os.environ | SETTINGS,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)

    def type(self, keys: str) -> None:
        """Send keys to the command."""
        os.write(self._ours, keys.encode())

    def wait(self, is_awaited: Callable[[str], bool]) -> bool:
        """Read until what was sent since the call is what is awaited, then until nothing comes; False at the end.

        Raises TimeoutError.
        """
        sent, until = b"", time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            found = is_awaited(sent.decode("utf-8", errors="replace"))
            ready = select.select([self._ours], [], [], QUIET_S)[0]
            if not ready and found:
                self.screen.feed(sent.decode("utf-8"))
                return True
            try:
                raw = os.read(self._ours, 65536) if ready else None
            except OSError:  # Linux: the other side is closed
                raw = b""
            if raw == b"":
                self.screen.feed(sent.decode("utf-8"))
                return False
            sent += raw or b""
        raise TimeoutError(f"still awaited after {sent.decode('utf-8', errors='replace')!r}")

    def end(self) -> None:
        """Read to the end."""
        while self.wait(lambda _: False):
            pass
        self.process.wait(PATIENCE_S)
        os.close(self._ours)


def draw(browser: Browser, lines: Sequence[Sequence[Cell]], path: Path) -> None:
    """Photograph lines of a screen."""
    drawn = "\n".join(_line(line) for line in lines)
    page = browser.new_page(viewport={"width": 1100, "height": 400})
    page.set_content(PAGE.format(paper=PAPER, ink=INK, lines=drawn))
    page.locator("pre").screenshot(path=path)
    page.close()


def _line(line: Sequence[Cell]) -> str:
    return "".join(
        f'<span style="{_css(style)}">{escape("".join(char for char, _ in cells))}</span>'
        for style, cells in groupby(line, key=lambda cell: cell[1])
    )


def _css(style: Style) -> str:
    colour, background, bold, is_reversed = style
    if is_reversed:
        colour, background = background or PAPER, colour or INK
    rules = {"color": colour, "background": background, "font-weight": "700" if bold else ""}
    return ";".join(f"{name}:{value}" for name, value in rules.items() if value)
