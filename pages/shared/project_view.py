"""One project, opened by `?project=`: the dossier, from its name to all its claims.

Rule: the filters chose the way here, not what is shown: only `until` (the day of the whole answer) applies.
"""

from dataclasses import replace
from datetime import date
from html import escape

import pandas as pd
import streamlit as st

from pages.shared import charts, data, dates, filters, layout, numbers, site
from pages.shared.addresses import CONTENT
from pages.shared.citation import Cited, bibtex, cite, page_address
from pages.shared.claim_list import claim_list, fact_list
from pages.shared.dossier_family import show_family
from pages.shared.dossier_sources import show_sources
from pages.shared.dossier_words import all_marks, dossier_facts, eyebrow, figure_cards, tell_dossier
from pages.shared.markup import plain
from pages.shared.project_words import WITH_HISTORY, Row, project_name
from pages.shared.reports import Report, report_html
from pages.shared.texts import text
from queries import Selection


def show_project(project_id: str, lang: str) -> None:
    """Show the project of that id as known on the day of the filters; a sentence when there is none."""
    until = filters.selection().until
    selection = Selection(until=until, project=project_id)
    found = data.query("projects_list", selection)
    if found.empty:
        _show_unknown(project_id, until, lang)
        return
    row = found.to_dict("records")[0]
    announcements = data.query("announcements_list", selection)
    family, claims = data.query("family", selection), data.query("claims_list", selection)
    _show_header(row, announcements, claims, lang)
    if until:
        st.caption(text("projects.as_of", lang, day=dates.day(until, "day", lang)))
    _show_stages(row, announcements, selection, lang)
    if row["kind"] not in WITH_HISTORY:
        layout.section(text("projects.figures.title", lang))
        layout.kpi_cards(figure_cards(row, family, claims, lang))
    _show_place(row, announcements, selection, lang)
    show_family(row, family, lang)
    show_sources(row, claims, selection, lang)
    _show_citation(row, until, lang)
    _show_claims(row, announcements, claims, until, lang)


def _show_unknown(project_id: str, until: date | None, lang: str) -> None:
    known_today = until and not data.query("projects_list", replace(Selection(), project=project_id)).empty
    sentence = (
        text("projects.unknown_on_day", lang, day=dates.day(until, "day", lang))
        if known_today
        else text("projects.unknown_project", lang, project=project_id)
    )
    layout.page_header(text("projects.title", lang), sentence)
    layout.page_link("projects", text("projects.back", lang))


def _show_header(row: Row, announcements: pd.DataFrame, claims: pd.DataFrame, lang: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        layout.page_link("projects", text("projects.back", lang), icon=":material/arrow_back:")
        layout.sheet_link("project", row["project_id"], lang)
    st.title(plain(project_name(row, lang)), anchor=CONTENT)
    with st.container(horizontal=True):
        st.badge(plain(eyebrow(row, lang)), color="gray")
        for mark in all_marks(row, claims, lang):
            st.badge(plain(mark), icon=":material/warning:", color="orange")
    st.html(f'<p class="lead">{escape(tell_dossier(row, announcements, lang))}</p>')


def _show_stages(row: Row, announcements: pd.DataFrame, selection: Selection, lang: str) -> None:
    layout.section(text("dossier.stages.title", lang))
    told = [stage for stage in charts.stages(announcements, row, lang) if stage.claim is not None]
    if not told:
        st.caption(text("dossier.stages.none", lang))
        return
    drawn = (("announcements_list", "projects_list"), selection, lang)
    day = selection.until or data.metadata()["covered_until"].date()
    layout.chart(
        data.figure(charts.status_line, *drawn, day=day),
        data.made(charts.describe_status_line, *drawn),
        key="dossier-status",
        reuse=layout.project_kit("etapes", row["project_id"], lang),
    )
    title = {name: text(f"dossier.stages.{name}", lang) for name in ("stage", "source", "date")}
    layout.table(
        pd.DataFrame(
            [(stage.words, stage.publisher, stage.date(lang), stage.address) for stage in told],
            columns=[*title.values(), "address"],
        ),
        alt=text("dossier.stages.alt", lang),
        links={title["source"]: "address"},
    )


def _show_place(row: Row, announcements: pd.DataFrame, selection: Selection, lang: str) -> None:
    layout.section(text("dossier.place.title", lang))
    facts = fact_list(dossier_facts(row, announcements, lang))
    drawn = (("projects_list",), selection, lang)
    if not data.made(charts.place_precision, *drawn):
        st.caption(text("dossier.place.unknown", lang))
        st.html(facts)
        return
    picture, words = st.columns([2, 3], gap="medium")
    with picture:
        layout.chart(
            data.figure(charts.locator, *drawn),
            data.made(charts.describe_locator, *drawn),
            key="dossier-place",
            reuse=layout.project_kit("lieu", row["project_id"], lang),
            source=data.made(charts.place_precision, *drawn),
        )
    with words:
        st.html(facts)


def _show_citation(row: Row, until: date | None, lang: str) -> None:
    layout.section(text("dossier.citation.title", lang), anchor="citation")
    cited = Cited(
        id=row["project_id"],
        nature="dossier",
        title=project_name(row, lang),
        version=data.data_version(),
        covered=data.metadata()["covered_until"].date(),
        address=_address(row, until, lang),
        until=until,
    )
    st.code(cite(cited, lang), language=None, wrap_lines=True)
    st.code(bibtex(cited, lang), language=None, wrap_lines=True)
    st.caption(plain(text("citation.note", lang)))
    if link := _report("project", row["project_id"], row, until, lang):
        st.html(f"<p>{link}</p>")


def _show_claims(row: Row, announcements: pd.DataFrame, claims: pd.DataFrame, until: date | None, lang: str) -> None:
    n = len(announcements)
    layout.section(text("projects.claims.title", lang, n=n, count=numbers.count(n, lang)))
    st.caption(text(f"projects.claims.note{'_history' if row['kind'] in WITH_HISTORY else ''}", lang))
    st.html(
        claim_list(announcements, claims, lang, report=lambda claim: _report("claim", claim["id"], row, until, lang))
    )


def _report(nature: str, about: str, row: Row, until: date | None, lang: str) -> str:
    report = Report(nature, about, project_name(row, lang), _address(row, until, lang), data.data_version())
    return report_html(report, lang)


def _address(row: Row, until: date | None, lang: str) -> str:
    past = {"until": until.isoformat()} if until else {}
    return page_address(site.page("projects"), {"project": row["project_id"], "lang": lang} | past)
