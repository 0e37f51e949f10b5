"""The form of the page Contribuer: one widget a column of the schema, grouped, with its problems beside its title.

Rule: the widgets are the only state, read before they are drawn; the schema says what they are. What the visitor types
is data: it reaches Markdown and HTML through `markup` only.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from html import escape
from itertools import groupby

import streamlit as st

from etl.new_row import GROUPS, OF_PROJECT, groups, propose_id, propose_project_id
from etl.schema import Field
from pages.shared import data, layout
from pages.shared.contribute_choices import NEW, UNNAMED, choices, complete, cut, identifiers, settle
from pages.shared.draft import CheckedRow, Fault
from pages.shared.markup import plain
from pages.shared.numbers import count
from pages.shared.texts import text

LONGEST_CELL = 2000
LONGEST_LINE = 300
# The words of the curators: the only cell in which a line may end.
LONG_TEXTS = ("note",)
# Filled before anybody writes.
DEFAULTS = ("recorded_on",)
NEW_ID = "new_project_id"
COLUMNS = 3
# The problems of a box that must not stay blank, which the star says already.
REQUIRED = ("required", "required-choice", "identity-missing", "identity-missing-choice")

Faults = Mapping[str, Sequence[Fault]]


def key(name: str, lang: str) -> str:
    """Return the key of the widget of a column."""
    return f"contribute-{name}-{lang}"


def read_row(lang: str) -> dict[str, str]:
    """Return the row that the widgets hold, with what is proposed where nothing was typed, in the schema's order."""
    st.session_state.setdefault(key("recorded_on", lang), date.today().isoformat())
    written = {field.name: _typed(field.name, lang) for field in data.schema().fields}
    for name, value in settle(written).items():
        if value != written[name]:
            written[name] = value
            st.session_state[key(name, lang)] = value or None
    if written["project_id"] == NEW:
        taken = identifiers("project_identities", "project_id")
        proposed = propose_project_id(written["project_name"], taken)
        written["project_id"] = _typed(NEW_ID, lang) or proposed or UNNAMED
    else:
        written |= complete(written["project_id"])
    written["id"] = written["id"] or propose_id(written, identifiers("identifiers", "id"))
    return written


def is_blank(lang: str) -> bool:
    """Tell whether the form is as everybody finds it: the visitor has written nothing."""
    filled = {name: st.session_state.get(key(name, lang), date.today().isoformat()) for name in DEFAULTS}
    return all(value == date.today().isoformat() for value in filled.values()) and not any(
        _typed(field.name, lang) for field in data.schema().fields if field.name not in DEFAULTS
    )


def by_column(checked: CheckedRow | None) -> Faults:
    """Return the problems and the alerts of each column."""
    faults = [*checked.faults, *checked.alerts] if checked else []
    columns = dict.fromkeys(fault.column for fault in faults)
    return {column: [fault for fault in faults if fault.column == column] for column in columns}


def unplaced(faults: Sequence[Fault], lang: str) -> list[Fault]:
    """Return the problems that stand beside no title of the form: of the file, or of a column that is not shown."""
    shown = set(data.schema().names) - (set() if _is_new(lang) else set(OF_PROJECT))
    return [fault for fault in faults if fault.column not in shown]


def show_form(row: Mapping[str, str], faults: Faults, lang: str) -> None:
    """Show every group of columns, each column with its problems."""
    is_new = _is_new(lang)
    for name, fields in groups(data.schema()).items():
        shown = [field for field in fields if is_new or field.name not in OF_PROJECT]
        layout.section(text(f"contribute.group.{name}", lang), anchor=name)
        if name == GROUPS[0]:
            st.caption(plain(text("contribute.required", lang)))
        for line in _lines(shown):
            for place, field in zip(st.columns(COLUMNS), line, strict=False):
                with place:
                    _show_field(field, row, faults.get(field.name, ()), lang)
        if name == GROUPS[0] and is_new:
            _show_new_id(row, lang)


def fault_list(faults: Sequence[Fault], lang: str) -> str:
    """Return problems as HTML, one paragraph each."""
    return "".join(f'<p class="fault">{escape(fault.sentences[lang])}</p>' for fault in faults)


