"""Charts of rows: what each bar draws, what each title finds, what is said aloud."""

import math

import pandas as pd
import pytest

from pages.shared.charts import (
    compare,
    describe_compare,
    describe_power_stages,
    describe_ranking,
    describe_scope_bar,
    describe_status_bar,
    power_stages,
    ranking,
    scope_bar,
    status_bar,
)
from pages.shared.charts.theme import DARK, LIGHT

N = "\u202f"


def trace(figure, name):
    return next(trace for trace in figure.data if trace.name == name)


def words(figure) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations]


def test_a_range_is_solid_to_low_and_light_to_high(regions: pd.DataFrame) -> None:
    figure = ranking(regions, "investment_meur", "fr")
    solid, span, ends = trace(figure, "low"), trace(figure, "span"), trace(figure, "ends")
    assert list(solid.x) == [66_000, 26_834, 1_000, 300, 30, 0, 70_430]
    assert list(span.base) == [26_834, 1_000, 0, 70_430]
    assert list(span.x) == [5_000, 4_000, 10, 30_000]
    assert list(ends.x) == [26_834, 31_834, 1_000, 5_000, 10, 70_430, 100_430]
    assert span.marker.color[0] == "rgba(20,95,153,0.45)"


def test_an_unknown_amount_is_a_row_without_a_bar(regions: pd.DataFrame) -> None:
    figure = ranking(regions, "investment_meur", "fr")
    codes = [code for (code,) in trace(figure, "low").customdata]
    assert "24" not in codes
    assert "<b>Centre-Val de Loire</b>  montant inconnu" in words(figure)
    assert not any(math.isnan(value) for bar in figure.data for value in bar.x)


def test_an_open_end_fades_beyond_its_high(regions: pd.DataFrame) -> None:
    fade = trace(ranking(regions, "investment_meur", "fr"), "fade")
    starts = sorted(fade.base)
    assert starts[0] == 66_000 and 100_430 in starts
    assert len(starts) == 10
    opacities = [float(colour.rstrip(")").split(",")[-1]) for colour in fade.marker.color[:5]]
    assert opacities == sorted(opacities, reverse=True)


def test_what_is_not_located_is_last_and_grey(regions: pd.DataFrame) -> None:
    figure = ranking(regions, "investment_meur", "fr")
    solid = trace(figure, "low")
    assert list(solid.customdata[-1]) == ["none"]
    assert list(solid.marker.color) == [LIGHT.amount] * 6 + [LIGHT.other]
    assert words(figure)[-1].startswith("<b>Non localisé</b>")


def test_the_title_says_who_leads(regions: pd.DataFrame) -> None:
    figure = ranking(regions, "investment_meur", "fr")
    assert figure.layout.title.text == f"<b>Hauts-de-France en tête{N}: au moins 66{N}Md€,<br>devant Île-de-France</b>"
    assert figure.layout.title.subtitle.text == "Investissement annoncé"
    english = ranking(regions, "power_mw", "en")
    title = f"<b>Hauts-de-France leads with at least<br>5.34{N}GW, ahead of Île-de-France</b>"
    assert english.layout.title.text == title
    assert english.layout.title.subtitle.text == "Announced power (kinds mixed)"


def test_the_first_regions_may_be_asked_for_alone(regions: pd.DataFrame) -> None:
    solid = trace(ranking(regions, "investment_meur", "fr", top=2), "low")
    assert [code for (code,) in solid.customdata] == ["32", "11", "none"]


def test_per_inhabitant_divides_by_the_population_and_drops_what_has_none(regions: pd.DataFrame) -> None:
    figure = ranking(regions, "investment_meur", "fr", per_inhabitant=True)
    solid = trace(figure, "low")
    assert solid.x[0] == pytest.approx(66_000_000_000 / 5_980_697)
    assert "none" not in [code for (code,) in solid.customdata]
    assert words(figure)[1] == f"<b>Île-de-France</b>  entre 2{N}179 et 2{N}584{N}€ par habitant"
    assert f"au moins 11{N}036{N}€ par habitant" in figure.layout.title.text.replace("<br>", " ")


def test_a_dark_figure_takes_the_dark_colours(regions: pd.DataFrame) -> None:
    figure = ranking(regions, "investment_meur", "fr", dark=True)
    assert figure.layout.template.layout.paper_bgcolor == DARK.paper
    assert trace(figure, "low").marker.color[0] == DARK.amount


