"""Workbooks to be refused in a sentence, and the smallest one to be read, made byte by byte.

Rule: what LibreOffice can make is in `libreoffice/made`; here is what no office suite would write.
"""

import io
import zipfile
from collections.abc import Callable
from typing import Any


def archive(parts: dict[str, Any]) -> bytes:
    """A zip of these parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as written:
        for name, text in parts.items():
            written.writestr(name, text)
    return content.getvalue()


RELATIONS = '<Relationships xmlns="r"><Relationship Id="s" Type="x/{}" Target="{}"/></Relationships>'
PACKAGE = {
    "_rels/.rels": RELATIONS.format("officeDocument", "b.xml"),
    "_rels/b.xml.rels": RELATIONS.format("worksheet", "s.xml"),
    "b.xml": '<workbook xmlns="m" xmlns:r="r"><sheets><sheet name="a" r:id="s"/></sheets></workbook>',
}


def package(sheet: str | bytes, **parts: str | bytes) -> bytes:
    """The smallest workbook, around the XML of its sheet."""
    return archive({**PACKAGE, "s.xml": sheet, **parts})


def rows_xml(number: int, cell: str = "<c><v>1</v></c>") -> str:
    """The XML of a sheet of equal rows."""
    return f'<worksheet xmlns="m"><sheetData>{f"<row>{cell}</row>" * number}</sheetData></worksheet>'


def many_sheets(number: int) -> bytes:
    """A workbook whose every sheet is the same large part, which holds no row."""
    sheets = '<sheet name="a" r:id="s"/>' * number
    book = f'<workbook xmlns="m" xmlns:r="r"><sheets>{sheets}</sheets></workbook>'
    return package(b"<worksheet>" + b" " * 10_000_000 + b"</worksheet>", **{"b.xml": book})


BOMB = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><worksheet>&c;</worksheet>'
# What they are, and the code of the problem that they are.
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a zip bomb": (lambda: package(b"<worksheet>" + b" " * 60_000_001), "workbook-large"),
    "one part under many names": (lambda: many_sheets(1_000), "workbook-large"),
    "too many rows": (lambda: package(rows_xml(200_002)), "workbook-large"),
    "too many columns": (lambda: package(rows_xml(1, "<c><v>1</v></c>" * 1_001)), "workbook-large"),
    "a heavy file": (lambda: b"PK\x03\x04" + bytes(20_000_000), "workbook-large"),
    "entities": (lambda: package(BOMB), "file-archive"),
    "no sheet": (lambda: package("<worksheet/>", **{"b.xml": "<workbook/>"}), "file-archive"),
    "a sheet that is not XML": (lambda: package("pas du XML"), "file-archive"),
    "a text that is not there": (lambda: package(rows_xml(1, '<c t="s"><v>7</v></c>')), "file-archive"),
    "a number that is none": (lambda: package(rows_xml(1, '<c t="s"><v>sept</v></c>')), "file-archive"),
    "half a file": (lambda: package(rows_xml(9))[:200], "file-archive"),
    "another archive": (lambda: archive({"content.xml": "<office/>"}), "file-archive"),
    "an empty sheet": (lambda: package(rows_xml(0)), "file-empty"),
}
