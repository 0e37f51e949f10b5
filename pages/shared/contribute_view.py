"""What the page Contribuer answers to a row: what is left to do, or the line, its place, and what it changes.

Rule: facts come from `draft` (the check) and `data.examined` (the build); here they only become words.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from etl.new_row import commit_sentence
from etl.placing import Placed
from pages.shared import data, dates, layout, numbers
from pages.shared.contribute_effect import effect_table
from pages.shared.contribute_form import fault_list, unplaced
from pages.shared.draft import CheckedRow, Fault
from pages.shared.draft_runner import NotExamined
from pages.shared.markup import html_link, plain
from pages.shared.texts import text
from queries import Selection
from queries.effect import find_changes

Row = Mapping[str, str]
MOST_LISTED = 8


def show_outcome(row: Row, checked: CheckedRow | None, lang: str) -> None:
    """Show the end of the form: what is left to do or, when nothing is, the line and what it changes."""
    layout.section(text("contribute.result", lang), anchor="result")
    if checked is None:
        st.markdown(plain(text("contribute.empty", lang)))
        return
    if checked.faults:
        _show_left(checked.faults, unplaced(checked.faults, lang), lang)
        return
    st.success(plain(text("contribute.ready", lang)), icon=":material/check:")
    if checked.alerts:
        count = numbers.count(len(checked.alerts), lang)
        st.warning(plain(text("contribute.alerts", lang, n=len(checked.alerts), count=count)), icon=":material/search:")
        st.html(fault_list(checked.alerts, lang))
    effect = st.container(key="effect")
    _show_line(row, checked.placed, lang)
    with effect:
        _show_effect(row, lang)


def show_totals(totals: Sequence[Mapping[str, Any]], lang: str) -> None:
    """Show what changes in the totals of the country and of the regions, in both scenarios."""
    changes = find_changes(data.query("totals_by_place", Selection()).to_dict("records"), totals)
    layout.subsection(text("contribute.effect", lang))
    if not changes:
        st.markdown(plain(text("contribute.no_effect", lang)))
        return
    table = effect_table(changes, lang)
    layout.table(table, alt=text("contribute.effect", lang), figures=tuple(table.columns[2:]), kind="stacked")
    st.caption(plain(text("contribute.effect_note", lang)))


def tell_refusal(refusal: NotExamined, lang: str) -> str:
    """Return why a draft was not examined, in a sentence."""
    return text(f"contribute.refused.{refusal.reason}", lang)


def _show_left(faults: Sequence[Fault], elsewhere: Sequence[Fault], lang: str) -> None:
    titles = {field.name: field.title_in(lang) for field in data.schema().fields}
    columns = dict.fromkeys(fault.column for fault in faults if fault.column in titles)
    st.warning(
        plain(text("contribute.left", lang, n=len(faults), count=numbers.count(len(faults), lang))),
        icon=":material/edit_note:",
    )
    items = "".join(f"<li>{escape(titles[column])}</li>" for column in columns)
    st.html(f'<ul class="left">{items}</ul>{fault_list(elsewhere, lang)}')


def _show_line(row: Row, placed: Placed, lang: str) -> None:
    layout.subsection(text("contribute.line", lang))
    st.code(placed.line, language=None, wrap_lines=True)
    where = "between" if placed.after and placed.before else "last" if placed.after else "first"
    told = text(
        f"contribute.where.{where}",
        lang,
        number=numbers.count(placed.number, lang),
        after=placed.after,
        before=placed.before,
    )
    st.markdown(plain(told))
    layout.subsection(text("contribute.commit", lang))
    st.code(commit_sentence(row, data.schema(), lang), language=None, wrap_lines=True)
    st.caption(plain(text("contribute.commit_note", lang)))


def _show_effect(row: Row, lang: str) -> None:
    try:
        with st.spinner(text("contribute.building", lang)):
            told = data.examined(row)
    except NotExamined as refusal:
        st.warning(plain(tell_refusal(refusal, lang)), icon=":material/hourglass_disabled:")
        return
    if told["totals"] is None:  # the file changed since the check
        st.warning(plain(told["summary"][lang]))
        return
    _show_disagreements([claim for claim in told["disagreements"] if claim["id"] == row["id"]], lang)
    show_totals(told["totals"], lang)


def _show_disagreements(claims: Sequence[Mapping[str, Any]], lang: str) -> None:
    """Show the other claims whose figure is far from that of the row, where there are any."""
    if not claims:
        return
    count = numbers.count(len(claims), lang)
    st.warning(
        plain(text("contribute.disagreements", lang, n=len(claims), count=count)), icon=":material/compare_arrows:"
    )
    told = "".join(f"<li>{_tell_claim(claim, lang)}</li>" for claim in claims[:MOST_LISTED])
    more = len(claims) - MOST_LISTED
    if more > 0:
        told += f"<li>{escape(text('contribute.more', lang, n=more, count=numbers.count(more, lang)))}</li>"
    st.html(f'<ul class="pairs">{told}</ul>')


def _tell_claim(claim: Mapping[str, Any], lang: str) -> str:
    day = dates.day(claim["announced_on"][:10], claim["announced_on_precision"], lang)
    source = html_link(claim["source_publisher"], claim["source_url"])
    return text(
        "contribute.pair",
        lang,
        said=f"{escape(day)}, {source} <code>{escape(claim['other_id'])}</code>",
        measure=escape(text(f"projects.metric.{claim['metric']}", lang)),
        figure=escape(numbers.metric(claim["metric"], claim["low"], claim["high"], lang)),
    )
