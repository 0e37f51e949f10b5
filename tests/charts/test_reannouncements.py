"""The lines of time: one mark an occasion, its figure, its event; and the shares of what is known."""

import math

import pandas as pd
import pytest

from pages.shared.charts import coverage, describe_coverage, describe_reannouncements, reannouncements
from pages.shared.charts import tell_reannouncements as tell

N = "\u202f"
NAN = math.nan
ROWS = [
    ("b", "Programme B", "summit", "Sommet", "2025-02-10", (20_000, 20_000), (500, 500), 1, 2, 1),
    ("b", "Programme B", None, None, "2026-06-01", (30_000, 30_000), (NAN, NAN), 2, 2, 1),
    ("a", "Site A", None, None, "2025-01-01", (NAN, 4_000), (NAN, NAN), 1, 3, 0),
    ("a", "Site A", None, None, "2025-02-01", (4_000, 4_000), (NAN, NAN), 2, 3, 0),
    ("a", "Site A", None, None, "2026-01-01", (NAN, NAN), (96, 96), 3, 3, 0),
]


@pytest.fixture
def frame() -> pd.DataFrame:
    columns = ["project_id", "project_name", "event", "event_name_fr", "announced_on", "money", "power"]
    rows = pd.DataFrame(ROWS, columns=[*columns, "number", "occasions", "events"])
    for name, pair in (("investment_{}_meur", "money"), ("power_{}_mw", "power")):
        for i, end in enumerate(("low", "high")):
            rows[name.format(end)] = [ends[i] for ends in rows[pair]]
    rows["announced_on"] = pd.to_datetime(rows["announced_on"])
    rows["announced_on_precision"] = "month"
    rows["project_name_en"], rows["event_name_en"] = rows["project_name"], rows["event_name_fr"]
    first = rows[rows["number"] == 1]
    rows["all_again"], rows["all_at_events"] = len(first), int((first["events"] > 1).sum())
    rows["publishers"] = [["AFP", "Source & fils"]] * len(rows)
    return rows


def test_each_occasion_is_a_mark_at_its_date_with_its_figure(frame: pd.DataFrame):
    figure = reannouncements(frame, "fr")
    _, events, months = figure.data
    assert [trace.name for trace in figure.data] == ["line", "events", "months"]
    assert (events.marker.symbol, months.marker.symbol) == ("diamond", "circle-open")
    assert (list(events.text), [code for (code,) in events.customdata]) == ([f"20{N}Md€"], ["b"])
    # A month after the first one, the second figure of A would cover it.
    assert list(months.text) == [f"30{N}Md€", f"≤{N}4{N}Md€", "", f"96{N}MW"]
    assert "AFP, Source &amp; fils" in events.hovertext[0] and f"20{N}Md€ · 500{N}MW" in events.hovertext[0]
    assert (
        figure.layout.title.text
        == f"<b>Programme B{N}: 2 occasions, 20{N}Md€ la<br>première fois, 30{N}Md€ la dernière</b>"
    )


def test_a_project_says_its_events_and_counts_its_other_months(frame: pd.DataFrame):
    first, second = (note.text for note in reannouncements(frame, "fr").layout.annotations)
    assert first == f"<b>Programme B</b><br>◆ 20{N}Md€ · 500{N}MW – Sommet<br>○ 1 autre mois"
    assert second == "<b>Site A</b><br>○ 3 autres mois"


def test_only_the_first_projects_are_drawn_and_all_are_counted(frame: pd.DataFrame):
    figure = reannouncements(frame, "en", top=1)
    assert len(figure.layout.annotations) == 1
    assert (
        tell(frame, "en")
        == "No project was announced at several events. 2 were given a figure on two occasions or more."
    )
    assert "Programme B, Sommet €20bn · 500\u202fMW, June 2026 €30bn" in describe_reannouncements(frame, "en", top=1)


def test_several_events_are_counted_in_both_languages(frame: pd.DataFrame):
    twice = frame.assign(all_at_events=1)
    assert (
        tell(twice, "fr")
        == "Un projet a été annoncé à plusieurs événements. 2 ont été chiffrés à deux occasions ou plus."
    )
    assert tell(twice, "en").startswith("One project was announced at several events.")


def test_nothing_announced_twice_draws_nothing(frame: pd.DataFrame):
    figure = reannouncements(frame.iloc[:0], "fr")
    assert "Aucun chiffre connu" in figure.layout.title.text and len(figure.layout.annotations) == 0


def test_the_share_that_is_known_is_what_no_check_warns_about():
    rows = pd.DataFrame(
        [("has_power", 75, 19), ("has_power", 75, 19), ("has_jobs", 75, 35), ("has_archive", 439, 439)],
        columns=["code", "subjects", "warnings"],
    )
    figure = coverage(rows, "fr")
    assert list(figure.data[0].x) == [56 / 75, 40 / 75]
    assert [note.text for note in figure.layout.annotations] == [
        f"<b>Puissance</b>  75{N}%, 56 sur 75",
        f"<b>Emplois durables</b>  53{N}%, 40 sur 75",
    ]
    assert figure.layout.title.text == f"<b>Le moins renseigné{N}: emplois durables,<br>53{N}%</b>"
    assert describe_coverage(rows, "en").endswith("Power, 75%, 56 of 75; Lasting jobs, 53%, 40 of 75.")
