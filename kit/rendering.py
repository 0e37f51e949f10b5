"""From what is asked to its bytes: a page of the kit, a chart in somebody else's page, a table, a notice.

Rule: templates escape whatever they are given; what they hold as JSON cannot close its element. No script but ours and
plotly.js, both files of this host.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from answering.cells import excel_text, safe_text, write_csv
from kit.addresses import EXCEL, KITS, Asked, Page
from kit.asking import Missing
from kit.content import Content, read_chart, read_gathered, read_list
from kit.drawing import draw
from kit.files import PAGE_STYLE, PLOTLY, SANS, SCRIPT, SERIF
from kit.words import tell
from pages.shared.charts.register import CHARTS
from pages.shared.charts.theme import CONFIG
from queries import Database
from sheets.writing import environment, in_language, write

TEMPLATES = environment(Path(__file__).parent / "templates")
# What would end the element that holds JSON, or a line of a script.
IN_HTML = {mark: f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}
FONTS = {"Infra Serif": SERIF.path, "Source Sans": SANS.path}


def render(asked: Asked, database: Database, base: str) -> bytes:
    """Return the body that is asked for; absolute addresses are on `base`. Raises Missing where there is none."""
    if asked.page.is_table:
        return write_table(draw(asked, database, base).table, asked.dialect)
    if asked.is_embedded:
        return _write("embed.html", asked, base, read_chart(asked, database, base))
    if not asked.page.subject:
        return _write("list.html", asked, base, read_list(asked, database, base))
    if asked.page.subject in CHARTS:
        return _write("chart.html", asked, base, read_chart(asked, database, base))
    return _write("gathered.html", asked, base, read_gathered(asked, database, base))


def render_notice(key: str, lang: str, reason: str = "") -> bytes:
    """Return the page that says why there is none: `key` is "missing" or "long"."""
    content: Content = {"title": tell(f"{key}.title", lang), "told": reason or tell(f"{key}.told", lang), "key": key}
    return _write("sorry.html", Asked(Page(lang)), "", content)


def reason(missing: Missing, lang: str) -> str:
    """Return why there is nothing, in words."""
    return tell(f"missing.{missing.key}", lang, code=missing.code)


def write_table(table: pd.DataFrame, dialect: str = "") -> bytes:
    """Write a table as CSV: RFC 4180 and UTF-8, or as French Excel opens it; in neither does a text start a formula."""
    is_excel = dialect == EXCEL
    columns = ([_cell(value) for value in table[name].tolist()] for name in table)
    return write_csv(table.columns, columns, excel_text if is_excel else safe_text, is_excel=is_excel)


def as_json(value: str) -> str:
    """Return JSON that an element of HTML may hold as it is: no letter is left that HTML reads."""
    return "".join(IN_HTML.get(letter, letter) for letter in value)


def _cell(value: Any) -> Any:
    """Return a value as CSV writes it: a day without its hour, nothing where nothing is known."""
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    return value.item() if hasattr(value, "item") else value


def _write(template: str, asked: Asked, base: str, content: Mapping[str, Any]) -> bytes:
    own = {
        "page": asked,
        "base": base,
        "kits": KITS,
        "tell": in_language(tell, asked.lang),
        "style": PAGE_STYLE.path,
        "scripts": (SCRIPT.path, PLOTLY.path),
        "settings": as_json(json.dumps(_settings(asked.lang))),
        "as_json": as_json,
        "excel": EXCEL,
    }
    return write(TEMPLATES, template, asked.lang, {**own, **content})


def _settings(lang: str) -> Mapping[str, Any]:
    said: Sequence[str] = ("picture.drawing", "picture.failed", "embed.copied", "embed.selected")
    return {"config": CONFIG, "fonts": FONTS, **{key.partition(".")[2]: tell(key, lang) for key in said}}
