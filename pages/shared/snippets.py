"""Lines to paste that read a resource from its address: Python, SQL of DuckDB, R, Power Query, curl.

Rule: an address is data. It is written with no letter that any of these languages reads inside its quotes, so one
address serves all, whatever was searched for. No Streamlit here.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import quote

# The languages, in the order to show, and the format that each reads.
FORMATS = MappingProxyType({"python": "csv", "duckdb": "parquet", "r": "csv", "powerquery": "csv", "curl": "csv"})
# What may stand in an address and ends no text, opens no escape and is no pattern in the five languages: neither
# quote, backslash, parenthesis, bracket, brace, star nor space.
KEPT = "%:/?&=,;@+~!$#"
# Letters, digits and underscores: the name of a resource is a variable in each language.
NOT_IN_A_NAME = re.compile(r"\W+", re.ASCII)
# DuckDB reads an address by an extension, fetched once.
OVER_HTTP = ("INSTALL httpfs;", "LOAD httpfs;")


@dataclass(frozen=True)
class _Read:
    name: str
    url: str
    codes: Sequence[str]
    ending: str


def snippet(language: str, name: str, url: str, *, codes: Sequence[str] = ()) -> str:
    """Return the lines that read the resource `name` at `url`, an absolute address in the format `FORMATS[language]`.

    `codes` are its columns to be read as text, or a region's « 01 » would become 1 where types are guessed. Raises
    KeyError on an unknown language.
    """
    read = _Read(NOT_IN_A_NAME.sub("_", name), clean(url), codes, FORMATS[language])
    return WRITERS[language](read)


def attach(url: str) -> str:
    """Return the SQL that opens the whole database at `url`, under the name that its macros look for."""
    return "\n".join([*OVER_HTTP, f"ATTACH '{clean(url)}' AS observatory (READ_ONLY);", "USE observatory;"])


def clean(url: str) -> str:
    """Return the same address with no letter that a quoted text would read: those are percent-encoded."""
    scheme, apart, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    # An IPv6 host stands in brackets, which curl would read as a pattern anywhere else.
    return scheme + apart + quote(host, safe=f"{KEPT}[]") + slash + quote(path, safe=KEPT, errors="replace")


def _python(read: _Read) -> str:
    codes = "".join(f'    "{code}": str,\n' for code in read.codes)
    types = f", dtype={{\n{codes}}}" if codes else ""
    return f'import pandas as pd\n\nurl = "{read.url}"\n{read.name} = pd.read_csv(url{types})'


def _duckdb(read: _Read) -> str:
    return "\n".join([*OVER_HTTP, "SELECT *", f"FROM read_parquet('{read.url}');"])


def _r(read: _Read) -> str:
    codes = ", ".join(f'{code} = "character"' for code in read.codes)
    types = f"\n  colClasses = c({codes})," if codes else ""
    options = f'{types}\n  na.strings = "",\n  fileEncoding = "UTF-8"'
    return f'url <- "{read.url}"\n{read.name} <- read.csv(\n  url,{options}\n)'


def _powerquery(read: _Read) -> str:
    options = '[Delimiter=",", Encoding=65001, QuoteStyle=QuoteStyle.Csv]'
    return (
        f'let\n    Source = Csv.Document(Web.Contents("{read.url}"), {options}),\n'
        f"    {read.name} = Table.PromoteHeaders(Source, [PromoteAllScalars=true])\nin\n    {read.name}"
    )


def _curl(read: _Read) -> str:
    return f"curl --fail --location --compressed --output {read.name}.{read.ending} '{read.url}'"


WRITERS: Mapping[str, Callable[[_Read], str]] = MappingProxyType(
    {"python": _python, "duckdb": _duckdb, "r": _r, "powerquery": _powerquery, "curl": _curl}
)
