"""Time grows with the length of what is written, never with its square: each text is the worst that we know for what
reads it.

Rule: of two texts, one eight times as long as the other, the longer may take at most twenty-five times as long; a
square would take sixty-four.
"""

import time
from collections.abc import Callable

import pytest

from api.feed import UNWRITABLE
from etl.add_figures import read_figure
from etl.closest import plain, slug
from etl.decoding import decode
from etl.excel_cells import kind_of_format, unescaped
from etl.forms import repair_records
from etl.header import read_header
from etl.near import similar_claims
from etl.reading import Record
from etl.reference import load_reference
from etl.rows import Row
from etl.schema import load_schema
from etl.typed import closest_date, closest_number
from kit.drawing import TAG
from pages.shared import markup

SHORT, TIMES, MOST = 8_000, 8, 25
SCHEMA, REFERENCE = load_schema(), load_reference()


def repair(text: str) -> None:
    repair_records([Record(2, (text,))], ["source_title"], SCHEMA, REFERENCE)


def head(labels: str) -> None:
    read_header(Record(1, tuple(labels.split(","))), SCHEMA)


def compare(notes: str) -> None:
    cells = ({"id": note, "source_url": "https://a.example", "note": note} for note in notes.split(","))
    list(similar_claims({"project": [Row(line, said, frozenset()) for line, said in enumerate(cells)]}))


# What reads a text of somebody, and the text of a length that makes it read again what it has read.
WORST: dict[str, tuple[Callable[[str], object], Callable[[int], str]]] = {
    "spaces in a cell": (repair, lambda n: "a\u200b" + " " * n + "b"),
    "lines in a cell": (repair, lambda n: "a\u200b" + " \n " * n + "b"),
    "accents on a letter": (plain, lambda n: "\u0301\u0316" * n),
    "dashes": (slug, lambda n: "-" * n),
    "a format with brackets": (lambda text: kind_of_format(200, text), lambda n: "[" * n),
    "a format with quotes": (lambda text: kind_of_format(200, text), lambda n: '"' * (n + 1)),
    "signs of Excel": (unescaped, lambda n: "_x000" * n),
    "columns that nobody knows": (head, lambda n: "id," + "c," * n),
    "a column again and again": (head, lambda n: "id," * n),
    "claims of one day": (compare, lambda n: ",".join(f"{'a' * 90} {number}" for number in range(n // 8))),
    "digits": (closest_number, lambda n: "1" * n + "x"),
    "thousands": (closest_number, lambda n: "1" + " 111" * n + " x"),
    "a month": (closest_date, lambda n: "1 " + "a" * n + " " * n),
    "a range of figures": (lambda text: read_figure(text, "meur"), lambda n: "entre " + "1 " * n + "x"),
    "marks of HTML": (lambda text: TAG.sub("", text), lambda n: "<" * n),
    "colons": (markup.plain, lambda n: ":a" * n),
    "punctuation": (markup.plain, lambda n: "`*_[$" * n),
    "what no feed holds": (lambda text: UNWRITABLE.sub("", text), lambda n: "\x00" * n),
    "bytes that are no UTF-8": (lambda text: decode(text.encode("latin-1")), lambda n: "é,\n" * n),
}


@pytest.mark.parametrize("name", WORST)
def test_a_longer_text_takes_no_more_than_its_length(name: str) -> None:
    read, make = WORST[name]
    short, long = make(SHORT), make(SHORT * TIMES)
    read(short)
    # The machine may be busy: the best of a few, and less than a millisecond says nothing.
    assert _best(read, long) <= max(MOST * _best(read, short), 0.02)


def _best(read: Callable[[str], object], text: str) -> float:
    taken = []
    for _ in range(3):
        started = time.perf_counter()
        read(text)
        taken.append(time.perf_counter() - started)
    return min(taken)
