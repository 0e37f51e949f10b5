"""The claims of one figure: every stated end is a mark, an end not stated fades, the retained figure is a band."""

import math

import pandas as pd
import plotly.graph_objects as go
import pytest

from pages.shared.charts import claims, describe_claims
from pages.shared.charts.bars import FADES
from pages.shared.charts.claim_marks import BAND_OPACITY, FADE_SHARE, SHAPES
from pages.shared.charts.theme import DARK, LIGHT, rgba

N = "\u202f"
UNKNOWN = math.nan
# id, low, high, words, date, precision, kind of source, retained, far from the retained figure, publisher
CLAIMS = [
    ("range", 30_000, 50_000, "30 à 50 milliards", "2025-05-19", "day", "official", False, True, "Élysée"),
    ("exact", 50_000, 50_000, "50 milliards", "2025-05-01", "month", "agency", True, False, "AFP"),
    ("ceiling", UNKNOWN, 40_000, "jusqu’à 40 milliards", "2025-02-10", "day", "company", False, True, "MGX"),
    ("floor", 10_000, UNKNOWN, "plus de 10 milliards", "2025-02-06", "day", "other", False, True, "Un <b>blog</b>"),
    ("words", UNKNOWN, UNKNOWN, "des dizaines de milliards", "2025-02-01", "month", "other", False, False, "Écho"),
]
LIMIT = 50_000 * (1.04 + FADE_SHARE)


def frame(rows: list[tuple], retained: tuple[float, float] = (50_000, 50_000)) -> pd.DataFrame:
    columns = ["announcement_id", "low", "high", "stated", "announced_on", "announced_on_precision"]
    columns += ["source_kind", "is_retained", "deviates", "source_publisher"]
    claims_list = pd.DataFrame(rows, columns=columns).assign(metric="investment_meur")
    claims_list["announced_on"] = pd.to_datetime(claims_list["announced_on"])
    claims_list["retained_low"], claims_list["retained_high"] = retained
    return claims_list


def draw(claims_list: pd.DataFrame, lang: str = "fr", **options: bool) -> go.Figure:
    return claims(claims_list, lang, metric="investment_meur", **options)


def trace(figure: go.Figure, name: str) -> go.Bar | go.Scatter:
    return next(found for found in figure.data if found.name == name)


def shapes(figure: go.Figure, name: str) -> list[go.layout.Shape]:
    return [shape for shape in figure.layout.shapes if shape.name == name]


def test_every_stated_end_is_one_mark_in_the_shape_of_its_source() -> None:
    figure = draw(frame(CLAIMS))
    beside, retained = trace(figure, "beside"), trace(figure, "retained")
    assert list(beside.x) == [30_000, 50_000, 40_000, 10_000]
    assert [code for (code,) in beside.customdata] == ["range", "range", "ceiling", "floor"]
    assert list(beside.marker.symbol) == ["square", "square", "diamond", "x"]
    assert list(retained.x) == [50_000]
    assert [code for (code,) in retained.customdata] == ["exact"]
    assert list(retained.marker.symbol) == ["circle"]
    assert len(set(SHAPES.values())) == len(SHAPES) == 7


def test_a_retained_mark_is_solid_and_the_others_are_hollow_on_both_papers() -> None:
    for dark, colours in ((False, LIGHT), (True, DARK)):
        figure = draw(frame(CLAIMS), dark=dark)
        assert trace(figure, "retained").marker.color == colours.amount
        assert trace(figure, "beside").marker.color == colours.paper


def test_a_range_is_a_bar_between_its_ends_and_an_exact_figure_is_none() -> None:
    bars = trace(draw(frame(CLAIMS)), "ranges")
    assert (list(bars.base), list(bars.x)) == ([30_000], [20_000])


def test_a_ceiling_fades_to_the_left_and_a_floor_to_the_right() -> None:
    fades = trace(draw(frame(CLAIMS)), "fades")
    step = LIMIT * FADE_SHARE / len(FADES)
    to_the_left = [40_000 - (i + 1) * step for i in range(len(FADES))]
    to_the_right = [10_000 + i * step for i in range(len(FADES))]
    assert list(fades.base) == pytest.approx(to_the_left + to_the_right)
    assert list(fades.x) == pytest.approx([step] * 2 * len(FADES))
    assert list(fades.marker.color) == [rgba(LIGHT.amount, opacity) for opacity in FADES] * 2


def test_a_small_ceiling_never_fades_below_zero() -> None:
    rows = [CLAIMS[1], ("small", UNKNOWN, 100, "jusqu’à 100 millions", *CLAIMS[2][4:])]
    fades = trace(draw(frame(rows)), "fades")
    assert min(fades.base) == pytest.approx(0)
    assert sum(fades.x) == pytest.approx(100)


