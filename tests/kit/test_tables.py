"""The rows of a chart are those that it draws: compared with the marks of its figure, one chart after the other."""

import csv
import html
import io
import math
from collections.abc import Iterable

import pandas as pd
import pytest
from starlette.testclient import TestClient

from answering.cells import FORMULA_STARTS
from kit.rendering import write_table
from pages.shared.charts.register import CHARTS
from pages.shared.texts import LANGUAGES
from queries import Database
from tests.answering.finished import Serve
from tests.browser.dress import sometimes
from tests.kit.conftest import Draw, params_of, query_of


def trace(figure, name: str, place: int = 0):
    return [one for one in figure.data if one.name == name][place]


def numbers(values: Iterable[object]) -> list[float]:
    return sorted(round(float(value), 6) for value in values if not pd.isna(value))


def ends(table: pd.DataFrame) -> list[float]:
    """Where the bars of rows begin and end: a low that is not stated is drawn from zero."""
    return numbers(table["high"].fillna(table["low"]).dropna())


def drawn_ends(figure) -> list[float]:
    """Where the bars and marks of a chart of rows end: the solid part, with the span that prolongs it."""
    low, span = trace(figure, "low"), trace(figure, "span")
    reach = dict(zip(low.y, low.x, strict=True))
    reach |= {place: base + x for place, base, x in zip(span.y, span.base, span.x, strict=True)}
    return numbers([*reach.values(), *trace(figure, "marks").x])


@pytest.mark.parametrize("lang", sometimes(LANGUAGES, "en"))
@pytest.mark.parametrize("chart", CHARTS)
def test_every_chart_has_its_rows_in_both_languages(client: TestClient, chart: str, lang: str) -> None:
    root = {"fr": "/reprendre", "en": "/en/reprendre"}[lang]
    answer = client.get(f"{root}/{chart}.csv?{query_of(chart)}")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"].startswith(f'attachment; filename="infra-ia-france-{chart}-20')
    header, *rows = list(csv.reader(io.StringIO(answer.text)))
    assert rows and all(len(row) == len(header) for row in rows)
    assert all(name.replace("_", "").isalnum() and name == name.lower() for name in header)


@pytest.mark.parametrize("chart", ["classement", "perimetres", "devenir", "puissance", "comparaison", "statuts"])
def test_bars_and_rows_end_at_the_same_amounts(drawn: Draw, chart: str) -> None:
    one = drawn(chart)
    expected = numbers(one.table["projects"]) if chart == "statuts" else ends(one.table)
    assert drawn_ends(one.figure) == expected != []


@pytest.mark.parametrize("metric", ["investment_meur", "jobs"])
@pytest.mark.parametrize("level", ["region", "departement"])
@pytest.mark.parametrize("per", ["total", "inhabitant"])
def test_the_map_has_its_areas_and_its_dots(drawn: Draw, metric: str, level: str, per: str) -> None:
    one = drawn("carte", metric=[metric], level=[level], per=[per])
    areas, sites = (one.table[one.table["mark"] == mark] for mark in (level, "site"))
    located = {"known": set(), "blank": set()}
    dots: list[tuple[str, ...]] = []
    for mark in one.figure.data:
        if mark.name in located:
            located[mark.name] |= set(mark.locations)
        elif mark.name == "sites":
            dots += [tuple(token) for token in mark.customdata]
    has_figure = areas["low"].notna() | areas["high"].notna()
    assert set(areas[has_figure]["code"]) == located["known"] != set()
    assert set(areas[~has_figure]["code"]) == located["blank"]
    tokens = sites["location_precision"] + "-" + sites["code"]
    assert sorted(tokens) == sorted(token for (token,) in dots) != []
    assert set(sites["unit"]) == {"meur" if metric == "investment_meur" else "jobs"}
    assert {"inhabitant" in unit for unit in areas["unit"]} == {per == "inhabitant"}


@pytest.mark.parametrize("metric", ["investment_meur", "power_mw", "jobs"])
def test_the_steps_are_those_within_the_picture(drawn: Draw, metric: str) -> None:
    one = drawn("chronologie", metric=[metric])
    first, last = (pd.Timestamp(end) for end in one.figure.layout.xaxis.range)
    steps = trace(one.figure, "steps")
    seen = [(x, y) for x, y in zip(steps.x, steps.y, strict=True) if first <= pd.Timestamp(x) <= last]
    table = one.table[one.table["mark"] == "step"]
    inside = table[table["day"] >= first]
    assert list(zip(inside["day"], inside["high"], strict=True)) == [(pd.Timestamp(x), y) for x, y in seen]
    # The line that enters from the left is that of the last day before.
    assert len(table) - len(inside) == min(1, len(steps.x) - len(seen))
    names = {html.unescape(one.text) for one in one.figure.layout.annotations}
    events = one.table[one.table["mark"] == "event"]["name"]
    assert {name.split(" (")[0] for name in events} == names != set()


def test_the_stages_are_those_within_the_picture(drawn: Draw) -> None:
    one = drawn("chronologie-par-statut")
    first = pd.Timestamp(one.figure.layout.xaxis.range[0])
    for status, rows in one.table.groupby("status"):
        line = trace(one.figure, status)
        # The line goes on to the day of the picture with the amount of its last step.
        seen = [y for x, y in zip(line.x[:-1], line.y[:-1], strict=True) if pd.Timestamp(x) >= first]
        assert list(rows[rows["day"] >= first]["high"]) == pytest.approx(seen)
    assert set(one.table["status"]) == {mark.name for mark in one.figure.data}


