"""The allowed code closest to what somebody typed.

Rule: codes and names are compared without accents, case, punctuation or leading zeros; nothing close, or two
readings, gives None: never a wild guess.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping

SIMILARITY = 0.72  # below, suggestions seen on real typing mistakes were wrong more often than right
# Looking for similar names is slow: enough for people, a bound for a hostile file.
MOST_SIMILAR_TRIES = 200
# Accents piled on one letter, and two long texts side by side, cost the square of their length. The longest note of
# November 2026 holds 144 signs.
LONGEST_COMPARED = 1_000
DIGITS = re.compile(r"[0-9]+")


def plain(text: str) -> str:
    """Return the beginning of `text` without accents, case or punctuation: « Île-de-France » → ile de france."""
    decomposed = unicodedata.normalize("NFKD", text[:LONGEST_COMPARED].replace("œ", "oe").replace("Œ", "oe").casefold())
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", letters.replace("_", " ")))


class Names:
    """Codes under all the names by which somebody may mean them."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        """Index `names`: code → its other names. Of two codes under one name, the first is kept."""
        self._meant: dict[str, str] = {}
        self._tries = MOST_SIMILAR_TRIES
        for code, others in names.items():
            for name in (code, *others):
                self._meant.setdefault(_comparable(name), code)

    def closest(self, value: str, besides: str = "") -> str | None:
        """Return the code meant by `value`, or None; never the code `besides`.

        A code or a name written otherwise wins over one that is only similar.
        """
        wanted = _comparable(value)
        written = self._meant.get(wanted)
        if written is not None and written != besides:
            return written
        if not wanted or not self._tries:
            return None
        self._tries -= 1
        digits = DIGITS.findall(wanted)
        # Two numbers that look alike are two different codes, and the summit of 2023 is not that of 2024.
        likely = [name for name, code in self._meant.items() if code != besides and DIGITS.findall(name) == digits]
        near = difflib.get_close_matches(wanted, likely, n=1, cutoff=SIMILARITY)
        return self._meant[near[0]] if near else None


def closest(value: str, names: Mapping[str, Iterable[str]]) -> str | None:
    """Return the code of `names` (code → its other names) meant by `value`, or None; see `Names`."""
    return Names(names).closest(value)


def _comparable(text: str) -> str:
    """Spreadsheets drop the zero of « 06 » and « 01004 »."""
    return plain(text).lstrip("0")


def slug(value: str) -> str:
    """Return `value` as an identifier: « Campus IA (Fouju) » → campus-ia-fouju."""
    return plain(value).replace(" ", "-")
