"""The real claims with cells that trip spreadsheets, parsers and terminals, as a careless or bad hand would type."""

import csv
from collections.abc import Sequence
from pathlib import Path

import duckdb

from etl.database import write_database
from etl.schema import ANNOUNCEMENTS

LONG = "Très long : " + "« énergie » " * 4000  # more than a cell of Excel holds
WIDE = "👩" * 20_000  # 40 000 units of UTF-16, in which Excel counts
KILOBYTES = 'citation "exacte", ' * 300
# Where every mark below would lead, or load from, were it taken for one: nowhere, and no page may name it but in words.
HOST = "mal.example"
# What would be called by a script that runs.
CALL = "window.pwned=1"
# Marks that the check lets through: they are words, which somebody may type.
MARKS = (
    f"<script>{CALL}</script>&lt;script&gt;",
    f'<img src="https://{HOST}/i.png" onerror="{CALL}">',
    f'"><svg onload="{CALL}"><a href="https://{HOST}/a">a</a>',
    f"</div></td></style></title><iframe src=https://{HOST}/f></iframe>",
    f"' onmouseover='{CALL}' x='",
    f"javascript:{CALL}",
    f"[lien](https://{HOST}/l) [autre](javascript:{CALL})",
    f"![image](https://{HOST}/i.png)",
    f"https://{HOST}/nu et www.{HOST} et <https://{HOST}/angle>",
    f"[ref]: https://{HOST}/ref",
    "**gras** _souligné_ ~~barré~~ `code` # titre",
    "$\\href{https://mal.example}{x}$ et $$\\frac{1}{2}$$",
    ":red[rouge] :material/delete: :smile: :blue-background[bleu] :small[petit]",
    "| a | b | - [ ] fait > cité",
    "{{ 7 * 7 }} {% raw %} ${7*7} #{7*7} %(x)s {0} {name}",
    "'; DROP TABLE projects; --",
    "$q $until $words %{customdata} %{x} <extra></extra>",
    "../../../../etc/passwd ..\\..\\windows\\win.ini /etc/passwd%00.csv",
    "\\begin{document}\\input{/etc/passwd} @misc{x, title={y}}",
    "<!-- --> ]]> <![CDATA[x]]> &amp; &#60;b&#62; &lt;b&gt;",
    "]]>--><b>gras</b><br>ligne",
)
TEXTS = (
    *MARKS,
    "=1+1",
    '=HYPERLINK("http://mal.example/","cliquez")',
    "+33 1 23 45 67 89",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\n=1+1",
    "＝1+1",
    'guillemets "doubles", virgule ; point-virgule | barre',
    "deux\nlignes\r\net une troisième\rla dernière",
    "cloche \x07, échappement \x1b[31m, sonde \x01\x02\x1f\x7f fin",
    "bidi \u202eeuros 000 01\u202c fin",
    "emoji 👩‍👩‍👧‍👦 🇫🇷 et hors plan 𝔸",
    "non-caractères \ufffe \uffff fin",
    "<script>alert(1)</script> & <b>gras</b>",
    "échappement d’Excel _x0041_ _x000D_",
    " blancs autour ",
    "NULL",
    "NA",
    "nan",
    "TRUE",
    "007",
    "1,5",
    "2025-02-10",
    "http://mal.example/page",
    "'; DROP TABLE projects; --",
    LONG,
    WIDE,
    KILOBYTES,
)
# A cell that begins so is not read back by the build, but the database could hold it.
RETURN = "\r=1+1"
# What a visitor or a machine reads without being warned: free text of every kind of extract.
FREE = ("note", "source_title", "announcer", "operator", "investment_stated")


def write_hostile(path: Path, texts: Sequence[str] = TEXTS) -> Path:
    """Write the real claims at `path`, one hostile text a row in each free column and in names of projects."""
    with ANNOUNCEMENTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    named = [row for row in rows if row["project_name"]]
    for row, text in zip(rows[::5], texts, strict=False):
        row.update(dict.fromkeys(FREE, text))
    first: dict[str, dict[str, str]] = {}
    for row in named:
        first.setdefault(row["project_id"], row)
    for row, text in zip(first.values(), texts, strict=False):
        for other in named:
            if other["project_id"] == row["project_id"]:
                other["project_name"] = other["project_name_en"] = text
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def build_hostile(folder: Path) -> Path:
    """Build the database of the hostile claims in `folder`, and return its path."""
    path = folder / "observatory.duckdb"
    write_database(write_hostile(folder / "announcements.csv"), path)
    with duckdb.connect(path) as connection:
        connection.execute("UPDATE announcements SET note = ? WHERE line = 3", [RETURN])
    return path
