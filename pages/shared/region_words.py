"""What regions are called, and what several of them hold, in a sentence.

Rule: rows of the queries become words here, one by one; nothing is added up, and an amount that nobody states is
said so, never written zero.
"""

import pandas as pd

from pages.shared import data
from pages.shared.region_figures import INVESTMENT, NOT_LOCATED, RegionAnswers, figure, pick
from pages.shared.texts import text


def region_name(code: str, lang: str) -> str:
    """Return the name of a region's code; "none" is « Non localisé »."""
    return text("regions.not_located", lang) if code == NOT_LOCATED else data.names("regions").get(code, code)


def tell_all(totals_by_region: pd.DataFrame, lang: str) -> str:
    """Say which regions lead on announced investment, and what is not located."""
    rows = totals_by_region[totals_by_region["metric"] == INVESTMENT]
    known = rows[rows["high"].notna() | rows["low"].notna()]
    leading = known[known["region_code"] != NOT_LOCATED].head(2)
    names = ("first", "second")[: len(leading)]
    words: dict[str, object] = {}
    for name, (_, row) in zip(names, leading.iterrows(), strict=True):
        words |= {name: row["region_name"], f"{name}_amount": figure(row, INVESTMENT, lang)}
    key = ("nothing_located", "only", "all")[len(leading)]
    sentence = text(f"regions.sentence.{key}", lang, **words)
    elsewhere = pick(known, region_code=NOT_LOCATED)
    if elsewhere is None:
        return sentence
    amount = figure(elsewhere, INVESTMENT, lang)
    return f"{sentence} {text('regions.sentence.elsewhere', lang, amount=amount)}"


def tell_two(first: RegionAnswers, second: RegionAnswers, lang: str) -> str:
    """Say in a sentence how much each of two regions holds."""
    words = {}
    for place, answers in (("first", first), ("second", second)):
        words[place] = region_name(answers.code, lang)
        words[f"{place}_amount"] = figure(pick(answers.totals, metric=INVESTMENT), INVESTMENT, lang)
    return text("regions.sentence.compare", lang, **words)
