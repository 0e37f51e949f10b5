"""What a region's figures are called: its cards, its place in the country, its projects by status.

Rule: rows of the queries become words here, one by one; nothing is added up, and an amount that nobody states is
said so, never written zero. No Streamlit here.
"""

from dataclasses import dataclass, replace

import pandas as pd

from etl.schema import load_schema
from pages.shared import cards, numbers
from pages.shared.card import Card
from pages.shared.charts.measure import Measure
from pages.shared.explained import totals
from pages.shared.texts import text

NOT_LOCATED = "none"
INVESTMENT = "investment_meur"


@dataclass(frozen=True)
class RegionAnswers:
    """The answers of the queries for one region under the visitor's filters (shapes: `queries/<name>.sql`)."""

    code: str
    explanation_totals: pd.DataFrame
    totals_by_purpose: pd.DataFrame
    totals_by_status: pd.DataFrame
    totals_by_region: pd.DataFrame
    projects_listed: pd.DataFrame
    histories: pd.DataFrame

    @property
    def totals(self) -> pd.DataFrame:
        """What the region adds up to, one row a metric; none where nothing is counted."""
        return totals(self.explanation_totals)


def pick(frame: pd.DataFrame, **codes: str) -> pd.Series | None:
    """Return the first row whose columns hold these codes, or None."""
    for column, code in codes.items():
        frame = frame[frame[column] == code]
    return None if frame.empty else frame.iloc[0]


def figure(row: pd.Series | None, metric: str, lang: str, form: str = "long") -> str:
    """Write the low–high figure of a row of totals; without a row, what is unknown is said."""
    if row is None:
        return numbers.metric(metric, None, None, lang, form=form)
    return numbers.metric(metric, row["low"], row["high"], lang, is_floor=bool(row["is_floor"]), form=form)


def is_known(row: pd.Series | None) -> bool:
    """Tell whether a row of totals has a figure."""
    return row is not None and not (pd.isna(row["low"]) and pd.isna(row["high"]))


def tell_one(answers: RegionAnswers, name: str, lang: str) -> str:
    """Say in a sentence how much one region, called `name`, holds."""
    row = pick(answers.totals, metric=INVESTMENT)
    if row is None:
        return text("regions.sentence.none_counted", lang, name=name)
    n = int(row["projects"])
    projects = text("regions.projects_counted", lang, n=n, count=numbers.count(n, lang))
    return text("regions.sentence.one", lang, name=name, projects=projects, amount=figure(row, INVESTMENT, lang))


def region_cards(answers: RegionAnswers, lang: str) -> list[Card]:
    """Return the cards of a region: investment, its place in the country, power, jobs by scope, projects."""
    jobs = cards.jobs_card(answers.explanation_totals, lang)
    building = pick(answers.totals, metric="construction_jobs")
    if is_known(building):
        apart = text("regions.construction", lang, figure=figure(building, "construction_jobs", lang))
        jobs = replace(jobs, notes=(*jobs.notes, apart))
    return [
        cards.investment_card(answers.explanation_totals, answers.totals_by_purpose, lang),
        standing_card(answers, lang),
        cards.power_card(answers.explanation_totals, lang),
        jobs,
        cards.status_card(answers.explanation_totals, lang),
    ]


def standing_card(answers: RegionAnswers, lang: str) -> Card:
    """Return rank and share of the whole country, and the amount per inhabitant of what is selected (rule 11)."""
    value, notes = text("regions.standing.no_rank", lang), []
    row = pick(answers.totals_by_region, metric=INVESTMENT)
    has_share = row is not None and not pd.isna(row["share_high"])
    if answers.code == NOT_LOCATED:
        notes.append(text("regions.standing.not_located", lang))
    elif not has_share:
        notes.append(text("regions.standing.no_rank_why", lang))
    if row is not None and not pd.isna(row["rank"]):
        value = text(
            "regions.standing.rank",
            lang,
            rank=numbers.count(row["rank"], lang),
            ranked=numbers.count(row["ranked"], lang),
        )
    if row is not None and has_share:
        share = numbers.percent_range(row["share_low"], row["share_high"], lang)
        notes += [text("regions.standing.share", lang, share=share), text("regions.standing.whole", lang)]
    if per_head := per_inhabitant(answers.totals_by_region, lang):
        population = numbers.count(answers.totals_by_region["population"].iloc[0], lang)
        notes.append(text("regions.standing.per_inhabitant", lang, population=population, figure=per_head))
    return Card(text("regions.standing.title", lang), value, tuple(notes))


def per_inhabitant(totals_by_region: pd.DataFrame, lang: str, *, short: bool = False) -> str:
    """Write the investment of one region (its rows of `totals_by_region`) per inhabitant; "" when unknown."""
    measure = Measure(INVESTMENT, per_inhabitant=True)
    row = pick(measure.of(totals_by_region), metric=INVESTMENT)
    if row is None or not is_known(row):
        return ""
    return measure.format(row["low"], row["high"], lang, is_floor=bool(row["is_floor"]), short=short)


def status_table(totals_by_status: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return the numbers of projects by status in words; stopped ones are said to be out of the sums."""
    rows = totals_by_status[totals_by_status["metric"] == "projects"].to_dict("records")
    schema, apart = load_schema(), text("regions.not_counted", lang)
    names = [
        schema.label("status", row["status"], lang) if isinstance(row["status"], str) else text("layout.unstated", lang)
        for row in rows
    ]
    return pd.DataFrame(
        {
            schema.field("status").title_in(lang): [
                name if row["is_counted"] else f"{name} ({apart})" for name, row in zip(names, rows, strict=True)
            ],
            text("regions.table.projects", lang): [row["projects"] for row in rows],
        }
    )
