"""The serif of the headings, cut to the letters that the site writes: `python -m docs.fonts`.

Rule: made from the font that Streamlit ships, once, and kept beside the pages; the whole one weighs 429 kB for some
titles, this one a tenth. A cut font is a modified one, which its licence (SIL OFL 1.1) wants under a name of its own.
"""

from pathlib import Path

import streamlit
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FOLDER = Path(streamlit.__file__).parent / "static" / "static" / "media"
CUT = Path(__file__).parent.parent / "pages" / "shared" / "fonts" / "infra-serif.woff2"
NAME = "Infra Serif"
# Latin with its accents, punctuation and spaces, and the signs of figures and links.
LETTERS = (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2000, 0x2070), *map(ord, "€™←↑→↓−×≈≠≤≥"))
FEATURES = ["kern", "liga", "ccmp", "locl", "mark", "mkmk", "lnum", "tnum", "pnum"]
WEIGHTS, OPTICAL_SIZE = (400, 700), 24
# Family, full name, PostScript name: the reserved name of the original may not stay.
NAMES = {1: NAME, 3: NAME, 4: NAME, 6: NAME.replace(" ", ""), 16: NAME}


def main() -> None:
    """Cut the font and write it. Raises ValueError where Streamlit no longer ships the one that is cut."""
    found = sorted(FOLDER.glob("SourceSerifVariable-Roman*.woff2"))
    if len(found) != 1:
        raise ValueError(f"{FOLDER}: not one serif but {len(found)}")
    font = TTFont(found[0])
    options = Options()
    options.layout_features = FEATURES
    options.name_IDs = [0, 1, 2, 4, 5, 6, 13, 14]
    letters = Subsetter(options)
    letters.populate(unicodes=LETTERS)
    letters.subset(font)
    font = instancer.instantiateVariableFont(font, {"wght": WEIGHTS, "opsz": OPTICAL_SIZE})
    for number, name in NAMES.items():
        if font["name"].getDebugName(number):
            font["name"].setName(name, number, 3, 1, 0x409)
    font.flavor = "woff2"
    CUT.parent.mkdir(exist_ok=True)
    font.save(CUT)
    print(f"{CUT.name}: {CUT.stat().st_size / 1000:.0f} kB, cut from {found[0].stat().st_size / 1000:.0f}")


if __name__ == "__main__":
    main()
