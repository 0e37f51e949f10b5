"""The fonts of the headings and of the pictures that leave the site, cut to its letters: `python -m docs.fonts`.

Rule: made from the fonts that Streamlit ships, once, and kept beside the pages; the whole serif weighs 429 kB for some
titles, this one a tenth, and a picture carries both with it. A cut font is a modified one, which its licence (SIL OFL
1.1) wants under a name of its own.
"""

from pathlib import Path
from typing import Any

import streamlit
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FOLDER = Path(streamlit.__file__).parent / "static" / "static" / "media"
FONTS = Path(__file__).parent.parent / "pages" / "shared" / "fonts"
# Latin with its accents, punctuation and spaces, and the signs of figures and links.
LETTERS = (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2000, 0x2070), *map(ord, "€™←↑→↓−×≈≠≤≥■▨◆◇○●"))
FEATURES = ["kern", "liga", "ccmp", "locl", "mark", "mkmk", "lnum", "tnum", "pnum"]
WEIGHTS, OPTICAL_SIZE = (400, 700), 24
# The name of each cut font, what Streamlit calls the one that it is cut from, and the axes that are left of it.
CUTS = {
    "Infra Serif": ("SourceSerifVariable-Roman*.woff2", {"wght": WEIGHTS, "opsz": OPTICAL_SIZE}),
    "Infra Sans": ("SourceSansVF-Upright*.woff2", {"wght": WEIGHTS}),
}
# Family, full name, PostScript name and typographic family: the reserved name of the original may not stay.
NAMES = (1, 3, 4, 6, 16)


def main() -> None:
    """Cut the fonts and write them. Raises ValueError where Streamlit no longer ships one that is cut."""
    FONTS.mkdir(exist_ok=True)
    for name, (pattern, axes) in CUTS.items():
        found = sorted(FOLDER.glob(pattern))
        if len(found) != 1:
            raise ValueError(f"{FOLDER}: not one {pattern} but {len(found)}")
        cut = FONTS / f"{name.lower().replace(' ', '-')}.woff2"
        _cut(found[0], name, axes).save(cut)
        print(f"{cut.name}: {cut.stat().st_size / 1000:.0f} kB, cut from {found[0].stat().st_size / 1000:.0f}")


def _cut(path: Path, name: str, axes: dict[str, Any]) -> TTFont:
    font = TTFont(path)
    options = Options()
    options.layout_features = FEATURES
    options.name_IDs = [0, 1, 2, 4, 5, 6, 13, 14]
    letters = Subsetter(options)
    letters.populate(unicodes=LETTERS)
    letters.subset(font)
    font = instancer.instantiateVariableFont(font, axes)
    for number in NAMES:
        if font["name"].getDebugName(number):
            font["name"].setName(name.replace(" ", "") if number == 6 else name, number, 3, 1, 0x409)
    font.flavor = "woff2"
    return font


if __name__ == "__main__":
    main()
