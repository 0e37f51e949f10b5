"""The rows that a call asks for, and the notes that go with them.

Rule: the rows are those of the query on the whole selection; a call only chooses columns, order and a page of them.
"""

from urllib.parse import urlencode

import pyarrow as pa
import pyarrow.compute as pc

from api import data
from api.formats import Notes
from api.formats.geojson import PLACED
from api.parameters import Call
from queries import RESOURCES
from queries.resources import API
from queries.words import filter_words


def rows(name: str, call: Call, ending: str) -> tuple[pa.Table, Notes]:
    """Return the table that a call asks of a resource, and its notes; ties keep the order of the resource.

    For a map, what places a row comes after the columns asked for, which alone are in the notes.
    """
    whole = data.table(name, call.selection)
    shown = call.columns or tuple(whole.column_names)
    table = whole
    if call.sort:
        # Sorted last key first: each sort is stable, and a blank comes last both ways.
        for column, is_descending in reversed(call.sort):
            order = "descending" if is_descending else "ascending"
            table = table.take(pc.sort_indices(table, [(column, order, "at_end")]))
    placed = (*RESOURCES[name].key, *PLACED) if ending == "geojson" else ()
    table = table.slice(call.offset, call.limit).select(dict.fromkeys((*shown, *placed)))
    return table, notes(name, call, shown, whole.num_rows, ending)


def notes(name: str, call: Call, shown: tuple[str, ...], total: int, ending: str) -> Notes:
    """Return what is said with the rows of a call."""
    database = data.database()
    described = {column.name: column for column in data.dictionary(name)}
    params = call.to_params()
    return Notes(
        resource=RESOURCES[name],
        columns=tuple(described[column] for column in shown),
        path=address(f"{API}/{name}.{ending}", call),
        params=tuple((key, tuple(values)) for key, values in params.items()),
        words_fr=filter_words(call.selection, "fr", database),
        words_en=filter_words(call.selection, "en", database),
        version=database.version,
        covered_until=database.metadata["covered_until"].date(),
        recorded_until=database.metadata["recorded_until"].date(),
        total=total,
        offset=call.offset,
        dialect=call.dialect,
        lang=call.lang,
    )


def address(path: str, call: Call) -> str:
    """Return the address of a call in its one form: two calls that mean the same have the same."""
    query = urlencode(call.to_params(), doseq=True, safe=",")
    return path + (f"?{query}" if query else "")
