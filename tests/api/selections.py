"""Selections drawn at random, always the same ones, and addresses that ask for them in any order."""

import random
from datetime import date, timedelta
from urllib.parse import urlencode

from api import data
from queries import Facets, Selection
from queries.selection import FACETS

WORDS = ("fouju", "data center", "é", "l'", "brookfield", "cambrai", "mistral ai", "l’", "campus")
# Few days, since each of the past is computed once: before anything, after the summit, in a month dated by the month.
UNTIL = (date(2021, 1, 15), date(2025, 2, 15), date(2026, 5, 20))
SINCE_FIRST, SINCE_DAYS = date(2023, 1, 1), 1400


def selections(count: int, seed: int = 11) -> list[Selection]:
    """Draw selections of one to three filters: codes, a day since, a day until, words."""
    draw = random.Random(seed)
    facets = data.facets()
    return [_one(draw, facets) for _ in range(count)]


def _one(draw: random.Random, facets: Facets) -> Selection:
    chosen: dict[str, object] = {}
    for name in draw.sample((*FACETS, "since", "until", "q"), draw.randint(1, 3)):
        if name in FACETS:
            codes = facets.codes(name)
            wanted = draw.sample(codes, min(len(codes), draw.randint(1, 6)))
            chosen[name] = tuple(code for code in codes if code in wanted)
        else:
            since = SINCE_FIRST + timedelta(days=draw.randrange(SINCE_DAYS))
            chosen[name] = {"q": draw.choice(WORDS), "until": draw.choice(UNTIL), "since": since}[name]
    return Selection(**chosen)  # type: ignore[arg-type]


def asking(path: str, selection: Selection, seed: int = 5) -> str:
    """The address that asks for a selection, its parameters and codes in a random order."""
    pairs = [(name, code) for name, codes in selection.to_params().items() for code in codes]
    random.Random(seed).shuffle(pairs)
    return f"{path}?{urlencode(pairs)}" if pairs else path
