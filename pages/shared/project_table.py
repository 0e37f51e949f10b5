"""The table of projects, for the page Projets and for a region: a link that opens each, ends that sort.

Rule: a cell is a retained figure or a code in words. Ends are numbers (the browser writes them in its locale);
nothing is added up here, because a project and its parts are both listed.
"""

from typing import Any
from urllib.parse import quote

import pandas as pd
import streamlit as st

from pages.shared import data, filters, layout
from pages.shared.project_items import address, all_marks, ordered, project_items
from pages.shared.project_words import place, project_name
from pages.shared.texts import text
from queries import Selection

NAME_WIDTH, END_WIDTH = 330, 82
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


def show_projects(
    projects: pd.DataFrame, selection: Selection, lang: str, *, key: str, histories: bool = True, name: str = ""
) -> None:
    """Show `projects_listed` of the selection as a table that sorts and searches, as a list on a phone.

    `histories` also shows inventories and targets, which have no retained figure; `name` is that of the region, said
    where two are shown.
    """
    base = filters.link("projects")
    shown = ordered(projects, histories)
    with st.container(key=f"wide-{key}"):
        st.dataframe(
            project_cells(shown, lang, base),
            key=key,
            hide_index=True,
            placeholder="",
            column_order=ORDER,
            column_config=_columns(lang),
            alt=" – ".join(filter(None, [name, text("projects.table.alt", lang)])),
        )
        st.caption(text("projects.table.note", lang))
    with st.container(key=f"narrow-{key}"):
        st.html(data.made(project_items, ("projects_listed",), selection, lang, base=base, histories=histories))
        st.caption(text("projects.items_note", lang))
    if not shown.empty:
        layout.only_first(len(shown), shown["all_projects" if histories else "all_retained"].iloc[0])


def project_cells(projects: pd.DataFrame, lang: str, base: str) -> pd.DataFrame:
    """Return the cells of `projects_listed`, one column a name of ORDER; figures in M€, MW and jobs.

    `base` is the address of the page with the visit's filters.
    """
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
            # The name is the fragment of the address: the only part that a link cell can show in words.
            "project": [
                f"{address(code, base)}#{quote(name)}" for code, name in zip(projects["project_id"], names, strict=True)
            ],
            **cells,
            "place": [place(row, lang) for row in projects.to_dict("records")],
            "region": projects["region_name"].fillna(text("regions.not_located", lang)),
            "operator": projects["operator"],
            "investors": projects["investors"],
            "target_year": projects["target_year"].astype("Int64"),
            "marks": [", ".join(all_marks(row, lang)) for row in projects.to_dict("records")],
            "parent": parents.fillna(projects["parent_name"]),
            "last": pd.to_datetime(projects["last_announced_on"]),
            "claims": projects["claims_count"],
        }
    )


def _columns(lang: str) -> dict[str, Any]:
    def title(name: str) -> str:
        return text(f"projects.table.{name}", lang)

    column, schema = st.column_config, data.schema()
    ends = {
        name: column.NumberColumn(
            title(name),
            format="localized",
            width=END_WIDTH,
            help=title("construction_help")
            if "construction" in name
            else text("projects.table.retained_help", lang, title=schema.field(field).title_in(lang)),
        )
        for name, field in ENDS.items()
    }
    fields = ("status", "kind", "purpose", "power_kind", "jobs_scope", "operator", "investors")
    worded = {name: schema.field(name).title_in(lang) for name in fields}
    return {
        **ends,
        **worded,
        "project": column.LinkColumn(
            title("project"), display_text="#(.+)$", width=NAME_WIDTH, pinned=True, alignment="left"
        ),
        "place": title("place"),
        "region": schema.field("region_code").title_in(lang),
        "target_year": column.NumberColumn(schema.field("target_year").title_in(lang), format="%d"),
        "marks": title("marks"),
        "parent": title("parent"),
        # The day may be unknown: a month is never shown as a day.
        "last": column.DateColumn(title("last"), format="MM/YYYY"),
        "claims": title("claims"),
    }