def _is_new(lang: str) -> bool:
    return _typed("project_id", lang) == NEW


def _typed(name: str, lang: str) -> str:
    value = st.session_state.get(key(name, lang))
    return value.strip() if isinstance(value, str) else ""


def _lines(fields: Sequence[Field]) -> Iterator[list[Field]]:
    """Yield the fields of each line of the form: those of one figure begin a line, the others follow each other."""
    alone: list[Field] = []
    for _, members in groupby(fields, key=lambda field: field.name.partition("_")[0]):
        family = list(members)
        if len(family) == 1:
            alone += family
            continue
        yield from _chunks(alone, COLUMNS)
        alone = []
        yield from _chunks(family, COLUMNS)
    yield from _chunks(alone, COLUMNS)


def _chunks(fields: Sequence[Field], size: int) -> Iterator[list[Field]]:
    yield from (list(fields[start : start + size]) for start in range(0, len(fields), size))


def _show_field(field: Field, row: Mapping[str, str], faults: Sequence[Fault], lang: str) -> None:
    label = plain(field.title_in(lang)) + (" :material/asterisk:" if field.required else "")
    options, cut_to = choices(field, row, lang), cut(field)
    if options is not None:
        st.selectbox(
            label,
            list(options),
            index=None,
            format_func=lambda code: options.get(code, code),
            key=key(field.name, lang),
            persist_state="page",
            help=_help(field.name, lang),
            placeholder=text("contribute.choose" if options else "contribute.choose_outer", lang),
            disabled=not options,
            accept_new_options=cut_to is not None,
        )
        if cut_to:
            shown, all_projects = (count(number, lang) for number in cut_to)
            st.caption(plain(text("contribute.first_projects", lang, shown=shown, count=all_projects)))
    elif field.name in LONG_TEXTS:
        st.text_area(
            label,
            key=key(field.name, lang),
            persist_state="page",
            help=_help(field.name, lang),
            max_chars=LONGEST_CELL,
            height="content",
        )
    else:
        proposed = row["id"] if field.name == data.schema().primary_key else ""
        st.text_input(
            label,
            key=key(field.name, lang),
            persist_state="page",
            help=_help(field.name, lang),
            max_chars=LONGEST_LINE,
            placeholder=proposed or text("contribute.example", lang, example=field.example),
        )
    for fault in faults:
        _show_fault(fault, options, bool(row.get(field.name)), lang)


def _show_fault(fault: Fault, options: Mapping[str, str] | None, is_filled: bool, lang: str) -> None:
    """Show a problem under its box; where it is known what to write, a button writes it."""
    said = fault.sentences[lang]
    if fault.code in REQUIRED and not is_filled:
        said = text("contribute.pick" if options else "contribute.fill", lang)
    st.html(f'<p class="{"fault" if is_filled else "fault due"}">{escape(said)}</p>')
    if fault.expected and (options is None or fault.expected in options):
        shown = (options or {}).get(fault.expected, fault.expected)
        st.button(
            plain(text("contribute.write", lang, value=shown)),
            key=f"{key('write', lang)}-{fault.column}-{fault.code}",
            on_click=st.session_state.__setitem__,
            args=(key(fault.column, lang), fault.expected),
            type="tertiary",
            icon=":material/edit:",
        )


def _show_new_id(row: Mapping[str, str], lang: str) -> None:
    st.columns(COLUMNS)[0].text_input(
        plain(text("contribute.new_id", lang)),
        key=key(NEW_ID, lang),
        persist_state="page",
        max_chars=LONGEST_LINE,
        placeholder=text("contribute.id_follows", lang) if row["project_id"] == UNNAMED else row["project_id"],
    )


@cache
def _help(name: str, lang: str) -> str:
    """Return the description of a column and of its codes, as Markdown."""
    field = data.schema().field(name)
    codes = [
        f"- **{plain(label.name(lang))}** – {plain(label.description(lang))}"
        for label in field.codes.values()
        if label.description(lang)
    ]
    return "\n".join([plain(field.description_in(lang)), *(["", *codes] if codes else [])])
