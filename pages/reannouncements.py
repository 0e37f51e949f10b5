"""Re-annonces (`/reannonces`): the projects announced more than once, how often, where, with what figures."""

import streamlit as st

from pages.shared import charts, data, filters, language, layout, reannouncements_view
from pages.shared.texts import text

# Projects in the picture: the table has them all.
DRAWN = 12

lang = language.current()
chosen = filters.selection()
again = data.query("reannouncements", chosen)


def show_picture() -> None:
    """The projects most often announced, each on its line of time."""
    layout.section(text("reannouncements.chart.section", lang))
    drawn = min(DRAWN, again["project_id"].nunique())
    st.markdown(text("reannouncements.chart.first", lang, n=drawn, count=str(drawn)))
    asked = (("reannouncements",), chosen, lang)
    layout.chart(
        data.figure(charts.reannouncements, *asked, top=DRAWN),
        data.made(charts.describe_reannouncements, *asked, top=DRAWN),
        key="reannouncements-chart",
        reuse=layout.kit_link("reannonces", lang),
        table=reannouncements_view.occasion_table(again, lang),
    )


def show_projects() -> None:
    """All of them, each linked to its project."""
    layout.section(text("reannouncements.list.section", lang))
    st.html(reannouncements_view.project_items(again, lang))
    layout.only_first(again["project_id"].nunique(), int(again["all_again"].iloc[0]))
    layout.remark(text("reannouncements.what", lang))


def show_again() -> None:
    """The whole page, where something was announced again."""
    layout.page_header(text("reannouncements.title", lang), charts.tell_reannouncements(again, lang))
    layout.remark(text("reannouncements.nothing_added", lang))
    layout.page_link("nesting", text("reannouncements.to_nesting", lang))
    show_picture()
    show_projects()


if not filters.has_projects(chosen):
    layout.page_header(text("reannouncements.title", lang), text("layout.empty", lang))
    layout.empty_selection()
elif again.empty:
    layout.page_header(text("reannouncements.title", lang), text("reannouncements.none", lang))
    layout.remark(text("reannouncements.what", lang))
else:
    data.part(show_again)
