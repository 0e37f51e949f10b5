"""The pictures of the steps taken in a terminal: `check`, `normalise` and `add`, each on a copy of the file.

Rule: the commands are those that people type; nobody's answers are made up but those of `example`.
"""

import tempfile
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser

from docs.example import FORM, MEANING, ROW, read_current, spoil
from docs.terminal import ASKING, Cell, Screen, Terminal, draw
from etl.add_known import Known
from etl.add_questions import make_questions
from etl.messages import told
from etl.reference import load_reference
from etl.schema import ANNOUNCEMENTS, DATA, load_schema

FILE = Path(DATA.name) / ANNOUNCEMENTS.name
# What is typed: a figure and a place are answered once, in the words of the source.
ANSWERS = {
    **{name: value for name, value in ROW.items() if name not in ("investment_high_meur", "investment_low_meur")},
    "project_id": f"{ROW['project_name']} +",
    "project_name": "",
    "region_code": "cambrai",
    "source_kind": "\x15regional_press",
}
# Nearly whole, so that the list of the places is open below.
TYPED_HALF = ("region_code", "cambr")
YES, ASKED_YES = "o", "[o/"


def draw_sessions(browser: Browser, folder: Path) -> None:
    """Make the pictures of the terminal in `folder`."""
    with tempfile.TemporaryDirectory() as home:
        copy = Path(home) / FILE
        copy.parent.mkdir()
        copy.write_text(spoil(MEANING), encoding="utf-8")
        check = Terminal(Path(home), ["etl", "check", str(FILE)])
        check.end()
        draw(browser, _written(check.screen), folder / "terminal-check.png")
        copy.write_text(spoil(FORM), encoding="utf-8")
        normalise = Terminal(Path(home), ["etl", "normalise", str(FILE)])
        normalise.wait(lambda sent: ASKED_YES in sent)
        normalise.type(f"{YES}\n")
        normalise.end()
        draw(browser, _written(normalise.screen), folder / "terminal-normalise.png")
        copy.write_text(read_current(), encoding="utf-8")
        _draw_add(browser, Path(home), folder)


def _draw_add(browser: Browser, home: Path, folder: Path) -> None:
    known = Known(read_current(), load_schema(), load_reference(), date.today(), "fr")
    titles = {question.title: question.name for question in make_questions(known)}
    add = Terminal(home, ["etl", "add", str(FILE)])
    add.wait(_is_asked)
    while ASKED_YES not in (line := add.screen.text(add.screen.row)):
        name = titles[max((title for title in titles if line.startswith(title)), key=len)]
        if name == TYPED_HALF[0]:
            add.type(TYPED_HALF[1])
            add.wait(lambda sent: ROW["departement_code"] in sent)
            draw(browser, _written(add.screen), folder / "terminal-add.png")
            add.type("\x15")
            add.wait(bool)
        add.type(f"{ANSWERS.get(name, '')}\r")
        add.wait(_is_asked)
    add.type(f"{YES}\r")
    add.end()
    begins = told("add", "row", "fr").strip().replace("\u202f", " ").replace("\xa0", " ")
    lines = [add.screen.text(row) for row in range(len(add.screen.lines))]
    draw(browser, _written(add.screen, lines.index(begins)), folder / "terminal-add-fin.png")


def _is_asked(sent: str) -> bool:
    return ASKING in sent


def _written(screen: Screen, first: int = 0) -> list[list[Cell]]:
    """Return the lines of the screen from `first` on, without the blank ones of its end."""
    last = max(row for row in range(len(screen.lines)) if screen.text(row))
    return screen.lines[first : last + 1]
