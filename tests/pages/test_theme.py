"""Text is legible in both themes: contrast of at least 4.5, from the settings themselves (WCAG 2.1, 1.4.3)."""

import re
import tomllib

import pytest

from etl.schema import ROOT

CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
STYLE = (ROOT / "pages" / "shared" / "style.css").read_text(encoding="utf-8")
TEXTS = ("textColor", "linkColor", "grayTextColor", "orangeTextColor", "blueTextColor")
PAPERS = ("backgroundColor", "secondaryBackgroundColor")


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") < 4.5 < contrast("#767676", "#FFFFFF")


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("text", TEXTS)
def test_text_stands_out_of_its_paper(mode, paper, text):
    theme = CONFIG["theme"][mode]
    assert contrast(theme[text], theme[paper]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_white_is_legible_on_the_primary_colour_and_that_colour_on_its_paper(mode):
    theme = CONFIG["theme"][mode]
    assert contrast("#FFFFFF", theme["primaryColor"]) >= 4.5
    assert min(contrast(theme["primaryColor"], theme[paper]) for paper in PAPERS) >= 3


@pytest.mark.parametrize(("name", "least"), [("ink", 4.5), ("muted", 4.5), ("attention", 4.5), ("mark", 3)])
def test_the_colours_of_the_style_sheet_stand_out_too(name, least):
    colours = re.search(rf"--{name}: light-dark\((#\w{{6}}), (#\w{{6}})\)", STYLE)
    assert colours is not None
    for mode, colour in zip(("light", "dark"), colours.groups(), strict=True):
        assert min(contrast(colour, CONFIG["theme"][mode][paper]) for paper in PAPERS) >= least


def test_nothing_is_fetched_and_nobody_is_asked():
    assert CONFIG["theme"]["font"] == "sans-serif" and CONFIG["theme"]["headingFont"] == "Infra Serif, serif"
    assert re.findall(r"url\([^)]*\)|@import|https?:", STYLE) == ['url("infra-serif.woff2")']
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["server"]["headless"] is True and CONFIG["server"]["showEmailPrompt"] is False
    assert CONFIG["client"]["showErrorDetails"] == "none" and CONFIG["client"]["toolbarMode"] == "minimal"