def test_what_comes_from_the_data_is_not_read_as_markup(regions: pd.DataFrame) -> None:
    regions.loc[regions["region_code"] == "32", "region_name"] = '<a href="https://exemple.fr">ici</a>'
    figure = ranking(regions, "investment_meur", "fr")
    assert "<a " not in "".join([*words(figure), *trace(figure, "low").hovertext])


def test_two_regions_are_compared_in_the_order_given(regions: pd.DataFrame) -> None:
    two = regions[regions["region_code"].isin(["11", "32"])]
    figure = compare(two, "power_mw", "fr")
    assert [code for (code,) in trace(figure, "low").customdata] == ["32", "11"]
    told = f"Hauts-de-France, au moins 5,34{N}GW{N}; Île-de-France, entre 1,63 et 4,33{N}GW"
    assert describe_compare(two, "power_mw", "fr") == told
    assert figure.layout.title.text.replace("<br>", " ") == f"<b>{told}</b>"


def test_statuses_stand_in_order_and_the_stopped_are_hatched(statuses: pd.DataFrame) -> None:
    solid = trace(status_bar(statuses, "fr"), "low")
    codes = ["ambition", "announced", "under_construction", "operational", "", "suspended", "cancelled"]
    assert [code for (code,) in solid.customdata] == codes
    assert list(solid.x) == [3, 60, 9, 7, 4, 1, 2]
    assert list(solid.marker.color) == [LIGHT.status.get(code, LIGHT.other) for code in codes]
    assert list(solid.marker.pattern.shape) == ["", "", "", "", "", "/", "/"]


def test_the_title_of_the_statuses_counts_what_stands(statuses: pd.DataFrame) -> None:
    figure = status_bar(statuses, "fr")
    assert figure.layout.title.text.replace("<br>", " ") == f"<b>86{N}projets, dont 9 en chantier et 7 en service</b>"
    assert describe_status_bar(statuses, "en").endswith("not in the totals).")


def test_a_stopped_project_has_no_amount(statuses: pd.DataFrame) -> None:
    figure = status_bar(statuses, "fr", metric="power_mw")
    codes = [code for (code,) in trace(figure, "low").customdata]
    assert codes == ["ambition", "announced", "under_construction", "operational"]
    assert "2\u202fprojets" in words(figure)[-1] and "hors des totaux" in words(figure)[-1]


def test_scopes_are_rows_and_never_a_sum(scopes: pd.DataFrame) -> None:
    figure = scope_bar(scopes, "jobs", "fr")
    solid = trace(figure, "low")
    by_scope = dict(zip([code for (code,) in solid.customdata], solid.x, strict=True))
    assert by_scope == {"direct": 5_000, "direct_indirect": 4_300, "unspecified": 5_000}
    assert len(set(solid.y)) == 3
    assert dict(zip(by_scope, solid.marker.color, strict=True)) == LIGHT.scopes
    assert "14" not in figure.layout.title.text and "14" not in describe_scope_bar(scopes, "jobs", "fr").split("(")[0]


def test_a_target_is_a_mark_beside_the_bars_and_no_percentage(statuses: pd.DataFrame, histories: pd.DataFrame) -> None:
    figure = power_stages(statuses, histories, "fr")
    marks = trace(figure, "marks")
    assert list(marks.x) == [2_000] and [list(code) for code in marks.customdata] == [["objectif"]]
    assert "objectif" not in [code for (code,) in trace(figure, "low").customdata]
    told = describe_power_stages(statuses, histories, "fr")
    assert "au moins 2\u202fGW (avril 2025)" in told
    assert "%" not in told + figure.layout.title.text + "".join(words(figure))


def test_nothing_known_says_so(regions: pd.DataFrame) -> None:
    figure = ranking(regions[regions["region_code"] == "24"], "investment_meur", "fr")
    assert figure.layout.title.text == "<b>Aucun chiffre connu dans cette sélection</b>"
    assert list(trace(figure, "low").x or []) == []


def test_a_ranking_is_said_in_a_sentence(regions: pd.DataFrame) -> None:
    told = describe_ranking(regions, "investment_meur", "fr", top=2)
    assert told == (
        f"Investissement annoncé{N}: Hauts-de-France, au moins 66{N}Md€{N}; "
        f"Île-de-France, entre 26,8 et 31,8{N}Md€{N}; Non localisé, entre 70,4 et au moins 100,4{N}Md€."
    )
