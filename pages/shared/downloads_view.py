"""The parts of the page Données: its sentence, the address to copy, the first rows, the lines of code, the licence.

Rule: the rows are those of the very query that the data service answers; nothing is rounded, only long texts are cut.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from pages.shared import choice, data, filters, layout, numbers, site, snippets
from pages.shared.citation import LICENCE, Cited, bibtex, cite, page_address
from pages.shared.markup import html_link, plain
from pages.shared.reports import Report, report_html
from pages.shared.texts import text
from queries import PARTS, RESOURCES, Resource, Selection, resource_path
from queries.parts import PREVIEWED
from queries.resources import API

# The columns whose codes begin with a zero: read as numbers, they would lose it.
CODES = ("region_code", "departement_code", "commune_code")
# How `st.code` names the language of each snippet, to colour it.
HIGHLIGHTED = {"python": "python", "duckdb": "sql", "r": "r", "powerquery": None, "curl": "bash"}


def read_resource() -> Resource:
    """Return the resource that the address asks for; the first where it asks for none that we have."""
    return RESOURCES.get(st.query_params.get("resource", ""), next(iter(RESOURCES.values())))


def read_selection() -> Selection:
    """Return the selection of this visit, narrowed to the project that the address opens."""
    return replace(filters.selection(), project=filters.opened())


@dataclass(frozen=True)
class Extract:
    """An extract: its first rows at least, in all its columns, and how many rows it has."""

    rows: pd.DataFrame
    count: int


def read_extract(resource: Resource, selection: Selection) -> Extract:
    """Return what the page shows of a resource; of a large one, no more than that is asked."""
    if f"first_{resource.name}" not in PARTS:
        rows = data.query(resource.query, selection)
        return Extract(rows, len(rows))
    counts = data.query("extract_counts", selection).set_index("resource")["rows"]
    return Extract(data.query(f"first_{resource.name}", selection), int(counts.get(resource.name, 0)))


def tell_rows(resource: Resource, extract: Extract, lang: str) -> str:
    """Say how many rows the selection holds, and what a row is."""
    n = extract.count
    if not n:
        return text("downloads.sentence_empty", lang, description=resource.description(lang))
    return text(
        "downloads.sentence",
        lang,
        rows=text(f"downloads.rows.{resource.name}", lang, n=n, count=numbers.count(n, lang)),
        columns=numbers.count(len(extract.rows.columns), lang),
        description=resource.description(lang),
    )


def show_notices(selection: Selection, lang: str) -> None:
    """Tell what the address asks for and we do not know, and the one project it is narrowed to."""
    known: dict[str, Collection[str]] = {"resource": RESOURCES, "project": (selection.project,)}
    asked = {name: st.query_params.get(name, "") for name in known}
    if wrong := {name: value for name, value in asked.items() if value and value not in known[name]}:
        codes = ", ".join(f"{name}={value}" for name, value in wrong.items())
        st.warning(text("frame.ignored", lang, n=len(wrong), codes=plain(codes)), icon=":material/info:")
    if selection.project:
        with st.container(horizontal=True, key="one-project", vertical_alignment="center"):
            words = filters.words(Selection(project=selection.project), lang)
            st.markdown(plain(text("downloads.one_project", lang, words=words)), width="content")
            st.button(
                text("downloads.all_projects", lang),
                key=f"all-projects-{lang}",
                on_click=filters.write,
                args=("project", ()),
                type="tertiary",
                icon=":material/filter_alt_off:",
            )


def show_resources(resource: Resource, lang: str) -> None:
    """Show the switch between the resources, which writes the one chosen in the address."""
    choice.show_choice(
        "resource",
        tuple(RESOURCES),
        resource.name,
        label=text("downloads.resource", lang),
        words=lambda name: RESOURCES[name].title(lang),
        key=f"downloads-resource-{lang}",
    )


def show_address(resource: Resource, selection: Selection, lang: str) -> None:
    """Show the whole address of the extract, to copy, and the endings it takes."""
    st.code(_url(resource, "csv", selection), language=None, wrap_lines=True)
    endings = ", ".join(f"`.{ending}`" for ending in resource.formats if ending != "csv")
    st.caption(text("downloads.address.note", lang, endings=endings))


def show_preview(extract: Extract, lang: str) -> None:
    """Show the first rows, every column."""
    shown = extract.rows.head(PREVIEWED)
    key = "first" if len(shown) < extract.count else "all"
    values = {"shown": numbers.count(len(shown), lang), "rows": numbers.count(extract.count, lang)}
    caption = text(f"downloads.preview.{key}", lang, n=extract.count, **values)
    st.caption(plain(caption))
    layout.table(shown.map(written).astype(object), alt=caption, kind="preview")


def written(value: object) -> str:
    """Write a cell much as the CSV does: a day, a number without useless zeros, true or false; "" for a blank."""
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float):
        return f"{value:.12g}"
    # NumPy's booleans are no instance of Python's.
    return str(value).lower() if str(value) in ("True", "False") else str(value)


def show_snippets(resource: Resource, rows: pd.DataFrame, selection: Selection, lang: str) -> None:
    """Show the lines that read the extract in each language, and those that open the whole database."""
    codes = [name for name in CODES if name in rows]
    tabs = st.tabs([text(f"downloads.code.{language}", lang) for language in snippets.FORMATS])
    for tab, (language, ending) in zip(tabs, snippets.FORMATS.items(), strict=True):
        with tab:
            url = _url(resource, ending, selection)
            lines = snippets.snippet(language, resource.name, url, codes=codes)
            st.code(lines, language=HIGHLIGHTED[language], wrap_lines=True)
            st.caption(text(f"downloads.code.{language}_note", lang))
            if language == "duckdb":
                _show_database(lang)


def show_licence(resource: Resource, selection: Selection, lang: str) -> None:
    """Show the licence, the citation of the extract in both forms, and where to report an error."""
    link = html_link(text("downloads.licence.name", lang), LICENCE)
    st.html(f"<p>{text('downloads.licence.body', lang, licence=link)}</p>")
    words = filters.words(selection, lang)
    title = resource.title(lang)
    cited = Cited(
        id=resource.name,
        nature="extract",
        title=text("downloads.licence.selected", lang, title=title, words=words) if words else title,
        version=data.data_version(),
        covered=data.metadata()["covered_until"].date(),
        address=_page(resource, selection, lang),
        until=None,
    )
    st.code(cite(cited, lang), language=None, wrap_lines=True)
    st.code(bibtex(cited, lang), language=None, wrap_lines=True)
    st.caption(plain(text("citation.note", lang)))
    report = Report("table", resource.name, title, cited.address, cited.version)
    if found := report_html(report, lang):
        st.html(f"<p>{text('downloads.licence.wrong', lang)} {found}</p>")


def _show_database(lang: str) -> None:
    url = f"{site.base()}{API}/observatory-{data.data_version()}.duckdb"
    st.code(snippets.attach(url), language="sql", wrap_lines=True)
    version = str(data.metadata()["duckdb_version"]).removeprefix("v")
    st.caption(text("downloads.code.attach_note", lang, version=plain(version)))


def _url(resource: Resource, ending: str, selection: Selection) -> str:
    return site.base() + resource_path(resource.name, ending, selection)


def _page(resource: Resource, selection: Selection, lang: str) -> str:
    params: dict[str, str | Sequence[str]] = {"resource": resource.name, **selection.to_params(), "lang": lang}
    return page_address(site.page("downloads"), params)
