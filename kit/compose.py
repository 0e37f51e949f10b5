"""A chart as a picture that leaves the site: one size, white paper, and under the marks what it must always say.

Rule: no mark is moved and none is added; what is written in the picture is given, in words that are ready.
"""

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from plotly.graph_objects import Figure

from pages.shared.charts.measure import cell
from pages.shared.charts.theme import (
    LIGHT,
    PRESS_PAPER,
    SUBTITLE_LINE,
    TITLE_SIZE,
    wrapped,
)

# The picture is laid out at this width, where the letters of the site keep their size, then enlarged to the width of a
# page: a letter of 13 is one of 19 and a half, which is read in print and on a phone.
LAID_WIDTH, PRESS_WIDTH = 800, 1200
SCALE = PRESS_WIDTH / LAID_WIDTH
EDGE, LAST_WORD = 24, 12
# What one line holds, in characters.
TITLE_WIDTH, SUBTITLE_WIDTH, NOTE_WIDTH = 92, 122, 122
# Plotly 7.1 sets the subtitle so much lower for each further line of the title, which is less than a line.
TITLE_STEP = 13
NOTE_SIZE, NOTE_LINE, NOTE_GAP = 11, 15, 16
PAPER = re.compile(re.escape(LIGHT.paper), re.IGNORECASE)
# The same paper under an opacity.
CLEAR_PAPER = "rgba({},{},{},".format(*(int(LIGHT.paper[i : i + 2], 16) for i in (1, 3, 5)))
CLEAR_PRESS = "rgba({},{},{},".format(*(int(PRESS_PAPER[i : i + 2], 16) for i in (1, 3, 5)))


@dataclass(frozen=True)
class Composed:
    """A picture: its figure as JSON, and its size in pixels once enlarged."""

    json: str
    width: int
    height: int


def compose(figure: Figure, notes: Sequence[str], about: str = "") -> Composed:
    """Return a copy of `figure` for the press, with `notes` (plain words, a line or more each) under its marks.

    `about` is what the whole picture is about, where its title does not say it: a project, a region.
    """
    picture = Figure(figure)
    saved = _widen_titles(picture, cell(about))
    lines = [line for note in notes for line in _lines(note)]
    layout, room = picture.layout, NOTE_GAP + NOTE_LINE * len(lines) + EDGE
    height, above = layout.height - saved, layout.margin.t - saved
    below, left, right = (layout.margin[side] or 0 for side in "blr")
    picture.update_layout(
        width=LAID_WIDTH,
        height=height + EDGE + room,
        margin={
            "t": above + EDGE,
            "b": below + room,
            "l": left + EDGE,
            # The last word of an axis is written around its end.
            "r": right + EDGE + LAST_WORD,
        },
        title_pad={"t": TITLE_SIZE + 3 + EDGE, "l": EDGE if picture.layout.title.xref == "container" else 0},
    )
    picture.add_annotation(
        text="<br>".join(map(cell, lines)),
        font={"size": NOTE_SIZE, "color": LIGHT.muted},
        **{"x": 0, "xref": "paper", "xanchor": "left", "xshift": -left, "align": "left", "borderpad": 0},
        **{"y": 0, "yref": "paper", "yanchor": "top", "yshift": -(below + NOTE_GAP - 4)},
    )
    written = PAPER.sub(PRESS_PAPER, str(picture.to_json())).replace(CLEAR_PAPER, CLEAR_PRESS)
    return Composed(outward(written), PRESS_WIDTH, round(picture.layout.height * SCALE))


def _widen_titles(picture: Figure, about: str) -> int:
    """Write the titles on as few lines as this width holds; return the height that it saves."""
    title = picture.layout.title
    before = title.text.count("<br>") * TITLE_STEP
    words = _one_line(title.text.removeprefix("<b>").removesuffix("</b>"))
    title.text = f"<b>{wrapped(headed(about, words), TITLE_WIDTH)}</b>"
    after = title.text.count("<br>") * TITLE_STEP
    if under := title.subtitle.text:
        before += under.count("<br>") * SUBTITLE_LINE
        title.subtitle.text = wrapped(_one_line(under), SUBTITLE_WIDTH)
        after += title.subtitle.text.count("<br>") * SUBTITLE_LINE
    return before - after


def outward(written: str) -> str:
    """Return the JSON of a figure whose links open beside the page that it stands in."""
    return written.replace(r"target=\"_self\"", r"target=\"_blank\"")


def headed(about: str, title: str) -> str:
    """Return a title under what it is about."""
    return f"{about} – {title}" if about else title


def _one_line(words: str) -> str:
    return words.replace("<br>", " ")


def _lines(note: str) -> list[str]:
    """Return a note on lines that the picture holds; an address, which has no space, is broken where it must."""
    return textwrap.wrap(note, NOTE_WIDTH, break_long_words=True, break_on_hyphens=False)
