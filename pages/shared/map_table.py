"""The table under the map: one row an area, its two ends as numbers that sort.

Rule: the numbers are those of the map, per inhabitant when it is; a blank is unknown.
"""

import pandas as pd
import streamlit as st

from pages.shared.charts.measure import Measure, areas
from pages.shared.map_choice import MapChoice
from pages.shared.texts import text


def show_areas(totals: pd.DataFrame, choice: MapChoice, lang: str) -> None:
    """Show `totals_by_region` or `totals_by_departement`, by the level of the choice, largest first."""
    # The browser writes the separators of its own language.
    number = st.column_config.NumberColumn(format="localized")
    cells = area_cells(totals, choice, lang)
    st.dataframe(
        cells,
        hide_index=True,
        key=f"map-table-{lang}",
        placeholder="",
        column_config={str(column): number for column in list(cells)[1:]},
        alt=text("map.table", lang),
    )
    measure = Measure(choice.metric, choice.per_inhabitant)
    st.caption(f"{measure.name(lang)}{measure.reserve(lang)}. {text('map.table_note', lang)}")


def area_cells(totals: pd.DataFrame, choice: MapChoice, lang: str) -> pd.DataFrame:
    """Return the table, its columns titled in `lang`: area, low, high (one column for a count), projects, missing.

    Ends are rounded to one decimal, in M€, MW or jobs, or in the unit of the ratio.
    """
    measure = Measure(choice.metric, choice.per_inhabitant)
    rows = measure.of(areas(totals, choice.level))
    # What is not located is no area: last, whatever it adds up to.
    rows = rows.assign(is_elsewhere=rows["name"].isna()).sort_values(
        ["is_elsewhere", "high", "low"], ascending=[True, False, False], na_position="last"
    )
    name = rows["name"].astype(object).where(rows["name"].notna(), text("charts.not_located", lang))
    cells: dict[str, pd.Series] = {text("map.column_name", lang): name}
    if choice.metric == "projects":
        cells[measure.name(lang)] = rows["high"].round(1)
        return pd.DataFrame(cells)
    unit = text(f"map.{'per_unit' if choice.per_inhabitant else 'unit'}.{choice.metric}", lang)
    # « Jusqu’à » counts 0 in the low scenario, and nobody said zero (rule 3).
    stated = rows["low"].where((rows["low"] > 0) | (rows["high"] == 0))
    cells[text("map.column_low", lang, unit=unit)] = stated.round(1)
    cells[text("map.column_high", lang, unit=unit)] = rows["high"].round(1)
    cells[text("map.column_projects", lang)] = rows["projects"]
    cells[text("map.column_missing", lang)] = rows["missing"]
    return pd.DataFrame(cells)
