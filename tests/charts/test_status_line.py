"""The stages of a project: a mark at the first claim of each, what is not stated is said, today's stage stands out."""

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from pages.shared.charts import describe_status_line, stages, status_line
from pages.shared.charts.status_line import CURRENT_SIZE, MARK_SIZE
from pages.shared.charts.theme import LIGHT

DAY = date(2026, 6, 2)
# id, status, date, precision, kind of source; newest first, as the query gives them
CLAIMS = [
    ("works", "under_construction", "2026-01-15", "day", "company"),
    ("again", "announced", "2025-09-01", "day", "agency"),
    ("permit", "permitted", "2025-06-01", "month", "official"),
    ("first", "announced", "2025-02-10", "day", "agency"),
    ("blog", "announced", "2025-02-01", "month", "other"),
]


def said(rows: list[tuple]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["id", "status", "announced_on", "announced_on_precision", "source_kind"])
    frame["announced_on"] = pd.to_datetime(frame["announced_on"])
    return frame.assign(source_publisher=frame["id"].str.upper(), source_url="https://example.org/" + frame["id"])


def project(status: str | None, is_stop_unconfirmed: bool = False) -> pd.DataFrame:
    return pd.DataFrame({"status": [status], "is_stop_unconfirmed": [is_stop_unconfirmed]})


def draw(rows: list[tuple], status: str, lang: str = "fr") -> go.Figure:
    return status_line(said(rows), project(status), lang, day=DAY)


def test_a_stage_is_marked_at_the_first_claim_of_a_source_that_is_not_weak() -> None:
    marks = {trace.name: trace for trace in draw(CLAIMS, "under_construction").data if trace.name != "month"}
    assert list(marks) == ["announced", "permitted", "under_construction"]
    assert {name: str(trace.x[0])[:10] for name, trace in marks.items()} == {
        "announced": "2025-02-10",
        "permitted": "2025-06-01",
        "under_construction": "2026-01-15",
    }
    assert {name: trace.customdata[0][0] for name, trace in marks.items()} == {
        "announced": "first",
        "permitted": "permit",
        "under_construction": "works",
    }


def test_a_stage_lasts_until_the_next_and_the_current_one_until_the_day() -> None:
    ends = {trace.name: str(trace.x[1])[:10] for trace in draw(CLAIMS, "under_construction").data}
    assert ends == {
        "announced": "2025-06-01",
        "month": "2025-06-30",
        "permitted": "2026-01-15",
        "under_construction": "2026-06-02",
    }


def test_the_current_stage_stands_out_by_its_size_its_edge_and_its_words() -> None:
    figure = draw(CLAIMS, "under_construction")
    sizes = {trace.name: trace.marker.size[0] for trace in figure.data if trace.name != "month"}
    assert sizes == {"announced": MARK_SIZE, "permitted": MARK_SIZE, "under_construction": CURRENT_SIZE}
    current = next(trace for trace in figure.data if trace.name == "under_construction")
    assert current.marker.color == LIGHT.status["under_construction"]
    assert current.marker.line.color == LIGHT.ink
    words = [note.text for note in figure.layout.annotations]
    assert "<b>En chantier, 15 janvier 2026 (stade actuel)</b>" in words
    assert figure.layout.title.text == "<b>En chantier depuis le 15 janvier 2026</b>"


def test_a_date_known_by_its_month_is_a_bar_over_the_month_and_is_said_so() -> None:
    figure = draw(CLAIMS, "permitted")
    (month,) = [trace for trace in figure.data if trace.name == "month"]
    assert [str(day)[:10] for day in month.x] == ["2025-06-01", "2025-06-30"]
    assert figure.layout.title.text == "<b>Autorisé depuis juin 2025</b>"


def test_a_stage_that_nobody_stated_is_written_and_not_drawn() -> None:
    figure = draw(CLAIMS, "under_construction", "en")
    words = " ".join(note.text for note in figure.layout.annotations)
    assert "Ambition: never stated" in words and "Operational: never stated" in words
    assert not {"ambition", "operational"} & {trace.name for trace in figure.data}


def test_a_stage_that_only_a_weak_source_states_is_hollow_and_set_aside() -> None:
    rows = [("rumour", "operational", "2026-05-01", "day", "other"), *CLAIMS]
    weak = next(trace for trace in draw(rows, "under_construction").data if trace.name == "operational")
    assert weak.marker.color == LIGHT.paper
    told = describe_status_line(said(rows), project("under_construction"), "fr")
    assert told.endswith("En service, 1er mai 2026 (source faible, mise à part).")
    # Where there is no better, it counts.
    alone = stages(said(rows[:1]), {"status": "operational", "is_stop_unconfirmed": False}, "fr")
    assert [stage.is_weak for stage in alone if stage.claim is not None] == [False]


def test_a_stop_is_shown_after_the_stages_and_its_doubt_is_said() -> None:
    rows = [("stop", "cancelled", "2026-04-01", "month", "other"), *CLAIMS]
    frame = project("cancelled", is_stop_unconfirmed=True)
    figure = status_line(said(rows), frame, "fr", day=DAY)
    assert figure.layout.title.text == "<b>Abandonné depuis avril 2026</b>"
    stop = figure.data[-1]
    assert (stop.name, stop.marker.size[0], str(stop.x[1])[:10]) == ("cancelled", CURRENT_SIZE, "2026-06-02")
    told = describe_status_line(said(rows), frame, "fr")
    assert told.endswith("Abandonné, avril 2026 (stade actuel, arrêt signalé, à confirmer).")


def test_a_project_that_started_again_says_that_its_stop_is_over() -> None:
    rows = [CLAIMS[0], ("stop", "suspended", "2025-10-01", "day", "company"), *CLAIMS[1:]]
    told = describe_status_line(said(rows), project("under_construction"), "en")
    assert told.endswith("Suspended, 1 October 2025 (resumed since).")


def test_what_a_publisher_is_called_stays_data() -> None:
    rows = said(CLAIMS[:1]).assign(source_publisher="<img src=x>")
    (mark,) = status_line(rows, project("under_construction"), "fr", day=DAY).data
    assert "&lt;img src=x&gt;" in mark.hovertext[0] and "<img" not in mark.hovertext[0]