def test_the_newest_is_on_top_and_words_have_no_mark() -> None:
    figure = draw(frame(CLAIMS))
    places = {code: place for name in ("beside", "retained") for (code,), place in codes(trace(figure, name))}
    assert sorted(places, key=places.get, reverse=True) == ["range", "exact", "ceiling", "floor"]
    assert len(shapes(figure, "rule")) == 3


def codes(points: go.Scatter) -> list[tuple[list[str], float]]:
    return list(zip(points.customdata, points.y, strict=True))


@pytest.mark.parametrize(
    ("retained", "band"),
    [((30_000, 50_000), (30_000, 50_000)), ((50_000, 50_000), (50_000, 50_000))],
)
def test_the_retained_figure_is_a_light_band_or_a_line_when_it_is_exact(
    retained: tuple[float, float], band: tuple[float, float]
) -> None:
    figure = draw(frame(CLAIMS, retained))
    (drawn,) = shapes(figure, "band")
    assert (drawn.x0, drawn.x1, drawn.layer) == (*band, "below")
    assert drawn.line.width == 1
    assert shapes(figure, "band-fade") == []


def test_a_retained_floor_is_a_line_that_fades_to_the_right() -> None:
    figure = draw(frame(CLAIMS, (10_000, UNKNOWN)))
    (line,), fading = shapes(figure, "band"), shapes(figure, "band-fade")
    assert (line.x0, line.x1) == (10_000, 10_000)
    assert fading[0].x0 == 10_000 and fading[-1].x1 == pytest.approx(10_000 + LIMIT * FADE_SHARE)
    assert [shape.fillcolor for shape in fading] == [rgba(LIGHT.amount_span, part * BAND_OPACITY) for part in FADES]


def test_a_retained_ceiling_fades_to_the_left() -> None:
    fading = shapes(draw(frame(CLAIMS, (UNKNOWN, 40_000))), "band-fade")
    assert fading[0].x1 == pytest.approx(40_000)
    assert fading[-1].x0 == pytest.approx(40_000 - LIMIT * FADE_SHARE)


def test_where_nothing_is_retained_there_is_no_band() -> None:
    history = frame(CLAIMS, (UNKNOWN, UNKNOWN)).assign(is_retained=False, deviates=False)
    figure = draw(history)
    assert shapes(figure, "band") == []
    assert list(trace(figure, "retained").x) == []
    assert "retenu" not in figure.to_json()


def test_each_row_says_who_when_what_and_whether_it_is_kept() -> None:
    words = [note.text for note in draw(frame(CLAIMS)).layout.annotations]
    assert words == [
        f"<b>Élysée</b>, 19 mai 2025<br>entre 30 et 50{N}Md€ · Officielle · écart",
        f"<b>AFP</b>, mai 2025<br>50{N}Md€ · Agence de presse · <b>retenu</b>",
        f"<b>MGX</b>, 10 février 2025<br>jusqu’à 40{N}Md€ · Entreprise · écart",
        f"<b>Un &lt;b&gt;blog&lt;/b&gt;</b>, 6 février 2025<br>au moins 10{N}Md€ · Autre · écart",
    ]


def test_the_title_says_how_far_they_stand_apart_and_what_is_retained() -> None:
    def title(rows: list[tuple], retained: tuple[float, float], lang: str = "fr") -> str:
        return draw(frame(rows, retained), lang).layout.title.text.replace("<br>", " ")

    everything = title(CLAIMS, (50_000, 50_000))
    assert everything == f"<b>Entre 10 et 50{N}Md€ selon les sources{N}; retenu{N}: 50{N}Md€</b>"
    assert title(CLAIMS[1:2], (50_000, 50_000)) == f"<b>Une seule déclaration{N}: 50{N}Md€</b>"
    twice = [CLAIMS[1], ("again", *CLAIMS[1][1:])]
    assert title(twice, (50_000, 50_000), "en") == "<b>2 claims, one figure: €50bn</b>"
    open_ended = [CLAIMS[1], ("up to", UNKNOWN, *CLAIMS[1][2:])]
    assert title(open_ended, (50_000, 50_000), "en") == (
        "<b>€50bn, firm or open-ended depending on the source; retained: €50bn</b>"
    )
    assert title(CLAIMS[4:], (UNKNOWN, UNKNOWN)) == "<b>Aucun chiffre connu dans cette sélection</b>"


def test_the_claims_are_said_in_a_sentence() -> None:
    assert describe_claims(frame(CLAIMS[:3]), "en", metric="investment_meur") == (
        "Announced investment: Élysée, 19 May 2025: between €30bn and €50bn; AFP, May 2025: €50bn, retained; "
        "MGX, 10 February 2025: up to €40bn."
    )


def test_another_metric_is_not_drawn() -> None:
    mixed = pd.concat([frame(CLAIMS[:1]), frame(CLAIMS[1:2]).assign(metric="power_mw")])
    assert list(trace(draw(mixed), "beside").x) == [30_000, 50_000]
    assert list(trace(draw(mixed), "retained").x) == []
