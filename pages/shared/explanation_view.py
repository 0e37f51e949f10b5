"""« D’où vient ce chiffre ? » on the screen: a dialog over the page, opened by the address.

Rule: `?why=<metric>`, or `?why=<metric>-<area>` where a page shows several areas, is all the state: the panel can be
linked to, and nothing of it is computed while it is closed.
"""

from dataclasses import replace
from html import escape

import streamlit as st

from pages.shared import data, filters
from pages.shared.explanation import SEGMENTS, Account, Explanation, explain
from pages.shared.explanation_lines import Apart, Line
from pages.shared.markup import html_link
from pages.shared.term_links import with_terms
from pages.shared.texts import text
from queries import Selection

PARAMETER = "why"
# How an area is written there, before its code: regions and départements share codes.
AREA = {"region": "", "departement": "d"}


def show_asked(chosen: Selection, lang: str) -> None:
    """Open the panel that the address asks for, if any; closing it takes it out of the address."""
    code, _, area = st.query_params.get(PARAMETER, "").partition("-")
    if code not in SEGMENTS or not _is_area(area):
        return
    if area.startswith(AREA["departement"]):
        chosen = replace(chosen, departement=(area.removeprefix(AREA["departement"]),))
    elif area:
        chosen = replace(chosen, region=(area,))
    # Jobs of the building site stand beside the lasting ones, never added to them.
    codes = ("jobs", "construction_jobs") if code == "jobs" else (code,)
    # `since` keeps projects, not claims: what is retained of them may be older.
    retained = replace(chosen, since=None)
    answers = [
        explain(data.query(f"explanation_{name}", chosen), data.query(f"sources_{name}", retained), name, lang)
        for name in codes
    ]
    title = text("explanation.title", lang, label=answers[0].label)
    dialog = st.dialog(title, width="medium", on_dismiss=lambda: filters.write(PARAMETER, ()))
    dialog(_show)(answers, chosen, lang)


def _is_area(area: str) -> bool:
    known = data.facets()
    return not area or area in known.region or area in {AREA["departement"] + code for code in known.departement}


def _show(answers: list[Explanation], chosen: Selection, lang: str) -> None:
    told = filters.words(chosen, lang)
    where = text("explanation.selection", lang, words=told) if told else text("explanation.everywhere", lang)
    first, *others = answers
    parts = [f'<p class="where">{escape(where)}</p>', _explained(first, lang, level=3)]
    for answer in others:
        if answer.total and answer.total.lines:
            parts.append(f"<h3>{escape(answer.label)}</h3>{_explained(answer, lang, level=4)}")
    parts.append(html_link(text("explanation.method", lang), filters.link("method") + "#counted"))
    # A dialog stands outside of the element that says whether the page is dark.
    scheme = "dark" if st.context.theme.type == "dark" else "light"
    st.html(f'<div class="explained on-{scheme}">{"".join(parts)}</div>')


def _explained(answer: Explanation, lang: str, *, level: int) -> str:
    """Return an account as HTML; `level` is that of the titles of its parts."""
    # A term is linked once in an account: where it is first read.
    seen: set[str] = set()
    figure = f'<p class="value">{with_terms(answer.figure, lang, seen=seen)}</p>' if answer.figure else ""
    formula = _list(answer.formula, lang, seen)
    ledger = _ledger(answer, lang, seen) if answer.total or answer.accounts else ""
    title = _title(escape(text("explanation.rest.title", lang)), level)
    rests = title + _list(answer.rests_on, lang, seen) if answer.rests_on else ""
    return figure + formula + ledger + rests + "".join(_apart(group, lang, seen, level) for group in answer.apart)


def _title(html: str, level: int) -> str:
    return f"<h{level}>{html}</h{level}>"


def _list(sentences: tuple[str, ...], lang: str, seen: set[str]) -> str:
    return "<ul>" + "".join(f"<li>{with_terms(said, lang, seen=seen)}</li>" for said in sentences) + "</ul>"


def _ledger(answer: Explanation, lang: str, seen: set[str]) -> str:
    name = escape(text("explanation.column.project", lang))
    titles = "".join(f'<th scope="col" class="figure">{escape(title)}</th>' for title in answer.columns)
    bodies = "".join(_account(account, lang, seen) for account in answer.accounts)
    if answer.total:
        bodies += f"<tbody>{_lines(answer.total)}</tbody>"
        bodies += f"<tfoot>{_last(answer.total)}</tfoot>"
    return (
        f'<div class="ledger" role="region" tabindex="0" aria-label="{escape(answer.label)}"><table>'
        f'<thead><tr><th scope="col">{name}</th>{titles}</tr></thead>{bodies}</table></div>'
    )


def _account(account: Account, lang: str, seen: set[str]) -> str:
    name = with_terms(account.title, lang, field=account.field, seen=seen)
    title = f'<tr><th scope="rowgroup" colspan="{len(account.adds) + 1}">{name}</th></tr>'
    return f"<tbody>{title}{_lines(account)}{_last(account)}</tbody>"


def _lines(account: Account) -> str:
    others = f'<tr><td colspan="{len(account.adds) + 1}">{escape(account.others)}</td></tr>' if account.others else ""
    return "".join(_line(line) for line in account.lines) + others


def _last(account: Account) -> str:
    return f'<tr class="last"><th scope="row">{escape(account.total)}</th>{_figures(account.adds)}</tr>'


def _line(line: Line) -> str:
    about = [escape(words) for words in (line.retained, *line.marks) if words]
    if line.source:
        about.append(html_link(line.source, line.source_address))
    beneath = f"<small>{' · '.join(about)}</small>" if about else ""
    return f"<tr><td>{html_link(line.name, line.address)}{beneath}</td>{_figures(line.adds)}</tr>"


def _figures(adds: tuple[str, ...]) -> str:
    return "".join(f'<td class="figure">{escape(figure)}</td>' for figure in adds)


def _apart(group: Apart, lang: str, seen: set[str], level: int) -> str:
    title = _title(with_terms(group.title, lang, field=group.field, seen=seen), level)
    items = "".join(f"<li>{html_link(line.name, line.address)}{_aside(line.retained)}</li>" for line in group.lines)
    others = f"<li>{escape(group.others)}</li>" if group.others else ""
    return f'{title}<p>{escape(group.why)}</p><ul class="apart">{items}{others}</ul>'


def _aside(words: str) -> str:
    return f" <span>{escape(words)}</span>" if words else ""
