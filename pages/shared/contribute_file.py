"""The drop zone of the page Contribuer: the whole report of a file before it is sent.

Rule: the bytes are given to `draft_runner` and then forgotten: the visit keeps the report alone, whose every list and
text is bounded. A file shows what it holds as data, never as Markdown or HTML.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.shared import data, draft_runner, layout, numbers
from pages.shared.contribute_view import show_totals, tell_refusal
from pages.shared.markup import plain
from pages.shared.texts import text

# What is read, then what people have besides: they are told how to save it.
TYPES = ("csv", "xlsx", "xlsm", "xls", "ods", "tsv", "txt")
LARGEST_MB = draft_runner.LARGEST_BYTES // 2**20
# In the session: the report shown, and the number of the next drop zone (a new one holds no file).
REPORT, TURN = "contribute-report", "contribute-turn"
LONGEST_NAME = 80
MOST_ROWS = 50

Told = Mapping[str, Any]


def show_file(lang: str) -> None:
    """Show the drop zone, and the report of the last file dropped."""
    st.markdown(plain(text("contribute.file.lead", lang, size=LARGEST_MB)))
    _show_zone(lang)
    if report := st.session_state.get(REPORT):
        _show_report(report, lang)


def tell_commit(told: Told, lang: str) -> str:
    """Return the subject of the commit for what the file changes; "" where it changes nothing."""
    counts = told["counts"]
    kinds = [kind for kind in ("added", "changed", "removed") if counts[kind]]
    if not kinds:
        return ""
    verb = {"added": "ADD", "changed": "FIX"}.get(kinds[0], "UPDATE") if len(kinds) == 1 else "UPDATE"
    if len(kinds) == 1 and counts[kinds[0]] == 1:
        identifier = told["changed"][0]["id"] if verb == "FIX" else told[kinds[0]][0]
        return f"{verb} {identifier}"
    said = ", ".join(_counted(f"contribute.file.{kind}_short", counts[kind], lang) for kind in kinds)
    return f"{verb} {said}"


def _show_zone(lang: str) -> None:
    st.html(
        "<style>.st-key-drop {{ --browse: '{browse}'; --hint: '{hint}'; --refused: '{refused}'; }}</style>".format(
            refused=escape(text("contribute.file.refused", lang, size=LARGEST_MB)),
            browse=escape(text("contribute.file.browse", lang)),
            hint=escape(text("contribute.file.hint", lang, size=LARGEST_MB)),
        )
    )
    turn = st.session_state.get(TURN, 0)
    with st.container(key="drop"):
        sent = st.file_uploader(
            text("contribute.file.label", lang),
            type=list(TYPES),
            max_upload_size=LARGEST_MB,
            key=f"contribute-file-{turn}-{lang}",
        )
    if sent is None:
        return
    with st.spinner(text("contribute.file.reading", lang)):
        st.session_state[REPORT] = _examine(sent.name, sent.getvalue())
    _forget(sent.file_id)
    st.session_state[TURN] = turn + 1
    st.rerun()


def _examine(name: str, content: bytes) -> Told:
    # What turns the letters round, or is not seen, could make of a name another one.
    report: dict[str, Any] = {"name": "".join(sign for sign in name if sign.isprintable())[:LONGEST_NAME]}
    try:
        report |= draft_runner.examine_content(content)
    except draft_runner.NotExamined as refusal:
        report["refused"] = refusal.reason
    return report


def _forget(file_id: str) -> None:
    """Free the bytes: Streamlit keeps a file dropped as long as the visit, whatever becomes of its widget."""
    context = get_script_run_ctx()
    if context is not None:
        context.uploaded_file_mgr.remove_file(context.session_id, file_id)  # type: ignore[attr-defined]


def _show_report(report: Told, lang: str) -> None:
    layout.section(text("contribute.file.report", lang, name=report["name"]), anchor="report")
    if refused := report.get("refused"):
        st.error(plain(tell_refusal(draft_runner.NotExamined(refused), lang)), icon=":material/block:")
        return
    show = st.success if report["ok"] else st.error
    show(plain(report["summary"][lang]), icon=":material/check:" if report["ok"] else ":material/rule:")
    if report["form"][lang]:
        st.markdown(plain(report["form"][lang]))
    _show_faults(report["problems"], report, "problems", lang)
    _show_faults(report["warnings"], report, "warnings", lang)
    _show_rows(report, lang)
    _show_changes(report, lang)
    if report["totals"] is not None:
        show_totals(report["totals"], lang)


def _show_faults(faults: Sequence[Told], report: Told, name: str, lang: str) -> None:
    """Show one line a problem: where, what is there, what to write."""
    if not faults:
        return
    layout.subsection(text(f"contribute.file.{name}", lang))
    titles = {field.name: field.title_in(lang) for field in data.schema().fields}
    table = pd.DataFrame(
        [
            [
                fault["line"] or "",
                report["rows"].get(str(fault["line"]), {}).get("id", ""),
                titles.get(fault["column"], fault["column"]),
                fault["value"],
                fault["sentences"][lang],
            ]
            for fault in faults
        ],
        columns=[text(f"contribute.column.{column}", lang) for column in ("line", "id", "field", "value", "advice")],
    )
    said = table.loc[:, (table != "").any()]  # a file that is not read has no line, no column
    layout.table(said, alt=text(f"contribute.file.{name}", lang), kind="faults stacked")
    if name == "problems" and report["count"] > len(faults):
        st.caption(
            plain(
                text("contribute.file.cut", lang, shown=_count(len(faults), lang), count=_count(report["count"], lang))
            )
        )


def _show_rows(report: Told, lang: str) -> None:
    """Show the lines with problems, the wrong cells marked, with the columns that matter."""
    wrong = {(str(fault["line"]), fault["column"]) for fault in report["problems"] if fault["column"]}
    lines = [line for line in report["rows"] if any(at == line for at, _ in wrong)][:MOST_ROWS]
    if not lines:
        return
    named = [
        field for field in data.schema().fields if field.name in {column for _, column in wrong} | {"id", "project_id"}
    ]
    layout.subsection(text("contribute.file.rows", lang))
    head = "".join(f'<th scope="col">{escape(field.title_in(lang))}</th>' for field in named)
    body = "".join(
        f'<tr><th scope="row">{escape(line)}</th>'
        + "".join(_cell(report["rows"][line].get(field.name, ""), (line, field.name) in wrong) for field in named)
        + "</tr>"
        for line in lines
    )
    first = escape(text("contribute.column.line", lang))
    name = escape(text("contribute.file.rows", lang))
    st.html(
        f'<div class="table marked" role="region" tabindex="0" aria-label="{name}"><table>'
        f'<thead><tr><th scope="col">{first}</th>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _cell(value: str, is_wrong: bool) -> str:
    return f"<td><mark>{escape(value) or '&nbsp;'}</mark></td>" if is_wrong else f"<td>{escape(value)}</td>"


def _show_changes(report: Told, lang: str) -> None:
    """Show the rows added, changed and removed, by id, and the sentence of their commit.

    Nothing of a file in which no row was read: it removes nothing, it is not the file.
    """
    if not report["is_read"]:
        return
    layout.subsection(text("contribute.file.changes", lang))
    counts = report["counts"]
    if not any(counts.values()):
        st.markdown(plain(text("contribute.file.unchanged", lang)))
        return
    for kind in ("added", "removed"):
        if counts[kind]:
            st.markdown(plain(_counted(f"contribute.file.{kind}", counts[kind], lang)))
            ids = "".join(f"<li><code>{escape(identifier)}</code></li>" for identifier in report[kind][:MOST_ROWS])
            more = counts[kind] - MOST_ROWS
            rest = f"<li>{escape(_counted('contribute.more', more, lang))}</li>" if more > 0 else ""
            st.html(f'<ul class="pairs">{ids}{rest}</ul>')
    if counts["changed"]:
        st.markdown(plain(_counted("contribute.file.changed", counts["changed"], lang)))
        columns = [text(f"contribute.column.{column}", lang) for column in ("id", "field", "before", "after")]
        titles = {field.name: field.title_in(lang) for field in data.schema().fields}
        rows = [
            [change["id"], titles.get(change["column"], change["column"]), change["before"], change["after"]]
            for change in report["changed"][:MOST_ROWS]
        ]
        table = pd.DataFrame(rows, columns=columns)
        layout.table(table, alt=text("contribute.file.changes", lang), kind="faults stacked")
    if report["ok"]:
        layout.subsection(text("contribute.commit", lang))
        st.code(tell_commit(report, lang), language=None, wrap_lines=True)


def _counted(key: str, n: int, lang: str) -> str:
    return text(key, lang, n=n, count=_count(n, lang))


def _count(n: int, lang: str) -> str:
    return numbers.count(n, lang)
