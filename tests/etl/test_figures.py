"""A figure in a few signs reads as the site writes it in a table."""

import csv
import io
from itertools import product

import pytest

from etl.figures import METRICS, WHOLE, short_figure
from etl.schema import ANNOUNCEMENTS
from pages.shared import numbers

ENDS = ("", "0", "0.04", "0.5", "1", "1.5", "26.85", "999.94", "999.96", "1000", "1234", "1239.6", "20000", "109500")


def as_shown(metric: str, low: str, high: str, lang: str) -> str:
    ends = (float(end) if end else None for end in (low, high))
    return " ".join(numbers.metric(metric, *ends, lang, form="short").split())


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_any_figure_is_written_as_the_tables_of_the_site_write_it(lang: str):
    for metric, (low, high) in METRICS.items():
        for ends in product(ENDS, repeat=2):
            if any(ends) and not (metric in WHOLE and "." in "".join(ends)):
                if low == high and ends[0] != ends[1]:
                    continue
                assert short_figure({low: ends[0], high: ends[1]}, lang) == as_shown(metric, *ends, lang)


def test_each_figure_of_the_file_is_written_so():
    for claim in csv.DictReader(io.StringIO(ANNOUNCEMENTS.read_text(encoding="utf-8"))):
        for metric, columns in METRICS.items():
            ends = [claim[column] for column in columns]
            if any(ends):
                alone = dict(zip(columns, ends, strict=True))
                assert short_figure(alone, "fr") == as_shown(metric, *ends, "fr")


def test_the_first_figure_stands_for_the_row_and_none_for_what_is_no_number():
    assert short_figure({"investment_high_meur": "4000", "power_low_mw": "2000"}, "fr") == "≤ 4 Md€"
    assert short_figure({"power_low_mw": "2000", "jobs_low": "40"}, "en") == "≥ 2 GW"
    assert short_figure({"investment_low_meur": "beaucoup"}, "fr") == ""
