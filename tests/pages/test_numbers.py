"""A figure reads exactly so, in French and in English."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.shared import numbers

N = "\u202f"
NAN = math.nan


@pytest.mark.parametrize(
    ("low", "high", "french", "english"),
    [
        (20_000, 20_000, f"20{N}Md€", "€20bn"),
        (450, 450, f"450{N}M€", "€450m"),
        (1_500, 1_500, f"1,5{N}Md€", "€1.5bn"),
        (174_995, 214_015, f"entre 175 et 214{N}Md€", "between €175bn and €214bn"),
        (26_834, 31_834, f"entre 26,8 et 31,8{N}Md€", "between €26.8bn and €31.8bn"),
        (NAN, 4_000, f"jusqu’à 4{N}Md€", "up to €4bn"),
        (0, 75_000, f"jusqu’à 75{N}Md€", "up to €75bn"),
        (2_000, NAN, f"au moins 2{N}Md€", "at least €2bn"),
        (450, 1_500, f"entre 450{N}M€ et 1,5{N}Md€", "between €450m and €1.5bn"),
        (4_160, 4_180, f"entre 4,16 et 4,18{N}Md€", "between €4.16bn and €4.18bn"),
        (174_995, 175_004, f"entre 174,995 et 175,004{N}Md€", "between €174.995bn and €175.004bn"),
        (214_015, 174_995, f"entre 175 et 214{N}Md€", "between €175bn and €214bn"),
        (999.96, 999.96, f"1{N}Md€", "€1bn"),
        (0.01, 0.01, f"0,01{N}M€", "€0.01m"),
        (0, 0, f"0{N}M€", "€0m"),
        (None, None, "montant inconnu", "amount unknown"),
    ],
)
def test_an_amount_reads(low, high, french, english):
    assert numbers.amount(low, high, "fr") == french
    assert numbers.amount(low, high, "en") == english


@pytest.mark.parametrize(
    ("low", "high", "is_floor", "french", "english"),
    [
        (174_995, 214_015, False, f"175–214{N}Md€", "€175–214bn"),
        (174_995, 214_015, True, f"175–214{N}Md€+", "€175–214bn+"),
        (2_000, 2_000, True, f"≥{N}2{N}Md€", f"≥{N}€2bn"),
        (None, 4_000, False, f"≤{N}4{N}Md€", f"≤{N}€4bn"),
        (None, None, False, "inconnu", "unknown"),
    ],
)
def test_an_amount_reads_short_in_a_table(low, high, is_floor, french, english):
    assert numbers.amount(low, high, "fr", is_floor, form="short") == french
    assert numbers.amount(low, high, "en", is_floor, form="short") == english


def test_a_floor_inside_a_total_is_said():
    assert numbers.amount(174_995, 214_015, "fr", is_floor=True) == f"entre 175 et au moins 214{N}Md€"
    assert numbers.amount(2_000, 2_000, "en", is_floor=True) == "at least €2bn"


def test_power_changes_unit_above_a_thousand_megawatts():
    assert numbers.power(148.8, 148.8, "fr") == f"148,8{N}MW"
    assert numbers.power(28_600, 28_600, "fr") == f"28,6{N}GW"
    assert numbers.power(2_000, None, "fr") == f"au moins 2{N}GW"
    assert numbers.power(11_262.82, 15_862.82, "en") == f"between 11.3 and 15.9{N}GW"


def test_jobs_are_whole_and_agree_in_number():
    assert numbers.jobs(1_000, 1_000, "fr") == f"1{N}000{N}emplois"
    assert numbers.jobs(1_000, 1_000, "en") == "1,000 jobs"
    assert numbers.jobs(1, 1, "fr") == f"1{N}emploi"
    assert numbers.metric("construction_jobs", 300, 400, "fr") == f"entre 300 et 400{N}emplois de chantier"


def test_a_bare_figure_leaves_the_noun_to_the_sentence():
    assert numbers.metric("sites_count", 35, 35, "fr", form="bare") == "35"
    assert numbers.metric("investment_meur", 450, 450, "fr", form="bare") == f"450{N}M€"


def test_a_share_never_rounds_something_to_nothing():
    assert numbers.percent(0.38, "fr") == f"38{N}%"
    assert numbers.percent(0.0057, "en") == "0.6%"
    assert numbers.percent(0.000005, "fr") == f"moins de 0,1{N}%"
    assert numbers.percent(0, "fr") == f"0{N}%"
    assert numbers.percent_range(0.377, 0.308, "fr") == f"entre 31{N}% et 38{N}%"
    assert numbers.percent_range(0.3771, 0.3772, "fr") == f"38{N}%"


def test_dates_keep_the_precision_that_is_known():
    assert numbers.day("2025-02-12", "day", "fr") == "12 février 2025"
    assert numbers.day("2025-02-01", "month", "fr") == "février 2025"
    assert numbers.day("2025-02-12", "day", "en") == "12 February 2025"
    assert numbers.day("2025-03-01", "day", "fr") == "1er mars 2025"
    assert numbers.day(None, "day", "fr") == ""
    assert [numbers.partial_day(stated, "en") for stated in ("2025", "2025-05", "2025-05-19", None)] == [
        "2025",
        "May 2025",
        "19 May 2025",
        "",
    ]


AMOUNTS = st.decimals(min_value="0.001", max_value="999999", places=3)


@given(AMOUNTS, AMOUNTS, st.sampled_from(["fr", "en"]), st.sampled_from(["long", "short"]))
def test_two_different_ends_never_read_the_same(low, high, lang, form):
    written = numbers.metric("investment_meur", low, high, lang, form=form)
    if low == high:
        assert written == numbers.metric("investment_meur", high, high, lang, form=form)
    else:
        ends = {numbers.metric("investment_meur", end, end, lang) for end in (low, high)}
        assert written not in ends
        assert ("–" in written) if form == "short" else written.startswith(("entre ", "between "))
        first, second = written.replace("–", " – ").split(
            " et " if lang == "fr" and form == "long" else " and " if form == "long" else " – "
        )
        assert first.removeprefix("entre ").removeprefix("between ") != second


@given(AMOUNTS, st.sampled_from(["fr", "en"]))
def test_what_is_not_zero_never_reads_as_zero(value, lang):
    digits = numbers.amount(value, value, lang).strip(f"€bnmMd{N}")
    assert digits.strip("0,.") != ""
