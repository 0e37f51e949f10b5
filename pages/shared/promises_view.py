"""What became of the promises, in words: the sentence, the tables of regions and of years.

Rule: rows of the queries become words here, one by one; what is stopped is said to be out of the totals.
"""

import pandas as pd

from pages.shared import filters, numbers
from pages.shared.charts.promises import EVERYWHERE, OUTCOMES, STOPPED, outcome_name
from pages.shared.charts.realisation import of_year, rate
from pages.shared.project_words import Row
from pages.shared.texts import text

METRICS = ("investment_meur", "power_mw", "projects")


def tell_promises(promises: pd.DataFrame, projects: pd.DataFrame, lang: str) -> str:
    """Say how many promises stand, run, are being built, are silent, stopped, overdue.

    `promises` is the query of that name, `projects` the rows of `pledges`.
    """
    everywhere = promises[(promises["region_code"] == EVERYWHERE) & (promises["metric"] == "projects")]
    counts = {row["outcome"]: int(row["projects"]) for row in everywhere.to_dict("records")}
    stopped = sum(counts.get(code, 0) for code in STOPPED)
    standing = sum(counts.values()) - stopped
    overdue = 0 if projects.empty else int(projects["overdue"].iloc[0])
    parts = [text("promises.sentence.none", lang)]
    if standing:
        told = {
            name: _are(counts.get(code, 0), lang)
            for name, code in (("running", "operational"), ("building", "under_construction"), ("silent", "silent"))
        }
        parts = [text("promises.sentence.whole", lang, projects=_projects(standing, lang), **told)]
    for name, n in (("stopped", stopped), ("overdue", overdue)):
        if n:
            parts.append(text(f"promises.sentence.{name}", lang, n=n, count=numbers.count(n, lang)))
    return " ".join(parts)


def region_table(promises: pd.DataFrame, totals: pd.DataFrame, metric: str, lang: str) -> pd.DataFrame:
    """Return the regions in words, one column an outcome that occurs, the total, and `region_link`."""
    rows = promises[promises["metric"] == metric]
    present = [code for code in OUTCOMES if (rows["outcome"] == code).any()]
    cells = {(row["region_code"], row["outcome"]): row for row in rows.to_dict("records")}
    sums = {row["region_code"]: row for row in totals[totals["metric"] == metric].to_dict("records")}
    codes = [*sums, *(code for code in rows["region_code"].unique() if code not in sums and code != EVERYWHERE)]
    columns = {
        text("promises.regions.region", lang): [filters.label("region", code, lang) for code in codes],
        text("promises.regions.total", lang): [_figure(sums.get(code), metric, lang) for code in codes],
    }
    for outcome in present:
        title = outcome_name(outcome, lang)
        if outcome in STOPPED:
            title = f"{title}, {text('promises.apart', lang)}"
        columns[title] = [_figure(cells.get((code, outcome)), metric, lang) for code in codes]
    columns["region_link"] = [filters.link("regions", region=code) for code in codes]
    return pd.DataFrame(columns)


def year_table(realisation: pd.DataFrame, metric: str, lang: str) -> pd.DataFrame:
    """Return the years of `realisation` in words: announced, the two rates, projects, stopped ones."""
    rows = realisation[realisation["metric"] == metric].to_dict("records")
    columns = {
        text("promises.years.year", lang): [str(row["announced_year"]) for row in rows],
        text("promises.years.announced", lang): [of_year(row, metric, lang) for row in rows],
    }
    for stage, status in (("operational", "operational"), ("building", "under_construction")):
        columns[outcome_name(status, lang)] = [
            f"{rate(row, stage, lang)} ({_projects(row[f'{stage}_projects'], lang)})" for row in rows
        ]
    columns[text("promises.years.stopped", lang)] = [numbers.count(row["stopped_projects"], lang) for row in rows]
    return pd.DataFrame(columns)


def _figure(row: Row | None, metric: str, lang: str) -> str:
    if row is None:
        return "–"
    return numbers.metric(metric, row["low"], row["high"], lang, is_floor=bool(row["is_floor"]), form="short")


def _are(n: int, lang: str) -> str:
    key = "promises.sentence.is" if n else "promises.sentence.is_none"
    return text(key, lang, n=n, count=numbers.count(n, lang))


def _projects(n: float, lang: str) -> str:
    return numbers.metric("projects", n, n, lang)
