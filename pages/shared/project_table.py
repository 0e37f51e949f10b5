"""The table of projects, for the page Projets and for a region: names that open a project, ends that sort.

Rule: a cell is a retained figure or a code in words. Ends are numbers (the browser writes them in its locale);
nothing is added up here, because a project and its parts are both listed.
"""

from typing import Any
from urllib.parse import quote

import pandas as pd
import streamlit as st

from pages.shared import data, filters
from pages.shared.project_words import Row, marks, place, project_name
from pages.shared.texts import text

# Narrow enough to stay pinned on a phone, where Streamlit unpins what takes over 60 % of the width.
NAME_WIDTH = 190
# The ends, each with the column of the query that holds it.
ENDS = {
    "investment_low": "investment_low_meur",
    "investment_high": "investment_high_meur",
    "power_low": "power_low_mw",
    "power_high": "power_high_mw",
    "jobs_low": "jobs_low",
    "jobs_high": "jobs_high",
    "construction_low": "construction_jobs_low",
    "construction_high": "construction_jobs_high",
}
CODED = ("status", "kind", "purpose", "power_kind", "jobs_scope")
ORDER = (
    "project", "investment_low", "investment_high", "status", "power_low", "power_high", "power_kind",
    "jobs_low", "jobs_high", "jobs_scope", "place", "region", "kind", "purpose", "operator", "investors",
    "target_year", "marks", "parent", "last", "claims", "construction_low", "construction_high",
)  # fmt: skip


def show_projects(projects: pd.DataFrame, lang: str, *, key: str) -> None:
    """Show rows of `projects_list` as a table that sorts and searches; says how to read it."""
    st.dataframe(
        project_cells(_ordered(projects), lang),
        key=key,
        hide_index=True,
        placeholder="",
        column_order=ORDER,
        column_config=_columns(lang),
        alt=text("projects.table.alt", lang),
    )
    st.caption(text("projects.table.note", lang))


def _ordered(projects: pd.DataFrame) -> pd.DataFrame:
    """What is counted first, then by the retained investment, the largest first."""
    largest = projects["investment_high_meur"].fillna(projects["investment_low_meur"])
    return projects.assign(largest=largest).sort_values(
        ["is_counted", "largest", "project_id"], ascending=[False, False, True], na_position="last"
    )


def project_cells(projects: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return the cells of `projects_list`, one column a name of ORDER; figures in M€, MW and jobs."""
    schema = data.schema()
    names = [project_name(row, lang) for row in projects.to_dict("records")]
    cells = {name: projects[column].astype("float64") for name, column in ENDS.items()}
    cells |= {
        name: projects[name].map({code: words.name(lang) for code, words in schema.field(name).codes.items()})
        for name in CODED
    }
    parents = projects["parent_name_en" if lang == "en" else "parent_name"]
    return pd.DataFrame(
        {
            "project": _addresses(projects["project_id"], names),
            **cells,
            "place": [place(row, lang) for row in projects.to_dict("records")],
            "region": projects["region_name"].fillna(text("regions.not_located", lang)),
            "operator": projects["operator"],
            "investors": projects["investors"],
            "target_year": projects["target_year"].astype("Int64"),
            "marks": [", ".join(_marks(row, lang)) for row in projects.to_dict("records")],
            "parent": parents.fillna(projects["parent_name"]),
            "last": pd.to_datetime(projects["last_announced_on"]),
            "claims": projects["claims_count"],
        }
    )


def _marks(row: Row, lang: str) -> list[str]:
    apart = [] if row["is_counted"] else [text("projects.mark.not_counted", lang)]
    return [*apart, *marks(row, lang)]


def _addresses(project_ids: pd.Series, names: list[str]) -> list[str]:
    # The name is the fragment of the address: the only part that a link cell can show in words.
    base = filters.link("projects")
    joint = "&" if "?" in base else "?"
    return [f"{base}{joint}project={quote(code)}#{quote(name)}" for code, name in zip(project_ids, names, strict=True)]


def _columns(lang: str) -> dict[str, Any]:
    def title(name: str) -> str:
        return text(f"projects.table.{name}", lang)

    column = st.column_config
    retained, construction = title("retained_help"), title("construction_help")
    ends = {
        name: column.NumberColumn(
            title(name), format="localized", help=construction if "construction" in name else retained
        )
        for name in ENDS
    }
    fields = ("status", "kind", "purpose", "power_kind", "jobs_scope", "operator", "investors")
    worded = {name: data.schema().field(name).title_in(lang) for name in fields}
    return {
        **ends,
        **worded,
        "project": column.LinkColumn(
            title("project"), display_text="#(.+)$", width=NAME_WIDTH, pinned=True, alignment="left"
        ),
        "place": title("place"),
        "region": data.schema().field("region_code").title_in(lang),
        "target_year": column.NumberColumn(data.schema().field("target_year").title_in(lang), format="%d"),
        "marks": title("marks"),
        "parent": title("parent"),
        # The day may be unknown: a month is never shown as a day.
        "last": column.DateColumn(title("last"), format="MM/YYYY"),
        "claims": title("claims"),
    }
