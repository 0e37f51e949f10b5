"""The colours of the sheets can be read on their paper, by day, by night and printed (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re

import pytest

from sheets.style import STYLE

TEXTS, MARKS = ("ink", "muted", "link", "attention"), ("mark", "border")
# In the order of the file: light, dark, print.
PAPERS = [
    dict(re.findall(r"--([a-z]+): (#[0-9A-F]{6})", block)) for block in STYLE.content.decode().split(":root {")[1:]
]


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("paper", PAPERS, ids=["light", "dark", "print"])
def test_words_and_marks_stand_out_from_their_paper(paper: dict[str, str]) -> None:
    ratios = {name: contrast(paper[name], paper["paper"]) for name in (*TEXTS, *MARKS)}
    assert [name for name in TEXTS if ratios[name] < 4.5] == []
    assert [name for name in MARKS if ratios[name] < 3] == []


def test_there_are_three_papers() -> None:
    assert len(PAPERS) == 3 and all({*TEXTS, *MARKS, "paper"} <= set(paper) for paper in PAPERS)
