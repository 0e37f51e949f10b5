"""What a draft changes in the totals, in words: each place and measure that differs, before and after.

Rule: the changes are those of `queries.effect`; here they only become words. No Streamlit here.
"""

from collections.abc import Sequence

import pandas as pd

from pages.shared import data, explanation, numbers
from pages.shared.texts import text
from queries.effect import COUNTRY, NOT_LOCATED, Change


def effect_table(changes: Sequence[Change], lang: str) -> pd.DataFrame:
    """Return the changes in words: place, measure, low scenario, high scenario."""
    columns = [text(f"contribute.column.{name}", lang) for name in ("place", "measure", "low", "high")]
    rows = [
        [
            _place(change.place, lang),
            measure_name(change.metric, change.segment, lang),
            *(_step(old, new, lang) for old, new in zip(change.before, change.after, strict=True)),
        ]
        for change in changes
    ]
    return pd.DataFrame(rows, columns=columns)


def measure_name(metric: str, segment: str, lang: str) -> str:
    """Return « Emplois durables : directs » or « Investissement (M€) »."""
    name = text(f"contribute.measure.{metric}", lang)
    if not segment:
        return name
    named = explanation.segment_name(metric, segment, lang)
    return text("contribute.of_segment", lang, measure=name, segment=named[:1].lower() + named[1:])


def _place(code: str, lang: str) -> str:
    if code in (COUNTRY, NOT_LOCATED):
        return text(f"contribute.place.{code}", lang)
    return data.names("regions")[code]


def _step(old: float, new: float, lang: str) -> str:
    """Return « 174 995 → 194 995 (+20 000) »; the figure alone where this scenario does not move."""
    before, after = numbers.exact(old, lang), numbers.exact(new, lang)
    if old == new:
        return text("contribute.unmoved", lang, figure=after)
    sign = "+" if new > old else "−"
    return text(
        "contribute.step", lang, before=before, after=after, change=sign + numbers.exact(abs(round(new - old, 6)), lang)
    )
