"""The palette is legible: on both papers, and to colour-blind readers."""

import itertools
import math

import pytest

from pages.shared.charts.fills import class_colours
from pages.shared.charts.theme import DARK, LIGHT, Palette, new_figure, wrapped

PALETTES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
# Machado, Oliveira and Fernandes (2009), severity 1, in linear RGB.
VISIONS = {
    "common": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
}
# CIE76. Under 2.3 a difference is not seen; 10 is seen at a glance, and no status relies on colour alone.
SEEN_AT_A_GLANCE = 10


def linear(colour: str) -> list[float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lab(colour: str, vision: str) -> tuple[float, float, float]:
    rgb = linear(colour)
    red, green, blue = (
        min(1.0, max(0.0, sum(m * c for m, c in zip(row, rgb, strict=True)))) for row in VISIONS[vision]
    )
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: str, other: str, vision: str) -> float:
    return math.dist(lab(one, vision), lab(other, vision))


@PALETTES
def test_text_has_a_contrast_of_four_and_a_half(colours: Palette) -> None:
    assert min(contrast(colours.ink, colours.paper), contrast(colours.muted, colours.paper)) >= 4.5


@PALETTES
def test_marks_have_a_contrast_of_three(colours: Palette) -> None:
    marks = {
        **colours.status,
        **colours.scopes,
        "amount": colours.amount,
        "other": colours.other,
        "chosen": colours.chosen,
        "border": colours.border,
        "largest": colours.amounts[-1],
    }
    assert {name for name, colour in marks.items() if contrast(colour, colours.paper) < 3} == set()


@PALETTES
@pytest.mark.parametrize("vision", VISIONS)
def test_statuses_are_told_apart_by_colour_blind_readers(colours: Palette, vision: str) -> None:
    pairs = itertools.combinations(colours.status.values(), 2)
    assert min(difference(one, other, vision) for one, other in pairs) >= SEEN_AT_A_GLANCE


@PALETTES
@pytest.mark.parametrize("vision", VISIONS)
def test_classes_of_amounts_go_one_way_and_are_told_apart(colours: Palette, vision: str) -> None:
    scale = [colours.paper, *colours.amounts]
    lightness = [lab(colour, vision)[0] for colour in scale]
    assert lightness == sorted(lightness, reverse=colours is LIGHT)
    assert min(difference(*pair, vision) for pair in itertools.pairwise(scale)) >= SEEN_AT_A_GLANCE


@pytest.mark.parametrize("n", range(1, 7))
def test_few_classes_take_distinct_colours_up_to_the_largest(n: int) -> None:
    chosen = class_colours(n, LIGHT)
    assert len(set(chosen)) == n
    assert chosen == sorted(chosen, key=LIGHT.amounts.index)
    assert chosen[-1] == LIGHT.amounts[-1] or n == 1


def test_a_title_breaks_between_words_and_never_before_a_unit() -> None:
    title = "Hauts-de-France en tête\u202f: au moins 66\u202fMd€, devant Île-de-France"
    assert wrapped(title, 44) == "Hauts-de-France en tête\u202f: au moins 66\u202fMd€,<br>devant Île-de-France"


def test_room_is_kept_for_each_line_of_the_title() -> None:
    one = new_figure("court", "", body_height=100, dark=False)
    two = new_figure("un titre qui ne tient pas sur une ligne de téléphone", "", body_height=100, dark=False)
    assert two.layout.height - one.layout.height == two.layout.margin.t - one.layout.margin.t == 22
    assert one.layout.title.text == "<b>Court</b>"
