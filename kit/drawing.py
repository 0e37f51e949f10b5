"""A chart drawn as the site draws it, with its sentence and its rows.

Rule: the functions and the queries are those that the register declares; the options come from the address, the rest
from the data and the host.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from plotly.graph_objects import Figure

from kit import data
from kit.addresses import Asked
from kit.asking import Missing
from kit.table_rows import Given
from kit.tables import tabulate
from pages.shared.charts.locator import place_precision
from pages.shared.charts.measure import answers
from pages.shared.charts.register import CHARTS, PROJECT, REGION, Declared
from queries import Database
from sheets.addresses import live

TAG = re.compile(r"<[^<>]*>")
PLACE, ACCOUNT = "lieu", "sommet"


@dataclass(frozen=True)
class Drawn:
    """A chart with what it says (`title`, its finding; `sentence`, the whole of it), its rows, and what it is `about`
    where neither says so (a project, a region, by name)."""

    declared: Declared
    asked: Asked
    title: str
    sentence: str
    metric: str
    about: str
    given: Given
    table: pd.DataFrame

    @property
    def named(self) -> str:
        """The filter that `about` says: "project", "region" or ""."""
        return self.declared.about if self.about else ""

    @property
    def figure(self) -> Figure:
        """The figure, as the site shows it on light paper."""
        return self.given.figure


def draw(asked: Asked, database: Database, base: str) -> Drawn:
    """Return the chart that is asked for; absolute addresses are on `base`. Raises Missing where nothing is drawn."""
    declared, lang = CHARTS[asked.page.subject], asked.lang
    options = {name: codes[0] for name, codes in declared.codes.items() if codes} | dict(asked.options)
    frames = tuple(data.answer(database, query, asked.selection) for query in declared.asks(options))
    if all(frame.empty for frame in frames) or (declared.name == PLACE and not place_precision(frames[0], lang)):
        raise Missing("nothing_drawn")
    said = _said(declared, options, frames)
    more = {name: MORE[name](asked, database, base) for name in declared.given}
    figure = declared.draw(*frames, lang=lang, dark=False, **said, **more)
    given = Given(frames, figure, lang, {**said, **more})
    table = tabulate(declared.name, given)
    if table.empty:
        raise Missing("nothing_drawn")
    return Drawn(
        declared,
        asked,
        title=plain(figure.layout.title.text),
        sentence=declared.describe(*frames, lang=lang, **said),
        metric=options.get("metric", declared.metric),
        about=_about(asked, declared, database),
        given=given,
        table=table,
    )


def _about(asked: Asked, declared: Declared, database: Database) -> str:
    if declared.about == PROJECT:
        return data.project_names(database)[asked.selection.project][asked.lang == "en"]
    if declared.about == REGION and len(asked.selection.region) == 1:
        return data.region_names(database, asked.lang)[asked.selection.region[0]]
    return ""


def plain(words: str) -> str:
    """Return the words of a figure without its tags, on one line."""
    return html.unescape(TAG.sub("", words.replace("<br>", " ")))


def live_address(asked: Asked) -> str:
    """Return the path of the page of the site on which the chart stands, with the parameters that show it."""
    return live(CHARTS[asked.page.subject].page, asked.lang, **asked.params)


def _said(declared: Declared, options: Mapping[str, str], frames: tuple[pd.DataFrame, ...]) -> dict[str, Any]:
    """Return the arguments of both functions of a chart."""
    said: dict[str, Any] = {name: options[name] for name in ("metric", "level") if name in options}
    if "per" in options:
        said["per_inhabitant"] = options["per"] == "inhabitant"
    if declared.name == ACCOUNT:
        said["event"] = options.get("account") or _largest(frames[0])
    return {**said, **declared.fixed}


def _largest(events: pd.DataFrame) -> str:
    """Return the event with the largest headline, which the page shows where none is chosen."""
    return str(answers(events.sort_values("headline_high", ascending=False, na_position="last"))[0]["event"])


def _day(asked: Asked, database: Database, _base: str) -> Any:
    return asked.selection.until or database.metadata["covered_until"].date()


def _end(asked: Asked, database: Database, base: str) -> str:
    return str(_day(asked, database, base).isoformat())


def _projects(asked: Asked, _database: Database, base: str) -> str:
    return base + live("projects", asked.lang, **asked.selection.to_params())


def _selected(asked: Asked, _database: Database, _base: str) -> str | None:
    return dict(asked.options).get("place")


MORE = {"day": _day, "end": _end, "address": _projects, "selected": _selected}