@pytest.mark.parametrize(("chart", "is_drawn"), [("devenir-par-region", "is_counted"), ("realisation", None)])
def test_parts_and_rows_are_the_same(drawn: Draw, chart: str, is_drawn: str | None) -> None:
    one = drawn(chart)
    rows = one.table[one.table[is_drawn]] if is_drawn else one.table
    low = trace(one.figure, "low")
    known = rows[rows["high"].notna()]
    assert numbers(known["low"].fillna(0)) == numbers(low.x) != []
    if is_drawn:
        codes = {code for (code,) in low.customdata}
        assert set(known["region_code"]) == codes


def test_shares_are_those_of_the_bars(drawn: Draw) -> None:
    one = drawn("completude")
    assert numbers(one.table["share"]) == numbers(trace(one.figure, "low").x) != []
    assert (one.table["known"] / one.table["subjects"]).tolist() == pytest.approx(one.table["share"].tolist())


def test_blocks_are_those_of_the_icicle(drawn: Draw) -> None:
    one = drawn("emboitement")
    block = one.figure.data[0]
    assert list(one.table["block"]) == list(block.ids) and list(one.table["within"]) == list(block.parents)
    assert one.table["high"].tolist() == list(block.values)
    assert [html.escape(name, quote=False) for name in one.table["name"]] == list(block.labels)


def test_the_account_has_what_stands_and_what_leaves(drawn: Draw) -> None:
    one = drawn("sommet")
    standing = one.table[~one.table["step"].isin(["untraced", "repeated"])]
    assert drawn_ends(one.figure) == ends(standing)
    leaving = one.table[one.table["step"].isin(["untraced", "repeated"])]
    spans = trace(one.figure, "leaves span")
    assert len(leaving) == len(spans.x)


def test_occasions_are_the_marks(drawn: Draw) -> None:
    one = drawn("reannonces")
    marks = [
        (code, pd.Timestamp(x))
        for mark in one.figure.data
        if mark.name in ("events", "months")
        for (code,), x in zip(mark.customdata, mark.x, strict=True)
    ]
    rows = zip(one.table["project_id"], pd.to_datetime(one.table["announced_on"]), strict=True)
    assert sorted(rows) == sorted(marks)


def test_the_charts_of_a_project_have_their_claims(drawn: Draw) -> None:
    stages, claims, history = drawn("etapes"), drawn("declarations"), drawn("inventaire")
    told = [mark for mark in stages.figure.data if mark.name != "month"]
    assert list(stages.table["status"]) == [mark.name for mark in told]
    assert list(stages.table["announcement_id"]) == [mark.customdata[0][0] for mark in told]
    points = [trace(claims.figure, name) for name in ("beside", "retained")]
    assert set(claims.table["announcement_id"]) == {code for mark in points for (code, *_) in mark.customdata}
    stated = [end for mark in points for end in mark.x]
    assert numbers(stated) == numbers(
        end
        for row in claims.table.itertuples()
        for end in {value for value in (row.low, row.high) if not math.isnan(value)}
    )
    dots = [code for mark in history.figure.data for (code,) in mark.customdata]
    assert list(history.table["announcement_id"]) == dots


def test_the_place_is_the_dot(drawn: Draw) -> None:
    one = drawn("lieu")
    dot = trace(one.figure, "place")
    assert (one.table["longitude"].tolist(), one.table["latitude"].tolist()) == (list(dot.lon), list(dot.lat))


def test_filters_and_days_narrow_the_rows(client: TestClient) -> None:
    whole = client.get("/reprendre/classement.csv").text.splitlines()
    narrow = client.get("/reprendre/classement.csv?region=32&region=53").text.splitlines()
    past = client.get("/reprendre/classement.csv?until=2025-03-01").text.splitlines()
    assert len(narrow) == 3 < len(past) and whole != past
    assert "2025-03-01.csv" in client.get("/reprendre/classement.csv?until=2025-03-01").headers["content-disposition"]


def test_excel_reads_its_own_dialect(client: TestClient) -> None:
    answer = client.get("/reprendre/puissance.csv?region=32&dialect=excel-fr")
    text = answer.content.decode("utf-8-sig")
    assert (
        answer.content.startswith(b"\xef\xbb\xbf") and ";" in text.splitlines()[0] and "," not in text.splitlines()[0]
    )


def test_no_cell_starts_a_formula() -> None:
    table = pd.DataFrame({"name": [f"{start}1+1" for start in FORMULA_STARTS], "low": [-1.5] * len(FORMULA_STARTS)})
    for dialect in ("", "excel-fr"):
        written = write_table(table, dialect).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(written), delimiter=";" if dialect else ","))[1:]
        assert [row[0] for row in rows] == [f"'{start}1+1" for start in FORMULA_STARTS]
        assert {row[1] for row in rows} == {"-1,5" if dialect else "-1.5"}


def test_hostile_names_stay_words_in_every_table(serve: Serve, hostile_path, hostile: Database) -> None:
    client = serve(hostile_path)
    for chart in CHARTS:
        answer = client.get(f"/reprendre/{chart}.csv?{query_of(chart)}")
        assert answer.status_code == 200, (chart, params_of(chart))
        cells = [cell for row in csv.reader(io.StringIO(answer.text)) for cell in row]
        numbers_apart = [cell for cell in cells if cell.startswith(FORMULA_STARTS) and not _is_number(cell)]
        assert numbers_apart == []


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
